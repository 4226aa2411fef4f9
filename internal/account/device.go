package account

import (
	"context"
	"errors"
	"time"

	"github.com/accountql/accountql/internal/device"
	"github.com/accountql/accountql/models"
)

const (
	// deviceTTL is how long a device is known after the last sign-in from it. Browsers keep a cookie no longer.
	deviceTTL = 400 * 24 * time.Hour
	// maxDevices is how many devices an account knows; the one that was away longest makes place.
	maxDevices = 30
)

// meetDevice remembers the device of a sign-in, and mails the customer if the account does not know it. The first
// sign-in of all is from a device that nothing is known of, and gets no mail.
func (s *Service) meetDevice(ctx context.Context, tx Tx, caller models.Caller, accountID string) error {
	met := s.deviceOf(caller, accountID)
	if err := tx.SeeDevice(ctx, met); !errors.Is(err, models.ErrNotFound) {
		return err // known, or a failure
	}

	met.ID = s.NewID()
	first, err := tx.WatchDevices(ctx, accountID, met.LastSeenAt)
	if err != nil {
		return err
	}
	if err := tx.RememberDevice(ctx, met, maxDevices); err != nil || first { // guard: a first sign-in is no news
		return err
	}

	account, err := tx.LockAccount(ctx, accountID)
	if err != nil {
		return err
	}

	return s.noticeDevice(ctx, tx, caller, account)
}

// deviceOf returns the device of a caller as the account would remember it, without an ID.
func (s *Service) deviceOf(caller models.Caller, accountID string) *models.KnownDevice {
	now := s.now()
	return &models.KnownDevice{
		AccountID: accountID, MarkHash: markHash(caller, accountID), Marked: caller.Device != "",
		UserAgent: optionalText(caller.UserAgent), Brands: optionalText(caller.Brands), IP: optionalText(caller.IP),
		CreatedAt: now, LastSeenAt: now, ExpiresAt: now.Add(deviceTTL),
	}
}

// markHash returns the hash of the caller's mark. The same device has another hash in another account, so that nobody
// sees that two accounts share it. A device without a mark has that of its words.
func markHash(caller models.Caller, accountID string) []byte {
	if caller.Device != "" {
		return HashToken(accountID + " mark " + caller.Device)
	}
	return HashToken(accountID + " words " + device.Parse(caller.UserAgent, caller.Brands).Description)
}

// noticeDevice mails time, device and place of a sign-in, and a link by which the customer can say that it was somebody
// else's. An address that is only claimed gets nothing: it may be a stranger's.
func (s *Service) noticeDevice(ctx context.Context, tx Tx, caller models.Caller, account *models.Account) error {
	if account.EmailClaimed() { // guard: a claimed address hears of no device
		return nil
	}

	limited, exceeded, err := s.trySpend(ctx, tx, []use{{deviceNoticesKey(account.ID), s.Settings.Limits.DeviceNotices}})
	if err != nil || limited { // guard: an account gets so many mails of devices
		if limited {
			s.Budgets.suppressed(caller, exceeded)
		}
		return err
	}

	challenge, token, err := s.newTokenChallenge(
		account, models.PurposeSecureAccount, string(account.Email), secureTTL)
	if err != nil {
		return err
	}
	// The tokens of earlier notices stay valid: each is about another sign-in.
	if err := tx.CreateChallenge(ctx, challenge); err != nil {
		return err
	}

	mail := s.mail(caller, account, models.MessageNewDevice, account.Email)

	return enqueueToken(ctx, tx, mail, challenge, token)
}

// Devices returns the devices that the account knows: that of the request first, then those that were seen most
// recently.
func (s *Service) Devices(
	ctx context.Context, caller models.Caller, account *models.Account,
) ([]*models.KnownDevice, error) {
	known, err := s.Store.KnownDevices(ctx, account.ID, s.now())
	shown := make([]*models.KnownDevice, len(known))
	own := string(markHash(caller, account.ID))
	for i := range known {
		shown[i] = &known[i]
		shown[i].Current = caller.AccountID() == account.ID && string(known[i].MarkHash) == own
	}

	return currentFirst(shown, func(d *models.KnownDevice) bool { return d.Current }), err
}

// WordsOf returns what a known device is, in words.
func (s *Service) WordsOf(known *models.KnownDevice) *models.Device {
	return inWords(known.UserAgent, known.Brands)
}

// PlaceOfDevice returns where a known device was seen last, or nil if that is unknown.
func (s *Service) PlaceOfDevice(known *models.KnownDevice) *models.Place { return s.placeOf(known.IP) }

// ForgetDeviceInput is the input of forgetDevice.
type ForgetDeviceInput struct {
	ID string
}

// ForgetDevice removes a device from those that the account knows: the next sign-in from it is news again. Its sessions
// stay. An ID that is unknown or belongs to another account removes none.
func (s *Service) ForgetDevice(
	ctx context.Context, caller models.Caller, input ForgetDeviceInput,
) (_ *ForgetDevicePayload, err error) {
	flow := s.begin(caller, opForgetDevice, caller.AccountID())
	defer flow.recordRefusal(ctx, &err)

	if err := requireText("id", input.ID); err != nil {
		return nil, err
	}

	payload := &ForgetDevicePayload{}

	return commit(ctx, flow, payload, func(tx Tx, _ *success) error {
		err := tx.ForgetDevice(ctx, flow.accountID, input.ID)
		payload.Forgotten = err == nil

		return notFoundAs(err, nil)
	})
}

// ForgetDevicePayload is the payload of forgetDevice.
type ForgetDevicePayload struct {
	// Forgotten is false if there was no such device.
	Forgotten bool
}
