package account

import (
	"encoding/base64"
	"time"

	"github.com/accountql/accountql/models"
)

// The types below are what an operator sees of a customer's stored data. Except for the profile, which belongs to
// the customer, they list their fields, so that a column that is added to a model, perhaps a secret, is not printed
// without a decision; a test compares them with the models.
type (
	// ShownAccount is an account.
	ShownAccount struct {
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
		ChangesPausedUntil      *time.Time `json:"changesPausedUntil"`
		SecondFactorSince       *time.Time `json:"secondFactorSince"`
		CreatedAt               time.Time  `json:"createdAt"`
		UpdatedAt               time.Time  `json:"updatedAt"`
		LastActivityDate        *time.Time `json:"lastActivityDate"`
		Version                 int        `json:"version"`
	}
	// ShownSession is a live session, without its token.
	ShownSession struct {
		ID              string     `json:"id"`
		APIKeyID        string     `json:"apiKeyId"`
		CreatedAt       time.Time  `json:"createdAt"`
		AuthenticatedAt time.Time  `json:"authenticatedAt"`
		StepUpAt        *time.Time `json:"stepUpAt"`
		LastUsedAt      time.Time  `json:"lastUsedAt"`
		ExpiresAt       time.Time  `json:"expiresAt"`
		EndsAt          time.Time  `json:"endsAt"`
		Name            *string    `json:"name"`
		UserAgent       *string    `json:"userAgent"`
		Brands          *string    `json:"brands"`
		IP              *string    `json:"ip"`
	}
	// ShownDevice is a device that the account knows, without its mark.
	ShownDevice struct {
		ID         string    `json:"id"`
		Marked     bool      `json:"marked"`
		UserAgent  *string   `json:"userAgent"`
		Brands     *string   `json:"brands"`
		IP         *string   `json:"ip"`
		CreatedAt  time.Time `json:"createdAt"`
		LastSeenAt time.Time `json:"lastSeenAt"`
		ExpiresAt  time.Time `json:"expiresAt"`
	}
	// ShownIdentity is a linked identity.
	ShownIdentity struct {
		IdentityProvider models.IdentityProvider `json:"identityProvider"`
		Issuer           string                  `json:"issuer"`
		Subject          string                  `json:"subject"`
		LinkedAt         time.Time               `json:"linkedAt"`
		TokensFrom       *time.Time              `json:"tokensFrom"`
	}
	// ShownAuthenticator is an authenticator, without its secret.
	ShownAuthenticator struct {
		ID         string     `json:"id"`
		Name       string     `json:"name"`
		CreatedAt  time.Time  `json:"createdAt"`
		LastUsedAt *time.Time `json:"lastUsedAt"`
	}
	// ShownPasskey is a passkey: what is of bytes is in base64url, as WebAuthn has it. The key is public.
	ShownPasskey struct {
		ID            string     `json:"id"`
		CredentialID  string     `json:"credentialId"`
		PublicKey     string     `json:"publicKey"`
		Authenticator string     `json:"authenticator"`
		Name          string     `json:"name"`
		SignCount     int64      `json:"signCount"`
		Syncable      bool       `json:"syncable"`
		Synced        bool       `json:"synced"`
		CreatedAt     time.Time  `json:"createdAt"`
		LastUsedAt    *time.Time `json:"lastUsedAt"`
	}
	// ShownConsent is one answer of the customer.
	ShownConsent struct {
		Channel    models.ConsentChannel `json:"channel"`
		Value      *bool                 `json:"value"`
		Source     string                `json:"source"`
		Pending    bool                  `json:"pending"`
		Wording    *string               `json:"wording"`
		RecordedAt time.Time             `json:"recordedAt"`
	}
	// ShownTerms is the acceptance of one version of the shop's terms.
	ShownTerms struct {
		ID         string    `json:"id"`
		Document   string    `json:"document"`
		Version    string    `json:"version"`
		Source     string    `json:"source"`
		AcceptedAt time.Time `json:"acceptedAt"`
	}
	// ShownChallenge is a requested change or reset, with the address that it is to prove.
	ShownChallenge struct {
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
	// ShownMessage is a message that was sent or waits, without its secret.
	ShownMessage struct {
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
	// ShownRegistration is the data of a registration that waits for the proof of its address.
	ShownRegistration struct {
		ID          string              `json:"id"`
		ChallengeID string              `json:"challengeId"`
		Email       models.EmailAddress `json:"email"`
		CreatedAt   time.Time           `json:"createdAt"`
		ExpiresAt   time.Time           `json:"expiresAt"`
		Account     ShownAccount        `json:"account"`
		Consents    []ShownConsent      `json:"consents"`
		Terms       []ShownTerms        `json:"terms"`
	}
	// ShownDeletion is the grace period of an account, after which it is erased.
	ShownDeletion struct {
		RequestedAt  time.Time `json:"requestedAt"`
		ScheduledFor time.Time `json:"scheduledFor"`
	}
	// ShownWebhookEvent is what a webhook was told.
	ShownWebhookEvent struct {
		ID        string            `json:"id"`
		Sequence  int               `json:"sequence"`
		Type      models.EventType  `json:"type"`
		Data      models.JSONObject `json:"data"`
		CreatedAt time.Time         `json:"createdAt"`
	}
	// ShownPending is an account, with the pending requests and the messages that were sent.
	ShownPending struct {
		ShownAccount
		Deletion      *ShownDeletion      `json:"deletion"`
		Challenges    []ShownChallenge    `json:"challenges"`
		Registrations []ShownRegistration `json:"registrations"`
		Messages      []ShownMessage      `json:"messages"`
	}
	// ShownExport is all that is stored of a customer.
	ShownExport struct {
		Account    ShownAccount    `json:"account"`
		Deletion   *ShownDeletion  `json:"deletion"`
		Sessions   []ShownSession  `json:"sessions"`
		Devices    []ShownDevice   `json:"devices"`
		Identities []ShownIdentity `json:"identities"`
		Passkeys   []ShownPasskey  `json:"passkeys"`
		// RecoveryCodesLeft is how many recovery codes are left.
		Authenticators    []ShownAuthenticator `json:"authenticators"`
		RecoveryCodesLeft int                  `json:"recoveryCodesLeft"`
		Consents          []ShownConsent       `json:"consents"`
		Terms             []ShownTerms         `json:"terms"`
		Addresses         []LineAddress        `json:"addresses"`
		Challenges        []ShownChallenge     `json:"challenges"`
		Registrations     []ShownRegistration  `json:"registrations"`
		Messages          []ShownMessage       `json:"messages"`
		Events            []ShownWebhookEvent  `json:"events"`
		Activity          []ShownEvent         `json:"activity"`
		// ActivityTruncated is true if older events were left out.
		ActivityTruncated bool `json:"activityTruncated"`
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

// Shown returns all that is stored of the customer, except secrets.
func (export *Export) Shown() ShownExport {
	return ShownExport{
		Account: show(export.Account), Deletion: showDeletion(export.Deletion), Sessions: each(export.Sessions, showSession),
		Devices:    each(export.Devices, showDevice),
		Identities: each(export.Identities, showIdentity), Passkeys: each(export.Passkeys, showPasskey),
		Authenticators: each(export.Authenticators, showAuthenticator), RecoveryCodesLeft: export.RecoveryCodesLeft,
		Consents: each(export.Consents, showConsent), Terms: each(export.Terms, showTerms),
		Addresses:  each(export.Addresses, ShowAddress),
		Challenges: each(export.Challenges, showChallenge), Registrations: each(export.Registrations, showRegistration),
		Messages: each(export.Messages, showMessageOf), Events: each(export.Events, showWebhookEvent),
		Activity: each(export.Activity, ShowEvent), ActivityTruncated: export.ActivityTruncated,
	}
}

// ShownPending returns the account of an export, with its pending requests and messages.
func (export *Export) ShownPending() ShownPending {
	return ShownPending{
		show(export.Account), showDeletion(export.Deletion), each(export.Challenges, showChallenge),
		each(export.Registrations, showRegistration), each(export.Messages, showMessageOf),
	}
}

func show(a *models.Account) ShownAccount {
	return ShownAccount{
		ID: a.ID, Status: a.Status,
		Email: a.Email, EmailVerified: a.EmailVerified(), EmailVerifiedAt: a.EmailVerifiedAt,
		EmailVouched: a.EmailVouched,
		Phone:        a.Phone, PhoneVerified: a.PhoneVerified(), PhoneVerifiedAt: a.PhoneVerifiedAt,
		HasPassword: a.PasswordHash != nil, CustomID: a.CustomID, UUID: a.UUID,
		Profile: a.Profile, Tags: a.Tags,
		// guard: an export shows every column
		EmailChangesPausedUntil: a.EmailChangesPausedUntil, ChangesPausedUntil: a.ChangesPausedUntil, SecondFactorSince: a.SecondFactorSince,
		CreatedAt: a.CreatedAt, UpdatedAt: a.UpdatedAt,
		LastActivityDate: a.LastActivityDate(), Version: a.Version,
	}
}

func showSession(s models.Session) ShownSession {
	return ShownSession{
		ID: s.ID, APIKeyID: s.APIKeyID, CreatedAt: s.CreatedAt, AuthenticatedAt: s.AuthenticatedAt,
		StepUpAt: s.StepUpAt, LastUsedAt: s.LastUsedAt, ExpiresAt: s.ExpiresAt, EndsAt: s.EndsAt, Name: s.Name,
		UserAgent: s.UserAgent, Brands: s.Brands, IP: s.IP,
	}
}

func showDevice(d models.KnownDevice) ShownDevice {
	return ShownDevice{
		d.ID, d.Marked, d.UserAgent, d.Brands, d.IP, d.CreatedAt, d.LastSeenAt, d.ExpiresAt,
	}
}

func showIdentity(i models.Identity) ShownIdentity {
	return ShownIdentity{i.IdentityProvider, i.Issuer, i.Subject, i.LinkedAt, i.TokensFrom}
}

func showAuthenticator(a models.Authenticator) ShownAuthenticator {
	return ShownAuthenticator{a.ID, a.Name, a.CreatedAt, a.LastUsedAt}
}

func showPasskey(p models.Passkey) ShownPasskey {
	return ShownPasskey{
		ID: p.ID, CredentialID: base64.RawURLEncoding.EncodeToString(p.CredentialID),
		PublicKey: base64.RawURLEncoding.EncodeToString(p.PublicKey), Authenticator: p.Authenticator, Name: p.Name,
		SignCount: p.SignCount, Syncable: p.Syncable, Synced: p.Synced, CreatedAt: p.CreatedAt, LastUsedAt: p.LastUsedAt,
	}
}

func showConsent(c models.Consent) ShownConsent {
	return ShownConsent{c.Channel, c.Value, c.Source, c.Pending, c.Wording, c.RecordedAt}
}

func showTerms(t models.TermsAcceptance) ShownTerms {
	return ShownTerms{t.ID, t.Document, t.Version, t.Source, t.AcceptedAt}
}

func showChallenge(c models.Challenge) ShownChallenge {
	return ShownChallenge{
		ID: c.ID, Purpose: c.Purpose, Target: c.Target, EmailAtIssue: c.EmailAtIssue, EpochAtIssue: c.EpochAtIssue,
		Attempts: c.Attempts, CreatedAt: c.CreatedAt, ExpiresAt: c.ExpiresAt,
		ResendAvailableAt: c.ResendAvailableAt, UsedAt: c.UsedAt,
	}
}

// showDeletion returns nil for an account that is not in its grace period.
func showDeletion(d *models.Deletion) *ShownDeletion {
	if d == nil {
		return nil
	}
	return &ShownDeletion{d.RequestedAt, d.ScheduledFor}
}

func showRegistration(r models.Registration) ShownRegistration {
	shown := ShownRegistration{
		ID: r.ID, ChallengeID: r.ChallengeID, Email: r.Email, CreatedAt: r.CreatedAt, ExpiresAt: r.ExpiresAt,
	}
	if r.Brought != nil {
		shown.Account, shown.Consents = show(&r.Brought.Account), each(r.Brought.Consents, showConsent)
		shown.Terms = each(r.Brought.Terms, showTerms)
	}
	return shown
}

// showMessageOf returns a customer's message with its full recipient, which `outbox list` hides.
func showMessageOf(m models.Message) ShownMessage {
	data := m.Data
	data.Token, data.Code, data.Sealed = "", "", ""
	return ShownMessage{
		ID: m.ID, ChallengeID: m.ChallengeID, Channel: m.Channel, Kind: m.Kind, Recipient: m.Recipient, Data: data,
		CreatedAt: m.CreatedAt, NotBefore: m.NotBefore, Attempts: m.Attempts,
		SentAt: m.SentAt, FailedAt: m.FailedAt, LastError: m.LastError,
	}
}

// ShownEvent is an audit event as operators see it.
type ShownEvent struct {
	ID        string         `json:"id"`
	At        time.Time      `json:"at"`
	AccountID string         `json:"accountId"`
	Operation string         `json:"operation"`
	Outcome   models.Outcome `json:"outcome"`
	Code      models.Code    `json:"code"`
	IP        string         `json:"ip"`
	UserAgent string         `json:"userAgent"`
	APIKeyID  string         `json:"apiKeyId"`
	SessionID string         `json:"sessionId"`
	AuthID    string         `json:"authId"`
	RequestID string         `json:"requestId"`
	Operator  string         `json:"operator"`
	Reason    string         `json:"reason"`
	Chain     string         `json:"chain"`
	Number    int            `json:"number"`
}

// ShowEvent returns what operators see of an event.
func ShowEvent(event models.AuditEvent) ShownEvent {
	return ShownEvent{
		ID: event.ID, At: event.At, AccountID: event.AccountID, Operation: event.Operation,
		Outcome: event.Outcome, Code: event.Code,
		IP: event.IP, UserAgent: event.UserAgent, APIKeyID: event.APIKeyID, SessionID: event.SessionID,
		AuthID:    event.AuthID,
		RequestID: event.RequestID, Operator: event.Operator, Reason: event.Reason,
		Chain: event.Chain, Number: event.Number,
	}
}

func showWebhookEvent(e models.WebhookEvent) ShownWebhookEvent {
	return ShownWebhookEvent{e.ID, e.Sequence, e.Type, e.Data, e.CreatedAt}
}
