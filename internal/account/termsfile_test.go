package account

import (
	"strings"
	"testing"
	"time"
)

// TestReadTerms guards that a file's mistakes are all named at once, with their places.
func TestReadTerms(t *testing.T) {
	const good = `{"id":"terms","versions":[{"version":"1","effectiveAt":"2026-01-01T00:00:00Z","required":true,` +
		`"texts":[{"language":"pl","title":"Regulamin","url":"https://shop.example/regulamin"}]}]}`
	terms, err := ReadTerms(strings.NewReader("[" + good + "]"))
	if err != nil || len(terms) != 1 || !terms[0].Versions[0].Required ||
		!terms[0].Versions[0].EffectiveAt.Equal(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("read %+v, %v", terms, err)
	}

	for _, test := range []struct {
		file  string
		wants []string
	}{
		{``, []string{"must be a JSON array"}},
		{`[]`, []string{"names no document"}},
		{`[` + strings.Repeat(good+",", maxTermsDocuments) + good + `]`, []string{"more than 20"}},
		{`[` + good + `,` + good + `]`, []string{"document 2 must not have the id of another"}},
		{`[{"id":"terms","version":"1"}]`, []string{"must be a JSON array of documents with the documented keys"}},
		{`["` + strings.Repeat("x", maxTermsFile) + `"]`, []string{"longer than 1 MiB"}},
		{`[{"id":"Our terms","versions":[]}]`, []string{"document 1: id must be", "document 1: versions must hold"}},
		{`[{"id":"a","versions":[{"version":" ","texts":[]},{"version":"1\u0007","effectiveAt":"2025-01-01T00:00:00Z",
			"texts":[{"language":"klingonish-x","title":"","url":"http://shop.example"}]}]}]`, []string{
			"document 1, version 1: version must not be blank", "document 1, version 1: effectiveAt must be",
			"document 1, version 1: texts must hold", "document 1, version 2: version must not hold control",
			"document 1, version 2, text 1: language must be", "document 1, version 2, text 1: title must not be blank",
			"document 1, version 2, text 1: url must be",
		}},
		{`[{"id":"a","versions":[
			{"version":"1","effectiveAt":"2026-01-01T00:00:00Z","texts":[{"language":"en","title":"A","url":"https://a.example"},
				{"language":"EN","title":"A","url":"https://a.example"}]},
			{"version":"1","effectiveAt":"2026-01-01T00:00:00Z","texts":[{"language":"en","title":"A","url":"https://a.example"}]}]}]`,
			[]string{
				"document 1, version 1, text 2: language must not be that of another",
				"document 1, version 2: version must not be that of another",
				"document 1, version 2: effectiveAt must be later than",
			}},
	} {
		terms, err := ReadTerms(strings.NewReader(test.file))
		if err == nil || terms != nil || strings.Contains(err.Error(), "\n") {
			t.Errorf("%.80s is read as %+v, %v", test.file, terms, err)
			continue
		}
		for _, want := range test.wants {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%.80s: %q is not in %v", test.file, want, err)
			}
		}
	}
}
