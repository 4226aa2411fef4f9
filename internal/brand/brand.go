// Package brand reads the file of --brand: the name, the pictures, the colours and the links by which the account page
// and the mails are the shop's own. Whatever is wrong in the file is found at the start, with the path of its field.
package brand

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/accountql/accountql/internal/strictjson"
	"github.com/accountql/accountql/models"
)

// Brand is a brand whose file was checked.
type Brand struct {
	Name string
	// Light, Dark and Mail are the pictures of the logo, or nil. Dark is Light if the file has one only; Mail is one
	// that mail programs show, and MailDark the same for dark mode.
	Light, Dark, Mail, MailDark *Asset
	// Icon is the small square picture of browser tabs: that of the file, or one made of the name's first letter; nil
	// if there is no file.
	Icon *Asset
	// Colors are the colours of both schemes, with those that the file doesn't name.
	Colors Colors
	// CornerRadius is in CSS pixels.
	CornerRadius int
	Links        models.BrandLinks
	// SupportContact is an e-mail address or a web address, or "".
	SupportContact string
	// DefaultCountry and DefaultLanguage are what forms and messages begin with, or "".
	DefaultCountry  models.CountryCode
	DefaultLanguage models.LanguageCode
	// DefaultTimeZone is that of the times in mails to customers whose own is unknown, or "".
	DefaultTimeZone models.TimeZone
	// Screens are the screens of the account page that exist, in the order of its menu.
	Screens []models.AccountScreen
	// styled reports whether the file changes how the page looks.
	styled bool
}

// The limits of the file.
const (
	maxFile = 64 << 10
	maxName = 40
	maxURL  = 500
	// DefaultCornerRadius and maxCornerRadius are in CSS pixels.
	DefaultCornerRadius = 14
	maxCornerRadius     = 28
)

// BuiltIn returns the brand of a shop that has no file.
func BuiltIn(name string) *Brand {
	return &Brand{
		Name: name, Colors: Colors{Light: builtInLight.palette(), Dark: builtInDark.palette()},
		CornerRadius: DefaultCornerRadius, Screens: slices.Clone(models.AccountScreens),
	}
}

// Read reads a brand from its file, and its pictures from the files beside it. The error lists every mistake with the
// path of its field. In production, links must be https.
func Read(file string, production bool) (*Brand, error) {
	info, err := os.Stat(file)
	if err != nil {
		return nil, fmt.Errorf("can't be read: %w", err)
	}
	if info.Size() > maxFile {
		return nil, fmt.Errorf("is larger than %d KiB", maxFile>>10)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("can't be read: %w", err)
	}

	return parse(text, filepath.Dir(file), production)
}

// parse reads a brand from its text; its pictures are in the folder.
func parse(text []byte, folder string, production bool) (*Brand, error) {
	var twice *strictjson.Twice
	switch err := strictjson.Check(text); {
	case errors.As(err, &twice):
		return nil, errors.New("has a key twice in an object")
	case err != nil:
		return nil, errors.New("is not JSON in UTF-8")
	}

	root, err := decode(text)
	if err != nil {
		return nil, errors.New("is not JSON in UTF-8")
	}

	b := BuiltIn("")
	r := &reader{folder: folder, production: production}
	r.brand(root, b)
	if len(r.wrong) > 0 {
		return nil, errors.New(strings.Join(r.wrong, "; "))
	}

	return b, nil
}

// brand reads the whole file.
func (r *reader) brand(root any, b *Brand) {
	var light, dark sketch
	colored := false
	r.object(root, "", map[string]func(any, string){
		"name": func(value any, path string) { b.Name = r.text(value, path, maxName) },
		"logo": func(value any, path string) { r.logo(value, path, b) },
		"colors": func(value any, path string) {
			colored = true
			r.object(value, path, map[string]func(any, string){
				"light": func(value any, path string) { light = r.sketch(value, path) },
				"dark":  func(value any, path string) { dark = r.sketch(value, path) },
			})
		},
		"cornerRadius": func(value any, path string) {
			b.styled, b.CornerRadius = true, r.whole(value, path, 0, maxCornerRadius)
		},
		"links":           func(value any, path string) { r.links(value, path, &b.Links) },
		"supportContact":  func(value any, path string) { b.SupportContact = r.contact(value, path) },
		"defaultCountry":  func(value any, path string) { b.DefaultCountry = r.country(value, path) },
		"defaultLanguage": func(value any, path string) { b.DefaultLanguage = r.language(value, path) },
		"defaultTimeZone": func(value any, path string) { b.DefaultTimeZone = r.timeZone(value, path) },
		"screens":         func(value any, path string) { b.Screens = r.screens(value, path) },
	})

	if b.Name == "" && !r.mistaken("name") {
		r.add("name", "is required")
	}
	defer func() {
		if b.Icon == nil && len(r.wrong) == 0 {
			b.Icon = initial(b.Name, b.Colors.Light)
		}
	}()
	if colored && len(r.wrong) == 0 {
		b.styled = true
		b.Colors.Light = r.derive(light, builtInLight, "colors.light")
		b.Colors.Dark = r.derive(dark, builtInDark, "colors.dark")
	}
}

// links reads the addresses of the shop's pages.
func (r *reader) links(value any, path string, into *models.BrandLinks) {
	link := func(target **string) func(any, string) {
		return func(value any, path string) {
			if address := r.webAddress(value, path); address != "" {
				*target = &address
			}
		}
	}
	r.object(value, path, map[string]func(any, string){
		"help": link(&into.Help), "imprint": link(&into.Imprint), "privacy": link(&into.Privacy), "terms": link(&into.Terms),
	})
}

// screens returns the screens that are not switched off.
func (r *reader) screens(value any, path string) []models.AccountScreen {
	off := map[models.AccountScreen]bool{}
	readers := map[string]func(any, string){}
	for _, screen := range models.AccountScreens {
		readers[strings.ToLower(string(screen))] = func(value any, path string) {
			on, ok := value.(bool)
			if !ok {
				r.add(path, "must be true or false")
			}
			off[screen] = ok && !on
		}
	}
	r.object(value, path, readers)

	return slices.DeleteFunc(slices.Clone(models.AccountScreens), func(screen models.AccountScreen) bool {
		return off[screen]
	})
}
