package server

import (
	"context"
	"crypto/rand"
	"errors"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/auth"
	"github.com/accountql/accountql/internal/brand"
	"github.com/accountql/accountql/internal/breached"
	"github.com/accountql/accountql/internal/config"
	"github.com/accountql/accountql/internal/egress"
	"github.com/accountql/accountql/internal/notify"
	"github.com/accountql/accountql/internal/passkey"
	"github.com/accountql/accountql/internal/password"
	"github.com/accountql/accountql/internal/store"
	"github.com/accountql/accountql/internal/trace"
	"github.com/accountql/accountql/models"
)

// server holds everything that a process serves with: its settings, the services and their database.
type server struct {
	// documents holds the schema and the documentation.
	documents fs.FS
	settings  config.Settings
	// brand is how the shop presents itself.
	brand    *brand.Brand
	log      *slog.Logger
	store    *store.Store
	service  *account.Service
	workers  workers
	delivery *delivery
	inbox    *notify.Inbox
	activity *auth.Activity
	metrics  *metrics
	// breaches looks passwords up in data breaches; nil if --breached-passwords is not set.
	breaches *breached.Checker
	// passkeys is the shop as authenticators know it; nil if passkeys are off.
	passkeys *passkey.RelyingParty
	// metricsListener is the listener of /metrics, or nil.
	metricsListener net.Listener
	handler         http.Handler
	// backOfficeListener and backOffice are those of --backoffice-listen, or nil.
	backOfficeListener net.Listener
	backOffice         http.Handler
	readiness          *readiness
	limits             *limitWatch
	clock              *clockWatch
	writable           *writableWatch
	attempts           *prometheus.CounterVec
	removed            *prometheus.CounterVec
	draining           atomic.Bool
	// tracer makes traces; nil if --trace is not set.
	tracer *trace.Tracer
}

// openServer opens the database, and migrates it unless --migrate is off.
func openServer(
	ctx context.Context, documents fs.FS, settings config.Settings, log *slog.Logger,
) (_ *server, err error) {
	settings, shop, err := branded(settings)
	if err != nil {
		return nil, err
	}

	s := &server{documents: documents, settings: settings, brand: shop, log: log, inbox: notify.NewInbox()}
	if s.store, err = store.Open(ctx, settings.Database); err != nil {
		return nil, err
	}

	s.startTraces()
	log = s.log
	defer func() {
		if err != nil {
			err = errors.Join(err, s.tracer.Close(ctx), s.store.Close())
		}
	}()

	if settings.Migrate != config.Off { // guard: serve migrates only if it may
		if err := s.store.Migrate(ctx); err != nil {
			return nil, err
		}
	}
	if err := refuseStandby(ctx, s.store); err != nil {
		return nil, err
	}
	if s.tracer != nil {
		s.store.Trace()
	}

	s.clock = &clockWatch{offset: s.store.ClockOffset, log: log}
	if err := s.clock.refuse(ctx); err != nil {
		return nil, err
	}
	s.writable = &writableWatch{probe: s.store.ProbeWrite, log: log}
	s.readiness = &readiness{ready: s.store.Ready, draining: &s.draining, log: log}

	return s, nil
}

// build builds the services and the routes on the migrated database.
func (s *server) build(ctx context.Context) error {
	settings, log := s.settings, s.log
	renderer, err := newRenderer(settings.Templates, notifyLinks(settings, s.brand))
	if err != nil {
		return err
	}
	if err := checkLanguage(s.brand, renderer); err != nil {
		return err
	}
	if s.delivery, err = newDelivery(settings, s.inbox, log); err != nil {
		return err
	}

	s.attempts, s.removed = newAttempts(), newRemoved()
	s.workers = newWorkers(notify.Config{
		Render: renderer.Render, Log: log, Grace: graceTimeout, Tracer: s.tracer,
		Attempted: func(channel models.MessageChannel, result notify.Result) {
			s.attempts.WithLabelValues(string(channel), string(result)).Inc()
		},
	}, s.store, s.delivery)
	if err := s.recordWebhooks(ctx); err != nil {
		return err
	}

	s.activity = auth.NewActivity(s.store, log)
	if s.service, err = newService(ctx, s.store, settings, s.workers.wake); err != nil {
		return err
	}

	if s.breaches, err = openBreaches(settings); err != nil {
		return err
	}
	if s.breaches != nil {
		s.service.Breaches = s.breaches
	}

	providers := newProviderMetrics()
	verifier, err := newVerifier(settings, providers.watch(), log)
	if err != nil {
		return err
	}

	var more []prometheus.Collector
	if verifier != nil {
		s.service.Verifier, more = verifier, providers.of(verifier)
	}

	if s.passkeys, err = newRelyingParty(settings); err != nil {
		return err
	}
	if s.passkeys != nil {
		s.service.PasskeyVerifier = s.passkeys
	}

	s.service.Settings.Site = siteOf(settings, s.brand, renderer, verifier)
	s.limits = newLimitWatch(log, settings.TrustedProxies)
	s.service.Budgets = s.limits.budgets()
	s.metrics = s.collect(more)
	if s.handler, err = s.routes(ctx); err != nil {
		return err
	}

	return s.prepare(ctx)
}

// collect returns the metrics of all parts and the given ones.
func (s *server) collect(more []prometheus.Collector) *metrics {
	parts := append([]prometheus.Collector{
		s.limits.exceeded, s.limits.suppressed, s.limits.forwarded, s.attempts, s.removed,
		gauge("accountql_database_clock_offset_seconds", "How far this machine's clock is ahead of the database's.",
			s.clock.seconds),
		databaseMetrics(s.store.Stats), outboxMetrics(s.store.OutboxByChannel),
		webhookMetrics(s.delivery.webhooks, s.store.OutboxByTarget), keyMetrics(s.store.APIKeys, time.Now),
		stateMetrics(s.readiness, s.writable),
	}, more...)
	if hasher, ok := s.service.Hasher.(*password.Hasher); ok {
		parts = append(parts, hashMetrics(hasher.Load))
	}
	if s.tracer != nil {
		parts = append(parts, traceMetrics(s.tracer))
	}

	return newMetrics(s.breaches, parts...)
}

// newService builds the account service, which holds the rules, on top of the store.
func newService(
	ctx context.Context, keeper *store.Store, settings config.Settings, wake func(),
) (*account.Service, error) {
	parts, err := newParts(keeper, settings)
	if err != nil {
		return nil, err
	}

	if parts.LookupKey, err = keeper.LookupKey(ctx); err != nil {
		return nil, err
	}
	if _, err := keeper.ReadKeys(ctx); err != nil {
		return nil, err
	}

	parts.CodeKeys, parts.Wake = keeper, wake

	return account.New(parts)
}

// newParts returns what a server and a command have in common of the account service.
func newParts(keeper *store.Store, settings config.Settings) (account.Service, error) {
	erasures, err := openErasureLog(settings.ErasureLog)
	if err != nil {
		return account.Service{}, err
	}

	hasher, err := password.NewHasher(password.DefaultParameters, password.Concurrency(cores))
	if err != nil {
		return account.Service{}, err
	}

	refused, err := readBlocklist(settings.PasswordBlocklist)
	if err != nil {
		return account.Service{}, err
	}

	terms, err := readTerms(settings.Terms)
	if err != nil {
		return account.Service{}, err
	}
	policies, err := readFields(settings.Fields)
	if err != nil {
		return account.Service{}, err
	}

	wordings, err := readWordings(settings.ConsentWordings)
	if err != nil {
		return account.Service{}, err
	}
	places, err := readPlaces(settings.Geo)
	if err != nil {
		return account.Service{}, err
	}

	return account.Service{
		Settings: account.Settings{
			Registration:     account.Registration(settings.Registration),
			SignInCode:       settings.SignInCode == config.On,
			SecondFactor:     account.SecondFactor(settings.SecondFactor),
			PasswordResetTTL: settings.PasswordResetTTL, EmailTokenTTL: settings.EmailTokenTTL,
			PhoneCodeTTL: settings.PhoneCodeTTL, DeletionGrace: settings.DeletionGrace,
			SessionIdle: settings.SessionIdle, SessionMax: settings.SessionMax, StepUp: settings.StepUp,
			Limits: limits(settings), Unlimited: settings.RateLimits == config.Off,
			PhoneCountries: settings.PhoneCountries,
			// In development the inbox shows them.
			NoTextMessages: settings.Production() && settings.SMS == "",
			PublicURL:      settings.PublicURL, DoubleOptIn: settings.DoubleOptIn, Wordings: wordings,
			GlobalPrivacyControl: settings.GlobalPrivacyControl, RetainConsentProof: settings.RetainConsentProof,
			Terms:  terms,
			Fields: policies,
		},
		Store: keeper, RecordKeys: keeper, Hasher: hasher, Erasures: erasures, Places: places,
		Policy: password.NewPolicy(settings.PasswordMinLength, brandWords(settings.PublicURL), refused),
		Now:    time.Now,
		NewID:  func() string { return uuid.Must(uuid.NewV7()).String() },
		Random: rand.Reader,
	}, nil
}

// limits returns the budgets as the operator set them.
func limits(settings config.Settings) account.Limits {
	limits := account.DefaultLimits()
	limits.WrongPasswords = settings.LimitWrongPasswords
	limits.ResetMails = account.Limit(settings.LimitResetMails)
	limits.ActivationMails = account.Limit(settings.LimitActivationMails)
	limits.SignInCodes = account.Limit(settings.LimitSignInCodes)
	limits.EmailChanges = account.Limit(settings.LimitEmailChanges)
	limits.PhoneCodes = account.Limit(settings.LimitPhoneCodes)
	limits.AccountPhoneCodes = account.Limit(settings.LimitAccountCodes)
	limits.NetworkTries = account.Limit(settings.LimitNetworkTries)
	limits.NetworkMails = account.Limit(settings.LimitNetworkMails)
	limits.ChangeMails = account.Limit(settings.LimitChangeMails)
	limits.NetworkAccounts = account.Limit(settings.LimitNetworkAccounts)
	limits.Messages = account.Limit(settings.LimitMessages)

	return limits
}

// brandWords returns the words by which customers know the shop: the labels of the public URL's host.
func brandWords(publicURL string) []string {
	words := []string{"accountql"}
	address, err := url.Parse(publicURL)
	if err != nil || net.ParseIP(address.Hostname()) != nil {
		return words
	}

	labels := strings.Split(address.Hostname(), ".")

	return append(words, labels[:len(labels)-1]...)
}

// readBlocklist reads the operator's own list of passwords to reject.
func readBlocklist(file string) ([]string, error) {
	if file == "" {
		return nil, nil
	}

	text, err := os.ReadFile(file)
	if err != nil {
		return nil, &config.Error{Setting: "--password-blocklist", Problem: "can't be read: " + err.Error()}
	}

	return strings.FieldsFunc(string(text), func(r rune) bool { return r == '\n' || r == '\r' }), nil
}

// readTerms reads the documents of --terms; it returns none if the setting is empty.
func readTerms(name string) (account.Terms, error) {
	if name == "" {
		return nil, nil
	}

	file, err := os.Open(name)
	if err != nil {
		return nil, &config.Error{Setting: "--terms", Problem: "can't be read: " + err.Error()}
	}
	defer func() { _ = file.Close() }()
	terms, err := account.ReadTerms(file)
	if err != nil {
		return nil, &config.Error{Setting: "--terms", Problem: err.Error()}
	}

	return terms, nil
}

// readWordings reads the words that customers agree to; it returns nil if the setting is empty.
func readWordings(file string) (account.Wordings, error) {
	if file == "" {
		return nil, nil
	}

	opened, err := os.Open(file)
	if err != nil {
		return nil, &config.Error{Setting: "--consent-wordings", Problem: "can't be read: " + err.Error()}
	}
	defer func() { _ = opened.Close() }()

	wordings, err := account.ReadWordings(opened)
	if err != nil {
		return nil, &config.Error{Setting: "--consent-wordings", Problem: err.Error()}
	}

	return wordings, nil
}

// openBreaches opens the passwords of data breaches; it returns nil if the setting is empty.
func openBreaches(settings config.Settings) (*breached.Checker, error) {
	if settings.BreachedPasswords == "" {
		return nil, nil //nolint:nilnil // there is nothing to ask
	}

	client := egress.NewClient(settings.EgressPolicy("breached passwords"))
	checker, err := breached.Open(settings.BreachedPasswords, client)
	if err != nil {
		return nil, &config.Error{Setting: "--breached-passwords", Problem: err.Error()}
	}

	return checker, nil
}

// prepare creates development's key and demo customer; production refuses to start if they exist.
func (s *server) prepare(ctx context.Context) error {
	if !s.settings.Production() {
		return s.service.EnsureDevelopment(ctx)
	}

	found, err := s.service.HasDevelopmentData(ctx)
	if err == nil && found {
		err = &config.Error{Setting: "--database",
			Problem: "holds the development key or the demo customer, with which production mode does not start"}
	}

	return err
}
