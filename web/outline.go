package web

import (
	"encoding/json"
	"html"
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// outlines is what stands in the account page before its scripts, by language and key of the message.
type outlines map[string]map[string]string

// readOutlines reads what the page was built with, and what the shop brings along. What a translation lacks is English.
func readOutlines(translations Translations) (outlines, error) {
	text, err := accountFiles.ReadFile("account/dist/outlines.json")
	if err != nil {
		return nil, err
	}
	var read outlines
	if err := json.Unmarshal(text, &read); err != nil {
		return nil, err
	}

	for code, translation := range translations {
		base, known := read[code]
		if !known {
			base = read["en"]
		}
		words := maps.Clone(base)
		maps.Copy(words, translation.outline)
		read[code] = words
	}

	return read, nil
}

// best returns the language that fits an Accept-Language header best; where none does, the shop's own or else English.
func (o outlines) best(accepted string, shops *string) string {
	codes, otherwise := slices.Sorted(maps.Keys(o)), "en"
	if shops != nil && o[*shops] != nil {
		otherwise = *shops
	}
	first := slices.Index(codes, otherwise)
	codes[0], codes[first] = codes[first], codes[0]

	tags := make([]language.Tag, len(codes))
	for i, code := range codes {
		tags[i] = language.Make(code)
	}
	wanted, _, err := language.ParseAcceptLanguage(accepted)
	if err != nil {
		return otherwise
	}
	_, index, _ := language.NewMatcher(tags).Match(wanted...)

	return codes[index]
}

// speak puts the page's outline into a language: the page is built with the English one.
func (o outlines) speak(page, code string) string {
	for key, english := range o["en"] {
		words := html.EscapeString(o[code][key]) // guard: the outline of a language is text
		page = strings.ReplaceAll(page, ">"+english+"<", ">"+words+"<")
	}
	direction := "ltr"
	if script, _ := language.Make(code).Script(); script.String() == "Arab" || script.String() == "Hebr" {
		direction = "rtl"
	}

	return strings.Replace(page, `<html lang="en">`, `<html lang="`+code+`" dir="`+direction+`">`, 1)
}

// accountOutlines returns what the page can say before its scripts, which is part of the program.
func accountOutlines(translations Translations) outlines {
	words, err := readOutlines(translations)
	if err != nil {
		panic("web: the build of the account page has its outlines, but: " + err.Error())
	}

	return words
}
