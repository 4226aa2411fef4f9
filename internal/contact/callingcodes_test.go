package contact

import (
	"bytes"
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/nyaruka/phonenumbers"

	"github.com/accountql/accountql/models"
)

var writeCallingCodes = flag.Bool("write-calling-codes", false, "write the calling codes of the account page anew")

// TestCallingCodes checks that the account page knows the calling code of each country that has one, and that a number
// as it is dialled in the country, behind the calling code that the page writes before it, is the number.
func TestCallingCodes(t *testing.T) {
	const file = "../../packages/react/src/callingcodes.ts"
	want := callingCodes()
	if *writeCallingCodes {
		if err := os.WriteFile(file, want, 0o600); err != nil {
			t.Fatal(err)
		}
	}

	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("the codes are not those of the numbers' metadata: go test ./internal/contact -run TestCallingCodes -write-calling-codes")
	}

	for region := range phonenumbers.GetSupportedRegions() {
		example := phonenumbers.GetExampleNumberForType(region, phonenumbers.MOBILE)
		if example == nil {
			continue
		}
		dialled := phonenumbers.Format(example, phonenumbers.NATIONAL)
		if region == "AR" {
			dialled = "011 15-2345-6789" // the library writes its area code wrong
		}
		number, err := ParsePhone("phone", models.PhoneNumber(fmt.Sprintf("+%d %s", example.GetCountryCode(), dialled)))
		if canonical := phonenumbers.Format(example, phonenumbers.E164); err != nil || string(number) != canonical {
			t.Errorf("%s: %s is read as %q, and not as %s: %v", region, dialled, number, canonical, err)
		}
	}
}

// callingCodes returns the source text of the account page that knows the calling codes.
func callingCodes() []byte {
	countries := map[int][]string{}
	for region := range phonenumbers.GetSupportedRegions() {
		code := phonenumbers.GetCountryCodeForRegion(region)
		countries[code] = append(countries[code], region)
	}

	var text bytes.Buffer
	fmt.Fprintln(&text, "// Written by internal/contact; its numbers are those of the server.")
	fmt.Fprintln(&text)
	fmt.Fprintln(&text, "/** The countries of each calling code, by ISO 3166-1; the first is the one that a code by itself stands for. */")
	fmt.Fprintln(&text, "export const callingCodes: Record<string, string> = {")
	for _, code := range slices.Sorted(maps.Keys(countries)) {
		main := phonenumbers.GetRegionCodeForCountryCode(code)
		others := slices.DeleteFunc(countries[code], func(region string) bool { return region == main })
		slices.Sort(others)
		fmt.Fprintf(&text, "  %d: '%s',\n", code, strings.Join(append([]string{main}, others...), " "))
	}
	fmt.Fprintln(&text, "};")

	return text.Bytes()
}
