package server

import (
	"github.com/accountql/accountql/internal/config"
	"github.com/accountql/accountql/web"
)

// readTranslations reads the languages of --translations; it returns none if the setting is empty.
func readTranslations(folder string) (web.Translations, error) {
	if folder == "" {
		return nil, nil
	}

	translations, err := web.ReadTranslations(folder)
	if err != nil {
		return nil, &config.Error{Setting: "--translations", Problem: err.Error()}
	}

	return translations, nil
}
