package system

import (
	"fmt"
	"slices"
	"time"

	"pgregory.net/rapid"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// This file holds the part of TestModel for claims and proofs (R-PRF1 to R-PRF5).

// modelRegistration is a registration that the database keeps.
type modelRegistration struct {
	email, password, name string
	// made is the account that the registration created immediately, or nil.
	made *customer
	// secret redeems the registration; it is nil if the address is taken.
	secret  *modelSecret
	expires time.Time
}

func (m *model) registrationsOf(email string) []*modelRegistration {
	return slices.DeleteFunc(slices.Clone(m.waiting), func(r *modelRegistration) bool { return r.email != email })
}

// registered returns the newest registration of an address that was made with the password, or nil.
func (m *model) registered(email, password string) *modelRegistration {
	for _, r := range slices.Backward(m.registrationsOf(email)) {
		if r.password == password && m.now().Before(r.expires) {
			return r
		}
	}
	return nil
}

// seemsToWait reports whether a sign-in with a registration's password is told to activate it.
func (m *model) seemsToWait(r *modelRegistration, owner *customer) bool {
	if r.made != nil {
		return owner != nil && owner.pending
	}
	return r.secret != nil || m.verified()
}

func (m *model) verified() bool {
	return m.w.Service.Settings.Registration == account.RegistrationVerified
}

func (m *model) drop(email string) {
	m.waiting = slices.DeleteFunc(m.waiting, func(r *modelRegistration) bool { return r.email == email })
}

// reserved reports whether somebody else can still take the address back.
func (m *model) reserved(email string, except *customer) bool {
	return slices.ContainsFunc(m.secrets, func(s *modelSecret) bool {
		return s.purpose == models.PurposeEmailUndo && s.target == email && s.owner != except &&
			s.owner.email != email && m.good(s)
	})
}

// takes returns the result of a proof of an address: the account that it displaces, and the verdict.
func (m *model) takes(prover *customer, email string) (claim *customer, expected verdict) {
	holder := m.owner(email)
	switch {
	case holder == prover && holder != nil:
	case holder != nil && !holder.claimed(), m.reserved(email, prover):
		return nil, verdict{code: models.CodeEmailUnavailable}
	case holder != nil:
		expected.also = []string{"email displaced"}
		if holder.phoneVerified {
			expected.messages = 1
		}
		claim = holder
	}

	expected.ok = true

	return claim, expected
}

// displace takes the address from an account that only claims it.
func (m *model) displace(claim *customer) {
	if claim == nil {
		return
	}
	claim.email = ""
	m.credentialsChanged(claim)
	m.void(claim, models.PurposePasswordReset, models.PurposeActivation, models.PurposeEmailChange,
		models.PurposePhoneUpdate, models.PurposeEmailUndo)
}

// cleanUp removes everything from before the first proof of an address.
func (m *model) cleanUp(owner *customer) {
	m.void(owner, models.PurposePasswordReset, models.PurposeActivation, models.PurposeEmailChange,
		models.PurposePhoneUpdate, models.PurposeEmailUndo)
	m.drop(owner.email)

	for subject, linked := range m.linked {
		if linked == owner {
			delete(m.linked, subject)
		}
	}

	if !owner.phoneVerified {
		owner.phone = ""
	}
	owner.passkeys = nil
}

// forget deletes an account.
func (m *model) forget(owner *customer) {
	if !owner.claimed() {
		m.drop(owner.email)
	}

	m.waiting = slices.DeleteFunc(m.waiting, func(r *modelRegistration) bool { return r.made == owner })

	for subject, linked := range m.linked {
		if linked == owner {
			delete(m.linked, subject)
			m.gone[subject] = m.now()
		}
	}

	owner.gone = true
}

// mails returns how many messages are sent to an address or number of an account: none to a placeholder, or without
// a number.
func mails(to string) int {
	if to == "" {
		return 0
	}
	return 1
}

// made finds the account that the service has just created for an address.
func (m *model) made(rt *rapid.T, email string, is customer) *customer {
	created, err := m.w.Service.FindAccount(m.t.Context(), email)
	if err != nil {
		rt.Fatalf("%s has no account: %v", email, err)
	}
	is.id, is.email, is.createdAt = created.ID, email, created.CreatedAt
	m.people = append(m.people, &is)
	return &is
}

// claimable draws an address that is usually free or only claimed, because conflicts between those are the subject
// here.
func (m *model) claimable(rt *rapid.T) string {
	claimed := func(email string) bool { return m.owner(email) != nil && m.owner(email).claimed() }
	if slices.ContainsFunc(m.addresses, claimed) && likely(rt, "one that is claimed") {
		return choose(rt, "claimed address", m.addresses, claimed)
	}
	return choose(rt, "address",
		m.addresses, func(email string) bool { return m.owner(email) == nil || claimed(email) })
}

func (m *model) register(rt *rapid.T) {
	email := m.claimable(rt)
	chosen := m.freshPassword()
	if !likely(rt, "a new password") {
		chosen = m.password(rt, nil)
	}

	name := rapid.StringMatching("[A-Z][a-z]{3,8}").Draw(rt, "name")
	owner, reserved := m.owner(email), m.reserved(email, nil)
	taken := reserved || owner != nil && !owner.claimed()

	// Only the trail shows the refusal for a taken address: the response is the same.
	m.ask(rt, "", "registerAccount", fmt.Sprintf(`{"email":%q,"password":%q,"firstName":%q}`, m.typed(rt, email),
		chosen, name), verdict{ok: true, quietly: taken, messages: 1})

	r := &modelRegistration{email: email, password: chosen, name: name, expires: m.now().Add(168 * time.Hour)}
	switch {
	case reserved:
		m.sent(models.MessageEmailReserved)
	case taken && owner.pending:
		// The mail proves the mailbox of the existing account, and redeems no registration.
		m.keep(owner, models.PurposeActivation, m.sent(models.MessageActivation).Data.Token, email, 8*time.Hour)
	case taken:
		m.sent(models.MessageAccountExists)
	case owner == nil:
		r.made = m.made(rt, email, customer{password: chosen, name: name, pending: m.verified()})
		r.secret = m.keep(r.made, models.PurposeActivation, m.sent(models.MessageActivation).Data.Token, email,
			8*time.Hour)
	default:
		r.secret = m.keep(nil, models.PurposeActivation, m.sent(models.MessageActivation).Data.Token, email,
			8*time.Hour)
	}

	m.waiting = append(m.waiting, r) // each is mailed here, so none displaces another
}

func (m *model) requestActivation(rt *rapid.T) {
	email := choose(rt, "address",
		m.addresses, func(email string) bool { return m.owner(email) != nil && !m.owner(email).verified })
	m.ask(rt, "", "requestAccountActivation", fmt.Sprintf(`{"email":%q}`, m.typed(rt, email)),
		verdict{ok: true, messages: 1})
	if owner := m.owner(email); owner != nil && !owner.verified {
		m.void(owner, models.PurposeActivation)
		m.keep(owner, models.PurposeActivation, m.sent(models.MessageActivation).Data.Token, email, 8*time.Hour)
	}
}

func (m *model) activate(rt *rapid.T) {
	secret := m.secret(rt, models.PurposeActivation)
	s := m.sessionOf(rt, secret.owner)
	p := m.activationPassword(rt, secret)
	input, given := fmt.Sprintf(`{"token":%q}`, secret.text), modelProof{spend: func() {}}
	if p != "" {
		if secret.owner != nil && len(secret.owner.apps) > 0 {
			given = m.second(rt, secret.owner, "authenticatorCode")
		}
		input = fmt.Sprintf(`{"token":%q,"password":%q%s}`, secret.text, p, given.fields)
	}

	expected := verdict{}
	var claim *customer
	redeemed, refusal := m.decideActivation(secret, s, p)
	switch {
	case refusal != "":
		expected.code = refusal
	case redeemed == nil:
		expected = verdict{ok: given.refusal == "", code: given.refusal, messages: given.mails}
	default:
		if claim, expected = m.takes(nil, redeemed.email); !expected.ok {
			expected.code = models.CodeTokenInvalid
		}
	}

	a := m.ask(rt, s.token, "confirmAccountActivation", input, expected)
	if !expected.ok {
		return
	}

	given.spend()
	if p == "" {
		s.ended = true // the session that is the proof gets another token
	}

	owner := secret.owner
	if redeemed != nil {
		m.displace(claim)
		secret.used = true
		owner = m.made(rt, redeemed.email, customer{password: redeemed.password, name: redeemed.name, verified: true})
	}

	m.void(owner, models.PurposeActivation)
	m.drop(owner.email)
	owner.verified, owner.pending = true, false
	m.begin(owner, a.At("confirmAccountActivation.session.token").(string))
}

// activationPassword draws no password, the right one, that of another registration, or any.
func (m *model) activationPassword(rt *rapid.T, secret *modelSecret) string {
	var fitting []string
	for _, r := range m.waiting {
		if r.secret == secret || secret.owner != nil && r.email == secret.owner.email {
			fitting = append(fitting, r.password)
		}
	}

	switch kind := rapid.SampledFrom([]string{"fits", "fits", "fits", "none", "any"}).Draw(rt, "proof"); {
	case kind == "none":
		return ""
	case kind == "any" || len(fitting) == 0:
		return m.password(rt, secret.owner)
	default:
		return rapid.SampledFrom(fitting).Draw(rt, "password")
	}
}

// decideActivation returns what a token, a session and a password activate: a registration, or else the secret's
// account. The link proves the mailbox; the password or the session proves who registered.
func (m *model) decideActivation(secret *modelSecret, s *modelSession, p string) (*modelRegistration, models.Code) {
	var own *modelRegistration
	if at := slices.IndexFunc(m.waiting, func(r *modelRegistration) bool { return r.secret == secret }); at >= 0 {
		own = m.waiting[at]
	}

	owner := secret.owner
	switch {
	case secret.purpose != models.PurposeActivation || !m.good(secret) || owner == nil && own == nil:
		return nil, models.CodeTokenInvalid
	case p == "" && owner != nil && m.lives(s) && s.owner == owner:
		return nil, ""
	case p == "":
		return nil, models.CodeReauthenticationRequired
	}

	if secret.tries++; secret.tries > 10 {
		return nil, models.CodeTokenInvalid
	}

	switch {
	case owner == nil && own.password == p:
		return own, ""
	case owner == nil:
		return nil, models.CodeInvalidCredentials
	case owner.password == p:
		return nil, ""
	}

	// A requested mail stands only for the mailbox: the password identifies the registration.
	if named := m.registered(owner.email,
		p); own == nil && owner.claimed() && named != nil && named.made == nil && named.secret != nil {
		return named, ""
	}

	return nil, models.CodeInvalidCredentials
}

// shopBrings makes an operator create or import an account: a vouched address displaces a claim.
func (m *model) shopBrings(rt *rapid.T) {
	email := m.claimable(rt)
	brought := customer{password: m.freshPassword(), vouched: true, verified: true}
	claim, expected := m.takes(nil, email)
	operation := "account create"

	bring := func() error {
		_, err := m.w.Service.CreateAccount(m.t.Context(),
			account.NewAccount{Email: models.EmailAddress(email), Password: brought.password})
		return err
	}

	if likely(rt, "an import") {
		operation = "account import"
		brought.verified = rapid.Bool().Draw(rt, "verified")
		brought.pending = !brought.verified && rapid.Bool().Draw(rt, "pending")
		if rapid.Bool().Draw(rt, "with a phone") {
			brought.phone = m.phone(rt)
			expected.ok = expected.ok && m.caller(brought.phone) == nil
		}

		bring = func() error { return m.importLine(email, brought) }
	}

	before := m.rows(rt)
	m.record.reset()
	err := bring()
	if !expected.ok {
		// If an import has created the line's account, the line finds it and changes nothing.
		present := operation == "account import" && m.owner(email) != nil
		if after := m.rows(rt); err == nil && !present || after != before {
			rt.Fatalf("%s of %s was refused with %v and changed\n%s\nto\n%s", operation, email, err, before, after)
		}
		return
	}

	if err != nil || len(m.record.messages) != expected.messages {
		rt.Fatalf("%s of %s: %v, %d messages", operation, email, err, len(m.record.messages))
	}

	m.checkTrail(rt, append(slices.Clone(expected.also), operation), models.OutcomeSuccess)
	m.displace(claim)
	m.drop(email)
	m.made(rt, email, brought)
}

// importLine imports one customer with an unproven number.
func (m *model) importLine(email string, brought customer) error {
	hash, err := m.w.Service.Hasher.Hash(m.t.Context(), brought.password)
	world.Check(m.t, err)
	status, phone := "ACTIVE", ""
	if brought.pending {
		status = "PENDING"
	}
	if brought.phone != "" {
		phone = fmt.Sprintf(`,"phone":%q`, brought.phone)
	}

	_, said, err := importLines(m.w, fmt.Sprintf(`{"email":%q,"emailVerified":%v,"status":%q,"passwordHash":%q%s}`,
		email, brought.verified, status, hash, phone), false)
	if err != nil {
		return fmt.Errorf("%w: %s", err, said)
	}

	return nil
}
