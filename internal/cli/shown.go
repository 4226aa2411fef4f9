package cli

import (
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
)

// The types below are what an operator sees of a customer's stored data. Except for the profile, which belongs to
// the customer, they list their fields, so that a column that is added to a model, perhaps a secret, is not printed
// without a decision; a test compares them with the models.
type (
	shownAccount struct {
		ID              string              `json:"id"`
		Status          models.Status       `json:"status"`
		Email           models.EmailAddress `json:"email"`
		EmailVerified   bool                `json:"emailVerified"`
		EmailVerifiedAt *time.Time          `json:"emailVerifiedAt"`
		EmailVouched    bool                `json:"emailVouched"`
		Phone           *models.PhoneNumber `json:"phone"`
		PhoneVerified   bool                `json:"phoneVerified"`
		PhoneVerifiedAt *time.Time          `json:"phoneVerifiedAt"`
		HasPassword     bool                `json:"hasPassword"`
		CustomID        *string             `json:"customId"`
		UUID            *string             `json:"uuid"`
		models.Profile
		Tags                    []string   `json:"tags"`
		EmailChangesPausedUntil *time.Time `json:"emailChangesPausedUntil"`
		CreatedAt               time.Time  `json:"createdAt"`
		UpdatedAt               time.Time  `json:"updatedAt"`
		LastActivityDate        *time.Time `json:"lastActivityDate"`
		Version                 int        `json:"version"`
	}
	shownSession struct {
		ID              string    `json:"id"`
		APIKeyID        string    `json:"apiKeyId"`
		CreatedAt       time.Time `json:"createdAt"`
		AuthenticatedAt time.Time `json:"authenticatedAt"`
		LastUsedAt      time.Time `json:"lastUsedAt"`
		ExpiresAt       time.Time `json:"expiresAt"`
		EndsAt          time.Time `json:"endsAt"`
		UserAgent       *string   `json:"userAgent"`
		IP              *string   `json:"ip"`
	}
	shownIdentity struct {
		IdentityProvider models.IdentityProvider `json:"identityProvider"`
		Issuer           string                  `json:"issuer"`
		Subject          string                  `json:"subject"`
		LinkedAt         time.Time               `json:"linkedAt"`
		TokensFrom       *time.Time              `json:"tokensFrom"`
	}
	shownConsent struct {
		Channel    models.ConsentChannel `json:"channel"`
		Value      *bool                 `json:"value"`
		Source     string                `json:"source"`
		Pending    bool                  `json:"pending"`
		RecordedAt time.Time             `json:"recordedAt"`
	}
	// shownChallenge is a requested change or reset, with the address that it is to prove.
	shownChallenge struct {
		ID                string              `json:"id"`
		Purpose           models.Purpose      `json:"purpose"`
		Target            string              `json:"target"`
		EmailAtIssue      models.EmailAddress `json:"emailAtIssue"`
		EpochAtIssue      int                 `json:"epochAtIssue"`
		Attempts          int                 `json:"attempts"`
		CreatedAt         time.Time           `json:"createdAt"`
		ExpiresAt         time.Time           `json:"expiresAt"`
		ResendAvailableAt time.Time           `json:"resendAvailableAt"`
		UsedAt            *time.Time          `json:"usedAt"`
	}
	shownMessage struct {
		ID          string                `json:"id"`
		ChallengeID string                `json:"challengeId"`
		Channel     models.MessageChannel `json:"channel"`
		Kind        models.MessageKind    `json:"kind"`
		Recipient   string                `json:"recipient"`
		Data        models.MessageData    `json:"data"`
		CreatedAt   time.Time             `json:"createdAt"`
		NotBefore   time.Time             `json:"notBefore"`
		Attempts    int                   `json:"attempts"`
		SentAt      *time.Time            `json:"sentAt"`
		FailedAt    *time.Time            `json:"failedAt"`
		LastError   *string               `json:"lastError"`
	}
	// shownRegistration is the data of a registration that waits for the proof of its address.
	shownRegistration struct {
		ID          string              `json:"id"`
		ChallengeID string              `json:"challengeId"`
		Email       models.EmailAddress `json:"email"`
		CreatedAt   time.Time           `json:"createdAt"`
		ExpiresAt   time.Time           `json:"expiresAt"`
		Account     shownAccount        `json:"account"`
		Consents    []shownConsent      `json:"consents"`
	}
	shownExport struct {
		Account       shownAccount        `json:"account"`
		Sessions      []shownSession      `json:"sessions"`
		Identities    []shownIdentity     `json:"identities"`
		Consents      []shownConsent      `json:"consents"`
		Challenges    []shownChallenge    `json:"challenges"`
		Registrations []shownRegistration `json:"registrations"`
		Messages      []shownMessage      `json:"messages"`
		Activity      []shownEvent        `json:"activity"`
	}
)

// each converts the elements of a list. The result is [], not null, if there are none.
func each[T, S any](all []T, show func(T) S) []S {
	shown := make([]S, len(all))
	for i, one := range all {
		shown[i] = show(one)
	}
	return shown
}

func showExport(export *account.Export) shownExport {
	return shownExport{
		Account: show(export.Account), Sessions: each(export.Sessions, showSession),
		Identities: each(export.Identities, showIdentity), Consents: each(export.Consents, showConsent),
		Challenges: each(export.Challenges, showChallenge), Registrations: each(export.Registrations, showRegistration),
		Messages: each(export.Messages, showMessageOf),
		Activity: each(export.Activity, showEvent),
	}
}

func show(a *models.Account) shownAccount {
	return shownAccount{
		ID: a.ID, Status: a.Status,
		Email: a.Email, EmailVerified: a.EmailVerified(), EmailVerifiedAt: a.EmailVerifiedAt,
		EmailVouched: a.EmailVouched,
		Phone:        a.Phone, PhoneVerified: a.PhoneVerified(), PhoneVerifiedAt: a.PhoneVerifiedAt,
		HasPassword: a.PasswordHash != nil, CustomID: a.CustomID, UUID: a.UUID,
		Profile: a.Profile, Tags: a.Tags,
		// guard: an export shows every column
		EmailChangesPausedUntil: a.EmailChangesPausedUntil, CreatedAt: a.CreatedAt, UpdatedAt: a.UpdatedAt,
		LastActivityDate: a.LastActivityDate(), Version: a.Version,
	}
}

func showSession(s models.Session) shownSession {
	return shownSession{
		ID: s.ID, APIKeyID: s.APIKeyID, CreatedAt: s.CreatedAt, AuthenticatedAt: s.AuthenticatedAt,
		LastUsedAt: s.LastUsedAt, ExpiresAt: s.ExpiresAt, EndsAt: s.EndsAt, UserAgent: s.UserAgent, IP: s.IP,
	}
}

func showIdentity(i models.Identity) shownIdentity {
	return shownIdentity{i.IdentityProvider, i.Issuer, i.Subject, i.LinkedAt, i.TokensFrom}
}

func showConsent(c models.Consent) shownConsent {
	return shownConsent{c.Channel, c.Value, c.Source, c.Pending, c.RecordedAt}
}

func showChallenge(c models.Challenge) shownChallenge {
	return shownChallenge{
		ID: c.ID, Purpose: c.Purpose, Target: c.Target, EmailAtIssue: c.EmailAtIssue, EpochAtIssue: c.EpochAtIssue,
		Attempts: c.Attempts, CreatedAt: c.CreatedAt, ExpiresAt: c.ExpiresAt,
		ResendAvailableAt: c.ResendAvailableAt, UsedAt: c.UsedAt,
	}
}

func showRegistration(r models.Registration) shownRegistration {
	shown := shownRegistration{
		ID: r.ID, ChallengeID: r.ChallengeID, Email: r.Email, CreatedAt: r.CreatedAt, ExpiresAt: r.ExpiresAt,
	}
	if r.Brought != nil {
		shown.Account, shown.Consents = show(&r.Brought.Account), each(r.Brought.Consents, showConsent)
	}
	return shown
}

// showMessageOf returns a customer's message with its full recipient, which `outbox list` hides.
func showMessageOf(m models.Message) shownMessage {
	data := m.Data
	data.Token, data.Code, data.Sealed = "", "", ""
	return shownMessage{
		ID: m.ID, ChallengeID: m.ChallengeID, Channel: m.Channel, Kind: m.Kind, Recipient: m.Recipient, Data: data,
		CreatedAt: m.CreatedAt, NotBefore: m.NotBefore, Attempts: m.Attempts,
		SentAt: m.SentAt, FailedAt: m.FailedAt, LastError: m.LastError,
	}
}
