package main

import (
	"bytes"
	"fmt"
	"html"
	"log"
	"maps"
	"slices"
	"strings"

	"github.com/Boostport/address"
)

// provinceNames are the words for a country's provinces, where the page has another one than the data.
var provinceNames = map[string]string{"DoSi": "Province", "Area": "Area", "Oblast": "Region"}

// provinceLists returns the source text of the page that has the provinces of every country that uses them and whose
// provinces are known: their codes, which are stored, and their names.
func provinceLists(codes []string) []byte {
	var text bytes.Buffer
	fmt.Fprintln(&text, "// Written by internal/postal/makerules; its codes are those of the server.")
	fmt.Fprintln(&text)
	fmt.Fprintln(&text, "/**")
	fmt.Fprintln(&text, " * What a province of the country is called in English, and after it each one's code and name. A name in another script")
	fmt.Fprintln(&text, " * stands behind the one in Latin letters.")
	fmt.Fprintln(&text, " */")
	fmt.Fprintln(&text, "export const provinceLists: Record<string, string> = {")
	for _, code := range codes {
		if list := provinceList(address.GetCountry(code)); list != "" {
			fmt.Fprintf(&text, "  %s: %s,\n", code, quoted(list))
		}
	}
	fmt.Fprintln(&text, "};")

	return text.Bytes()
}

// provinceList returns the line of one country, or "" where there is nothing to choose from.
func provinceList(country address.CountryData) string {
	provinces := provincesOf(country)
	if len(provinces) == 0 || !strings.Contains(country.Format+country.LatinizedFormat, "%S") {
		return ""
	}

	word := country.AdministrativeAreaNameType.String()
	if other, ok := provinceNames[word]; ok {
		word = other
	}

	parts := []string{word}
	for _, id := range slices.Sorted(maps.Keys(provinces)) {
		part := id + "=" + bothNames(country, id, provinces[id])
		if strings.Count(part, "=") > 1 || strings.Contains(part, ";") {
			log.Fatalf("%q has a sign of the list", part)
		}
		parts = append(parts, part)
	}

	return strings.Join(parts, ";")
}

// bothNames returns a province's name in the country's first language, and before it one in Latin letters if it isn't in
// them.
func bothNames(country address.CountryData, id string, names []string) string {
	own := names[len(names)-1]
	for _, area := range country.AdministrativeAreas[country.DefaultLanguage] {
		if area.ID == id {
			own = html.UnescapeString(area.Name)
		}
	}

	if at := slices.IndexFunc(names, isLatin); !isLatin(own) && at >= 0 {
		return names[at] + " (" + own + ")"
	}

	return own
}

// quoted returns a text as a literal of TypeScript.
func quoted(text string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, "'", `\'`).Replace(text) + "'"
}
