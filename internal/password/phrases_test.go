package password

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/accountql/accountql/models"
)

// This file guards that the policy accepts good passwords: phrases, and those of password managers (R-PWD9).

// phraseWords are short, well-known words from which people would build a phrase.
var phraseWords = strings.Fields(`
	acorn actor album amber anchor angle apple april arrow attic autumn bacon badge balcony bamboo banjo barn basil basket beach
	bean bell berry bicycle bird blanket blossom boat bottle branch bread brick bridge brother bucket butter button cabin cactus
	camel candle canoe canvas carpet carrot castle cedar chalk chair cherry circle citrus clay cliff cloud clover coast cobalt
	coffee comet copper coral corner cotton cousin crane crayon cream creek cricket crown crystal daisy dance dawn deer desert
	diamond dinner dolphin donkey dragon drum duck dune eagle earth echo elbow ember engine fable falcon farmer feather fence fern
	fiddle field finger flame flint flute forest fossil fountain fox frost galaxy garden garlic ginger glacier globe goat grape
	gravel guitar hammer harbor harvest hazel hedge helmet heron honey horizon horse hotel island ivory jacket jelly journey jungle
	kettle kitchen kite ladder lantern laundry lemon lilac lion lizard lobster magnet mango maple marble meadow melon mirror monkey
	morning moss mountain mouse needle nest nickel night oak ocean olive onion orange orchard otter owl oyster paddle palace panda
	paper parrot pebble pencil pepper piano picnic pigeon pillow pine pirate planet plum pocket poem pony potato puddle pumpkin
	purple puzzle quartz quiet rabbit radio rain raven ribbon river robin rocket rose saddle salmon sand sandal saucer shadow sheep
	shell ship silver sister snail snow sofa spider spoon spring squirrel stable star stone storm straw summer sunset swan table
	tiger timber toast tomato tower train tulip tunnel turtle uncle valley velvet village violet violin voyage wagon walnut water
	whale wheat whistle willow window winter wizard wolf yellow zebra`)

func TestPhrasesAreAccepted(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 1)) //nolint:gosec // the same phrases each time
	for _, separator := range []string{" ", "-", ""} {
		for range 1000 {
			words := make([]string, 4)
			for i := range words {
				words[i] = phraseWords[random.IntN(len(phraseWords))]
			}

			phrase := strings.Join(words, separator)
			if err := policy.Check("password", phrase, jane...); err != nil {
				t.Errorf("%q: %v", phrase, err)
			}
		}
	}
}

func TestManagersPasswordsAreAccepted(t *testing.T) {
	const lower, upper, digits, signs = "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789", "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
	random := rand.New(rand.NewPCG(9, 2)) //nolint:gosec // the same passwords each time
	for _, alphabet := range []string{lower + upper + digits + signs, lower + upper + digits, lower + digits, lower} {
		for range 1000 {
			var password strings.Builder
			for range 12 + random.IntN(9) {
				password.WriteByte(alphabet[random.IntN(len(alphabet))])
			}
			if err := policy.Check("password", password.String(), jane...); err != nil {
				t.Errorf("%q: %v", password.String(), err)
			}
		}
	}
}

// TestCheckIsLinear guards that checking a password of four times the length takes about four times as long, for
// every kind of password; sixteen times would be quadratic. Short and long ones alternate, and the fastest run of
// each counts, so that the machine's load does not matter.
func TestCheckIsLinear(t *testing.T) {
	kinds := map[string]string{
		"letters": long(256, "xq"), "digits": "8361927450", "signs": "#?;%!:&",
		"words": "password dragon ", "keys": "qwertyuiopasdfgh",
		"own": "jane.smithereens", "marks": "e\u0301", "expanding": "\ufdfa",
		"a phrase": "a good phrase, and another; ",
	}
	words := strings.Fields(strings.Repeat("a name and an address of many words, 12 ", 20))
	for kind, unit := range kinds {
		for _, length := range []int{64, 4096} {
			short, four := repeated(unit, length), repeated(unit, 4*length)
			fastest := [2]time.Duration{time.Hour, time.Hour}
			for range 30 {
				for i, password := range []string{short, four} {
					start := time.Now()
					_ = policy.Check("password", password, words...)
					fastest[i] = min(fastest[i], time.Since(start))
				}
			}

			ratio := float64(fastest[1]) / float64(fastest[0])
			t.Logf("%s of %d: %v, four times as long: %v", kind, length, fastest[0], fastest[1])
			if ratio > 10 {
				t.Errorf("%s: %d characters take %.1f times as long as %d", kind, 4*length, ratio, length)
			}
		}
	}
}

// repeated returns a text of that many characters.
func repeated(unit string, length int) string {
	text := []rune(strings.Repeat(unit, length))
	return string(text[:length])
}

// FuzzCheck searches for passwords that break the policy's check.
func FuzzCheck(f *testing.F) {
	for _, password := range []string{"", "password1",
		"P@ssw0rd", "        x", "12344321q2026", "🦊🐻🐼🐨🐯🦁🐮🐷", "e\u0301\u0301\u0301", "\ufdfa", "İıſßæﬃ", "1q2w3e4r"} {
		f.Add(password, "jane.smith@example.com")
	}

	f.Fuzz(func(t *testing.T, password, word string) {
		err := policy.Check("password", password, word)
		if err == nil &&
			(utf8.RuneCountInString(normalize(password)) < policy.MinLength || !utf8.ValidString(password)) {
			t.Errorf("%q is accepted", password)
		}
		if code := models.CodeOf(err); err != nil && code != models.CodePasswordRejected &&
			code != models.CodeInvalidInput {
			t.Errorf("%q: %v", password, err)
		}

		// Upper and lower case make no difference to an attacker. Only ASCII passwords are compared, because other
		// letters may have no other case.
		if ascii := strings.IndexFunc(password, func(r rune) bool { return r > unicode.MaxASCII }) < 0; ascii {
			if other := policy.Check("password", strings.ToUpper(password), word); (other == nil) != (err == nil) {
				t.Errorf("%q: %v, and in upper case: %v", password, err, other)
			}
		}
	})
}

func BenchmarkCheck(b *testing.B) {
	for name, password := range map[string]string{
		"phrase": "correct horse battery staple", "manager": "7vK#pQ2!xWm9Zr", "common": "P@ssw0rd2026!",
		"longest": long(256, "xq"),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_ = policy.Check("password", password, jane...)
			}
		})
	}
}
