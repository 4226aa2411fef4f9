package contact

import (
	"slices"
	"strings"
	"unicode"

	"github.com/nyaruka/phonenumbers"

	"github.com/accountql/accountql/models"
)

// maxPhoneLength is in bytes: it leaves room for the 15 digits of E.164 in any script, with punctuation.
const maxPhoneLength = 256

// maxE164Length is in bytes: a plus sign and 15 digits.
const maxE164Length = 16

// refusedPhoneTypes are numbers that cost the receiver or the sender extra, receive no text messages, or reach no
// person (R-RPU6).
var refusedPhoneTypes = []phonenumbers.PhoneNumberType{
	// guard: numbers that are no person's get no code
	phonenumbers.PREMIUM_RATE, phonenumbers.SHARED_COST, phonenumbers.TOLL_FREE, phonenumbers.PERSONAL_NUMBER,
	phonenumbers.PAGER, phonenumbers.UAN, phonenumbers.VOICEMAIL,
}

// globalServiceCodes are the country codes of satellite networks and international services (R-RPU6).
var globalServiceCodes = []int32{800, 808, 870, 878, 881, 882, 883, 888, 979}

// ParsePhone returns the number in E.164, however it was pasted. It must be in international form (+48 … or 0048
// …), because a national number does not identify its country. It returns INVALID_INPUT if the metadata of the
// country does not know the number, or if it is not an ordinary number of a person.
func ParsePhone(field string, phone models.PhoneNumber) (models.PhoneNumber, error) {
	reason := models.BlankOr(string(phone), models.ReasonMalformed)
	invalid := models.InvalidInput(field, reason, 0,
		"must be a phone number in international form, such as +48 512 345 678")
	if len(phone) > maxPhoneLength {
		return "", invalid
	}

	digits, found := strings.CutPrefix(plainPhone(string(phone)), "+")
	if !found || strings.Trim(digits, "0123456789") != "" {
		return "", invalid
	}

	number, err := phonenumbers.Parse("+"+digits, "")
	if err != nil || !phonenumbers.IsValidNumber(number) {
		return "", invalid
	}

	if slices.Contains(globalServiceCodes, number.GetCountryCode()) ||
		slices.Contains(refusedPhoneTypes, phonenumbers.GetNumberType(number)) {
		return "", models.InvalidInput(field, models.ReasonKindNotAllowed, 0,
			"must be an ordinary number; personal, toll-free, premium, satellite and service numbers are refused")
	}

	canonical := phonenumbers.Format(number, phonenumbers.E164)
	// The metadata of some countries has numbers that are longer than E.164 allows.
	if len(canonical) > maxE164Length {
		return "", invalid
	}

	return models.PhoneNumber(canonical), nil
}

// phonePunctuation is what people of various countries put between the digits of a number, besides brackets.
const phonePunctuation = " -./~\u00B7\u2022\u2027\u2044\u2215\u2219\u30FB\uFF65"

// plainPhone returns the digits of a number in ASCII, with its leading plus sign if it has one.
func plainPhone(text string) string {
	plain := strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(phonePunctuation, r) || unicode.In(r, unicode.Ps, unicode.Pe):
			return -1
		case r == '\uFE62': // a small plus sign
			return '+'
		}
		return r
	}, models.PlainNumber(models.TrimPasted(text)))

	if rest, found := strings.CutPrefix(plain, "00"); found {
		return "+" + rest
	}

	return plain
}

// PhoneBeginning returns the beginning of numbers in E.164 that a text may be, also without its plus sign, or "" if it
// can't be one.
func PhoneBeginning(text string) string {
	digits := strings.TrimPrefix(plainPhone(text), "+")
	if digits == "" || len(digits) >= maxE164Length || strings.Trim(digits, "0123456789") != "" {
		return ""
	}
	return "+" + digits
}

// PhoneCountry returns the country of a canonical number as two letters of ISO 3166-1, or "" if it is unknown.
func PhoneCountry(phone models.PhoneNumber) string {
	number, err := phonenumbers.Parse(string(phone), "")
	if err != nil {
		return ""
	}
	return phonenumbers.GetRegionCodeForNumber(number)
}
