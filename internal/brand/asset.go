package brand

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// Path is the folder of the brand's files below the public URL.
const Path = "/account/brand/"

// Asset is a file of the brand, which browsers and mail programs may keep for good: its name has a hash of its content.
type Asset struct {
	// Name is the name of the file in Path.
	Name        string
	ContentType string
	Body        []byte
}

// maxPicture is the largest file of a picture in bytes.
const maxPicture = 256 << 10

// newAsset names a file after its content.
func newAsset(kind, extension, contentType string, body []byte) *Asset {
	sum := sha256.Sum256(body)
	return &Asset{kind + "-" + hex.EncodeToString(sum[:8]) + extension, contentType, body}
}

// logo reads the pictures of the logo.
func (r *reader) logo(value any, path string, b *Brand) {
	r.object(value, path, map[string]func(any, string){
		"light": func(value any, path string) { b.Light = r.picture(value, path, "logo") },
		"dark":  func(value any, path string) { b.Dark = r.picture(value, path, "logo-dark") },
		"mail":  func(value any, path string) { b.Mail = r.mailPicture(value, path, "logo-mail") },
		"mailDark": func(value any, path string) {
			b.MailDark = r.mailPicture(value, path, "logo-mail-dark")
		},
		"icon": func(value any, path string) { b.Icon = r.picture(value, path, "icon") },
	})
	if b.Light == nil && b.Icon != nil {
		return // a small mark beside the name
	}
	if b.Light == nil && !r.mistaken(path+".light") && !r.mistaken(path) {
		r.add(path+".light", "is required where there is a logo")
	}

	if b.Dark == nil {
		b.Dark = b.Light
	}
	// Many mail programs show neither SVG nor WebP.
	if b.Mail == nil && b.Light != nil && b.Light.ContentType == typePNG {
		b.Mail = b.Light
		if b.MailDark == nil && b.Dark.ContentType == typePNG {
			b.MailDark = b.Dark
		}
	}
	if b.MailDark == nil {
		b.MailDark = b.Mail
	}
}

// initial draws an icon of the first letter of a name.
func initial(name string, colors Palette) *Asset {
	var letter strings.Builder
	first := []rune(name)[:1]
	_ = xml.EscapeText(&letter, []byte(strings.ToUpper(string(first)))) // a builder takes everything

	return newAsset("icon", ".svg", "image/svg+xml", []byte(fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">`+
		`<rect width="32" height="32" rx="8" fill="%s"/><text x="16" y="22.6" font-family="system-ui,sans-serif" font-size="19" `+
		`font-weight="650" text-anchor="middle" fill="%s">%s</text></svg>`, colors.Accent, colors.OnAccent, letter.String())))
}

// mailPicture reads a picture that every mail program shows.
func (r *reader) mailPicture(value any, path, kind string) *Asset {
	picture := r.picture(value, path, kind)
	if picture != nil && picture.ContentType != typePNG {
		r.add(path, "must be PNG: many mail programs show nothing else")
		return nil
	}
	return picture
}

const typePNG = "image/png"

// picture reads a picture from a file beside the brand's own.
func (r *reader) picture(value any, path, kind string) *Asset {
	name := r.text(value, path, maxURL)
	if name == "" {
		return nil
	}
	if !filepath.IsLocal(name) { // guard: a logo lies beside its brand
		r.add(path, "must be a file beside the brand's own, or in a folder there")
		return nil
	}

	root, err := os.OpenRoot(r.folder)
	if err != nil {
		r.add(path, "can't be read: %s", withoutPath(err))
		return nil
	}
	defer func() { _ = root.Close() }()
	file, err := root.Open(name)
	if err != nil {
		r.add(path, "can't be read: %s", withoutPath(err))
		return nil
	}
	defer func() { _ = file.Close() }()

	body, err := io.ReadAll(io.LimitReader(file, maxPicture+1))
	switch {
	case err != nil:
		r.add(path, "can't be read: %s", withoutPath(err))
		return nil
	case len(body) > maxPicture:
		r.add(path, "must not be larger than %d KiB", maxPicture>>10)
		return nil
	}

	return r.recognise(body, path, kind)
}

// recognise returns the picture by what is in it, whatever its name says.
func (r *reader) recognise(body []byte, path, kind string) *Asset {
	switch {
	case bytes.HasPrefix(body, []byte("\x89PNG\r\n\x1a\n")):
		return newAsset(kind, ".png", typePNG, body)
	case len(body) > 12 && string(body[:4]) == "RIFF" && string(body[8:12]) == "WEBP":
		return newAsset(kind, ".webp", "image/webp", body)
	case isSVG(body):
		return newAsset(kind, ".svg", "image/svg+xml", body)
	}
	r.add(path, "must be SVG, PNG or WebP") // guard: a logo is a picture

	return nil
}

// isSVG reports whether a file is XML whose root is an svg element.
func isSVG(body []byte) bool {
	decoder := xml.NewDecoder(bytes.NewReader(body))
	rooted := false
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return rooted
		}
		if err != nil {
			return false
		}
		if element, ok := token.(xml.StartElement); ok && !rooted {
			if rooted = element.Name.Local == "svg" && element.Name.Space == "http://www.w3.org/2000/svg"; !rooted {
				return false
			}
		}
	}
}

// withoutPath returns the cause of an error of a file.
func withoutPath(err error) string {
	var failed *os.PathError
	if errors.As(err, &failed) {
		err = failed.Err
	}
	return strings.TrimSpace(err.Error())
}
