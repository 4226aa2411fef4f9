package web

import "net/http"

// BrandFile is a file of the shop's brand.
type BrandFile struct {
	ContentType string
	Body        []byte
}

// brandPolicy keeps a picture from being more than a picture: an SVG that somebody opens by its address runs no script,
// loads nothing, and has no origin.
var brandPolicy = []string{
	"default-src 'none'", "style-src 'unsafe-inline'", "img-src data:", "frame-ancestors 'none'", "base-uri 'none'",
	"form-action 'none'",
	"sandbox", // guard: a logo runs no script
}

// Brand serves the files of a brand below the path by their names, which have a hash of what is in them. Mail programs
// in browsers show pictures of the shop, so other origins may.
func Brand(path string, files map[string]BrandFile) http.Handler {
	return guard(brandPolicy, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		found, known := files[r.URL.Path[len(path):]]
		if !known {
			notFound(w)
			return
		}

		w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
		send(w, file{found.Body, found.ContentType, immutable})
	}))
}
