package account

import (
	"strings"

	"github.com/accountql/accountql/models"
)

// knownWords are what an attacker knows of the customer, and so no good password
// (R-PWD4): names, addresses, numbers and dates, in the ways in which people write them.
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

// shortestPhoneWord is how many digits of a number one remembers it by.
const shortestPhoneWord = 4

// phoneWords are the number and its ends: with and without the code of the country
// and of the network, which are of any length.
func phoneWords(phone models.PhoneNumber) []string {
	digits := strings.TrimPrefix(string(phone), "+")
	var words []string
	for start := 0; start+shortestPhoneWord <= len(digits); start++ {
		words = append(words, digits[start:])
	}
	return words
}

// dateWords are the orders in which day, month and year are written, whole or in part.
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
