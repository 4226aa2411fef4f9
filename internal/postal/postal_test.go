package postal

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/accountql/accountql/models"
)

// TestRules checks that every line of the file can be read: no lookup fails at another time.
func TestRules(t *testing.T) {
	countries, provinces := 0, 0
	for line := range strings.Lines(rules) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		expression := fields[4]
		if fields[0] == "" {
			provinces++
		} else {
			countries++
			if len(fields) != 5 || strings.Trim(fields[3], "ACDNOSXZ") != "" || !strings.Contains(fields[3], "A") {
				t.Errorf("%q is no line of a country", line)
			}
			for _, format := range fields[1:3] {
				if rest := regexp.MustCompile(`%[nNOADCSZX]`).ReplaceAllString(format, ""); strings.Contains(rest, "%") {
					t.Errorf("%s has the format %q", fields[0], format)
				}
			}
		}

		if _, err := regexp.Compile("^(?:" + expression + ")"); err != nil {
			t.Errorf("%q: %v", line, err)
		}
	}

	if countries != 253 || provinces < 1300 {
		t.Errorf("%d countries and %d provinces", countries, provinces)
	}
	for _, code := range []models.CountryCode{"AD", "PL", "US", "ZW"} {
		if countryOf(code) == countryOf("ZZ") {
			t.Errorf("%s has no rules of its own", code)
		}
	}
}

// TestProvincesAreFoundByEachName checks that no two provinces of a country share a name, and that each is found by
// its code and all its names.
func TestProvincesAreFoundByEachName(t *testing.T) {
	var code models.CountryCode
	for line := range strings.Lines(rules) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if fields[0] != "" {
			code = models.CountryCode(fields[0])
			continue
		}

		for _, name := range slices.Concat(fields[1:4], fields[5:]) {
			if name == "" {
				continue
			}
			found, ok, _ := countryOf(code).province(name)
			if ok && found.code == fields[1] {
				continue
			}
			t.Errorf("%s: %q is %q, and not %q", code, name, found.code, fields[1])
		}
	}
}

// largest are postal codes and provinces of the thirty countries with the most people (United Nations, 2024), and of
// some to which European shops deliver: as the post of each country publishes them. An entry of wrong names the field
// that is refused.
var largest = map[models.CountryCode]struct {
	right []place
	wrong []place
}{
	"IN": {[]place{{"New Delhi", "DL", "110001", ""}, {"Mumbai", "Maharashtra", "400001", ""},
		{"Bengaluru", "karnataka", "560001", ""}},
		[]place{{"New Delhi", "DL", "11001", "postalCode MALFORMED"}, {"Mumbai", "MH", "110001", "postalCode CONFLICTING"},
			{"Mumbai", "Bavaria", "400001", "province UNKNOWN_VALUE"}, {"Mumbai", "MH", "", "postalCode REQUIRED"}}},
	"CN": {[]place{{"朝阳区", "北京市", "100020", ""}, {"Shenzhen", "Guangdong Sheng", "518000", ""}},
		[]place{{"朝阳区", "北京市", "10002", "postalCode MALFORMED"}, {"Shenzhen", "", "518000", "province REQUIRED"}}},
	"US": {[]place{{"Mountain View", "CA", "94043", ""}, {"New York", "New York", "10001-1234", ""},
		{"Honolulu", "hi", "96813", ""}, {"APO", "AE", "09012", ""}},
		[]place{{"Mountain View", "CA", "9404", "postalCode MALFORMED"}, {"New York", "NY", "94043", "postalCode CONFLICTING"},
			{"Toronto", "ON", "94043", "province UNKNOWN_VALUE"}, {"", "CA", "94043", "city REQUIRED"}}},
	"ID": {[]place{{"Jakarta", "JK", "10110", ""}, {"Denpasar", "Bali", "80111", ""}, {"Jakarta", "JK", "", ""}},
		[]place{{"Jakarta", "JK", "1011", "postalCode MALFORMED"}, {"Jakarta", "Texas", "10110", "province UNKNOWN_VALUE"}}},
	"PK": {[]place{{"Karachi", "", "74000", ""}, {"Islamabad", "", "44000", ""}},
		[]place{{"Karachi", "", "7400", "postalCode MALFORMED"}, {"", "", "74000", "city REQUIRED"}}},
	"NG": {[]place{{"Lagos", "LA", "101241", ""}, {"Abuja", "FC", "", ""}},
		[]place{{"Lagos", "LA", "10124", "postalCode MALFORMED"}, {"Lagos", "Kent", "", "province UNKNOWN_VALUE"}}},
	"BR": {[]place{{"São Paulo", "SP", "01310-100", ""}, {"Rio de Janeiro", "Rio de Janeiro", "20040002", ""}},
		[]place{{"São Paulo", "SP", "0131-100", "postalCode MALFORMED"},
			{"São Paulo", "RJ", "01310-100", "postalCode CONFLICTING"},
			{"São Paulo", "XX", "01310-100", "province UNKNOWN_VALUE"}}},
	"BD": {[]place{{"Dhaka", "", "1000", ""}}, []place{{"Dhaka", "", "100", "postalCode MALFORMED"}}},
	"RU": {[]place{{"Москва", "Москва", "101000", ""}, {"Saint Petersburg", "SPE", "190000", ""}},
		[]place{{"Москва", "MOW", "10100", "postalCode MALFORMED"}, {"Москва", "MOW", "190000", "postalCode CONFLICTING"}}},
	"ET": {[]place{{"Addis Ababa", "", "1000", ""}}, []place{{"Addis Ababa", "", "100", "postalCode MALFORMED"}}},
	"MX": {[]place{{"Ciudad de México", "CMX", "06000", ""}, {"Guadalajara", "Jalisco", "44100", ""},
		{"Guadalajara", "Jal.", "44100", ""}},
		[]place{{"Guadalajara", "JAL", "4410", "postalCode MALFORMED"},
			{"Guadalajara", "JAL", "06000", "postalCode CONFLICTING"}}},
	"JP": {[]place{{"", "東京都", "100-0001", ""}, {"", "Osaka", "5300001", ""}, {"", "13", "100-0001", ""}},
		[]place{{"", "東京都", "100-001", "postalCode MALFORMED"}, {"", "大阪府", "100-0001", "postalCode CONFLICTING"},
			{"", "", "100-0001", "province REQUIRED"}}},
	"EG": {[]place{{"القاهرة", "القاهرة", "11511", ""}, {"Giza", "GZ", "", ""}},
		[]place{{"Cairo", "C", "1151", "postalCode MALFORMED"}, {"Cairo", "Ohio", "11511", "province UNKNOWN_VALUE"}}},
	"PH": {[]place{{"Makati", "Metro Manila", "1226", ""}}, []place{{"Makati", "", "122", "postalCode MALFORMED"}}},
	"CD": {[]place{{"Kinshasa", "Kinshasa", "", ""}, {"Kinshasa", "", "012", ""}}, []place{{"", "", "", "city REQUIRED"}}},
	"VN": {[]place{{"Hà Nội", "Hà Nội", "100000", ""}, {"Ho Chi Minh", "", "70000", ""}},
		[]place{{"Hà Nội", "", "1000", "postalCode MALFORMED"}}},
	"IR": {[]place{{"Tehran", "", "11936-12345", ""}}, []place{{"Tehran", "", "11936", "postalCode MALFORMED"}}},
	"TR": {[]place{{"Kadıköy", "34", "34710", ""}, {"Çankaya", "Ankara", "06420", ""}},
		[]place{{"Kadıköy", "34", "3471", "postalCode MALFORMED"}, {"Kadıköy", "İstanbul", "06420", "postalCode CONFLICTING"}}},
	"DE": {[]place{{"Berlin", "", "10115", ""}, {"München", "Bayern", "80331", ""}},
		[]place{{"Berlin", "", "1011", "postalCode MALFORMED"}, {"", "", "10115", "city REQUIRED"},
			{"Berlin", "", "", "postalCode REQUIRED"}}},
	"TH": {[]place{{"บางรัก", "กรุงเทพมหานคร", "10500", ""}, {"Mueang", "Chiang Mai", "50000", ""}},
		[]place{{"บางรัก", "10", "1050", "postalCode MALFORMED"}, {"บางรัก", "10", "50000", "postalCode CONFLICTING"}}},
	"TZ": {[]place{{"Dodoma", "", "41101", ""}}, []place{{"Dodoma", "", "411", "postalCode MALFORMED"}}},
	"GB": {[]place{{"London", "", "SW1A 1AA", ""}, {"Leeds", "West Yorkshire", "ls11ur", ""},
		{"Girobank", "", "GIR 0AA", ""}},
		[]place{{"London", "", "SW1A 1A", "postalCode MALFORMED"}, {"London", "", "QQ1 1AA", "postalCode MALFORMED"},
			{"London", "", "", "postalCode REQUIRED"}}},
	"FR": {[]place{{"Paris", "", "75001", ""}, {"Ajaccio", "", "20000", ""}},
		[]place{{"Paris", "", "7500", "postalCode MALFORMED"}, {"Paris", "", "F-75001", "postalCode MALFORMED"}}},
	"ZA": {[]place{{"Cape Town", "Western Cape", "8001", ""}}, []place{{"Cape Town", "", "800", "postalCode MALFORMED"}}},
	"IT": {[]place{{"Roma", "RM", "00184", ""}, {"Milano", "Milano", "20121", ""}},
		[]place{{"Roma", "RM", "0018", "postalCode MALFORMED"}, {"Roma", "MI", "00184", "postalCode CONFLICTING"},
			{"Roma", "", "00184", "province REQUIRED"}, {"Roma", "ZZ", "00184", "province UNKNOWN_VALUE"}}},
	"KE": {[]place{{"Nairobi", "", "00100", ""}}, []place{{"Nairobi", "", "0010", "postalCode MALFORMED"}}},
	"MM": {[]place{{"Yangon", "", "11181", ""}}, []place{{"Yangon", "", "1118", "postalCode MALFORMED"}}},
	"CO": {[]place{{"Bogotá", "Bogotá", "110111", ""}, {"Medellín", "ANT", "", ""}},
		[]place{{"Bogotá", "DC", "11011", "postalCode MALFORMED"}, {"Bogotá", "Ohio", "110111", "province UNKNOWN_VALUE"}}},
	"KR": {[]place{{"종로구", "서울특별시", "03051", ""}, {"Haeundae-gu", "Busan", "48094", ""}},
		[]place{{"종로구", "11", "0305", "postalCode MALFORMED"}, {"종로구", "11", "48094", "postalCode CONFLICTING"}}},
	"UG": {[]place{{"Kampala", "Central", "", ""}}, []place{{"", "", "", "city REQUIRED"}}},

	"PL": {[]place{{"Warszawa", "", "00-950", ""}, {"Kraków", "małopolskie", "30-001", ""}},
		[]place{{"Warszawa", "", "00950", "postalCode MALFORMED"}, {"Warszawa", "", "", "postalCode REQUIRED"}}},
	"ES": {[]place{{"Madrid", "M", "28013", ""}, {"Málaga", "Malaga", "29001", ""}},
		[]place{{"Madrid", "M", "08001", "postalCode CONFLICTING"}, {"Madrid", "", "28013", "province REQUIRED"}}},
	"CA": {[]place{{"Ottawa", "ON", "K1A 0B1", ""}, {"Québec", "Quebec", "g1r4s9", ""},
		{"Montréal", "Québec", "H2Y 1C6", ""}},
		[]place{{"Ottawa", "ON", "K1A 0D", "postalCode MALFORMED"}, {"Ottawa", "AB", "K1A 0B1", "postalCode CONFLICTING"}}},
	"UA": {[]place{{"Київ", "Київ", "01001", ""}}, []place{{"Київ", "Київ", "0100", "postalCode MALFORMED"}}},
	"NL": {[]place{{"Amsterdam", "", "1012 JS", ""}, {"Amsterdam", "", "1012js", ""}},
		[]place{{"Amsterdam", "", "1012", "postalCode MALFORMED"}}},
	"IE": {[]place{{"Dublin", "Co. Dublin", "D02 AF30", ""}, {"Galway", "", "", ""}},
		[]place{{"Dublin", "Co. Berlin", "", "province UNKNOWN_VALUE"}}},
	"XK": {[]place{{"Prishtina", "", "10000", ""}}, []place{{"Prishtina", "", "100", "postalCode MALFORMED"}}},
}

// place is a part of an address, and what is refused of it.
type place struct{ city, province, postalCode, refused string }

func (p place) check(country models.CountryCode) (models.Address, string) {
	address := models.Address{
		Line1: "1", CountryCode: country, City: optional(p.city), Province: optional(p.province),
		PostalCode: optional(p.postalCode),
	}
	var refused []string
	var all models.Errors
	all.Add(Check(&address))
	for _, one := range all {
		refused = append(refused, one.Field+" "+string(one.Reason))
	}

	return address, strings.Join(refused, ", ")
}

func optional(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

func TestCountries(t *testing.T) {
	for country, examples := range largest {
		for _, one := range slices.Concat(examples.right, examples.wrong) {
			address, refused := one.check(country)
			if refused != one.refused {
				t.Errorf("%s: of %+v is refused %q", country, one, refused)
			}
			if code := text(address.PostalCode); strings.ContainsFunc(code, unicode.IsLower) {
				t.Errorf("%s: %+v became %q", country, one, code)
			}
		}
	}
}

// TestProvinceIsKeptAsItsCode checks that each spelling is stored in one form.
func TestProvinceIsKeptAsItsCode(t *testing.T) {
	for spelling, want := range map[string]string{"CA": "CA", "ca": "CA", "California": "CA", " CALIFORNIA ": "CA"} {
		address, _ := place{"Mountain View", spelling, "94043", ""}.check("US")
		if *address.Province != want {
			t.Errorf("%q became %q", spelling, *address.Province)
		}
	}

	if _, refused := (place{"Mountain View", ".", "94043", ""}).check("US"); refused != "province UNKNOWN_VALUE" {
		t.Errorf("of a province without letters is refused %q", refused)
	}
	if address, _ := (place{"Warszawa", "mazowieckie", "00-950", ""}).check("PL"); *address.Province != "mazowieckie" {
		t.Errorf("a province that no rule knows became %q", *address.Province)
	}
}

// TestEachMistakeIsToldAtOnce checks that an address with several mistakes has an error for each.
func TestEachMistakeIsToldAtOnce(t *testing.T) {
	if _, refused := (place{"", "Bavaria", "9404", ""}).check("US"); refused !=
		"city REQUIRED, postalCode MALFORMED, province UNKNOWN_VALUE" {
		t.Errorf("refused is %q", refused)
	}
}

func TestLines(t *testing.T) {
	for _, test := range []struct {
		address models.Address
		want    string
	}{
		{models.Address{CountryCode: "PL", FirstName: optional("Jan"), LastName: optional("Kowalski"),
			Company: optional("Sklep"), Line1: "ul. Prosta 51", Line2: optional("m. 4"), City: optional("Warszawa"),
			PostalCode: optional("00-838"), Province: optional("mazowieckie")},
			"Jan Kowalski|Sklep|ul. Prosta 51|m. 4|00-838 Warszawa"},
		{models.Address{CountryCode: "US", LastName: optional("Doe"), Line1: "1600 Amphitheatre Pkwy",
			City: optional("Mountain View"), Province: optional("CA"), PostalCode: optional("94043")},
			"Doe|1600 Amphitheatre Pkwy|Mountain View, CA 94043"},

		// What an address lacks leaves no gap.
		{models.Address{CountryCode: "US", Line1: "1 Main St", City: optional("Springfield"), PostalCode: optional("94043")},
			"1 Main St|Springfield 94043"},
		{models.Address{CountryCode: "DE", Company: optional("Laden GmbH"), FirstName: optional("Ute"), Line1: "Weg 1",
			City: optional("Berlin"), PostalCode: optional("10115")}, "Ute|Laden GmbH|Weg 1|10115 Berlin"},
		{models.Address{CountryCode: "GB", FirstName: optional("Ann"), Line1: "10 High St", City: optional("London"),
			PostalCode: optional("SW1A 1AA")}, "Ann|10 High St|London|SW1A 1AA"},

		// Japan turns the order round, unless the address is written in Latin letters.
		{models.Address{CountryCode: "JP", FirstName: optional("花子"), LastName: optional("山田"), Line1: "千代田1-1",
			Province: optional("13"), PostalCode: optional("100-0001")}, "〒100-0001|東京都|千代田1-1|山田花子"},
		{models.Address{CountryCode: "JP", FirstName: optional("Hanako"), LastName: optional("Yamada"),
			Line1: "1-1 Chiyoda", Province: optional("13"), PostalCode: optional("100-0001")},
			"Hanako Yamada|1-1 Chiyoda, Tokyo|100-0001"},

		// Countries with something of their own.
		{models.Address{CountryCode: "IT", FirstName: optional("Ada"), Line1: "Via Roma 1", City: optional("Roma"),
			Province: optional("RM"), PostalCode: optional("00184")}, "Ada|Via Roma 1|00184 Roma RM"},
		{models.Address{CountryCode: "HU", FirstName: optional("Éva"), Line1: "Fő u. 1", City: optional("Budapest"),
			PostalCode: optional("1011")}, "Éva|Budapest|Fő u. 1|1011"},
		{models.Address{CountryCode: "GG", Line1: "Pollet 1", City: optional("St Peter Port"), PostalCode: optional("GY1 1AA")},
			"Pollet 1|St Peter Port|GUERNSEY|GY1 1AA"},
		{models.Address{CountryCode: "CH", Line1: "Gasse 1", City: optional("Bern"), PostalCode: optional("3000")},
			"Gasse 1|CH-3000 Bern"},
		{models.Address{CountryCode: "CH", Line1: "Gasse 1", City: optional("Bern")}, "Gasse 1|Bern"},
	} {
		if got := strings.Join(Lines(&test.address), "|"); got != test.want {
			t.Errorf("%s: %q, want %q", test.address.CountryCode, got, test.want)
		}
	}
}
