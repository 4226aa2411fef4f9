package web

import (
	"net/http"
	"strings"
	"testing"
)

// TestPreviewOpensInEnglish checks the first page, whatever language comes first, and the switches to the other
// languages.
func TestPreviewOpensInEnglish(t *testing.T) {
	const mail = `<meta name="color-scheme" content="light dark"><style>@media (prefers-color-scheme: dark) { a { color: #fff; } }</style>`
	h, err := Preview("/", func() ([]Sample, error) {
		return []Sample{
			{Language: "de",
				Kind: "ACTIVATION", Channel: "EMAIL", To: "anna@example.com", Subject: "Bestätigen", HTML: mail},
			{Language: "en",
				Kind: "ACTIVATION", Channel: "EMAIL", To: "anna@example.com", Subject: "Confirm", HTML: mail},
		}, nil
	})
	if err != nil {
		t.Fatal(err)
	}

	first := body(t, get(t, h, "GET", "/"))
	if !strings.Contains(first, "Confirm") || strings.Contains(first, "Bestätigen") {
		t.Errorf("the preview doesn't open in English:\n%s", first)
	}

	for _, link := range []string{`href="/de?scheme=auto"`, `href="/en?scheme=dark"`, `href="/en?scheme=light"`} {
		if !strings.Contains(first, link) {
			t.Errorf("the preview lacks %s", link)
		}
	}

	for scheme, media := range map[string]string{"dark": "@media all {", "light": "@media not all {",
		"auto": "@media (prefers-color-scheme: dark) {", "pink": "@media (prefers-color-scheme: dark) {"} {
		if got := body(t, get(t, h, "GET", "/de?scheme="+scheme)); !strings.Contains(got, media) ||
			!strings.Contains(got, "Bestätigen") {
			t.Errorf("scheme %s lacks %q:\n%s", scheme, media, got)
		}
	}

	if got := get(t, h, "GET", "/xx").StatusCode; got != http.StatusNotFound {
		t.Errorf("a language that there is not answers %d", got)
	}
}
