package brand

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/mail"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"

	"github.com/accountql/accountql/models"
)

// reader reads the values of the file and collects what is wrong with them.
type reader struct {
	// folder has the pictures.
	folder     string
	production bool
	wrong      []string
	paths      []string
}

// add notes a mistake at a path, such as colors.light.accent.
func (r *reader) add(path, format string, values ...any) {
	if path == "" {
		r.wrong = append(r.wrong, fmt.Sprintf(format, values...))
		return
	}
	r.wrong, r.paths = append(r.wrong, path+" "+fmt.Sprintf(format, values...)), append(r.paths, path)
}

// mistaken reports whether there is a mistake at the path.
func (r *reader) mistaken(path string) bool { return slices.Contains(r.paths, path) }

// decode reads JSON; a number stays as it is written.
func decode(text []byte) (any, error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var root any
	err := decoder.Decode(&root)
	return root, err
}

// object calls the reader of each field, and refuses those that have none.
func (r *reader) object(value any, path string, readers map[string]func(any, string)) {
	fields, ok := value.(map[string]any)
	if !ok {
		r.add(path, "must be an object")
		return
	}

	for _, name := range slices.Sorted(maps.Keys(fields)) {
		inner := name
		if path != "" {
			inner = path + "." + name
		}

		read, known := readers[name]
		if !known { // guard: a brand has no unknown field
			r.add(inner, "is no field of a brand; known here: %s", strings.Join(slices.Sorted(maps.Keys(readers)), ", "))
			continue
		}
		read(fields[name], inner)
	}
}

// text reads a text of one line with at most so many characters.
func (r *reader) text(value any, path string, longest int) string {
	text, ok := value.(string)
	switch {
	case !ok:
		r.add(path, "must be a text")
		return ""
	case strings.TrimSpace(text) == "" || utf8.RuneCountInString(text) > longest:
		r.add(path, "must have 1 to %d characters", longest)
		return ""
	case strings.TrimSpace(text) != text || strings.ContainsFunc(text, invisible):
		r.add(path, "must be one line, without spaces around it and without characters that nobody sees")
		return ""
	}

	return text
}

// invisible reports whether a character shows nothing, or turns the direction of what follows.
func invisible(c rune) bool {
	return unicode.IsControl(c) || unicode.Is(unicode.Cf, c) || unicode.Is(unicode.Zl, c) || unicode.Is(unicode.Zp, c)
}

func (r *reader) whole(value any, path string, least, most int) int {
	number, ok := value.(json.Number)
	if whole, err := number.Int64(); ok && err == nil && whole >= int64(least) && whole <= int64(most) {
		return int(whole)
	}
	r.add(path, "must be a whole number from %d to %d", least, most)

	return 0
}

// webAddress reads an absolute address of the web.
func (r *reader) webAddress(value any, path string) string {
	text := r.text(value, path, maxURL)
	if text == "" {
		return ""
	}

	address, err := url.Parse(text)
	// guard: a brand links to the web only
	if err != nil || address.Hostname() == "" || address.User != nil || strings.ContainsAny(text, " \"'<>\\^`|{}") ||
		address.Scheme != "https" && (r.production || address.Scheme != "http") {
		r.add(path, "must be an absolute https address without a user name")
		return ""
	}

	return text
}

// contact reads an e-mail address or an address of the web.
func (r *reader) contact(value any, path string) string {
	text, ok := value.(string)
	if ok && strings.Contains(text, "://") {
		return r.webAddress(value, path)
	}

	text = r.text(value, path, maxURL)
	if text == "" {
		return ""
	}
	address, err := mail.ParseAddress(text)
	if err != nil || address.Address != text || strings.ContainsFunc(text, func(c rune) bool {
		return c > unicode.MaxASCII || strings.ContainsRune("\"\\ ", c)
	}) {
		r.add(path, "must be an e-mail address alone, or an https page")
		return ""
	}

	return text
}

func (r *reader) country(value any, path string) models.CountryCode {
	text, _ := value.(string)
	code, err := models.ParseCountryCode("", models.CountryCode(text))
	if err != nil || string(code) != text {
		r.add(path, "must be a country as two letters of ISO 3166-1, such as DE")
		return ""
	}
	return code
}

func (r *reader) language(value any, path string) models.LanguageCode {
	text, _ := value.(string)
	tag, err := language.Parse(text)
	if err != nil || text == "" || tag.String() != text {
		r.add(path, "must be a language of BCP 47, such as de or pt-BR")
		return ""
	}
	return models.LanguageCode(text)
}

func (r *reader) timeZone(value any, path string) models.TimeZone {
	text, _ := value.(string)
	zone, err := models.ParseTimeZone("", models.TimeZone(text))
	if err != nil {
		r.add(path, "must be a time zone of the IANA Time Zone Database, such as Europe/Berlin")
	}
	return zone
}
