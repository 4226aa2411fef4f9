//go:build guards

package guards

func init() { guards = append(guards, claimGuards...) }

// Stories that notice.
const (
	claimStories = "TestStories/SQLite/claims"
	modelTest    = "TestModel$"
)

// claimGuards are what lets a proof beat a claim, and nothing else (R-PRF1 to R-PRF9).
var claimGuards = []guard{
	// Whose an address is.
	{"a claim gives way", systemTests, claimStories + "$", []edit{
		{"internal/account/displacement.go", "		if err := s.displace(ctx, tx, caller, holder); err != nil {\n			return err\n		}\n", "		return errEmailUnavailable()\n"}}},
	{"a proven address gives way to nobody", systemTests, "TestOneOwner/email", []edit{
		{"internal/account/displacement.go", "	case !holder.EmailClaimed():\n		return errEmailUnavailable()\n", ""}}},
	{"the shop's word is no claim", systemTests, claimStories + "-shop", []edit{
		{"models/account.go", "return a.EmailVerifiedAt == nil && !a.EmailVouched", "return a.EmailVerifiedAt == nil"}}},
	{"a claim that is being made gives way", systemTests, "TestClaimsAndProofsAtOnce/PostgreSQL", []edit{
		{"internal/account/displacement.go", "if again || models.CodeOf(err) != models.CodeEmailUnavailable {", "if again || err != nil || err == nil {"}}},
	{"an import displaces a claim", systemTests, claimStories + "-shop", []edit{
		{"internal/account/import.go", "if imported || !existing.EmailClaimed() || wanted.EmailClaimed() {", "if existing.ID != \"\" {"}}},
	{"an address that can be taken back is taken", sqliteTests, "TestSQLite$/reserved_addresses", []edit{
		{"internal/store/accounts.go", "		if err := reserved(); err != nil {\n			return err\n		}\n", ""}}},
	{"who waited for a change meets its reserved address", postgresTests, "TestPostgreSQL$", []edit{
		{"internal/store/accounts.go", "if err == nil && t.store.engine.NeedsSavepoints() {", "if err == nil && t == nil {"}}},
	{"a claimed address is not reserved by a request", systemTests, claimStories + "$", []edit{
		{"internal/account/email.go", "	if !account.EmailClaimed() {\n", "	if account != nil {\n"}}},
	{"a claimed address is not reserved by a change", systemTests, claimStories + "$", []edit{
		{"internal/account/email.go", "	if former.EmailClaimed() {\n", "	if former == nil {\n"}}},
	{"nothing is sent to a placeholder", systemTests, claimStories + "$", []edit{
		{"internal/account/service.go", "if message.Channel == models.ChannelMail && models.EmailAddress(message.Recipient).Placeholder() {", "if message == nil {"}}},
	{"a placeholder is nobody's to type", systemTests, claimStories + "$", []edit{
		{"internal/contact/email.go", `last != "" && last != "invalid" && `, `last != "" && `}}},
	{"a number is its prover's", systemTests, claimStories + "-phone", []edit{
		{"internal/account/phone.go", "	if err := s.takePhone(ctx, tx, phone, account.ID); err != nil {\n		return err\n	}\n", ""}}},
	{"a proven number gives way to nobody", systemTests, claimStories + "-phone", []edit{
		{"internal/account/displacement.go", "if holder.ID == proverID || holder.PhoneVerified() {", "if holder.ID == proverID {"}}},

	// What a link proves.
	{"a link does not say who chose the password", systemTests, claimStories + "$", []edit{
		{"internal/account/activation.go", "if account != nil && caller.Session != nil && caller.Account.ID == account.ID && !offered.given() {", "if !offered.given() {"},
		{"internal/account/activation.go", "		decided.proofBySession, decided.provedAt = true, caller.Session.AuthenticatedAt\n", "		decided.registration = registration\n"}}},
	{"a session activates its own account", systemTests, modelTest, []edit{
		{"internal/account/activation.go", "caller.Session != nil && caller.Account.ID == account.ID && !offered.given()", "caller.Session != nil && !offered.given()"}}},
	{"a session that activates proves no password", systemTests, claimStories + "$", []edit{
		{"internal/account/activation.go", "decided.proofBySession, decided.provedAt = true, caller.Session.AuthenticatedAt", "decided.proofBySession = true"}}},
	{"a token arms its own registration", systemTests, claimStories + "$", []edit{
		{"internal/account/activation.go", "if own != nil || models.CodeOf(err)", "if models.CodeOf(err)"}}},
	{"strangers push out nothing that was mailed", systemTests, claimStories + "-strangers", []edit{
		{"internal/store/registrations.go", "NOT mailed AND id NOT IN (\n		SELECT id FROM registrations WHERE email = ? AND NOT mailed", "id NOT IN (\n		SELECT id FROM registrations WHERE email = ?"}}},
	{"what is not mailed is bounded", systemTests, claimStories + "-strangers", []edit{
		{"internal/account/registration.go", "	mailed = !due.IsZero()\n	if mailed {", "	mailed = true\n	if !due.IsZero() {"}}},
	{"an activation mail leads to a reset", systemTests, claimStories + "-verified", []edit{
		{"internal/notify/templates/en.tmpl", "\n\nIf you are asked for a password that you don’t know, ask for a new one where you sign in.", ""}}},
	{"a token is tried ten times", systemTests, claimStories + "-verified", []edit{
		{"internal/account/activation.go", "TryChallenge(ctx, challenge.ID, activationAttempts, s.now())", "TryChallenge(ctx, challenge.ID, 1000, s.now())"}}},
	{"a claimed address gets no other way in", systemTests, claimStories + "$", []edit{
		{"internal/account/identitylink.go", "	if err := s.canLink(caller.Account); err != nil {\n		return nil, err\n	}\n", ""}}},
	{"an undo ends what was linked lately", systemTests, claimStories + "-thief", []edit{
		{"internal/account/undo.go", "challenge.CreatedAt.Add(-undoTTL)); err", "now.Add(undoTTL)); err"}}},
	{"an undo keeps what was linked long before", systemTests, claimStories + "-thief", []edit{
		{"internal/account/undo.go", "identity.LinkedAt.Before(since) || !identity", "since.IsZero() || !identity"}}},
	{"an undo keeps what the account began with", systemTests, claimStories + "-thief", []edit{
		{"internal/account/undo.go", "identity.LinkedAt.Before(since) || !identity.LinkedAt.After(account.CreatedAt)", "identity.LinkedAt.Before(since)"}}},
	{"a thief's undo does not end the owner's", systemTests, claimStories + "-thief", []edit{
		{"internal/account/undo.go", "	return tx.VoidUndos(ctx, undone.AccountID, undone.Target, undone.CreatedAt)\n", "	return tx.VoidUndos(ctx, undone.AccountID, undone.Target, time.Time{})\n"}}},
	{"the owner's undo ends a thief's", systemTests, "TestStories/SQLite/undo", []edit{
		{"internal/account/undo.go", "	return tx.VoidUndos(ctx, undone.AccountID, undone.Target, undone.CreatedAt)\n", "	return nil\n"}}},
	{"nothing is linked after an undo", systemTests, claimStories + "-thief", []edit{
		{"internal/account/identitylink.go", "	return s.pausedByUndo(account)\n", "	return nil\n"}}},
	{"a bearer is not its own proof", systemTests, "TestStories/SQLite/customer-tokens$", []edit{
		{"internal/account/customertoken.go", "	if err := s.noteBearer(ctx, identity); err != nil {\n		return nil, nil, err\n	}\n", ""}}},

	// What ends with the first proof.
	{"the first proof unlinks identities", systemTests, claimStories + "-shop", []edit{
		{"internal/account/displacement.go", "	if _, err := tx.UnlinkIdentities(ctx, account.ID); err != nil {\n		return nil, err\n	}\n", ""}}},
	{"the first proof voids secrets", systemTests, claimStories + "-shop", []edit{
		{"internal/account/displacement.go", "	if _, err := tx.VoidChallenges(ctx, account.ID, s.now()); err != nil {\n		return nil, err\n	}\n", ""}}},
	{"the first proof removes an unproven number", systemTests, claimStories + "-phone", []edit{
		{"internal/account/displacement.go", "if account.Phone != nil && account.PhoneVerifiedAt == nil {", "if account == nil {"}}},
	{"the first proof forgets a stranger's consents", systemTests, claimStories + "$", []edit{
		{"internal/account/displacement.go", "	if account.EmailVouched {\n		return columns, nil", "	if account != nil {\n		return columns, nil"}}},
	{"the first proof keeps the shop's consents", systemTests, claimStories + "-phone", []edit{
		{"internal/account/displacement.go", "	if account.EmailVouched {\n		return columns, nil", "	if account == nil {\n		return columns, nil"}}},
	{"a reset ends what waits", systemTests, claimStories + "$", []edit{
		{"internal/account/password.go", "		if err := tx.DropRegistrations(ctx, account.Email); err != nil {\n			return \"\", nil, err\n		}\n", ""}}},
	{"a proof ends what waits", systemTests, modelTest, []edit{
		{"internal/account/displacement.go", "	return tx.DropRegistrations(ctx, email)", "	return nil"}}},
	{"an activation ends what waits", systemTests, modelTest, []edit{
		{"internal/account/activation.go", "	return tx.DropRegistrations(ctx, account.Email)", "	return nil"}}},
	{"a deletion takes what waits along", systemTests, "TestNothingIsLeftOfARegistration/deleted", []edit{
		{"internal/account/deletion.go", "	if !account.EmailClaimed() {\n", "	if account == nil {\n"}}},
	{"a claim's deletion leaves what others registered", systemTests, "TestNothingIsLeftOfARegistration/expired", []edit{
		{"internal/account/deletion.go", "	if !account.EmailClaimed() {\n", "	if account != nil {\n"}}},
	{"a registration is reaped", systemTests, "TestNothingIsLeftOfARegistration", []edit{
		{"internal/store/reap.go", `		func() error { return reap[models.Registration](ctx, s, "id", "expires_at <= ?", now) },` + "\n", ""}}},
	{"a registration is sealed", systemTests, "TestNothingIsLeftOfARegistration", []edit{
		{"internal/store/registrations.go", "if row.Sealed, err = sealer.Seal(row.ID, brought); err != nil {", "if row.Sealed, err = sealer.Seal(row.ID, brought); err == nil {\n\t\trow.ChallengeID += string(brought)\n\t} else {"}}},
	{"consent waits for the proof", systemTests, claimStories + "$|TestStories/SQLite/agreements", []edit{
		{"internal/account/consent.go", "	return channel == models.ConsentEmail && account.EmailClaimed() || ", "	return "}}},
	{"consent waits for the number", systemTests, "TestStories/SQLite/agreements", []edit{
		{"internal/account/consent.go", " || channel == models.ConsentSMS && !account.PhoneVerified()", ""}}},

	// What anybody can trigger.
	{"an address gets so many mails", systemTests, "TestRegistrationsAreLimited", []edit{
		{"internal/account/budget.go", "	if budget.Count > allowed.Uses {\n		due, next", "	if budget.Count < 0 {\n		due, next"}}},
	{"a mail waits for the pause", systemTests, "TestRegistrationsAreLimited", []edit{
		{"internal/account/budget.go", "	if budget.BlockedUntil.After(now) {\n		due", "	if budget.Count < 0 {\n		due"}}},
	{"strangers have half of the ceiling", systemTests, "TestCeilingKeepsHalfForCustomers", []edit{
		{"internal/account/budget.go", "half := Limit{total.Uses / 2, total.Window}", "half := total"}}},
	{"a claim is a stranger's", systemTests, "TestCeilingKeepsHalfForCustomers", []edit{
		{"internal/account/budget.go", "	case account.EmailClaimed():\n", "	case account == nil:\n"}}},
	{"addresses of nobody use up no ceiling", systemTests, "TestCeilingKeepsHalfForCustomers", []edit{
		{"internal/account/budget.go", "return []use{decoyUse(strangersKey), decoyUse(messagesKey)}", "return []use{{strangersKey, half}, {messagesKey, total}}"}}},
	{"a registration is a mail of its network", systemTests, "TestRegistrationsAreLimited", []edit{
		{"internal/account/budget.go", "	if err := s.spendNetwork(ctx, tx, caller, budgetMails, s.Settings.Limits.NetworkMails); err != nil {\n		return err\n	}\n	if err := s.spendNetwork(ctx, tx, caller, budgetAccounts", "	if err := s.spendNetwork(ctx, tx, caller, budgetAccounts"}}},
	{"a network registers so many accounts", systemTests, "TestAccountsOfANetwork/registerAccount", []edit{
		{"internal/account/budget.go", "	if err := s.spendNetwork(ctx, tx, caller, budgetAccounts, s.Settings.Limits.NetworkAccounts); err != nil {\n		return err\n	}\n", ""}}},
	{"a network's providers make so many accounts", systemTests, "TestAccountsOfANetwork/signInWithIdentityProvider", []edit{
		{"internal/account/identitysignin.go", "	return s.spendNetwork(ctx, tx, caller, budgetAccounts, s.Settings.Limits.NetworkAccounts)", "	return nil"}}},
	{"registrations use up the strangers' half", systemTests, "TestServiceCeiling|TestCeilingKeepsHalfForCustomers", []edit{
		{"internal/account/budget.go", `stranger := &models.Account{ID: "stranger"}`, `stranger := &models.Account{}`}}},

	// What must not tell.
	{"a try at an unknown address hashes twice", systemTests, "TestWork/signIn$", []edit{
		{"internal/account/registration.go", "	hash, err := s.Hasher.HashSalted(ctx, s.registrationSalt(email), chosen)", "	if len(waiting) == 0 {\n		return nil, models.ErrNotFound\n	}\n	hash, err := s.Hasher.HashSalted(ctx, s.registrationSalt(email), chosen)"}}},
	{"what waits does not tell who has an address", systemTests, claimStories + "-strangers", []edit{
		{"internal/account/registration.go", "s.mailDue(ctx, tx, models.MessageActivation, email, ", "s.mailDue(ctx, tx, outcome.mail.Kind, email, "}}},
	{"a taken address seems to wait", systemTests, claimStories + "-verified", []edit{
		{"internal/account/proofpassword.go", ` || s.Settings.Registration == RegistrationVerified`, ""}}},
	{"an account that is active does not wait", systemTests, claimStories + "$", []edit{
		{"internal/account/proofpassword.go", "return account.Status == models.StatusPending", "return true"}}},
	{"a claim's password is its registration's", systemTests, claimStories + "-verified", []edit{
		{"internal/account/proofpassword.go", "if right && (account.Status != models.StatusPending || account.EmailVouched) {", "if right {"}}},
	{"a registration's password gives no guesses back", systemTests, claimStories + "-verified", []edit{
		{"internal/account/proofpassword.go", "return tx.RefundBudget(ctx, key)", "return tx.ResetBudget(ctx, key)"}}},

	// Permissions follow the effect.
	{"an address needs the permission of its change", systemTests, claimStories + "-permissions", []edit{
		{"internal/account/profile.go", "	if err := update.contacts.permitted(caller); err != nil {\n		return nil, err\n	}\n", ""}}},
	{"what a payload shows is asked for before", systemTests, claimStories + "-permissions", []edit{
		{"graph/directives.go", `field != "" {`, `field != "" && caller.APIKey == nil {`}}},
}
