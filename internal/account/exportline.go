package account

import (
	"bytes"
	"context"
	"encoding/json"
	"time"

	"github.com/accountql/accountql/models"
)

// ExportedLine is an account as a line of an import file, for a transfer between two installations. importLine
// reads each of its fields.
type ExportedLine struct {
	ID              string              `json:"id"`
	Email           models.EmailAddress `json:"email"`
	EmailVerifiedAt *time.Time          `json:"emailVerifiedAt,omitempty"`
	EmailVouched    bool                `json:"emailVouched"`
	Phone           *models.PhoneNumber `json:"phone,omitempty"`
	PhoneVerifiedAt *time.Time          `json:"phoneVerifiedAt,omitempty"`
	Status          models.Status       `json:"status"`
	PasswordHash    *string             `json:"passwordHash,omitempty"`
	CustomID        *string             `json:"customId,omitempty"`
	UUID            *string             `json:"uuid,omitempty"`
	models.Profile
	// Agreements contains only the channels that were answered. Attributes is left out if empty.
	Agreements              map[models.ConsentChannel]*bool `json:"agreements,omitempty"`
	Consents                []LineConsent                   `json:"consents,omitempty"`
	Terms                   []LineTerms                     `json:"terms,omitempty"`
	Identities              []LineIdentity                  `json:"identities,omitempty"`
	Deletion                *LineDeletion                   `json:"deletion,omitempty"`
	Addresses               []LineAddress                   `json:"addresses,omitempty"`
	Attributes              models.JSONObject               `json:"attributes,omitempty"`
	Tags                    []string                        `json:"tags,omitempty"`
	EmailChangesPausedUntil *time.Time                      `json:"emailChangesPausedUntil,omitempty"`
	ChangesPausedUntil      *time.Time                      `json:"changesPausedUntil,omitempty"`
	Version                 int                             `json:"version"`
	CreatedAt               time.Time                       `json:"createdAt"`
	UpdatedAt               time.Time                       `json:"updatedAt"`
	LastActivityDate        *time.Time                      `json:"lastActivityDate,omitempty"`
	// LeftOut are the ways in that a line can't hold: passkeys know the customer by this installation's key, and the
	// secrets of authenticators leave the database only sealed.
	LeftOut []string `json:"leftOut,omitempty"`
}

// MarshalJSON leaves out the null fields of the profile, because an import treats a missing field in the same way.
func (l ExportedLine) MarshalJSON() ([]byte, error) {
	type plain ExportedLine
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(plain(l)); err != nil {
		return nil, err
	}

	return withoutNulls(bytes.TrimSpace(text.Bytes())), nil
}

// withoutNulls returns a JSON object without its null fields, in the same order. The object is as encoding/json writes
// it, without spaces. It is read by hand, because an export of millions of lines spends most of its time here.
func withoutNulls(object []byte) []byte {
	kept := append(make([]byte, 0, len(object)), '{')
	keep := func(field []byte) {
		if len(field) == 0 || bytes.HasSuffix(field, []byte(":null")) {
			return
		}
		if len(kept) > 1 {
			kept = append(kept, ',')
		}
		kept = append(kept, field...)
	}

	fields, depth, quoted, begin := object[1:len(object)-1], 0, false, 0
	for i := 0; i < len(fields); i++ {
		switch c := fields[i]; {
		case quoted && c == '\\':
			i++ // the next byte is escaped
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			depth--
		case c == ',' && depth == 0:
			keep(fields[begin:i])
			begin = i + 1
		}
	}
	keep(fields[begin:])

	return append(kept, '}')
}

// LineConsent is a customer's consent in a line of an import or export.
type LineConsent struct {
	Channel    models.ConsentChannel `json:"channel"`
	Value      *bool                 `json:"value"`
	Source     string                `json:"source"`
	Pending    bool                  `json:"pending,omitempty"`
	Wording    *string               `json:"wording,omitempty"`
	RecordedAt time.Time             `json:"recordedAt"`
}

// LineTerms is a version of a document that a customer accepted, in a line of an import or export.
type LineTerms struct {
	ID         string    `json:"id"`
	Version    string    `json:"version"`
	Source     string    `json:"source"`
	AcceptedAt time.Time `json:"acceptedAt"`
}

// LineIdentity is a customer's linked identity in a line of an import or export.
type LineIdentity struct {
	IdentityProvider models.IdentityProvider `json:"identityProvider"`
	Issuer           string                  `json:"issuer"`
	Subject          string                  `json:"subject"`
	// LinkedAt is optional in an import.
	LinkedAt   *time.Time `json:"linkedAt"`
	TokensFrom *time.Time `json:"tokensFrom,omitempty"`
}

// LineDeletion is the grace period of an account in a line of an import or export.
type LineDeletion struct {
	RequestedAt  time.Time `json:"requestedAt"`
	ScheduledFor time.Time `json:"scheduledFor"`
}

// exportBatch is the number of accounts that one transaction reads.
const exportBatch = 500

// ExportLines writes an import line for every account in the order of their IDs, or for one account;
// models.ErrNotFound. The file has a first and a last line, so that a truncated file can't be imported. The export of
// all accounts has one audit event, and the accounts have none.
func (s *Service) ExportLines(
	ctx context.Context, idOrEmail string, write func(line any) error,
) (accounts int, err error) {
	page := func(after string) ([]models.AccountRecord, error) {
		return s.Store.AccountRecords(ctx, after, exportBatch)
	}

	shown := nobody
	if idOrEmail != "" {
		if page, shown, err = s.pageOfOne(ctx, idOrEmail); err != nil {
			return 0, err
		}
	}

	// guard: lines without their event are not shown
	if err := s.recordShown(ctx, opAccountExport, shown); err != nil {
		return 0, err
	}

	if err := write(map[string]string{"begin": "AccountQL"}); err != nil {
		return 0, err
	}

	for after := ""; ; {
		records, err := page(after)
		if err != nil {
			return accounts, err
		}
		if len(records) == 0 {
			return accounts, write(map[string]bool{"end": true})
		}

		for i := range records {
			if err := write(exportLine(&records[i])); err != nil {
				return accounts, err
			}
			accounts++
			after = records[i].ID
		}
	}
}

// pageOfOne returns a function whose first page is one account, and whose next page is empty; and the account's ID.
func (s *Service) pageOfOne(
	ctx context.Context, idOrEmail string,
) (page func(after string) ([]models.AccountRecord, error), id string, err error) {
	account, err := s.FindAccount(ctx, idOrEmail)
	if err != nil {
		return nil, "", err
	}

	record, err := s.Store.AccountRecord(ctx, account.ID)
	s.recordRefusal(ctx, models.Caller{}, opAccountExport, account.ID, err)

	return func(after string) ([]models.AccountRecord, error) {
		if after != "" {
			return nil, nil
		}
		return []models.AccountRecord{*record}, nil
	}, account.ID, err
}

func exportLine(r *models.AccountRecord) ExportedLine {
	line := ExportedLine{
		ID: r.ID, Email: r.Email, EmailVerifiedAt: utc(r.EmailVerifiedAt), EmailVouched: r.EmailVouched,
		Phone: r.Phone, PhoneVerifiedAt: utc(r.PhoneVerifiedAt),
		Status: r.Status, PasswordHash: r.PasswordHash, CustomID: r.CustomID, UUID: r.UUID,
		Profile:    r.Profile,
		Agreements: map[models.ConsentChannel]*bool{}, Attributes: r.Attributes, Tags: r.Tags,
		EmailChangesPausedUntil: utc(r.EmailChangesPausedUntil),
		ChangesPausedUntil:      utc(r.ChangesPausedUntil), Version: r.Version,
		CreatedAt: r.CreatedAt.UTC(), UpdatedAt: r.UpdatedAt.UTC(), LastActivityDate: utc(r.LastActivityAt),
	}

	// A consent that does not count any more is null in Agreements and stays in the history.
	for _, consent := range r.Consents {
		line.Agreements[consent.Channel] = *r.Agreements.Channel(consent.Channel)
		line.Consents = append(line.Consents, LineConsent{
			consent.Channel, consent.Value, consent.Source, consent.Pending, consent.Wording,
			consent.RecordedAt.UTC(),
		})
	}

	for _, channel := range models.ConsentChannels {
		if answer := *r.Agreements.Channel(channel); answer != nil {
			line.Agreements[channel] = answer
		}
	}

	for _, accepted := range r.Terms {
		line.Terms = append(line.Terms,
			LineTerms{accepted.Document, accepted.Version, accepted.Source, accepted.AcceptedAt.UTC()})
	}

	for _, i := range r.Identities {
		line.Identities = append(line.Identities, LineIdentity{
			i.IdentityProvider, i.Issuer, i.Subject, utc(&i.LinkedAt), utc(i.TokensFrom),
		})
	}

	if d := r.Deletion; d != nil {
		line.Deletion = &LineDeletion{d.RequestedAt.UTC(), d.ScheduledFor.UTC()}
	}

	if r.Passkeys > 0 { // guard: an export says that passkeys stay behind
		line.LeftOut = append(line.LeftOut, "passkeys")
	}
	if r.SecondFactorSince != nil { // guard: an export says that second factors stay behind
		line.LeftOut = append(line.LeftOut, "second factors")
	}

	for _, address := range r.Addresses {
		line.Addresses = append(line.Addresses, ShowAddress(address))
	}

	return line
}

// utc converts a time to UTC, so that it is always written in the same way.
func utc(at *time.Time) *time.Time {
	if at == nil {
		return nil
	}
	t := at.UTC()
	return &t
}
