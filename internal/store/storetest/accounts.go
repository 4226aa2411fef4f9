package storetest

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
)

func pointer[T any](value T) *T { return &value }

// wholeAccount has a value in every field. It fails the test if a new field has none here.
func wholeAccount(t *testing.T, id string) *models.Account {
	t.Helper()
	whole := &models.Account{
		ID: id, Status: models.StatusPending, Email: "whole@example.com",
		EmailVerifiedAt: pointer(base.Add(time.Second)), EmailVouched: true,
		Phone: pointer(models.PhoneNumber("+48123456789")), PhoneVerifiedAt: pointer(base.Add(2 * time.Second)),
		PasswordHash: pointer("$argon2id$v=19$x"), CredentialEpoch: 7, CustomID: pointer("custom"),
		UUID: pointer("uuid"),
		Profile: models.Profile{
			FirstName: pointer("Żółw 'x' \"y\""), LastName: pointer("Noether"), DisplayName: pointer("Emmy"),
			Sex: models.SexFemale, BirthDate: pointer(models.Date("1882-03-23")),
			AvatarURL: pointer(models.URL("https://example.com/a?b=%20")),
			Company:   pointer("Göttingen"), Address: pointer("Street 1"),
			City: pointer("Erlangen"), Province: pointer("Bavaria"),
			ZipCode: pointer("91052"), CountryCode: pointer(models.CountryCode("DE")),
			Language: pointer(models.LanguageCode("de")), TimeZone: pointer(models.TimeZone("Europe/Berlin")),
			Agreements: models.Agreements{Email: pointer(true), SMS: pointer(false),
				Push: pointer(true), Bluetooth: pointer(false), RFID: pointer(true), Wifi: pointer(false)},
			Attributes: models.JSONObject{
				"shoe size": "41", "list": []any{true, nil}, "nested": map[string]any{"a": "b"},
			},
		},
		Tags: []string{"vip", "a,b"}, EmailChangesPausedUntil: pointer(base.Add(3 * time.Second)),
		ChangesPausedUntil: pointer(base.Add(4 * time.Second)), SecondFactorSince: pointer(base.Add(5 * time.Second)),
		Version:   3,
		CreatedAt: base, UpdatedAt: base.Add(4 * time.Second), LastActivityAt: pointer(base.Add(5 * time.Second)),
	}
	value := reflect.ValueOf(*whole)
	for _, field := range reflect.VisibleFields(value.Type()) {
		if value.FieldByIndex(field.Index).IsZero() {
			t.Fatalf("give models.Account.%s a value in wholeAccount", field.Name)
		}
	}

	return whole
}

func schemaIsCurrent(t *testing.T, f *fixture) {
	f.ok(f.CheckSchema(f.ctx))
	f.ok(f.Migrate(f.ctx))
	status, err := f.MigrationStatus(f.ctx)
	f.ok(err)
	if len(status) == 0 || status[0].Version != 1 || status[0].Name != "initial" || status[0].AppliedAt == nil ||
		status[0].AppliedAt.IsZero() {
		t.Fatalf("status %+v", status)
	}
}

func readyLeavesNothing(t *testing.T, f *fixture) {
	for range 3 {
		f.ok(f.Ready(f.ctx))
	}
}

func accountIsKeptWhole(t *testing.T, f *fixture) {
	whole := wholeAccount(t, f.id("account"))
	f.tx(func(tx account.Tx) error { return tx.CreateAccount(f.ctx, whole) })
	byID, err := f.AccountByID(f.ctx, whole.ID)
	f.ok(err)
	byEmail, err := f.AccountByEmail(f.ctx, whole.Email)
	f.ok(err)
	byPhone, err := f.AccountByPhone(f.ctx, *whole.Phone)
	f.ok(err)
	var locked, known, inside *models.Account
	f.tx(func(tx account.Tx) (err error) {
		if locked, err = tx.LockAccount(f.ctx, whole.ID); err != nil {
			return err
		}
		if known, err = tx.LockKnownAccount(f.ctx, byID); err != nil {
			return err
		}
		inside, err = tx.AccountByEmail(f.ctx, whole.Email)
		return err
	})

	for name, got := range map[string]*models.Account{
		"by id": byID, "by e-mail": byEmail, "by phone": byPhone, "locked": locked, "known": known,
		"inside": inside,
	} {
		if !reflect.DeepEqual(got, whole) {
			t.Errorf("%s:\n got %+v\nwant %+v", name, got, whole)
		}
	}

	bare := f.account("bare@example.com")
	got, err := f.AccountByID(f.ctx, bare.ID)
	f.ok(err)
	if !reflect.DeepEqual(got, bare) {
		t.Errorf("bare:\n got %+v\nwant %+v", got, bare)
	}
}

func accountNotFound(_ *testing.T, f *fixture) {
	_, err := f.AccountByID(f.ctx, "nobody")
	f.notFound(err)
	_, err = f.AccountByEmail(f.ctx, "nobody@example.com")
	f.notFound(err)
	_, err = f.AccountByPhone(f.ctx, "+48512345678")
	f.notFound(err)

	for _, decide := range []func(tx account.Tx) error{
		func(tx account.Tx) error { _, err := tx.LockAccount(f.ctx, "nobody"); return err },
		func(tx account.Tx) error {
			_, err := tx.LockKnownAccount(f.ctx, &models.Account{ID: "nobody"})
			return err
		},
		func(tx account.Tx) error { _, err := tx.AccountByEmail(f.ctx, "nobody@example.com"); return err },
		func(tx account.Tx) error { return f.erase(tx, "nobody") },
		func(tx account.Tx) error {
			return tx.UpdateAccount(f.ctx, minimalAccount("nobody", "n@example.com"), "city")
		},
	} {
		f.notFound(f.InTx(f.ctx, decide))
	}
}

func takenAddresses(_ *testing.T, f *fixture) {
	phone := models.PhoneNumber("+48123456789")
	first := minimalAccount("first", "first@example.com")
	first.Phone = &phone
	f.tx(func(tx account.Tx) error { return tx.CreateAccount(f.ctx, first) })
	second := f.account("second@example.com") // and a second account without a phone number

	twin := minimalAccount("twin", first.Email)
	f.code(f.InTx(f.ctx, func(tx account.Tx) error { return tx.CreateAccount(f.ctx, twin) }),
		models.CodeEmailUnavailable)
	twin.Email, twin.Phone = "twin@example.com", &phone
	f.code(f.InTx(f.ctx, func(tx account.Tx) error { return tx.CreateAccount(f.ctx, twin) }),
		models.CodePhoneUnavailable)

	changed := *second
	changed.Email = first.Email
	f.code(f.InTx(f.ctx, func(tx account.Tx) error { return tx.UpdateAccount(f.ctx, &changed, "email") }),
		models.CodeEmailUnavailable)
	changed.Phone = &phone
	f.code(f.InTx(f.ctx, func(tx account.Tx) error { return tx.UpdateAccount(f.ctx, &changed, "phone") }),
		models.CodePhoneUnavailable)
	if changed.Version != second.Version {
		f.Fatal("a refused update raised the version")
	}

	same := minimalAccount(first.ID, "other@example.com")
	f.code(f.InTx(f.ctx, func(tx account.Tx) error { return tx.CreateAccount(f.ctx, same) }), models.CodeInternal)
}

func oneTakesEmail(t *testing.T, f *fixture) {
	unavailable := func(err error) bool { return models.CodeOf(err) == models.CodeEmailUnavailable }
	won := f.race(func(n int) error {
		return f.InTx(f.ctx, func(tx account.Tx) error {
			return tx.CreateAccount(f.ctx, minimalAccount(fmt.Sprintf("racer-%d", n), "race@example.com"))
		})
	}, unavailable)
	if won != 1 {
		t.Fatalf("%d accounts got the address", won)
	}
}

func updateWritesItsColumns(t *testing.T, f *fixture) {
	whole := wholeAccount(t, f.id("account"))
	f.tx(func(tx account.Tx) error { return tx.CreateAccount(f.ctx, whole) })
	changed := minimalAccount(whole.ID, "changed@example.com") // its other fields are empty
	changed.Version, changed.UpdatedAt = whole.Version, base.Add(time.Hour)
	changed.City = pointer("Kraków")
	changed.Tags = []string{"new"}
	changed.Attributes = models.JSONObject{"k": "v"}
	f.tx(func(tx account.Tx) error {
		return tx.UpdateAccount(f.ctx, changed, "city", "zip_code", "tags", "attributes", "agreement_sms",
			"credential_epoch")
	})
	want := *whole
	want.City, want.ZipCode, want.Tags, want.Attributes, want.Agreements.SMS, want.CredentialEpoch = changed.City, nil, changed.Tags, changed.Attributes, nil, 0
	want.Version, want.UpdatedAt = whole.Version+1, changed.UpdatedAt
	if changed.Version != want.Version {
		t.Errorf("the version in memory is %d", changed.Version)
	}

	got, err := f.AccountByID(f.ctx, whole.ID)
	f.ok(err)
	if !reflect.DeepEqual(got, &want) {
		t.Errorf("\n got %+v\nwant %+v", got, &want)
	}
}

func updateIsGuarded(t *testing.T, f *fixture) {
	owner := f.account("a@example.com")
	stale := *owner
	f.tx(func(tx account.Tx) error { return tx.UpdateAccount(f.ctx, owner, "city") })
	stale.City = pointer("lost")
	f.notFound(f.InTx(f.ctx, func(tx account.Tx) error { return tx.UpdateAccount(f.ctx, &stale, "city") }))
	got, err := f.AccountByID(f.ctx, owner.ID)
	f.ok(err)
	if got.Version != 2 || got.City != nil || owner.Version != 2 || stale.Version != 1 {
		t.Fatalf("version %d, city %v", got.Version, got.City)
	}
}

func updateRefusesUnknownColumns(t *testing.T, f *fixture) {
	owner := f.account("a@example.com")
	for _, column := range []string{"zipcode", "City", "id", "version", "created_at", "", "city, status"} {
		if err := f.InTx(f.ctx, func(tx account.Tx) error {
			return tx.UpdateAccount(f.ctx, owner, column)
		}); err == nil {
			t.Errorf("column %q was accepted", column)
		}
	}
}

func concurrentUpdatesSurvive(t *testing.T, f *fixture) {
	owner := f.account("a@example.com")
	won := f.race(func(n int) error {
		return f.InTx(f.ctx, func(tx account.Tx) error {
			locked, err := tx.LockAccount(f.ctx, owner.ID)
			if err != nil {
				return err
			}
			locked.Tags = append(locked.Tags, fmt.Sprint(n))
			return tx.UpdateAccount(f.ctx, locked, "tags")
		})
	}, func(error) bool { return false })
	got, err := f.AccountByID(f.ctx, owner.ID)
	f.ok(err)
	slices.Sort(got.Tags)
	if won != many || len(slices.Compact(got.Tags)) != many || got.Version != 1+many {
		t.Fatalf("%d updates, %d tags, version %d", won, len(got.Tags), got.Version)
	}
}

func deleteTakesEverything(t *testing.T, f *fixture) {
	owner, other := f.account("a@example.com"), f.account("b@example.com")
	session, challenge := f.session(owner), f.challenge(owner, models.PurposePasswordReset)
	f.address(owner, 0, nil)
	f.message(owner.ID, "")
	f.message(owner.ID, challenge.ID)
	kept, keptChallenge := f.session(other), f.challenge(other, models.PurposePasswordReset)
	keptMessage := f.message(other.ID, "")
	f.tx(func(tx account.Tx) error {
		return tx.RecordConsents(f.ctx, []models.Consent{
			{ID: "c", AccountID: owner.ID, Channel: models.ConsentSMS, Source: "test", RecordedAt: base},
		})
	})
	f.tx(func(tx account.Tx) error {
		_, err := tx.RecordTerms(f.ctx, []models.TermsAcceptance{f.acceptance(owner, "1", base)})
		return err
	})
	var notice *models.Message
	f.tx(func(tx account.Tx) error {
		deleted, err := tx.DeleteAccount(f.ctx, owner.ID)
		if err != nil {
			return err
		}
		if want := []models.DeletedRows{
			{Table: "outbox", Rows: 2}, {Table: "challenges", Rows: 1}, {Table: "sessions", Rows: 1},
			{Table: "consents", Rows: 1}, {Table: "terms_acceptances", Rows: 1}, {Table: "addresses", Rows: 1},
			{Table: "accounts", Rows: 1},
		}; !slices.Equal(deleted, want) {
			t.Errorf("deleted %v, want %v", deleted, want)
		}

		notice = &models.Message{ID: "notice", Channel: models.ChannelMail,
			Kind: models.MessageAccountDeleted, Recipient: "a@example.com", CreatedAt: base, NotBefore: base}
		if err := tx.Enqueue(f.ctx, notice); err != nil {
			return err
		}

		return tx.RecordEvent(f.ctx, &models.AuditEvent{
			ID: "event", AccountID: owner.ID, Operation: "deleteAccount", Outcome: models.OutcomeSuccess, At: base,
		})
	})
	_, err := f.AccountByID(f.ctx, owner.ID)
	f.notFound(err)
	_, err = f.ChallengeBySecret(f.ctx, challenge.Purpose, challenge.SecretHash)
	f.notFound(err)
	left, err := f.Sessions(f.ctx, owner.ID, base)
	f.ok(err)
	if len(left) != 0 {
		t.Errorf("sessions left: %v", left)
	}
	if got, want := f.claim(base), []string{keptMessage.ID, notice.ID}; !slices.Equal(got, want) {
		t.Errorf("messages %v, want %v", got, want)
	}

	f.notFound(f.InTx(f.ctx, func(tx account.Tx) error { return tx.EndSession(f.ctx, owner.ID, session.ID, base) }))
	if left, err := f.Sessions(f.ctx, other.ID, base); err != nil || len(left) != 1 || left[0].ID != kept.ID {
		t.Errorf("the other account's sessions: %v, %v", left, err)
	}

	_, err = f.ChallengeBySecret(f.ctx, keptChallenge.Purpose, keptChallenge.SecretHash)
	f.ok(err)
	again := f.account(owner.Email) // the address is free again
	if again.ID == owner.ID {
		t.Error("an id came back")
	}
}

func nothingComesBack(t *testing.T, f *fixture) {
	owner := f.account("a@example.com")
	session, challenge := f.session(owner), f.challenge(owner, models.PurposePasswordReset)
	f.tx(func(tx account.Tx) error { return f.erase(tx, owner.ID) })

	for name, decide := range map[string]func(tx account.Tx) error{
		"delete":    func(tx account.Tx) error { return f.erase(tx, owner.ID) },
		"update":    func(tx account.Tx) error { return tx.UpdateAccount(f.ctx, owner, "city") },
		"session":   func(tx account.Tx) error { return tx.CreateSession(f.ctx, session) },
		"challenge": func(tx account.Tx) error { return tx.CreateChallenge(f.ctx, challenge) },
		"consent": func(tx account.Tx) error {
			return tx.RecordConsents(f.ctx, []models.Consent{
				{ID: "c", AccountID: owner.ID, Channel: models.ConsentSMS, Source: "test", RecordedAt: base},
			})
		},
		"prove": func(tx account.Tx) error { return tx.ProveSession(f.ctx, session.ID, base) },
		"rotate": func(tx account.Tx) error {
			return tx.RotateSession(f.ctx, session, session.TokenHash, base)
		},
		"use": func(tx account.Tx) error { return tx.UseChallenge(f.ctx, challenge.ID, base) },
		"try": func(tx account.Tx) error { _, err := tx.TryChallenge(f.ctx, challenge.ID, 5, base); return err },
	} {
		if err := f.InTx(f.ctx, decide); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("%s: got %v, want not found", name, err)
		}
	}

	f.ok(f.RecordActivity(f.ctx, []models.Activity{{SessionID: session.ID, AccountID: owner.ID,
		APIKeyID: "key", UsedAt: base.Add(time.Minute), SessionExpiresAt: base.Add(2 * time.Hour)}}))
	_, err := f.AccountByID(f.ctx, owner.ID)
	f.notFound(err)
}

func timesOrder(t *testing.T, f *fixture) {
	owner := f.account("a@example.com")
	offsets := []time.Duration{0, time.Microsecond, 10 * time.Microsecond, 100 * time.Millisecond,
		880 * time.Millisecond, 880*time.Millisecond + time.Microsecond, time.Second, 10 * time.Second, 2 * time.Hour}
	ids := make([]string, len(offsets))
	zone := time.FixedZone("elsewhere", -7*3600)
	var group sync.WaitGroup
	for i, offset := range offsets {
		at := base.Add(offset)
		if i%2 == 1 {
			at = at.In(zone).Add(300 * time.Nanosecond) // neither UTC nor whole microseconds
		}

		ids[i] = fmt.Sprintf("time-%d", len(offsets)-i)
		group.Go(func() {
			made := &models.Session{ID: ids[i], AccountID: owner.ID,
				TokenHash: hash(ids[i]), CreatedAt: at, AuthenticatedAt: at, LastUsedAt: at, EndsAt: at, ExpiresAt: at}
			if err := f.InTx(f.ctx, func(tx account.Tx) error { return tx.CreateSession(f.ctx, made) }); err != nil {
				t.Error(err)
			}
		})
	}

	group.Wait()
	slices.Reverse(ids) // most recently used first

	for i, offset := range offsets {
		now := base.Add(offset)
		if i%2 == 0 {
			now = now.In(zone)
		}

		left, err := f.Sessions(f.ctx, owner.ID, now)
		f.ok(err)
		var got []string
		for _, session := range left {
			got = append(got, session.ID)
			if !session.LastUsedAt.Equal(session.LastUsedAt.Truncate(time.Microsecond)) ||
				session.LastUsedAt.Location() != time.UTC {
				t.Errorf("%v is not in UTC and whole microseconds", session.LastUsedAt)
			}
		}

		if want := ids[:len(offsets)-1-i]; !slices.Equal(got, want) {
			t.Errorf("after %v: %v, want %v", offset, got, want)
		}
	}
}
