package server

import (
	"strings"
	"testing"

	"github.com/accountql/accountql/internal/config"
	"github.com/accountql/accountql/internal/geo/geotest"
)

// TestPlacesFile guards that a server and `config check` read the file of --geo, and refuse another one by the setting's
// name.
func TestPlacesFile(t *testing.T) {
	if code, _, stderr := checkConfig(t, nil, "--geo", geotest.Places(t)); code != 0 {
		t.Errorf("config check refuses it: %s", stderr)
	}
	if places, err := readPlaces(geotest.Places(t)); err != nil || places.Place(geotest.Berlin) == nil {
		t.Errorf("the file is %v, %v", places, err)
	}
	if places, err := readPlaces(""); err != nil || places != nil {
		t.Errorf("without the setting there are %v, %v", places, err)
	}

	for file, want := range map[string]string{
		geotest.Operators(t): "--geo holds no countries", "nothing.mmdb": "--geo can't be read: ",
	} {
		settings := config.Settings{Mode: config.Development, Database: "x.db", Geo: file}
		if err := checkSettings(settings); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("config check says %v, want %s", err, want)
		}
		if _, err := readPlaces(file); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("a server says %v, want %s", err, want)
		}
	}
}
