package web

import (
	"bytes"
	_ "embed"
	"html/template"
	"net/http"
)

//go:embed preview/preview.html
var previewPage string

// Sample is one message as it looks in one language.
type Sample struct {
	Language, Kind, Channel, Subject, Text, HTML string
}

// previewPolicy allows inline styles, which every mail has, and frames of the page's own making.
var previewPolicy = []string{
	"default-src 'none'", "style-src 'unsafe-inline'", "img-src data:", "frame-src 'self'", "frame-ancestors 'self'", "base-uri 'none'", "form-action 'none'",
}

// Preview serves every sample on one page for each language: "/" is that of the
// first, "/de" another's. The function samples is asked at each look, so that
// what changes is seen; its error is shown, for the page is the author's own.
func Preview(samples func() ([]Sample, error)) (http.Handler, error) {
	page, err := template.New("preview").Parse(previewPage)
	if err != nil {
		return nil, err
	}
	return guard(previewPolicy, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		all, problem := samples()
		data := struct {
			Languages []string
			Language  string
			Samples   []Sample
			Problem   string
		}{Language: r.URL.Path[1:]}
		if problem != nil {
			data.Problem = problem.Error()
		}
		for _, sample := range all {
			if last := len(data.Languages) - 1; last < 0 || data.Languages[last] != sample.Language {
				data.Languages = append(data.Languages, sample.Language)
			}
		}
		if data.Language == "" && len(data.Languages) > 0 {
			data.Language = data.Languages[0]
		}
		for _, sample := range all {
			if sample.Language == data.Language {
				data.Samples = append(data.Samples, sample)
			}
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
