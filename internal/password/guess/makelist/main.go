// Command makelist writes the list of package guess from published lists of
// passwords and words; SOURCES.md beside the package says where they are from.
//
//	go run ./internal/password/guess/makelist -sources FOLDER
package main

import (
	"bufio"
	"bytes"
	"cmp"
	"crypto/sha256"
	_ "embed" // for recent.txt and languages.txt
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ccojocar/zxcvbn-go/data"

	"github.com/accountql/accountql/internal/password/guess"
)

// size is how many words the list has: what fits under a megabyte.
const size = 310_000

// source is a published list. Where the more common entries come first, the n-th
// weighs weight/(n+10); where it is in the order of the alphabet, each weighs weight/(offset+10).
type source struct {
	name, sha256 string
	weight       int64
	ranked       bool
	// common says that each entry is one of the first, though the list is in no order.
	common bool
	// shortest entries are these; shorter ones are no words.
	shortest int
}

// The weights make a word of the dictionary as likely as the 30,000th to 60,000th password.
var sources = []source{
	{name: "django-common-passwords.txt", sha256: "e5ce809c66a1f80b802856829fc034db2e437cced801467aa2adad9f06929283", weight: 1000, common: true, shortest: 3},
	{name: "10_million_password_list_top_1M.txt", sha256: "eac6323842b3261da0ef4c180c8e23f4d056522ea97c2925b8687f453b40a2be", weight: 1, ranked: true, shortest: 3},
	{name: recent, weight: 1000, shortest: 3},
	{name: languages, weight: 1000, shortest: 3},
	{name: zxcvbn, weight: 100, shortest: shortestPassword},
	{name: "american-english-large", sha256: "7722e490a1575058326569c778fcb8e93b3cf866452c0f54bfd1c22817ad5a90", weight: 45, shortest: 4},
	{name: "american-english-huge", sha256: "ffd71db7e021907dbe4cbac17959d3504ff0594ae35c686ab7016b9a6b755fbb", weight: 35, shortest: 4},
	{name: "american-english-insane", sha256: "19fb16e4f5262e5007e9b203a4d5cc3cd05834987b2f2c1e037bc6329c2a6fd4", weight: 30, shortest: 4},
}

const passes = 3

// shortestPassword is the least that --password-min-length can be.
const shortestPassword = 8

// first are listed although they are dates or runs, which are refused as such without
// a list: so their forms are refused, too.
const first = 50_000

// alphabetical is the place that every entry of an unranked list has.
const alphabetical = 3_000_000

// unit is what a weight of one counts; scores are whole numbers, so that every machine computes the same.
const unit = 1_000_000_000_000

func main() {
	folder := flag.String("sources", "", "the folder with the published lists")
	output := flag.String("output", "internal/password/guess/list.bin", "the list")
	flag.Parse()

	if err := run(*folder, *output); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(folder, output string) error {
	lists := make([][]string, len(sources))
	for i, source := range sources {
		var err error
		switch source.name {
		case zxcvbn:
			lists[i], err = readZxcvbn()
		case recent:
			lists[i] = strings.Fields(recentWords)
		case languages:
			lists[i] = strings.Fields(languagesWords)
		default:
			lists[i], err = source.read(folder)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", source.name, err)
		}
	}
	// At first each entry is a word, then it counts for the word in it that counted most before.
	var scores map[string]int64
	for range passes {
		scores = score(lists, scores)
	}

	words := best(scores)
	encoded := guess.Encode(words)
	_, _ = fmt.Fprintf(os.Stdout, "%d words of %d, %d bytes, SHA-256 %x\n", len(words), len(scores), len(encoded), sha256.Sum256(encoded))
	return os.WriteFile(output, encoded, 0o644) //nolint:gosec // a file of the repository
}

// read returns the entries in their order. A preamble may stand before them, until a line of two hyphens.
func (s source) read(folder string) ([]string, error) {
	text, err := os.ReadFile(filepath.Join(folder, s.name))
	if err != nil {
		return nil, err
	}
	if _, list, found := bytes.Cut(text, []byte("\n--\n\n")); found {
		text = list
	}
	text = append(bytes.TrimRight(text, "\n"), '\n')
	if sum := sha256.Sum256(text); hex.EncodeToString(sum[:]) != s.sha256 {
		return nil, fmt.Errorf("the SHA-256 is %x, and not %s", sum, s.sha256)
	}

	var entries []string
	lines := bufio.NewScanner(bytes.NewReader(text))
	for lines.Scan() {
		entries = append(entries, lines.Text())
	}
	return entries, lines.Err()
}

// recent names what people think of since the other lists were made.
const recent = "recent.txt"

//go:embed recent.txt
var recentWords string

// languages names what people think of who write another language than English, and what everybody quotes.
const languages = "languages.txt"

//go:embed languages.txt
var languagesWords string

// zxcvbn names the dictionaries of zxcvbn, which are in a module that go.sum pins: no file has them.
const zxcvbn = "zxcvbn"

// readZxcvbn returns the passwords, words and names that zxcvbn knows.
func readZxcvbn() ([]string, error) {
	var entries []string
	for _, name := range []string{"Passwords", "English", "MaleNames", "FemaleNames", "Surnames"} {
		text, err := data.Asset("data/" + name + ".json")
		if err != nil {
			return nil, err
		}
		var lists map[string][]string
		if err := json.Unmarshal(text, &lists); err != nil {
			return nil, err
		}
		for _, key := range slices.Sorted(maps.Keys(lists)) {
			entries = append(entries, lists[key]...)
		}
	}
	return entries, nil
}

// score adds up what the entries of each word weigh.
func score(lists [][]string, before map[string]int64) map[string]int64 {
	scores := map[string]int64{}
	for i, source := range sources {
		place := int64(alphabetical)
		for rank, entry := range lists[i] {
			if source.ranked {
				place = int64(rank)
			}
			if source.omits(entry, place) {
				continue
			}
			if word := wordOf(entry, before); word != "" {
				scores[word] += source.weight * unit / (place + 10)
			}
		}
	}
	return scores
}

// omits says which entries are of no use: what is not text, what is too short for a
// word or, without letters, for a password, and passwords that are refused without a list.
func (s source) omits(entry string, place int64) bool {
	length := utf8.RuneCountInString(entry)
	if !utf8.ValidString(entry) || length < s.shortest {
		return true
	}
	if length < shortestPassword {
		return !strings.ContainsFunc(entry, unicode.IsLetter)
	}
	return guess.Repeated(entry) || place >= first && !s.common && (guess.Monotonous(entry) || guess.Simple(entry))
}

// wordOf returns the word of the entry's that has the highest score; of equal ones the first.
func wordOf(entry string, scores map[string]int64) string {
	best, most := "", int64(-1)
	for word := range guess.Words(entry) {
		if scores[word] > most && utf8.RuneCountInString(word) >= 3 {
			best, most = word, scores[word]
		}
	}
	return best
}

// best returns the words with the highest scores.
func best(scores map[string]int64) []string {
	words := make([]string, 0, len(scores))
	for word := range scores {
		words = append(words, word)
	}
	slices.SortFunc(words, func(a, b string) int {
		return cmp.Or(cmp.Compare(scores[b], scores[a]), strings.Compare(a, b))
	})
	return words[:min(size, len(words))]
}
