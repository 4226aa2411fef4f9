package notify

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
	"text/template"
	"time"

	bcp47 "golang.org/x/text/language"

	"github.com/accountql/accountql/models"
)

//go:embed templates/*.tmpl
var templates embed.FS

// fallbackLanguage is the language of messages to customers whose language is unknown.
const fallbackLanguage = "en"

// language holds the words of all messages in one language: the definitions of one file.
type language struct {
	code   string
	words  *template.Template
	months []string
}

// reader returns the words of a language, which it reads when it is called first.
type reader func() (*language, error)

// moment is a time in the customer's zone, split into parts that each language combines in its own way.
type moment struct {
	Day, Year int
	// Month is the month's name.
	Month string
	// Clock holds hours and minutes, and Zone how far they are ahead of UTC, such as UTC+1 or UTC.
	Clock, Zone string
	// Days, Hours or Minutes is the time left until then: days if there are more than three, whole hours, or else minutes.
	Days, Hours, Minutes int
}

// moment returns a time in the words of the language, in the zone that it has.
func (l *language) moment(at time.Time) moment {
	return moment{
		Day: at.Day(), Year: at.Year(), Month: l.months[at.Month()-1], Clock: at.Format("15:04"), Zone: zoneOf(at),
	}
}

// zoneOf returns how far a time is ahead of UTC, in a form that readers of every language know.
func zoneOf(at time.Time) string {
	text := at.Format("-07:00")
	if text == "+00:00" {
		return "UTC"
	}

	sign, offset := text[:1], strings.TrimPrefix(text[1:], "0")

	return "UTC" + sign + strings.TrimSuffix(offset, ":00")
}

// until returns the moment at which something that began at begin ends.
func (l *language) until(end, begin time.Time) moment {
	m := l.moment(end)
	const day = 24 * time.Hour
	switch lasts := end.Sub(begin).Round(time.Minute); {
	case lasts > 3*day && lasts%day == 0:
		m.Days = int(lasts / day)
	case lasts%time.Hour == 0:
		m.Hours = int(lasts / time.Hour)
	default:
		m.Minutes = int(lasts / time.Minute)
	}
	return m
}

// say returns the words of a name, with the data filled in.
func (l *language) say(name string, data any) (string, error) {
	var out strings.Builder
	if err := l.words.ExecuteTemplate(&out, name, data); err != nil {
		return "", fmt.Errorf("%s.tmpl: %w", l.code, err)
	}
	return strings.TrimSpace(out.String()), nil
}

func (l *language) has(name string) bool { return l.words.Lookup(name) != nil }

// NewRenderer returns a renderer with the given links. It returns an error that names the setting if a link can't
// be used.
func NewRenderer(links Links) (*Renderer, error) { return NewRendererWith(links, nil) }

// NewRendererWith is NewRenderer with a directory of the operator's own files. A layout replaces ours of the same
// name. A language's file, such as de.tmpl, replaces what it defines and keeps the rest; the file of a new language
// must define everything. It returns an error if any word is missing or can't be rendered with them, so that a mistake
// stops the start and not a message.
func NewRendererWith(links Links, own fs.FS) (*Renderer, error) {
	parsed, err := parseLinks(links)
	if err != nil {
		return nil, err
	}

	files, err := newFiles(own)
	if err != nil {
		return nil, err
	}

	r := &Renderer{links: parsed, kinds: make(map[formKey]kind), languages: make(map[string]reader)}
	for _, k := range kinds(parsed) {
		r.kinds[formKey{k.kind, k.channel}] = k
	}

	if r.layouts, err = newLayouts(files); err != nil {
		return nil, err
	}

	for _, code := range files.languages() {
		r.languages[code] = sync.OnceValues(func() (*language, error) {
			return readLanguage(files, code, kinds(parsed))
		})
	}

	r.match()
	// Tests read and render ours. That takes longer than all the rest of a start, and a shop needs few languages.
	if own == nil {
		return r, nil
	}

	return r, r.check()
}

// bestLanguage returns the language of a tag, or the language that its readers understand best (CLDR's language
// matching), or the fallback.
func (r *Renderer) bestLanguage(code string) (*language, error) {
	if read, found := r.languages[code]; found {
		return read()
	}

	_, best, confidence := r.matcher.Match(bcp47.Make(code))
	if confidence == bcp47.No {
		best = 0
	}

	return r.languages[r.codes[best]]()
}

// fallback returns the code of the language of customers whose own is unknown.
func (r *Renderer) fallback() string {
	if _, found := r.languages[r.links.brand.Language]; found {
		return r.links.brand.Language
	}
	return fallbackLanguage
}

// Languages returns the languages that messages are written in, sorted.
func (r *Renderer) Languages() []models.LanguageCode {
	languages := make([]models.LanguageCode, 0, len(r.languages))
	for _, code := range slices.Sorted(maps.Keys(r.languages)) {
		languages = append(languages, models.LanguageCode(code))
	}
	return languages
}

// match builds the matcher of the available languages. The first language is its fallback.
func (r *Renderer) match() {
	r.codes = slices.DeleteFunc(slices.Sorted(maps.Keys(r.languages)), func(code string) bool {
		return code == r.fallback()
	})
	r.codes = slices.Insert(r.codes, 0, r.fallback())
	tags := make([]bcp47.Tag, len(r.codes))
	for i, code := range r.codes {
		tags[i] = bcp47.Make(code)
	}

	r.matcher = bcp47.NewMatcher(tags)
}

// sharedWords returns the words that every language defines besides those of the kinds.
func sharedWords() []string {
	return []string{
		"months", "moment", "hello", "once", "address", "when label", "device label", "device", "ip label", "place label",
		"contact", "question", "what now", "footer",
	}
}

// wordsOf returns the words that a language must define for a kind, and those that it may define.
func wordsOf(k kind) (must, may []string) {
	if k.channel == models.ChannelTextMessage {
		return []string{k.name() + " sms"}, nil
	}

	must = []string{k.name() + " subject", k.name() + " body", k.name() + " unasked"}
	if k.link != nil || k.signIn {
		must = append(must, k.name()+" action", k.name()+" button")
	}
	if k.receipt {
		must = append(must, k.name()+" receipt")
	}

	return must, []string{k.name() + " question"}
}

// readLanguage reads a language's file; the operator's definitions override ours.
func readLanguage(files files, code string, kinds []kind) (*language, error) {
	name := code + ".tmpl"
	l := &language{code: code, words: template.New(name)}
	for _, source := range files.sources(name) {
		text, err := fs.ReadFile(source, name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if _, err := l.words.Parse(string(text)); err != nil {
			return nil, err
		}
	}

	// "token" is for operators' own layouts that show the token next to the link.
	known := append(append(sharedWords(), "token"), linkWords...)
	must := sharedWords()
	for _, k := range kinds {
		needed, allowed := wordsOf(k)
		must = append(must, needed...)
		known = append(append(known, needed...), allowed...)
	}

	for _, word := range must {
		if !l.has(word) {
			return nil, fmt.Errorf("%s does not define %q", name, word)
		}
	}

	for _, defined := range l.words.Templates() {
		if defined.Name() != name && !slices.Contains(known, defined.Name()) {
			return nil, fmt.Errorf("%s defines %q, which no message has", name, defined.Name())
		}
	}

	months, err := l.say("months", struct{}{})
	if err != nil {
		return nil, err
	}
	if l.months = strings.Fields(months); len(l.months) != 12 {
		return nil, fmt.Errorf("%s defines %d months", name, len(l.months))
	}

	return l, nil
}

// check renders every kind in every language, once with everything that a message can have and once with as little
// as possible.
func (r *Renderer) check() error {
	for _, code := range r.Languages() {
		spoken, err := r.languages[string(code)]()
		if err != nil {
			return err
		}
		if err := spoken.checkMoment(); err != nil {
			return err
		}
	}

	for _, sample := range r.samples() {
		if _, err := r.Render(sample); err != nil {
			return fmt.Errorf("%s in %s: %w", strings.ToLower(string(sample.Kind)), sample.Data.Language, err)
		}

		sample.Data.Name, sample.Data.Destination, sample.Data.ExpiresAt, sample.Data.IP, sample.Data.UserAgent = "", "", nil, "", ""
		if !sample.Kind.NeedsSecret() {
			sample.Data.Token = ""
		}
		if _, err := r.Render(sample); err != nil {
			return fmt.Errorf("%s in %s, with little to tell: %w", strings.ToLower(string(sample.Kind)),
				sample.Data.Language, err)
		}
	}
	return nil
}

// checkMoment refuses words that call every time UTC: times are in the customer's zone.
func (l *language) checkMoment() error {
	elsewhere := l.moment(time.Date(2026, time.March, 4, 0, 0, 0, 0, time.FixedZone("", 14*60*60)))
	text, err := l.say("moment", elsewhere)
	if err != nil {
		return err
	}
	if strings.Contains(text, "UTC") && !strings.Contains(text, elsewhere.Zone) {
		return fmt.Errorf("%s.tmpl calls every time UTC: %q must say {{.Zone}}", l.code, "moment")
	}

	return nil
}

// files holds our templates and the operator's, which override ours.
type files struct{ own, ours fs.FS }

// errFile is the error of an operator's file that replaces nothing.
var errFile = errors.New("is neither a layout nor a language's file such as de.tmpl or pt-BR.tmpl")

func newFiles(own fs.FS) (files, error) {
	ours, err := fs.Sub(templates, "templates")
	if err != nil {
		return files{}, fmt.Errorf("templates: %w", err)
	}

	f := files{own: own, ours: ours}
	if own == nil {
		return f, nil
	}

	names, err := fs.Glob(own, "*.tmpl")
	if err != nil {
		return files{}, err
	}

	for _, name := range names {
		code, _ := strings.CutSuffix(name, ".tmpl")
		parsed, err := models.ParseLanguage("", models.LanguageCode(code))
		if !slices.Contains([]string{layoutText, layoutHTML, layoutTextMessage}, name) &&
			(err != nil || string(parsed) != code) {
			return files{}, fmt.Errorf("%s %w", name, errFile)
		}
	}

	return f, nil
}

// Open opens the operator's file, or ours if the operator has none.
func (f files) Open(name string) (fs.File, error) {
	if f.own != nil {
		if file, err := f.own.Open(name); err == nil {
			return file, nil
		}
	}
	return f.ours.Open(name)
}

// sources returns the file systems that hold a file, ours first.
func (f files) sources(name string) []fs.FS {
	var found []fs.FS
	for _, source := range []fs.FS{f.ours, f.own} {
		if source == nil {
			continue
		}
		if _, err := fs.Stat(source, name); err == nil {
			found = append(found, source)
		}
	}

	return found
}

// languages returns the codes of the languages that have a file, in their order.
func (f files) languages() []string {
	var codes []string
	for _, source := range []fs.FS{f.ours, f.own} {
		if source == nil {
			continue
		}

		names, err := fs.Glob(source, "*.tmpl")
		if err != nil {
			continue // the pattern is valid, and there is no other error
		}

		for _, name := range names {
			if code, _ := strings.CutSuffix(name, ".tmpl"); !strings.HasPrefix(name, "layout.") {
				codes = append(codes, code)
			}
		}
	}

	slices.Sort(codes)

	return slices.Compact(codes)
}
