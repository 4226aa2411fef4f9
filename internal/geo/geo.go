// Package geo finds the place of a network address in a file in the format of MaxMind DB, which it reads into memory:
// nobody is asked about an address.
package geo

import (
	"errors"
	"fmt"
	"net/netip"
	"os"
	"strings"

	"github.com/oschwald/maxminddb-golang/v2"

	"github.com/accountql/accountql/models"
)

// Places are the places of a file. They are safe for concurrent use.
type Places struct{ reader *maxminddb.Reader }

// errNoPlaces is the error of a file that is readable and of another kind, such as one of network operators.
var errNoPlaces = errors.New("holds no countries as the databases GeoLite2 City and Country have them")

// Open reads a file. It returns an error if the file can't be read, is of another format, or holds no countries. The
// file may be replaced afterwards; the copy in memory stays.
func Open(name string) (*Places, error) {
	content, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("can't be read: %w", err)
	}

	reader, err := maxminddb.OpenBytes(content)
	if err != nil {
		return nil, fmt.Errorf("is no file in the format of MaxMind DB: %w", err)
	}

	places := &Places{reader: reader}
	if err := places.check(); err != nil {
		return nil, err
	}

	return places, nil
}

// looked is the number of networks in which a country must be found.
const looked = 1000

// check looks for a country.
func (p *Places) check() error {
	seen := 0
	for network := range p.reader.Networks() {
		var found record
		if err := network.Decode(&found); err != nil {
			return fmt.Errorf("is damaged: %w", err)
		}
		if found.Country.Code != "" {
			return nil
		}
		if seen++; seen == looked {
			break
		}
	}

	return errNoPlaces // guard: a file without places is refused
}

// record is the part of a network's record that is shown.
type record struct {
	City struct {
		Names names `maxminddb:"names"`
	} `maxminddb:"city"`
	Country struct {
		Code  string `maxminddb:"iso_code"`
		Names names  `maxminddb:"names"`
	} `maxminddb:"country"`
}

type names struct {
	English string `maxminddb:"en"`
}

// Place returns where an address is, or nil if the address or its country is unknown.
func (p *Places) Place(ip string) *models.Place {
	address, err := netip.ParseAddr(ip)
	if err != nil {
		return nil
	}

	var found record
	// A record that is damaged tells nothing; the list in which it stands is worth more.
	err = p.reader.Lookup(address.Unmap().WithZone("")).Decode(&found)
	code, wrong := models.ParseCountryCode("country", models.CountryCode(found.Country.Code))
	if err != nil || wrong != nil {
		return nil
	}

	place := &models.Place{CountryCode: &code, Country: optional(found.Country.Names.English)}
	place.City = optional(found.City.Names.English)

	parts := []string{string(code)}
	if place.Country != nil {
		parts[0] = *place.Country
	}
	if place.City != nil {
		parts = append([]string{*place.City}, parts...)
	}

	place.Description = strings.Join(parts, ", ")

	return place
}

func optional(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}
