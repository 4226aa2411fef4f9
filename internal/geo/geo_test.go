package geo

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/accountql/accountql/internal/geo/geotest"
)

func TestPlace(t *testing.T) {
	places, err := Open(geotest.Places(t))
	if err != nil {
		t.Fatal(err)
	}

	for ip, want := range map[string]string{
		geotest.Berlin: "Berlin, Germany", "::ffff:" + geotest.Berlin: "Berlin, Germany",
		geotest.Poland: "Poland", geotest.Nowhere: "", "127.0.0.1": "", "fe80::1%eth0": "", "": "", "evil.example": "",
	} {
		got := places.Place(ip)
		if got == nil && want != "" || got != nil && got.Description != want {
			t.Errorf("%q is at %+v, want %q", ip, got, want)
		}
	}

	berlin, poland := places.Place(geotest.Berlin), places.Place(geotest.Poland)
	if *berlin.City != "Berlin" || *berlin.Country != "Germany" || *berlin.CountryCode != "DE" || poland.City != nil {
		t.Errorf("Berlin is %+v, Poland %+v", berlin, poland)
	}
}

// TestFileIsReplaced: a file that is overwritten while the server runs changes nothing.
func TestFileIsReplaced(t *testing.T) {
	file := geotest.Places(t)
	places, err := Open(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(file, 0); err != nil {
		t.Fatal(err)
	}

	if got := places.Place(geotest.Berlin); got == nil || got.Description != "Berlin, Germany" {
		t.Errorf("afterwards the place is %+v", got)
	}
}

func TestOpenRefuses(t *testing.T) {
	text := filepath.Join(t.TempDir(), "text")
	if err := os.WriteFile(text, []byte("no database"), 0o600); err != nil {
		t.Fatal(err)
	}

	content, err := os.ReadFile(geotest.Places(t))
	if err != nil {
		t.Fatal(err)
	}
	half := filepath.Join(t.TempDir(), "half")
	if err := os.WriteFile(half, content[:len(content)/2], 0o600); err != nil {
		t.Fatal(err)
	}

	for file, want := range map[string]string{
		text + ".gone": "can't be read: ", text: "is no file in the format of MaxMind DB: ",
		half: "is no file in the format of MaxMind DB: ", geotest.Operators(t): "holds no countries",
	} {
		if _, err := Open(file); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: %v, want %q", filepath.Base(file), err, want)
		}
	}
}
