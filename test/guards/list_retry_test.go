//go:build guards

package guards

func init() { guards = append(guards, retryGuards...) }

// everyMutation are the tests of every mutation that is sent again, on SQLite.
const everyMutation = "TestEveryMutationIsAnsweredAgain/SQLite"

// retryGuards are what makes a change that is sent again the same change, and nobody else's (R-ANS5).
var retryGuards = []guard{
	// Whose a key is, and for what.
	{"a key is its session's own", systemTests, "TestIdempotencyKeyIsItsSendersOwn", []edit{
		{"internal/account/idempotency.go", "sender := []string{caller.APIKey.ID, token,", "sender := []string{caller.APIKey.ID,"}}},
	{"a key is its application's own", systemTests, "TestIdempotencyKeyIsItsSendersOwn", []edit{
		{"internal/account/idempotency.go", "sender := []string{caller.APIKey.ID, token,", "sender := []string{token,"}}},
	{"a program gets no answer of a browser", systemTests, "TestLostCookie", []edit{
		{"internal/account/idempotency.go", "token, fmt.Sprint(request.InCookie)}", "token, fmt.Sprint(request.InCookie && false)}"}}},
	{"a key is for one request", systemTests, "TestIdempotencyKeyIsForOneRequest", []edit{
		{"internal/account/idempotency.go", "case !hmac.Equal(found.Fingerprint, attempt.key.Fingerprint):", "case !hmac.Equal(found.Fingerprint, attempt.key.Fingerprint) && found == nil:"}}},
	{"a request is its variables, too", systemTests, "TestIdempotencyKeyIsForOneRequest", []edit{
		{"graph/idempotency.go", "sent.operationName, string(variables)},", "sent.operationName, string(variables[:0])},"}}},
	{"a key has a shape", systemTests, "TestIdempotencyKeyShape", []edit{
		{"graph/idempotency.go", "if len(keys) != 1 || keys[0] == \"\" || len(keys[0]) > maxIdempotencyKey || strings.ContainsFunc(keys[0], invisible) {", "if strings.ContainsFunc(keys[0], invisible) && len(keys) > maxIdempotencyKey {"}}},
	{"a key is another one after ten minutes", sqliteTests, "TestSQLite$/idempotency_keys$", []edit{
		{"internal/store/idempotency.go", "Where(\"(id = ? OR renewed_id = ?) AND expires_at > ?\", id, id, now))", "Where(\"(id = ? OR renewed_id = ?) AND (expires_at > ? OR TRUE)\", id, id, now))"}}},
	{"a key that has expired can be had", sqliteTests, "TestSQLite$/idempotency_keys$", []edit{
		{"internal/store/idempotency.go", "WHERE idempotency_keys.expires_at <= ? OR idempotency_keys.lease_until", "WHERE ? IS NULL OR idempotency_keys.lease_until"}}},

	// One runs.
	{"a key that runs is not given away", systemTests, "TestIdempotencyKeyInUse", []edit{
		{"internal/account/idempotency.go", "		case s.now().Before(found.LeaseUntil):\n			return nil, errIdempotencyKeyInUse()\n", ""},
		{"internal/store/idempotency.go", "OR idempotency_keys.lease_until <= ?\n", "OR ? IS NOT NULL\n"}}},
	{"what is done is not done again", sqliteTests, "TestSQLite$/idempotency_keys$", []edit{
		{"internal/store/idempotency.go", "	AND idempotency_keys.sealed_outcome IS NULL AND idempotency_keys.sealed_answer IS NULL\n", ""}}},
	{"who was overtaken changes nothing", systemTests, "TestOvertakenAttempt", []edit{
		{"internal/store/idempotency.go", "Where(\"id = ? AND owner = ? AND sealed_outcome IS NULL AND sealed_answer IS NULL\", key.ID, key.Owner).", "Where(\"id = ? AND owner <> ?\", key.ID, \"\")."}}},
	{"a write that meets no key is no success", systemTests, "TestOvertakenAttempt", []edit{
		{"internal/account/idempotency.go", "return notFoundAs(tx.KeepOutcome(ctx, &key), errIdempotencyKeyInUse())", "return notFoundAs(tx.KeepOutcome(ctx, &key), nil)"}}},
	{"who was overtaken answers nothing", systemTests, "TestOvertakenRefusal", []edit{
		{"internal/store/idempotency.go", "Where(\"id = ? AND owner = ? AND sealed_answer IS NULL\", key.ID, key.Owner)", "Where(\"id = ? AND owner <> ?\", key.ID, \"\")"}}},

	// What is kept.
	{"an outcome is kept with the change", systemTests, everyMutation, []edit{
		{"internal/account/flow.go", "		if err := f.service.keepOutcome(ctx, tx, f.caller, keptFor, payload); err != nil {\n			return err\n		}\n", ""},
		{"internal/account/flow.go", "		keptFor := done.AccountID\n		if done.outlives {\n			keptFor = nobody\n		}\n", ""}}},
	{"a deletion is told again", systemTests, everyMutation + "_deleteAccount", []edit{
		{"internal/account/deletion.go", "		done.outlives = true\n", ""}}},
	{"an answer is kept before it is sent", systemTests, "TestRefusalsAreAnsweredAgain", []edit{
		{"graph/idempotency.go", "		answer, err = t.accounts.Settle(ctx, attempt, answer, done)\n", ""}}},
	{"an answer is written for the caller of then", systemTests, everyMutation, []edit{
		{"internal/account/idempotency.go", "	caller.Session, caller.Account, caller.SessionRefused = outcome.Session, account, false\n", "	_ = account\n"}}},
	{"a refusal is an answer", systemTests, "TestRefusalsAreAnsweredAgain", []edit{
		{"graph/idempotency.go", "case !done && tryAgain(response):", "case !done:"}}},
	{"try again is none", systemTests, "TestRefusalsAreAnsweredAgain", []edit{
		{"graph/idempotency.go", "case !done && tryAgain(response):", "case !done && response == nil:"}}},
	{"what was done is not freed", systemTests, "TestUnknownOutcomeIsFoundOut", []edit{
		{"internal/store/idempotency.go", "Where(\"id = ? AND owner = ? AND sealed_outcome IS NULL AND sealed_answer IS NULL\", id, owner).", "Where(\"id = ? AND owner = ?\", id, owner)."}}},
	{"a key is found by the cookie that it made", systemTests, "TestLostCookie", []edit{
		{"internal/account/idempotency.go", "		key.RenewedID = &renewed\n", "		_ = renewed\n"}}},
	{"an answer is sealed", systemTests, "TestMarkers", []edit{
		{"internal/store/idempotency.go", "sealed, err := sealer.Seal(key.ID+answerLabel, key.Answer)", "sealed, err := string(key.Answer), func() error { _ = sealer; return nil }()"}}},
	{"an outcome is sealed", systemTests, "TestMarkers", []edit{
		{"internal/store/idempotency.go", "sealed, err := sealer.Seal(key.ID+outcomeLabel, key.Outcome)", "sealed, err := string(key.Outcome), func() error { _ = sealer; return nil }()"}}},
	{"keys go with their account", systemTests, "TestIdempotencyKeysAreErased", []edit{
		{"internal/store/accounts.go", "deleteRegistrations, deleteOf[models.IdempotencyKey],", "deleteRegistrations,"}}},
	{"keys go with their age", systemTests, "TestIdempotencyKeysAreErased", []edit{
		{"internal/store/reap.go", "		func() error { return reap[models.IdempotencyKey](ctx, s, \"id\", \"expires_at <= ?\", now) },\n", ""}}},
}
