package account

import (
	"strings"

	"github.com/accountql/accountql/models"
)

// knownWords returns what an attacker may know about the customer, which must not be in a password (R-PWD4): names,
// addresses, numbers and dates, in their usual spellings.
func knownWords(account *models.Account) []string {
	local, domain, _ := strings.Cut(string(account.Email), "@")
	words := []string{string(account.Email), local, domain}
	if account.CustomID != nil {
		words = append(words, *account.CustomID)
	}

	for _, field := range profileFields {
		if field.text == nil {
			continue
		}
		if text := field.text(account); text != nil {
			words = append(words, *text)
		}
	}

	if account.Phone != nil {
		words = append(words, phoneWords(*account.Phone)...)
	}
	if account.BirthDate != nil {
		words = append(words, dateWords(*account.BirthDate)...)
	}

	return words
}

// shortestPhoneWord is the minimum number of digits by which people remember a number.
const shortestPhoneWord = 4

// phoneWords returns the number and its suffixes, because the codes of the country and of the network, which people
// may leave out, have no fixed length.
func phoneWords(phone models.PhoneNumber) []string {
	digits := strings.TrimPrefix(string(phone), "+")
	var words []string
	for start := 0; start+shortestPhoneWord <= len(digits); start++ {
		words = append(words, digits[start:])
	}
	return words
}

// dateWords returns the usual orders of day, month and year, with and without each of them.
func dateWords(date models.Date) []string {
	parts := strings.Split(string(date), "-")
	if len(parts) != 3 || len(parts[0]) != 4 {
		return nil
	}

	year, month, day := parts[0], parts[1], parts[2]
	words := []string{year, month + year, year + month}
	for _, year := range []string{"", year, year[2:]} {
		words = append(words, day+month+year, month+day+year, year+month+day)
	}

	return words
}
