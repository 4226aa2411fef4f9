// Package geotest makes small files of places for tests.
package geotest

import (
	"net"
	"os"
	"path/filepath"
	"testing"

	"github.com/maxmind/mmdbwriter"
	"github.com/maxmind/mmdbwriter/mmdbtype"
)

// Berlin and Poland are addresses that Places knows, Nowhere is one that it does not know.
const (
	Berlin  = "192.0.2.1"
	Poland  = "2001:db8::1"
	Nowhere = "198.51.100.1"
)

// Places writes a file in the form of GeoLite2 City, and returns its name.
func Places(t testing.TB) string {
	t.Helper()
	return write(t, "GeoLite2-City", map[string]mmdbtype.Map{
		"192.0.2.0/24": {
			"city": mmdbtype.Map{"names": mmdbtype.Map{"en": mmdbtype.String("Berlin")}},
			"country": mmdbtype.Map{
				"iso_code": mmdbtype.String("DE"), "names": mmdbtype.Map{"en": mmdbtype.String("Germany")},
			},
		},
		"2001:db8::/32": {
			"country": mmdbtype.Map{
				"iso_code": mmdbtype.String("PL"), "names": mmdbtype.Map{"en": mmdbtype.String("Poland")},
			},
		},
	})
}

// Operators writes a file in the form of GeoLite2 ASN, which holds no places, and returns its name.
func Operators(t testing.TB) string {
	t.Helper()
	return write(t, "GeoLite2-ASN", map[string]mmdbtype.Map{
		"192.0.2.0/24": {"autonomous_system_organization": mmdbtype.String("Example")},
	})
}

func write(t testing.TB, kind string, records map[string]mmdbtype.Map) string {
	t.Helper()
	tree, err := mmdbwriter.New(mmdbwriter.Options{DatabaseType: kind, IncludeReservedNetworks: true})
	if err != nil {
		t.Fatal(err)
	}

	for prefix, record := range records {
		_, network, err := net.ParseCIDR(prefix)
		if err != nil {
			t.Fatal(err)
		}
		if err := tree.Insert(network, record); err != nil {
			t.Fatal(err)
		}
	}

	name := filepath.Join(t.TempDir(), kind+".mmdb")
	file, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()

	if _, err := tree.WriteTo(file); err != nil {
		t.Fatal(err)
	}

	return name
}
