package server

import (
	"log/slog"
	"strings"

	"github.com/accountql/accountql/internal/config"
	"github.com/accountql/accountql/internal/identity"
	"github.com/accountql/accountql/internal/notify"
	"github.com/accountql/accountql/internal/store"
)

// checkSettings returns config.Errors: every mistake in the files that the settings name, and in what their own
// rules don't know. It connects to nothing and keeps nothing open.
func checkSettings(settings config.Settings) error {
	_, blocklist := readBlocklist(settings.PasswordBlocklist)
	_, wordings := readWordings(settings.ConsentWordings)
	_, documents := readTrustedDocuments(settings.TrustedDocuments)
	_, terms := readTerms(settings.Terms)
	_, policies := readFields(settings.Fields)
	_, translations := readTranslations(settings.Translations)
	_, places := readPlaces(settings.Geo)
	_, party := newRelyingParty(settings.Bound(settings.ListenAddress()))

	return config.Join(checkDatabase(settings), checkTemplates(settings), checkDelivery(settings), blocklist,
		checkBreaches(settings), checkProviders(settings), wordings, documents, translations,
		checkErasureLog(settings.ErasureLog), terms,
		policies, places, party, checkAnchors(settings.AuditAnchors), checkBrand(settings))
}

func checkDatabase(settings config.Settings) error {
	err := store.CheckAddress(settings.Database)
	if err == nil {
		return nil
	}

	// The store's errors begin with what they are about.
	problem := strings.TrimPrefix(strings.TrimPrefix(err.Error(), "--database "), "the database ")

	return &config.Error{Setting: "--database", Problem: problem}
}

func checkTemplates(settings config.Settings) error {
	if settings.Templates == "" {
		return nil
	}
	_, err := newRenderer(settings.Templates, links(settings.Bound(settings.ListenAddress())))
	return err
}

func checkDelivery(settings config.Settings) error {
	delivery, err := newDelivery(settings, notify.NewInbox(), slog.New(slog.DiscardHandler))
	if err == nil {
		delivery.close()
	}
	return err
}

func checkBreaches(settings config.Settings) error {
	breaches, err := openBreaches(settings)
	if err != nil || breaches == nil {
		return err
	}
	return breaches.Close()
}

func checkProviders(settings config.Settings) error {
	_, err := newVerifier(settings, identity.Watch{}, slog.New(slog.DiscardHandler))
	return err
}
