//go:build guards

package guards

func init() { guards = append(guards, retryGuards...) }

// everyMutation matches the tests that retry every mutation, on SQLite.
const everyMutation = "TestEveryMutationIsAnsweredAgain/SQLite"

// retryGuards ensure that a retried change is the same change, and only for the same caller (R-ANS5).
var retryGuards = []guard{
	// The caller and the request of a key.
	{"a key is its session's own", systemTests, "TestIdempotencyKeyIsItsSendersOwn", changes{swap(" token,", "")}},
	{"a key is its application's own", systemTests, "TestIdempotencyKeyIsItsSendersOwn",
		changes{swap("caller.APIKey.ID, ", "")}},
	{"a program gets no answer of a browser", systemTests, "TestLostCookie",
		changes{swap("InCookie", "InCookie && false")}},
	{"a key is for one request", systemTests, "TestIdempotencyKeyIsForOneRequest", changes{never}},
	{"a request is its variables, too", systemTests, "TestIdempotencyKeyIsForOneRequest",
		changes{swap("variables", "variables[:0]")}},
	{"a key has a shape", systemTests, "TestIdempotencyKeyShape", changes{never}},
	{"a key is another one after ten minutes", sqliteTests, "TestSQLite$/idempotency_keys$",
		changes{swap("expires_at > ?", "(expires_at > ? OR TRUE)")}},
	{"a key that has expired can be had", sqliteTests, "TestSQLite$/idempotency_keys$",
		changes{swap("idempotency_keys.expires_at <= ?", "? IS NULL")}},

	// Only one attempt runs.
	{"a key that runs is not given away", systemTests, "TestIdempotencyKeyInUse",
		changes{never, swap("idempotency_keys.lease_until <= ?", "? IS NOT NULL").at(2)}},
	{"what is done is not done again", sqliteTests, "TestSQLite$/idempotency_keys$",
		changes{swap(`AND idempotency_keys.sealed_outcome IS NULL AND idempotency_keys.sealed_answer IS NULL`, ``)}},
	{"who was overtaken changes nothing", systemTests, "TestOvertakenAttempt",
		changes{swap(`owner = ? AND sealed_outcome IS NULL AND sealed_answer IS NULL`, `? <> ''`)}},
	{"a write that meets no key is no success", systemTests, "TestOvertakenAttempt",
		changes{swap("errIdempotencyKeyInUse()", "nil")}},
	{"who was overtaken answers nothing", systemTests, "TestOvertakenRefusal",
		changes{swap(`owner = ? AND sealed_answer IS NULL`, `? <> ''`)}},

	// What is stored.
	{"an outcome is kept with the change", systemTests, everyMutation, changes{gone}},
	{"what is kept of a deletion names nobody", systemTests, "TestOutcomeOfADeletionNamesNobody", changes{gone}},
	{"an answer is kept before it is sent", systemTests, "TestRefusalsAreAnsweredAgain", changes{gone}},
	{"an answer is written for the caller of then", systemTests, everyMutation, changes{gone}},
	{"a refusal is an answer", systemTests, "TestRefusalsAreAnsweredAgain", changes{always.of(2)}},
	{"try again is none", systemTests, "TestRefusalsAreAnsweredAgain", changes{never}},
	{"what was done is not freed", systemTests, "TestUnknownOutcomeIsFoundOut",
		changes{swap(" AND sealed_outcome IS NULL AND sealed_answer IS NULL", "")}},
	{"a key is found by the cookie that it made", systemTests, "TestLostCookie", changes{gone}},
	{"an answer is sealed", systemTests, "TestMarkers",
		changes{swap("sealer.Seal(key.ID+answerLabel, key.Answer",
			"string(key.Answer), func() error { _ = sealer; return nil }(")}},
	{"an outcome is sealed", systemTests, "TestMarkers",
		changes{swap("sealer.Seal(key.ID+outcomeLabel, key.Outcome",
			"string(key.Outcome), func() error { _ = sealer; return nil }(")}},
	{"keys go with their account", systemTests, "TestIdempotencyKeysAreErased",
		changes{swap(" deleteOf[models.IdempotencyKey],", "")}},
	{"keys go with their age", systemTests, "TestIdempotencyKeysAreErased", changes{gone}},
}
