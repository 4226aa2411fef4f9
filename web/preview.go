package web

import (
	"bytes"
	_ "embed"
	"html/template"
	"net/http"
	"slices"
	"strings"
)

//go:embed preview/preview.html
var previewPage string

// Sample is one message in one language.
type Sample struct {
	Language, Kind, Channel, To, Subject, Text, HTML string
}

// previewPolicy allows inline styles, which every mail has, and frames of the page itself.
var previewPolicy = []string{
	"default-src 'none'", "style-src 'unsafe-inline'", "img-src 'self' data:", "frame-src 'self'", "frame-ancestors 'self'",
	"base-uri 'none'", "form-action 'none'",
}

// previewSchemes are the colour schemes of the preview; the first is the scheme of the reader's device.
var previewSchemes = []string{"auto", "light", "dark"}

// firstLanguage is the language in which the preview opens: the only one that all authors of templates share.
const firstLanguage = "en"

// previewData is the data of the preview page.
type previewData struct {
	// Path is the path of the page, with a slash at its end.
	Path               string
	Languages, Schemes []string
	Language, Scheme   string
	Samples            []Sample
	Problem            string
}

// Preview serves one page with all samples for each language below a path that ends in a slash: there is English, at
// "de" German, and "?scheme=dark" shows the messages in dark mode. The function samples is called for each request, so that changes are visible;
// its error is shown, because the page is for the author.
func Preview(path string, samples func() ([]Sample, error)) (http.Handler, error) {
	page, err := template.New("preview").Parse(previewPage)
	if err != nil {
		return nil, err
	}

	return guard(previewPolicy, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		all, problem := samples()
		data := selectSamples(all, strings.TrimPrefix(r.URL.Path, path), r.URL.Query().Get("scheme"))
		data.Path = path
		if problem != nil {
			data.Problem = problem.Error()
		}
		if len(data.Samples) == 0 && problem == nil {
			notFound(w)
			return
		}

		var body bytes.Buffer
		if err := page.Execute(&body, data); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}

		send(w, file{body.Bytes(), "text/html; charset=utf-8", noStore})
	})), nil
}

// selectSamples returns the samples of a language, in a scheme. The default language is English, or else the first
// language.
func selectSamples(all []Sample, language, scheme string) previewData {
	data := previewData{Language: language, Scheme: scheme, Schemes: previewSchemes}
	for _, sample := range all {
		if !slices.Contains(data.Languages, sample.Language) {
			data.Languages = append(data.Languages, sample.Language)
		}
	}

	if data.Language == "" && len(data.Languages) > 0 {
		data.Language = data.Languages[0]
		if slices.Contains(data.Languages, firstLanguage) {
			data.Language = firstLanguage
		}
	}

	if !slices.Contains(previewSchemes, scheme) {
		data.Scheme = previewSchemes[0]
	}

	for _, sample := range all {
		if sample.Language == data.Language {
			sample.HTML = inScheme(sample.HTML, data.Scheme)
			data.Samples = append(data.Samples, sample)
		}
	}

	return data
}

// inScheme shows a mail as in a device's colour scheme: it replaces the mail's queries for the scheme by their
// result.
func inScheme(html, scheme string) string {
	switch scheme {
	case "dark":
		return strings.NewReplacer("(prefers-color-scheme: dark)", "all", "color-scheme: light dark",
			"color-scheme: dark").Replace(html)
	case "light":
		return strings.NewReplacer("(prefers-color-scheme: dark)", "not all", "color-scheme: light dark",
			"color-scheme: light").Replace(html)
	}
	return html
}
