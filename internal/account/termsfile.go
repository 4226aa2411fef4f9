package account

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"time"

	"github.com/accountql/accountql/internal/strictjson"
	"github.com/accountql/accountql/models"
)

const (
	// maxTermsFile is in bytes.
	maxTermsFile      = 1 << 20
	maxTermsDocuments = 20
	// maxTermsName is the maximum length of a version's name, in code points.
	maxTermsName = 64
)

// termsID matches the ID of a document. It goes into web pages and the shop's own systems.
var termsID = regexp.MustCompile(`^[a-z][a-z0-9-]{0,63}$`)

// ReadTerms reads the file of --terms. The text of its error is one line that continues the name of the setting, and
// names every mistake.
func ReadTerms(file io.Reader) (Terms, error) {
	text, err := io.ReadAll(io.LimitReader(file, maxTermsFile+1))
	if err != nil {
		return nil, fmt.Errorf("can't be read: %w", err)
	}
	if len(text) > maxTermsFile {
		return nil, errors.New("is longer than 1 MiB")
	}

	var terms Terms
	if err := strictjson.Unmarshal(text, &terms); err != nil {
		return nil, fmt.Errorf("must be a JSON array of documents with the documented keys: %w", err)
	}

	switch {
	case len(terms) == 0:
		return nil, errors.New("names no document")
	case len(terms) > maxTermsDocuments:
		return nil, fmt.Errorf("names more than %d documents", maxTermsDocuments)
	}

	var mistakes termsMistakes
	known := map[string]bool{}
	for i := range terms {
		mistakes.checkDocument(fmt.Sprintf("document %d", i+1), &terms[i])
		if known[terms[i].ID] {
			mistakes.add("document %d must not have the id of another", i+1)
		}
		known[terms[i].ID] = true
	}
	if len(mistakes) > 0 {
		return nil, errors.New("has mistakes: " + strings.Join(mistakes, "; "))
	}

	return terms, nil
}

// termsMistakes are the mistakes of a file, each a part of a sentence that begins with its place.
type termsMistakes []string

func (m *termsMistakes) add(format string, values ...any) {
	*m = append(*m, fmt.Sprintf(format, values...))
}

// require adds the error of a field, which may be nil.
func (m *termsMistakes) require(err error) {
	if err != nil {
		m.add("%s", err)
	}
}

// text returns a text that must not be blank.
func (m *termsMistakes) text(place, text string, longest int) string {
	if models.IsBlank(text) {
		m.add("%s must not be blank", place)
		return text
	}
	text, err := models.ParseText(place, text, longest)
	m.require(err)
	return text
}

func (m *termsMistakes) checkDocument(place string, history *termsHistory) {
	if !termsID.MatchString(history.ID) {
		m.add("%s: id must be lower-case letters, digits and hyphens, at most 64, and begin with a letter", place)
	}
	if len(history.Versions) == 0 {
		m.add("%s: versions must hold at least one", place)
	}

	var before time.Time
	known := map[string]bool{}
	for i := range history.Versions {
		version := &history.Versions[i]
		at := fmt.Sprintf("%s, version %d", place, i+1)
		m.checkVersion(at, version)

		if known[version.Version] {
			m.add("%s: version must not be that of another", at)
		}
		if i > 0 && !version.EffectiveAt.After(before) {
			m.add("%s: effectiveAt must be later than that of the version before", at)
		}

		known[version.Version], before = true, version.EffectiveAt
	}
}

func (m *termsMistakes) checkVersion(place string, version *models.TermsVersion) {
	version.Version = m.text(place+": version", version.Version, maxTermsName)
	if version.EffectiveAt.IsZero() {
		m.add("%s: effectiveAt must be a time such as 2026-06-01T00:00:00+02:00", place)
	}
	if len(version.Texts) == 0 {
		m.add("%s: texts must hold at least one", place)
	}

	known := map[models.LanguageCode]bool{}
	for i := range version.Texts {
		text := &version.Texts[i]
		at := fmt.Sprintf("%s, text %d", place, i+1)
		language, err := models.ParseLanguage(at+": language", text.Language)
		m.require(err)
		text.Language, text.Title = language, m.text(at+": title", text.Title, maxTextLength)
		_, err = models.ParseURL(at+": url", text.URL)
		m.require(err)

		if known[text.Language] {
			m.add("%s: language must not be that of another", at)
		}
		known[text.Language] = true
	}
}
