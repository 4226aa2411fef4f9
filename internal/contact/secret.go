package contact

import (
	"strings"
	"unicode"

	"github.com/accountql/accountql/models"
)

// PlainCode returns the code of a text message as it was sent, however it was pasted: in the digits 0 to 9, without
// spaces and dashes.
func PlainCode(code string) string {
	return strings.NewReplacer(" ", "", "-", "").Replace(models.PlainNumber(models.TrimPasted(code)))
}

// PlainToken returns a token or an id as it was sent, without white space: pasting adds it, and mail programs break
// lines.
func PlainToken(token string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, models.PlainText(token))
}
