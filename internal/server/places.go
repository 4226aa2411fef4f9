package server

import (
	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/config"
	"github.com/accountql/accountql/internal/geo"
)

// readPlaces reads the file of --geo; it returns nil if the setting is empty.
func readPlaces(file string) (account.Places, error) {
	if file == "" {
		return nil, nil //nolint:nilnil // there is none
	}

	places, err := geo.Open(file)
	if err != nil {
		return nil, &config.Error{Setting: "--geo", Problem: err.Error()}
	}

	return places, nil
}
