package auth

import (
	"crypto/rand"
	"net/http"
	"strings"
	"time"

	"github.com/accountql/accountql/models"
)

const (
	// DeviceCookie is the cookie by which a browser is known again if --cookies is set. Like the session's, no other
	// host can plant one.
	DeviceCookie = "__Host-accountql-device"
	// DeviceHeader is the header by which an app is known again.
	DeviceHeader = "X-Device-Id"

	// deviceCookieAge is how long browsers keep a cookie at most.
	deviceCookieAge = 400 * 24 * time.Hour
	// shortestDevice and longestDevice are in bytes.
	shortestDevice = 16
	longestDevice  = 128
)

// deviceMark returns the mark by which the account knows the device again, or "" if it sends none. A browser whose
// sessions are in cookies has its mark there, and gets a new one if it has none: KeepDevice sets it after a sign-in. It
// returns BAD_REQUEST if the header is malformed or is sent twice.
func (a *Authenticator) deviceMark(r *http.Request) (string, error) {
	if a.Cookies && FromBrowser(r) { // guard: a browser's mark is out of reach of scripts
		cookies := r.CookiesNamed(DeviceCookie)
		if len(cookies) == 1 && isDeviceMark(cookies[0].Value) {
			return cookies[0].Value, nil
		}
		return rand.Text(), nil
	}

	sent := r.Header[DeviceHeader]
	if len(sent) == 0 {
		return "", nil
	}
	if len(sent) > 1 || !isDeviceMark(sent[0]) {
		return "", models.NewError(models.CodeBadRequest,
			DeviceHeader+" must be sent once, with 16 to 128 letters, digits, hyphens and underscores")
	}

	return sent[0], nil
}

func isDeviceMark(text string) bool {
	foreign := func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_')
	}
	return len(text) >= shortestDevice && len(text) <= longestDevice && !strings.ContainsFunc(text, foreign)
}

// KeepDevice sets the cookie by which a browser is known again, after a sign-in.
func KeepDevice(header http.Header, mark string) {
	header.Add("Set-Cookie", hostCookie(DeviceCookie, mark, int(deviceCookieAge/time.Second)))
}
