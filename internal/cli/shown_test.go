package cli

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/config"
	"github.com/accountql/accountql/models"
)

// This file guards that an operator's export shows all stored data of a customer: a column that is added to a model
// is either shown, or listed below with a reason.

// notShown lists the columns that no export contains.
var notShown = map[string]string{
	"Account.PasswordHash":        "a secret; hasPassword says that there is one",
	"Account.CredentialEpoch":     "counts what voids tokens, and says nothing of the customer",
	"PasswordHash":                "a secret",
	"Registration.Mailed":         "says whether it counts among those that wait; the messages show which mail there was",
	"Session.AccountID":           "is account.id",
	"Session.TokenHash":           "a secret",
	"Session.Token":               "a secret that is not stored",
	"Session.Issuer":              "is not stored",
	"Session.Current":             "is not stored",
	"Session.Mark":                "a secret that is not stored",
	"Device.AccountID":            "is account.id",
	"Device.MarkHash":             "a secret",
	"Device.Current":              "is not stored",
	"Identity.AccountID":          "is account.id",
	"Deletion.AccountID":          "is account.id",
	"Passkey.AccountID":           "is account.id",
	"Authenticator.AccountID":     "is account.id",
	"Authenticator.Secret":        "a secret that is not stored so",
	"Authenticator.Sealed":        "a secret",
	"Authenticator.SealedAt":      "says by which key the secret is sealed",
	"Authenticator.LastStep":      "says which code was used last",
	"Challenge.Secret":            "a secret that is not stored so",
	"Challenge.Sealed":            "a secret",
	"Consent.ID":                  "names a row that nothing refers to",
	"Consent.AccountID":           "is account.id",
	"Terms.AccountID":             "is account.id",
	"Address.AccountID":           "is account.id",
	"Address.Formatted":           "is made of the rest, and not stored",
	"Challenge.AccountID":         "is account.id",
	"Challenge.SecretHash":        "a secret",
	"Registration.AccountID":      "is account.id",
	"Registration.Sealed":         "is what the registration brought, as it is stored",
	"Message.AccountID":           "is account.id",
	"Message.Data.Token":          "a secret",
	"Message.Data.Code":           "a secret",
	"Message.Data.Sealed":         "a secret",
	"WebhookEvent.AccountID":      "is account.id",
	"AuditEvent.SealVersion":      "of the chain, as Hash",
	"AuditEvent.ClientCommitment": "of the chain, as Hash",
	"AuditEvent.ClientSalt":       "of the chain, as Hash",
	"AuditEvent.AuthCommitment":   "of the chain, as Hash",
	"AuditEvent.AuthSalt":         "of the chain, as Hash",
	"AuditEvent.FormerHash":       "of the chain, as Hash",
	"AuditEvent.Hash":             "seals the chain; `audit verify` looks at it",
}

// marked fills every field of a struct with a unique value, and returns the path of each value.
func marked(t *testing.T, row any, path string, seed int) map[string]string {
	t.Helper()
	marks := map[string]string{}
	var fill func(value reflect.Value, path string)
	fill = func(value reflect.Value, path string) {
		seed++
		switch kind := value.Interface().(type) {
		case time.Time:
			at := time.Date(2001, 1, 1, 0, 0, seed, seed*1000, time.UTC)
			value.Set(reflect.ValueOf(at))
			marks[path] = at.Format(time.RFC3339Nano)
			return
		case models.JSONObject:
			marks[path] = fmt.Sprintf("mark-%d", seed)
			value.Set(reflect.ValueOf(models.JSONObject{"key": marks[path]}))
			return
		case models.Agreements:
			// Three answers, in turn, tell six channels apart.
			for i, channel := range models.ConsentChannels {
				answer := i%2 == 0
				*kind.Channel(channel) = &answer
				marks[path+"."+string(channel)] = fmt.Sprintf("%q:%v", channel, answer)
			}
			value.Set(reflect.ValueOf(kind))
			return
		}

		switch value.Kind() {
		case reflect.Pointer:
			value.Set(reflect.New(value.Type().Elem()))
			fill(value.Elem(), path)
		case reflect.Struct:
			for i := range value.NumField() {
				fill(value.Field(i), path+"."+value.Type().Field(i).Name)
			}
		case reflect.String:
			marks[path] = fmt.Sprintf("mark-%d-", seed)
			value.SetString(marks[path])
		case reflect.Slice:
			if value.Type().Elem().Kind() == reflect.Uint8 {
				marks[path] = fmt.Sprintf("mark-%d-", seed)
				value.SetBytes([]byte(marks[path]))
				return
			}
			value.Set(reflect.MakeSlice(value.Type(), 1, 1))
			fill(value.Index(0), path)
		case reflect.Int, reflect.Int64:
			marks[path] = fmt.Sprint(1_000_000 + seed)
			value.SetInt(int64(1_000_000 + seed))
		case reflect.Bool:
			name := path[strings.LastIndex(path, ".")+1:]
			marks[path] = fmt.Sprintf("%q:true", strings.ToLower(name[:1])+name[1:])
			value.SetBool(true)
		default:
			t.Fatalf("%s is a %s, which this test doesn't know how to fill", path, value.Kind())
		}
	}

	fill(reflect.ValueOf(row).Elem(), path)

	return marks
}

// exporter is an operator with one customer.
type exporter struct {
	Operator
	export *account.Export
}

func (e exporter) ExportAccount(context.Context, string) (*account.Export, error) {
	return e.export, nil
}
func (e exporter) PendingOf(context.Context, string) (*account.Export, error) { return e.export, nil }

type noMigrator struct{ Migrator }

func (noMigrator) Migrate(context.Context) error { return nil }

func TestEverythingIsShown(t *testing.T) {
	export := &account.Export{
		Account: &models.Account{}, Deletion: &models.Deletion{}, Sessions: make([]models.Session, 1), Identities: make([]models.Identity, 1),
		Consents:  make([]models.Consent, 1),
		Terms:     make([]models.TermsAcceptance, 1),
		Addresses: make([]models.Address, 1),
		Passkeys:  make([]models.Passkey, 1), Authenticators: make([]models.Authenticator, 1), Devices: make([]models.KnownDevice, 1),
		Challenges: make([]models.Challenge, 1), Registrations: make([]models.Registration, 1),
		Messages: make([]models.Message, 1), Events: make([]models.WebhookEvent, 1), Activity: make([]models.AuditEvent, 1),
	}
	passkey := marked(t, &export.Passkeys[0], "Passkey", 1300)
	for _, column := range []string{"Passkey.CredentialID", "Passkey.PublicKey"} {
		passkey[column] = base64.RawURLEncoding.EncodeToString([]byte(passkey[column]))
	}
	parts := []map[string]string{
		marked(t, export.Account, "Account", 100), marked(t, &export.Challenges[0], "Challenge", 200),
		marked(t, &export.Messages[0], "Message", 300), marked(t, export.Deletion, "Deletion", 900),
		marked(t, &export.Registrations[0], "Registration", 800), marked(t, &export.Sessions[0], "Session", 400),
		marked(t, &export.Identities[0], "Identity", 500),
		marked(t, &export.Consents[0], "Consent", 600), marked(t, &export.Activity[0], "AuditEvent", 700),
		marked(t, &export.Terms[0], "Terms", 1100), marked(t, &export.Addresses[0], "Address", 1200),
		marked(t, &export.Events[0], "WebhookEvent", 1000), passkey,
		marked(t, &export.Devices[0], "Device", 1400),
		marked(t, &export.Authenticators[0], "Authenticator", 1500),
	}
	for command, parts := range map[string][]map[string]string{"export": parts, "get": parts[:5]} {
		var stdout, stderr bytes.Buffer
		program := &Program{Stdout: &stdout, Stderr: &stderr, Open: func(
			context.Context, config.Settings,
		) (*Database, error) {
			return &Database{
				Operator: func(account.Actor) Operator { return exporter{export: export} },
				Migrator: noMigrator{}, Close: func() error { return nil },
			}, nil
		}}
		code := program.Run(t.Context(), []string{"account", command, "somebody"})
		if code != 0 || !json.Valid(stdout.Bytes()) {
			t.Fatalf("%s: %d, %s", command, code, stderr.String())
		}

		shown := stdout.String()
		used := map[string]bool{}
		for _, marks := range parts {
			for column, mark := range marks {
				// The data of a registration has the same fields as that of the account.
				column = strings.TrimPrefix(strings.Replace(column, ".Consents.", ".Consent.", 1),
					"Registration.Brought.")
				reason := notShown[column]
				used[column] = true

				switch there := strings.Contains(shown, mark); {
				case !there && reason == "":
					t.Errorf("account %s doesn't show %s: show it, or say in notShown why not", command, column)
				case there && reason != "":
					t.Errorf("account %s shows %s, which is not to be shown: %s", command, column, reason)
				}
			}
		}

		for column := range notShown {
			if command == "export" && !used[column] {
				t.Errorf("notShown has %s, which is no column", column)
			}
		}
	}

	// Whether events were left out is no part of the stored data.
	// How many recovery codes are left is a count of rows that nobody sees.
	if reflect.TypeFor[account.Export]().NumField() != len(parts)+2 {
		t.Error("account.Export has a part that this test doesn't know")
	}
}
