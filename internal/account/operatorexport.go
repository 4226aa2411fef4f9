package account

import (
	"context"

	"github.com/accountql/accountql/models"
)

// Export is all stored data of one customer, except secrets and their hashes.
type Export struct {
	Account    *models.Account
	Sessions   []models.Session
	Devices    []models.KnownDevice
	Identities []models.Identity
	Passkeys   []models.Passkey
	// Authenticators are without their secrets. Of recovery codes only how many are left is exported.
	Authenticators    []models.Authenticator
	RecoveryCodesLeft int
	Consents          []models.Consent
	Terms             []models.TermsAcceptance
	Addresses         []models.Address
	// Challenges are the requested changes and resets: their target addresses and when they expire.
	Challenges []models.Challenge
	// Registrations are the registrations that wait for the proof of the account's address.
	Registrations []models.Registration
	// Messages are the sent and the waiting messages, without secrets.
	Messages []models.Message
	// Deletion is the account's grace period, or nil.
	Deletion *models.Deletion
	// Events are what webhooks were told in the last month.
	Events   []models.WebhookEvent
	Activity []models.AuditEvent
	// ActivityTruncated reports whether older events than those of Activity were left out.
	ActivityTruncated bool
}

// maxExportedEvents limits the audit events of an operator's export; no customer has that many.
const maxExportedEvents = 100_000

// ExportAccount returns the stored data of a customer, once the event of it is written; models.ErrNotFound.
func (s *Service) ExportAccount(ctx context.Context, idOrEmail string) (_ *Export, err error) {
	account, err := s.FindAccount(ctx, idOrEmail)
	if err != nil {
		return nil, err
	}

	defer func() { s.recordRefusal(ctx, models.Caller{}, opAccountExport, account.ID, err) }()

	export, err := s.exportOf(ctx, account, maxExportedEvents)
	if err != nil {
		return nil, err
	}

	// guard: an export without its event is not shown
	if err := s.recordShown(ctx, opAccountExport, account.ID); err != nil {
		return nil, err
	}

	return export, nil
}

// exportOf reads the stored data of a customer, with the newest audit events, at most so many.
func (s *Service) exportOf(ctx context.Context, account *models.Account, events int) (*Export, error) {
	export, err := s.pendingOf(ctx, account)
	if err != nil {
		return nil, err
	}
	if export.Devices, err = s.Store.KnownDevices(ctx, account.ID, s.now()); err != nil {
		return nil, err
	}
	if export.Sessions, err = s.Store.Sessions(ctx, account.ID, s.now()); err != nil {
		return nil, err
	}
	if export.Identities, err = s.Store.Identities(ctx, account.ID); err != nil {
		return nil, err
	}
	if export.Passkeys, err = s.Store.Passkeys(ctx, account.ID); err != nil {
		return nil, err
	}
	if err := s.exportFactors(ctx, account, export); err != nil {
		return nil, err
	}
	if export.Consents, err = s.Store.Consents(ctx, account.ID); err != nil {
		return nil, err
	}
	if export.Terms, err = s.Store.TermsAcceptances(ctx, account.ID); err != nil {
		return nil, err
	}
	if export.Addresses, err = s.Store.Addresses(ctx, account.ID); err != nil {
		return nil, err
	}

	if export.Events, err = s.Store.WebhookEventsOf(ctx, account.ID); err != nil {
		return nil, err
	}

	export.Activity, err = s.Store.Activity(ctx, account.ID, 0, events+1)
	if export.ActivityTruncated = len(export.Activity) > events; export.ActivityTruncated {
		export.Activity = export.Activity[:events]
	}

	return export, err
}

// exportFactors reads the second factors of a customer.
func (s *Service) exportFactors(ctx context.Context, account *models.Account, export *Export) (err error) {
	if export.Authenticators, err = s.Store.Authenticators(ctx, account.ID); err != nil {
		return err
	}
	codes, err := s.Store.RecoveryCodes(ctx, account.ID)
	export.RecoveryCodesLeft = len(codes)

	return err
}

// PendingOf returns an account with only its challenges, registrations and messages, once the event of it is written;
// models.ErrNotFound.
func (s *Service) PendingOf(ctx context.Context, idOrEmail string) (_ *Export, err error) {
	account, err := s.FindAccount(ctx, idOrEmail)
	if err != nil {
		return nil, err
	}
	defer func() { s.recordRefusal(ctx, models.Caller{}, opAccountGet, account.ID, err) }()

	export, err := s.pendingOf(ctx, account)
	if err != nil {
		return nil, err
	}

	// guard: an account without its event is not shown
	if err := s.recordShown(ctx, opAccountGet, account.ID); err != nil {
		return nil, err
	}

	return export, nil
}

func (s *Service) pendingOf(ctx context.Context, account *models.Account) (_ *Export, err error) {
	export := &Export{Account: account}
	if export.Challenges, err = s.Store.Challenges(ctx, account.ID); err != nil {
		return nil, err
	}
	if export.Registrations, err = s.Store.RegistrationsOf(ctx, account.ID); err != nil {
		return nil, err
	}

	if export.Deletion, err = s.Store.Deletion(ctx, account.ID); notFoundAs(err, nil) != nil {
		return nil, err
	}

	export.Messages, err = s.Store.MessagesOf(ctx, account.ID)

	return export, err
}
