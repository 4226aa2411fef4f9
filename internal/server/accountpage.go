package server

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/accountql/accountql/graph"
	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/config"
	"github.com/accountql/accountql/web"
)

// pageKeyAge is how old the page's key may be before the database is asked again: an open page whose key has ended asks
// for the next one, and must not get the old one.
const pageKeyAge = time.Second

// pageKeys holds the API key by which the account page calls the API.
type pageKeys struct {
	// read returns the key of now, and makes it where it is due.
	read func(ctx context.Context) (string, error)
	now  func() time.Time
	log  *slog.Logger

	mu    sync.Mutex
	key   string
	asked time.Time
}

// current returns the key. While the database doesn't answer it returns the last one.
func (k *pageKeys) current(ctx context.Context) string {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.now().Sub(k.asked) < pageKeyAge {
		return k.key
	}

	key, err := k.read(context.WithoutCancel(ctx))
	k.asked = k.now()
	if err != nil {
		k.log.WarnContext(ctx, "the account page keeps its key: another can't be read", "error", err)
		return k.key
	}
	if k.key != "" && key != k.key {
		k.log.InfoContext(ctx, "the account page has a new key")
	}
	k.key = key

	return key
}

// pageDocuments returns the documents of the account page where it has a key of its own; development's takes any.
func (s *server) pageDocuments() (graph.TrustedDocuments, error) {
	if !s.settings.Production() || !s.settings.ServesAccountPage() {
		return nil, nil
	}
	return graph.ReadTrustedDocuments(web.AccountDocuments())
}

// accountPage serves the account page. In production it has a key of its own, made at the first start, and neither a
// demo customer nor an inbox.
func (s *server) accountPage(ctx context.Context, mux *http.ServeMux, public *url.URL) error {
	if !s.settings.ServesAccountPage() { // guard: the account page is served where it is on
		return nil
	}

	translations, err := readTranslations(s.settings.Translations)
	if err != nil {
		return err
	}
	page := web.AccountConfig{URL: "/graphql", Cookies: s.settings.InCookies(), Translations: translations}
	page.Brand, page.Look = pageBrand(s.brand)
	if s.settings.Production() {
		origin := webOrigin(public)
		keys := &pageKeys{now: time.Now, log: s.log, read: func(ctx context.Context) (string, error) {
			return s.service.PageKey(ctx, origin)
		}}
		// A start that can't make the key fails, as one does that can't read the schema.
		key, err := keys.read(ctx)
		if err != nil {
			return err
		}
		keys.key = key
		page.TrustedDocuments, page.Key = true, keys.current
	} else {
		page.APIKey, page.TrustedDocuments = account.DevelopmentKey, s.settings.TrustedDocumentsOnly
		page.Inbox = "/inbox"
		page.Demo = &web.DemoCustomer{Email: string(account.DemoEmail), Password: account.DemoPassword}
	}

	handler := web.Account(page)
	mux.Handle("/account", handler)
	mux.Handle("/account/", handler)

	return nil
}

// accountURL returns the page that messages call the customer's account, or "".
func accountURL(settings config.Settings) string {
	if settings.AccountURL == "" && settings.PublicURL != "" && settings.ServesAccountPage() {
		return settings.PublicURL + "/account"
	}
	return settings.AccountURL
}
