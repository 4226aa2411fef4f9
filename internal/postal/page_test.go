package postal

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/accountql/accountql/models"
)

// TestPageHasTheSameProvinces checks that each province that the account page offers is one by the rules, under the
// code that is stored, and that the page offers all of a country or none.
func TestPageHasTheSameProvinces(t *testing.T) {
	page, err := os.ReadFile("../../packages/react/src/provinces.ts")
	if err != nil {
		t.Fatal(err)
	}

	offered := map[string]string{}
	for _, line := range regexp.MustCompile(`(?m)^  ([A-Z]{2}): '(.*)',$`).FindAllStringSubmatch(string(page), -1) {
		offered[line[1]] = strings.ReplaceAll(line[2], `\'`, "'")
	}
	if len(offered) < 45 {
		t.Errorf("the page has lists of %d countries", len(offered))
	}

	for code, list := range offered {
		rules := countryOf(models.CountryCode(code))
		word, provinces, _ := strings.Cut(list, ";")
		if word == "" || strings.Contains(word, "=") {
			t.Errorf("%s: a province is called %q", code, word)
		}

		want := 0
		rules.eachProvince(func(province) bool {
			want++
			return false
		})
		if got := strings.Count(provinces, ";") + 1; got != want {
			t.Errorf("%s: the page has %d provinces of %d", code, got, want)
		}

		for _, one := range strings.Split(provinces, ";") {
			id, name, _ := strings.Cut(one, "=")
			byCode, known, _ := rules.province(id)
			byName, named, _ := rules.province(name)
			// Behind a name in Latin letters stands the one in the country's script.
			for at := range name {
				if !named && strings.HasPrefix(name[at:], " (") {
					byName, named, _ = rules.province(name[:at])
				}
			}
			if !known || !named || byCode.code != id || byName.code != id {
				t.Errorf("%s: %s is %q, %q by the rules", code, one, byCode.code, byName.code)
			}
		}
	}
}
