package journal

func (c *customer) cancelDeletion() *operation {
	return c.provedTwice(&operation{
		name:  "cancelAccountDeletion",
		query: `mutation ($input: CancelAccountDeletionInput!) { cancelAccountDeletion(input: $input) { cancelled } }`,
		input: map[string]any{"accountEmail": c.email, "password": c.password},
		effect: func(f facts) {
			f["closed"], f["deletions"], f["open ACCOUNT_DELETION"] = 0, 0, 0
			f["version"]++
			f["message DELETION_CANCELLED"]++
		},
		done: func(*answer) {},
	})
}

// agree gives a consent, or withdraws it.
func (c *customer) agree() *operation {
	next := 1 - c.journal["agreed"]
	return &operation{
		name:  "updateAccount",
		query: `mutation ($input: UpdateAccountInput!) { updateAccount(input: $input) { account { version } } }`,
		input: map[string]any{"agreements": map[string]any{"push": next == 1}},
		token: c.token(),
		effect: func(f facts) {
			f["agreed"] = next
			f["consents"]++
			f["version"]++
		},
		done: func(*answer) {},
	}
}

func (c *customer) requestDataExport() *operation {
	return &operation{
		name:   "requestDataExport",
		query:  `mutation ($input: RequestDataExportInput!) { requestDataExport(input: $input) { expiresAt } }`,
		input:  map[string]any{"password": c.password},
		token:  c.token(),
		effect: func(f facts) { f["exports"], f["open DATA_EXPORT"] = 1, 1 },
		done:   func(*answer) {},
	}
}

// void takes back what was mailed and not used yet.
func void(f facts) {
	for _, purpose := range []string{"ACTIVATION", "EMAIL_CHANGE", "DATA_EXPORT", "AUTHENTICATOR", "SIGN_IN_CODE"} {
		f["open "+purpose] = 0
	}
}
