package contact

import (
	"slices"
	"strings"

	"github.com/nyaruka/phonenumbers"

	"github.com/accountql/accountql/models"
)

// maxPhoneLength is in bytes: the 15 digits of E.164 with generous punctuation.
const maxPhoneLength = 40

// maxE164Length is in bytes: a plus sign and 15 digits.
const maxE164Length = 16

// refusedPhoneTypes cost the receiver or the sender extra, or reach no person (R-RPU6).
var refusedPhoneTypes = []phonenumbers.PhoneNumberType{
	phonenumbers.PREMIUM_RATE, phonenumbers.SHARED_COST, phonenumbers.PAGER, phonenumbers.UAN, phonenumbers.VOICEMAIL,
}

// globalServiceCodes are the country codes of satellite networks and international services (R-RPU6).
var globalServiceCodes = []int32{800, 808, 870, 878, 881, 882, 883, 888, 979}

// ParsePhone returns the number in E.164. It must be in international form (+48 … or 0048 …), for a number
// alone does not say its country. It fails with INVALID_INPUT for a number that the metadata of its country
// does not know, and for premium, satellite and service numbers.
func ParsePhone(field string, phone models.PhoneNumber) (models.PhoneNumber, error) {
	text := string(phone)
	invalid := models.InvalidInput(field, "must be a phone number in international form, such as +48 512 345 678")
	if len(text) > maxPhoneLength || strings.ContainsFunc(text, func(r rune) bool { return !strings.ContainsRune("+0123456789 -.()/", r) }) {
		return "", invalid
	}
	if strings.HasPrefix(text, "00") {
		text = "+" + text[2:]
	}
	if strings.LastIndexByte(text, '+') != 0 {
		return "", invalid
	}
	number, err := phonenumbers.Parse(text, "")
	if err != nil || !phonenumbers.IsValidNumber(number) {
		return "", invalid
	}
	if slices.Contains(globalServiceCodes, number.GetCountryCode()) || slices.Contains(refusedPhoneTypes, phonenumbers.GetNumberType(number)) {
		return "", models.InvalidInput(field, "must be an ordinary number; premium, satellite and service numbers are refused")
	}
	canonical := phonenumbers.Format(number, phonenumbers.E164)
	// Some countries' metadata knows numbers that are longer than E.164 allows.
	if len(canonical) > maxE164Length {
		return "", invalid
	}
	return models.PhoneNumber(canonical), nil
}
