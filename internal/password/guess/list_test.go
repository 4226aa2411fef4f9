package guess

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// TestList guards that the embedded list is complete, in order, and under a megabyte (R-PWD9).
func TestList(t *testing.T) {
	entries := (len(list) - (buckets+1)*indexBytes) / entryBytes
	if len(list) >= 1_000_000 || entries < 300_000 || index(0) != 0 || index(buckets) != entries {
		t.Fatalf("%d bytes, %d entries, from %d to %d", len(list), entries, index(0), index(buckets))
	}

	text := []byte(list)[(buckets+1)*indexBytes:]
	for bucket := range uint32(buckets) {
		for i := index(bucket) + 1; i < index(bucket+1); i++ {
			if slices.Compare(text[(i-1)*entryBytes:i*entryBytes], text[i*entryBytes:(i+1)*entryBytes]) >= 0 {
				t.Fatalf("bucket %d is not in order at %d", bucket, i)
			}
		}
	}
}

// TestSourcesNameTheList guards that SOURCES.md names the list that its sources make.
func TestSourcesNameTheList(t *testing.T) {
	page, err := os.ReadFile("SOURCES.md")
	if err != nil {
		t.Fatal(err)
	}
	if sum := fmt.Sprintf("%x", sha256.Sum256([]byte(list))); !strings.Contains(string(page), sum) {
		t.Errorf("SOURCES.md is not about the list of SHA-256 %s", sum)
	}
}

// TestEncode guards that every word of a list is found in it, whatever its hash, and no other.
func TestEncode(t *testing.T) {
	defer func(embedded string) { list = embedded }(list)
	for _, count := range []int{0, 1, 100, 50_000} {
		var words []string
		for i := range count {
			words = append(words, fmt.Sprint("word ", i))
		}

		list = string(Encode(words))

		for i, word := range words {
			if !Listed(word) {
				t.Errorf("%q of %d is not found", word, count)
			}
			if other := fmt.Sprint("other ", i); i < 1000 && Listed(other) {
				t.Errorf("%q is found in %d words", other, count)
			}
		}
	}
}

// TestHash guards the order of the list, which is that of SHA-256, of which it stores 38 bits.
func TestHash(t *testing.T) {
	bucket, entry := hash("abc") // its SHA-256 begins with BA 78 16 BF 8F
	want := binary.BigEndian.Uint64([]byte{0, 0, 0, 0xBA, 0x78, 0x16, 0xBF, 0x8F}) >> 2
	if got := uint64(bucket)<<24 | uint64(entry); got != want {
		t.Errorf("%x, want %x", got, want)
	}
}

func TestTries(t *testing.T) {
	for text, want := range map[string]int{
		"": 1, "7": 10, "!": 33, "2026": 120, "1!": 330, "123": 50, "1234567": 50, "777": 50, "qwerty": 50,
		"31121987": 366 * 120,
		"311287":   366 * 100, "2026!!": 120 * 33 * 33, "83": 100, "0401": 366, "x": 60, "112345678": 500,
		strings.Repeat("83", 40): mostTries, "834927165038": mostTries,
	} {
		if got := tries([]rune(text)); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
}

func TestWords(t *testing.T) {
	for password, want := range map[string]string{
		"P@ssw0rd!": "password", "dragon2026": "dragon", "!!Dragon!!": "dragon", "s3cr3t": "secret",
		"dr-ag-on": "dragon", "kitten kitten": "kitten",
		"łódź1999": "iodz", "Straße12": "strasse", "unhappy": "happy", "paintings": "paint",
		"99luftballons": "iuftbaiions", "dragondragon1": "dragon",
	} {
		if words := slices.Collect(Words(password)); !slices.Contains(words, want) {
			t.Errorf("%q: %q has no %q", password, words, want)
		}
	}

	// More than a few tries make another password; so do characters in the middle, and signs of several kinds.
	for password, no := range map[string]string{
		"dragon83746519": "dragon", "7#q!dragon$3?": "dragon", "dra8374gon": "dragon", "d#r?a!g#o?n": "dragon",
		"it2026": "it",
	} {
		if words := slices.Collect(Words(password)); slices.Contains(words, no) {
			t.Errorf("%q has %q", password, no)
		}
	}
}

func TestMadeOf(t *testing.T) {
	words := []string{"Jane",
		"Smith-Jones", "jane.smith@shop.example", "512345678", "19870213", "Łódź", "42 High Street", "Zoë", "An"}
	for _, password := range []string{
		"Jane2026!", "j4n3sm1th", "SmithJones87", "smith.jones", "JaneJane", "13.2.1987jane", "jane@shop",
		"512 345 678", "+48512345678", "lodz1999!",
		"high street 42", "janes!123", "zoe&an19", "Jane#1#Smith",
	} {
		if !MadeOf(password, words) {
			t.Errorf("%q is not made of them", password)
		}
	}

	for _, password := range []string{"jane went to the market", "janitors of heaven",
		"Zoë needs a hat", "janecf93kx", "htims-jane", "8347261950347", "", "high noon in the street"} {
		if MadeOf(password, words) {
			t.Errorf("%q is made of them", password)
		}
	}

	if MadeOf("whatever", nil) || MadeOf("whatever", []string{"", " ", "a", "!"}) {
		t.Error("something is made of nothing")
	}
}

func TestRepeated(t *testing.T) {
	for _, password := range []string{
		"aaaaaaaa", "abcabcabc", "abcabcab", "7a7a7a7a", "ab-ab-ab-ab", "ababab", "hunter hunter ",
	} {
		if !Repeated(password) {
			t.Errorf("%q is not repeated", password)
		}
	}

	for _, password := range []string{"aaaabaaa", "abcdefgh", "correct horse", "!a?!a#!a$", "passwordpassword"} {
		if Repeated(password) {
			t.Errorf("%q is repeated", password)
		}
	}
}

func TestMonotonous(t *testing.T) {
	for _, password := range []string{"aaaabbbb", "abcdefgh", "87654321",
		"qwertyui", "1qaz2wsx", "asdfqwer", "poiuytre", "1-2-3-4-5-6", "!@#$%^&*", "1122334455", "абвгдежз"} {
		if !Monotonous(password) {
			t.Errorf("%q is not monotonous", password)
		}
	}

	for _, password := range []string{"correct horse", "zebra tango", "#?;%!:&§", "a1!b2?c3", "密码很长很长很长"} {
		if Monotonous(password) {
			t.Errorf("%q is monotonous", password)
		}
	}
}
