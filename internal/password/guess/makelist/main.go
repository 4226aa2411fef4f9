// Command makelist writes the list of package guess from published lists of passwords and words; SOURCES.md next to
// the package names their sources.
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

// size is how many words the list has: as many as fit into a megabyte.
const size = 310_000

// source is a published list. If the more common entries come first, the n-th has the weight weight/(n+10); if the
// list is alphabetical, each has weight/(offset+10).
type source struct {
	name, sha256 string
	weight       int64
	ranked       bool
	// common is set if each entry counts as one of the first, although the list has no order.
	common bool
	// shortest is the length of the shortest entries that count as words.
	shortest int
}

// The weights make a word of the dictionary as likely as the 30,000th to 60,000th password.
var sources = []source{
	{name: "django-common-passwords.txt", sha256: "e5ce809c66a1f80b802856829fc034db2e437cced801467aa2adad9f06929283",
		weight: 1000, common: true, shortest: 3},
	{name: "10_million_password_list_top_1M.txt",
		sha256: "eac6323842b3261da0ef4c180c8e23f4d056522ea97c2925b8687f453b40a2be", weight: 1, ranked: true,
		shortest: 3},
	{name: recent, weight: 1000, shortest: 3},
	{name: languages, weight: 1000, shortest: 3},
	{name: zxcvbn, weight: 100, shortest: shortestPassword},
	{name: "american-english-large",
		sha256: "7722e490a1575058326569c778fcb8e93b3cf866452c0f54bfd1c22817ad5a90", weight: 45, shortest: 4},
	{name: "american-english-huge",
		sha256: "ffd71db7e021907dbe4cbac17959d3504ff0594ae35c686ab7016b9a6b755fbb", weight: 35, shortest: 4},
	{name: "american-english-insane",
		sha256: "19fb16e4f5262e5007e9b203a4d5cc3cd05834987b2f2c1e037bc6329c2a6fd4", weight: 30, shortest: 4},
}

const passes = 3

// shortestPassword is the smallest --password-min-length.
const shortestPassword = 8

// first is how many entries of a ranked list stay although they are dates or runs, which are rejected without a
// list: so their forms are rejected as well.
const first = 50_000

// alphabetical is the rank of every entry of an unranked list.
const alphabetical = 3_000_000

// unit is the score of a weight of one; scores are whole numbers, so that every machine computes the same.
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

	// In the first pass each entry is a word; in later passes it counts for the word in it with the highest score
	// of the previous pass.
	var scores map[string]int64
	for range passes {
		scores = score(lists, scores)
	}

	words := best(scores)
	encoded := guess.Encode(words)
	_, _ = fmt.Fprintf(os.Stdout, "%d words of %d, %d bytes, SHA-256 %x\n", len(words), len(scores), len(encoded),
		sha256.Sum256(encoded))

	return os.WriteFile(output, encoded, 0o644) //nolint:gosec // a file of the repository
}

// read returns the entries in their order. A preamble that ends with a line of two hyphens is skipped.
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

// recent is a list of what people think of since the other lists were made.
const recent = "recent.txt"

//go:embed recent.txt
var recentWords string

// languages is a list of what people think of who write languages other than English, and of what everybody quotes.
const languages = "languages.txt"

//go:embed languages.txt
var languagesWords string

// zxcvbn is the name of zxcvbn's dictionaries, which are not in a file but in a module that go.sum pins.
const zxcvbn = "zxcvbn"

// readZxcvbn returns the passwords, words and names of zxcvbn.
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

// score returns the sum of the weights of each word's entries.
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

// omits reports whether an entry is useless: it is not text, it is too short for a word or, without letters, for a
// password, or it is rejected without a list.
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

// wordOf returns the entry's word with the highest score; if several have it, the first.
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
