package docs_test

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// asvsSections is how many requirements of levels 1 and 2 each section of ASVS 5.0 has. Those of level 3 come after
// them, so the numbers of a section have no gap.
var asvsSections = map[string]int{
	"1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2,
	"2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1,
	"3.2": 2, "3.3": 4, "3.4": 6, "3.5": 5, "3.7": 2,
	"4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4,
	"5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3,
	"6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4,
	"7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2,
	"8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1,
	"9.1": 3, "9.2": 4,
	"10.1": 2, "10.2": 2, "10.3": 4, "10.4": 11, "10.5": 5, "10.6": 2, "10.7": 3,
	"11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4, "11.5": 1, "11.6": 1,
	"12.1": 3, "12.2": 2, "12.3": 4,
	"13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5,
	"14.1": 2, "14.2": 4, "14.3": 3,
	"15.1": 3, "15.2": 3, "15.3": 7,
	"16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3,
	"17.1": 1, "17.2": 4, "17.3": 2,
}

// TestASVS checks that docs/asvs.md has each requirement of levels 1 and 2 once, that a row that holds says by what,
// that a gap says why, and that each requirement and test that is named exists.
func TestASVS(t *testing.T) {
	known, requirements := knownTests(t), requirementLines(t)
	row := regexp.MustCompile(`(?m)^\| ([0-9][0-9., –]*) \| (.*) \| (\w+) \| (.*)\|$`)
	reference := regexp.MustCompile("R-[A-Z]+[0-9]+|`(?:Test|Fuzz)\\w+`|`\\w[\\w-]*\\.txtar`")

	seen := map[string]bool{}
	for _, match := range row.FindAllStringSubmatch(read(t, "asvs.md"), -1) {
		numbers, about, status, held := match[1], match[2], match[3], strings.TrimSpace(match[4])
		for _, number := range asvsNumbers(t, numbers) {
			if seen[number] {
				t.Errorf("%s has two rows", number)
			}
			seen[number] = true
		}

		switch status {
		case "holds", "gap", "setting":
			if held == "" {
				t.Errorf("%s: %s, and it does not say why", numbers, status)
			}
		case "shop", "none":
		default:
			t.Errorf("%s: there is no %q", numbers, status)
		}
		if strings.TrimSpace(about) == "" {
			t.Errorf("%s does not say what it is about", numbers)
		}

		for _, name := range reference.FindAllString(held, -1) {
			if name = strings.Trim(name, "`"); !known[name] && requirements[name] == "" {
				t.Errorf("%s: there is no %s", numbers, name)
			}
		}
	}

	for section, last := range asvsSections {
		for n := range last {
			if number := fmt.Sprintf("%s.%d", section, n+1); !seen[number] {
				t.Errorf("%s has no row", number)
			}
			delete(seen, fmt.Sprintf("%s.%d", section, n+1))
		}
	}
	for number := range seen {
		t.Errorf("%s is no requirement of level 1 or 2", number)
	}
}

// asvsNumbers returns the numbers that a row names: 1.2.3, 1.2.3–1.2.5, or several of these with commas.
func asvsNumbers(t *testing.T, text string) (numbers []string) {
	t.Helper()
	for part := range strings.SplitSeq(text, ", ") {
		from, to, isRange := strings.Cut(part, "–")
		if !isRange {
			to = from
		}

		section, first := asvsNumber(t, from)
		_, last := asvsNumber(t, to)
		for n := first; n <= last; n++ {
			numbers = append(numbers, fmt.Sprintf("%s.%d", section, n))
		}
	}

	return numbers
}

// asvsNumber cuts a number into its section and its place there.
func asvsNumber(t *testing.T, number string) (section string, place int) {
	t.Helper()
	dot := strings.LastIndex(number, ".")
	place, err := strconv.Atoi(number[dot+1:])
	if err != nil {
		t.Fatalf("%q is no number of ASVS", number)
	}

	return number[:dot], place
}
