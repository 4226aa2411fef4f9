//go:build guards

package guards

// init adds the guards of the shop's own fields to those of list_test.go (R-UPD11).
func init() {
	guards = append(guards, []guard{
		{"customers see what the shop shows them", systemTests, "TestFieldPolicies",
			changes{swap("d.accounts.Shown(account)", "any(account)")}},
		{"a hidden field is not named", systemTests, "TestFieldPolicies", changes{always}},
		{"a hidden field is not shown", systemTests, "TestFieldPolicies", changes{never}},
		{"a hidden attribute is not shown", systemTests, "TestFieldPolicies", changes{never.of(2)}},
		{"a hidden attribute is like one that is not there", systemTests, "TestFieldPolicies", changes{never.of(2)}},
		{"a hidden field is not written, nor guessed", systemTests, "TestFieldPolicies", changes{never.of(1)}},
		{"a field is written once", systemTests, "TestFieldPolicies", changes{never}},
		{"a field is written once by several requests, too", systemTests, "TestOnceHoldsForSeveralRequests",
			changes{gone}},
		{"a required field stays", systemTests, "TestRequiredFields", changes{never}},
		{"a registration has what it must", systemTests, "TestRequiredFields", changes{gone}},
		{"an unknown attribute is refused", systemTests, "TestAttributesHaveTheirTypes", changes{never}},
		{"what is a customer's is not kept", systemTests, "TestSettingsAreForEveryKey", changes{never}},
		{"issuers of customer tokens are no way to sign in", serverTests, "TestSettingsOfAShop", changes{always}},
	}...)
}
