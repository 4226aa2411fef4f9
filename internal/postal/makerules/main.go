// Command makerules writes ../rules.txt, the rules of countries' addresses, and for the account page addressforms.ts,
// which fields each country's addresses have, and provinces.ts, from which provinces there are to choose, from the data of github.com/Boostport/address: see ../SOURCES.md. It is a
// module of its own, because the program needs the data and not the library, which keeps all of it in memory.
package main

import (
	"bytes"
	"fmt"
	"html"
	"log"
	"maps"
	"os"
	"slices"
	"strings"
	"unicode"

	"github.com/Boostport/address"
)

// anyCountry has the rules of a country without rules of its own. It stands first.
const anyCountry = "ZZ"

// letters are the fields as a country's format names them.
var letters = map[address.Field]string{
	address.Name: "N", address.Organization: "O", address.StreetAddress: "A", address.DependentLocality: "D",
	address.Locality: "C", address.AdministrativeArea: "S", address.PostCode: "Z", address.SortingCode: "X",
}

func main() {
	var codes []string
	for _, country := range address.ListCountries("en") {
		codes = append(codes, country.Code)
	}
	slices.Sort(codes)
	codes = slices.Insert(codes, 0, anyCountry)

	var rules bytes.Buffer
	for _, code := range codes {
		writeCountry(&rules, code)
	}

	const page = "../../../packages/react/src/"
	for name, content := range map[string][]byte{
		"../rules.txt": rules.Bytes(), page + "addressforms.ts": forms(codes), page + "provinces.ts": provinceLists(codes),
	} {
		if err := os.WriteFile(name, content, 0o644); err != nil {
			log.Fatal(err)
		}
	}
}

// forms returns the source text of the page that says which fields the countries' addresses use and need.
func forms(codes []string) []byte {
	const choices = "CSZ"
	countries := map[string][]string{}
	for _, code := range codes {
		country := address.GetCountry(code)
		uses, needs := "", ""
		for _, letter := range choices {
			if strings.Contains(country.Format+country.LatinizedFormat, "%"+string(letter)) {
				uses += string(letter)
			}
			if slices.ContainsFunc(country.Required, func(f address.Field) bool { return letters[f] == string(letter) }) {
				needs += string(letter)
			}
		}
		countries[uses+" "+needs] = append(countries[uses+" "+needs], code)
	}

	var text bytes.Buffer
	fmt.Fprintln(&text, "// Written by internal/postal/makerules; its rules are those of the server.")
	fmt.Fprintln(&text)
	fmt.Fprintln(&text, "/**")
	fmt.Fprintln(&text, " * Which countries' addresses have which fields besides the street: C the city, S the province, Z the postal code. Those")
	fmt.Fprintln(&text, " * before the space are used, those behind it needed. ZZ is any country without rules.")
	fmt.Fprintln(&text, " */")
	fmt.Fprintln(&text, "export const addressForms: Record<string, string> = {")
	for _, form := range slices.Sorted(maps.Keys(countries)) {
		fmt.Fprintf(&text, "  '%s': '%s',\n", form, strings.Join(countries[form], " "))
	}
	fmt.Fprintln(&text, "};")

	return text.Bytes()
}

func writeCountry(rules *bytes.Buffer, code string) {
	country := address.GetCountry(code)
	required := ""
	for _, field := range country.Required {
		required += letters[field]
	}

	line(rules, code, country.Format, country.LatinizedFormat, required, whole(country.PostCodeRegex.Regex))

	provinces := provincesOf(country)
	for _, id := range slices.Sorted(maps.Keys(provinces)) {
		names := provinces[id]
		key := labelForm(code, id)
		if key == "" {
			key = names[len(names)-1]
		}

		latin := ""
		if !isLatin(key) {
			if at := slices.IndexFunc(names, isLatin); at >= 0 {
				latin = names[at]
			}
		}

		prefix := country.PostCodeRegex.SubdivisionRegex[id].Regex
		names = slices.DeleteFunc(names, func(name string) bool { return name == key || name == latin || name == id })
		line(rules, append([]string{"", id, key, latin, strings.TrimPrefix(prefix, "^")}, names...)...)
	}
}

// provincesOf returns the names of each province by its ID, the name in the country's first language last.
func provincesOf(country address.CountryData) map[string][]string {
	languages := slices.Sorted(maps.Keys(country.AdministrativeAreas))
	slices.SortStableFunc(languages, func(a, b string) int {
		switch country.DefaultLanguage {
		case a:
			return 1
		case b:
			return -1
		}
		return 0
	})

	names := map[string][]string{}
	for _, language := range languages {
		for _, area := range country.AdministrativeAreas[language] {
			if name := html.UnescapeString(area.Name); !slices.Contains(names[area.ID], name) {
				names[area.ID] = append(names[area.ID], name)
			}
		}
	}

	return names
}

// labelFormat asks the library for what its API does not tell: a province's form on a label.
type labelFormat struct{}

func (labelFormat) TransformFormat(string, map[address.Field]struct{}) string {
	return "{{.AdministrativeAreaPostalKey}}"
}

func labelForm(code, province string) string {
	label := address.PostalLabelFormatter{Output: labelFormat{}, OriginCountryCode: code}
	return html.UnescapeString(
		label.Format(address.New(address.WithCountry(code), address.WithAdministrativeArea(province)), ""))
}

// whole takes the anchors from an expression, which package postal sets itself.
func whole(expression string) string {
	return strings.TrimSuffix(strings.TrimPrefix(expression, "^("), ")$")
}

func isLatin(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) })
}

// line writes fields between tabs, which no field has.
func line(rules *bytes.Buffer, fields ...string) {
	for _, field := range fields {
		if strings.ContainsAny(field, "\t\n") {
			log.Fatalf("%q has a tab", field)
		}
	}
	fmt.Fprintln(rules, strings.Join(fields, "\t"))
}
