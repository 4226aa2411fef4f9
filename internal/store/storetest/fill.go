package storetest

import (
	"fmt"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store"
	"github.com/accountql/accountql/models"
)

// Filled is the minimum number of rows that Fill writes to each table except server_keys.
const Filled = 5

// Fill writes to a migrated, empty store data that a copy must not lose: every field once with a value and once
// without, texts that are hard to order and to quote, times of every precision, secrets that are sealed, used and
// pending. The caller adds identities.
func Fill(t *testing.T, s *store.Store) {
	t.Helper()
	f := &fixture{T: t, Store: s, ctx: t.Context()}
	whole := wholeAccount(t, f.id("account"))
	whole.Attributes["big"] = "\U0001F98A 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 \u0000 \u2028 é e\u0301"
	f.tx(func(tx account.Tx) error { return tx.CreateAccount(f.ctx, whole) })
	// Upper case, accents, and characters beyond 16 bits are ordered differently by language and by bytes.
	owners := []*models.Account{whole}
	for i, email := range []models.EmailAddress{
		"a@example.com", "Z@example.com", "ä@example.com", "\uFFFD@example.com", "\U0001F98A@example.com",
	} {
		owner := minimalAccount(fmt.Sprintf("%c-%s", []rune("zZäß🦊")[i], f.id("account")), email)
		owner.CreatedAt = base.Add(time.Duration(i) * 100_001 * time.Microsecond)
		owner.DisplayName = pointer("line\nbreak\t\\N \\. 'quote' \"double\" %s ? $1 \U0001F468\u200D\U0001F469")
		f.tx(func(tx account.Tx) error { return tx.CreateAccount(f.ctx, owner) })
		owners = append(owners, owner)
	}

	f.tx(func(tx account.Tx) error {
		var consents []models.Consent
		for i, value := range []*bool{nil, pointer(true), pointer(false), nil, pointer(true)} {
			consents = append(consents, models.Consent{
				ID: f.id("consent"), AccountID: whole.ID, Channel: "email", Value: value, Source: "updateAccount",
				Pending: i == 4, Wording: map[bool]*string{true: pointer("é 7")}[i == 1],
				RecordedAt: base.Add(time.Duration(i) * time.Microsecond),
			})
		}

		if err := tx.RecordConsents(f.ctx, consents); err != nil {
			return err
		}
		return tx.KeepConsentProofs(f.ctx, []models.ConsentProof{
			f.consentProof("a@example.com", nil, base), f.consentProof("z@example.com", pointer("2026-11"), base),
		})
	})
	f.tx(func(tx account.Tx) error {
		var accepted []models.TermsAcceptance
		for i := range Filled {
			accepted = append(accepted, models.TermsAcceptance{
				ID: fmt.Sprintf("acceptance-%d", i), AccountID: whole.ID, Document: "terms",
				Version: fmt.Sprintf("%d. „Änderung“", i), Source: "acceptTerms",
				AcceptedAt: base.Add(time.Duration(i) * time.Microsecond),
			})
		}
		_, err := tx.RecordTerms(f.ctx, accepted)
		return err
	})

	for i, owner := range owners {
		f.session(owner)
		f.address(owner, i, wholeAddress)
		f.address(owner, i, nil)
		f.fillSecrets(i, owner)
		f.apiKey(f.id("key"))
		f.tx(func(tx account.Tx) error { return tx.CreateRegistration(f.ctx, f.registration(owner.Email), 5) })
		f.fillIdempotencyKeys(owner)
		f.fillWebhooks(owner)
		f.tx(func(tx account.Tx) error {
			return tx.CreatePasskey(f.ctx, f.passkey(owner.ID, fmt.Sprintf("\x00%d\xff", i)))
		})
		f.tx(func(tx account.Tx) error {
			return tx.CreateAuthenticator(f.ctx, f.authenticator(owner.ID, fmt.Sprintf("\x00%d\xff", i)))
		})
		f.tx(func(tx account.Tx) error {
			return tx.ReplaceRecoveryCodes(f.ctx, owner.ID, []models.RecoveryCode{{
				ID: f.id("code"), AccountID: owner.ID, CodeHash: []byte{0, 0xff}, CreatedAt: base,
			}})
		})
		f.tx(func(tx account.Tx) error { _, err := tx.WatchDevices(f.ctx, owner.ID, base); return err })
		f.tx(func(tx account.Tx) error { return tx.RememberDevice(f.ctx, f.device(owner.ID, "mark"), 5) })
		f.tx(func(tx account.Tx) error { return tx.KeepExport(f.ctx, f.keptExport(owner.ID)) })
		f.tx(func(tx account.Tx) error {
			return tx.ScheduleDeletion(f.ctx, &models.Deletion{
				AccountID: owner.ID, RequestedAt: base, ScheduledFor: base.Add(time.Duration(i) * time.Microsecond),
			})
		})
		f.tx(func(tx account.Tx) error {
			_, err := tx.SpendBudget(f.ctx, "tries:"+string(owner.Email), base.Add(time.Duration(i)*time.Microsecond),
				time.Hour)
			return err
		})

		for n := range 3 {
			f.tx(func(tx account.Tx) error {
				return tx.RecordEvent(f.ctx, &models.AuditEvent{
					ID: f.id("event"), AccountID: owner.ID, Operation: "updateAccount",
					Outcome: models.OutcomeSuccess, APIKeyID: "key",
					IP: "2001:db8::1", UserAgent: "ü/1.0", RequestID: f.id("request"),
					At: base.Add(time.Duration(n) * 10 * time.Microsecond),
				})
			})
		}

		f.tx(func(tx account.Tx) error {
			return tx.RecordEvent(f.ctx, &models.AuditEvent{
				ID: f.id("event"), AccountID: owner.ID, Operation: "account get", Outcome: models.OutcomeSuccess,
				At: base, Operator: "os:zoë", Reason: "ticket 7: 'quoted' \"twice\"",
			})
		})
	}

	_, err := s.FindIdle(f.ctx, base.Add(time.Hour), base.Add(time.Microsecond), len(owners))
	f.ok(err)

	var targets []models.WebhookTarget
	for i := range Filled {
		targets = append(targets, models.WebhookTarget{
			Name: fmt.Sprintf("target-%d", i), Events: []models.EventType{models.EventAccountCreated},
		})
	}
	_, err = s.RecordWebhookTargets(f.ctx, targets, base)
	f.ok(err)

	_, err = s.ServerKey(f.ctx, "codes")
	f.ok(err)
}

// fillWebhooks writes an event of an account, and a decoy.
func (f *fixture) fillWebhooks(owner *models.Account) {
	f.Helper()
	for _, id := range []string{owner.ID, ""} {
		f.event(id, models.EventAccountUpdated, base.Add(time.Microsecond))
	}
}

// fillSecrets writes a pending and a used challenge of an account, with the messages that carry them: one is
// pending, one was sent. It also writes a challenge without an account.
func (f *fixture) fillSecrets(i int, owner *models.Account) {
	f.Helper()
	pending, used := f.challenge(owner, models.PurposeEmailChange), f.challenge(owner, models.PurposePasswordReset)
	f.tx(func(tx account.Tx) error { return tx.UseChallenge(f.ctx, used.ID, base.Add(time.Minute)) })
	f.message(owner.ID, pending.ID)
	sent := f.message(owner.ID, "")
	f.ok(f.MarkSent(f.ctx, sent.ID, base.Add(time.Duration(i)*time.Second)))
	nobodys := *pending
	nobodys.ID, nobodys.AccountID, nobodys.Target, nobodys.EmailAtIssue = f.id("challenge"), "", "", ""
	nobodys.SecretHash = hash(nobodys.ID)
	f.tx(func(tx account.Tx) error { return tx.CreateChallenge(f.ctx, &nobodys) })
}

// fillIdempotencyKeys writes a key whose attempt is running, and one that is done and answered.
func (f *fixture) fillIdempotencyKeys(owner *models.Account) {
	f.Helper()
	running, done := f.idempotencyKey("one"), f.idempotencyKey("one")
	f.ok(f.reserve(*running, "one", base))
	f.ok(f.reserve(*done, "one", base))
	outcome := kept(done, "one", "outcome", "")
	outcome.RenewedID, outcome.AccountID = pointer("renewed "+done.ID), &owner.ID
	f.ok(f.keepOutcome(outcome))
	f.ok(f.keepAnswer(kept(done, "one", "", "answer")))
}
