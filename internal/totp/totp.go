// Package totp makes and checks the codes of authenticator apps (RFC 6238): six digits, SHA-1, a step of 30 seconds, which
// are what every app takes. It knows no accounts: what a code may be used for is decided by internal/account.
package totp

import (
	"crypto/subtle"
	"encoding/base32"
	"fmt"
	"image/color"
	"net/url"
	"strings"
	"time"

	"github.com/boombuler/barcode/qr"
	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"

	"github.com/accountql/accountql/models"
)

const (
	// SecretSize is the length of a secret in bytes: the 160 bits that RFC 4226 recommends (R-WAY2).
	SecretSize = 20
	// Period is how long an app shows a code.
	Period = 30 * time.Second
	// Digits is the length of a code.
	Digits = 6
	// drift is how many steps the clock of an app may be off, either way.
	drift = 1
)

// encoding is how secrets are written for apps and people.
var encoding = base32.StdEncoding.WithPadding(base32.NoPadding)

// Key returns a secret in the forms in which apps take it. Issuer and name are what an app shows beside its codes; a colon
// in them would look like the end of the issuer, and is left out.
func Key(secret []byte, issuer, name string) (*models.AuthenticatorKey, error) {
	issuer, name = escaped(issuer), escaped(name)
	text := encoding.EncodeToString(secret)
	uri := fmt.Sprintf("otpauth://totp/%s:%s?secret=%s&issuer=%s&algorithm=SHA1&digits=%d&period=%d",
		issuer, name, text, issuer, Digits, int(Period/time.Second))
	code, err := rows(uri)

	return &models.AuthenticatorKey{Secret: text, URI: uri, QRCode: code}, err
}

// escaped returns a text without colons, as it can stand in a path and in a query. Spaces are %20: some apps show a plus.
func escaped(text string) string {
	text = strings.ReplaceAll(text, ":", "")
	return strings.ReplaceAll(url.QueryEscape(text), "+", "%20")
}

// rows returns a text as the rows of a QR code: 1 for a dark module and 0 for a light one.
func rows(text string) ([]string, error) {
	code, err := qr.Encode(text, qr.M, qr.Unicode)
	if err != nil {
		return nil, fmt.Errorf("totp: QR code of a key: %w", err)
	}

	size := code.Bounds().Max
	rows := make([]string, size.Y)
	for y := range rows {
		row := make([]byte, size.X)
		for x := range row {
			row[x] = '0'
			if code.At(x, y) == color.Black {
				row[x] = '1'
			}
		}
		rows[y] = string(row)
	}

	return rows, nil
}

// Step returns the number of the step at a time, as RFC 6238 counts them.
func Step(at time.Time) int64 { return at.Unix() / int64(Period/time.Second) }

// Code returns the code of a step.
func Code(secret []byte, step int64) (string, error) {
	code, err := hotp.GenerateCodeCustom(encoding.EncodeToString(secret), uint64(step), hotp.ValidateOpts{ //nolint:gosec // a step is positive
		Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1,
	})
	if err != nil {
		return "", fmt.Errorf("totp: code of a step: %w", err)
	}

	return code, nil
}

// Match returns the step of which a code is, among those around a time that come after the last used one; false if it is of
// none. The work does not depend on the code.
func Match(secret []byte, code string, at time.Time, used int64) (step int64, right bool, err error) {
	now := Step(at)
	for candidate := now - drift; candidate <= now+drift; candidate++ { // guard: one step of drift
		expected, err := Code(secret, candidate)
		if err != nil {
			return 0, false, err
		}

		same := subtle.ConstantTimeCompare([]byte(expected), []byte(code)) == 1
		if same && candidate > used && !right { // guard: a used step matches nothing
			step, right = candidate, true
		}
	}

	return step, right, nil
}
