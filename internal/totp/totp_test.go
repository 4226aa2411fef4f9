package totp

import (
	"net/url"
	"strings"
	"testing"
	"time"
)

// rfcSecret is the secret of the test vectors of RFC 6238, appendix B, for SHA-1.
const rfcSecret = "12345678901234567890"

// TestCodeOfRFC6238 checks the vectors of appendix B. Their codes have eight digits; six digits are the end of those.
func TestCodeOfRFC6238(t *testing.T) {
	t.Parallel()
	for at, want := range map[int64]string{
		59: "94287082", 1111111109: "07081804", 1111111111: "14050471", 1234567890: "89005924", 2000000000: "69279037",
		20000000000: "65353130",
	} {
		got, err := Code([]byte(rfcSecret), Step(time.Unix(at, 0)))
		if err != nil || got != want[2:] {
			t.Errorf("at %d: the code is %q, %v, want %q", at, got, err, want[2:])
		}
	}
}

// TestMatch checks which steps a code is taken of: those next to the present one, after the last used one.
func TestMatch(t *testing.T) {
	t.Parallel()
	secret := []byte(rfcSecret)
	at := time.Unix(1111111111, 0)
	now := Step(at)
	for _, test := range []struct {
		of, used int64
		right    bool
	}{
		{now, 0, true}, {now - 1, 0, true}, {now + 1, 0, true}, {now - 2, 0, false}, {now + 2, 0, false},
		{now, now, false}, {now - 1, now, false}, {now + 1, now, true}, {now, now - 1, true}, {now - 1, now - 1, false},
	} {
		code, err := Code(secret, test.of)
		if err != nil {
			t.Fatal(err)
		}
		step, right, err := Match(secret, code, at, test.used)
		if err != nil || right != test.right || right && step != test.of {
			t.Errorf("step %d used up to %d: %v, %v, %v", test.of-now, test.used-now, step-now, right, err)
		}
	}

	for _, wrong := range []string{"", "0", "00000", "0000000", "abcdef", strings.Repeat("0", 1000), "٠٠٠٠٠٠"} {
		if _, right, err := Match(secret, wrong, at, 0); right || err != nil {
			t.Errorf("%q is taken, %v", wrong, err)
		}
	}
}

// TestKey checks the forms of a secret: what is in the address, and that the QR code is square and has its three corners.
func TestKey(t *testing.T) {
	t.Parallel()
	key, err := Key([]byte(rfcSecret), "Grandma’s Shop: teas & more", "anna+1@example.com")
	if err != nil {
		t.Fatal(err)
	}
	address, err := url.Parse(key.URI)
	if err != nil {
		t.Fatal(err)
	}

	query := address.Query()
	if key.Secret != "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" || query.Get("secret") != key.Secret {
		t.Errorf("the secret is %q, in the address %q", key.Secret, query.Get("secret"))
	}
	if address.Scheme != "otpauth" || address.Host != "totp" || query.Get("digits") != "6" ||
		query.Get("period") != "30" || query.Get("algorithm") != "SHA1" ||
		query.Get("issuer") != "Grandma’s Shop teas & more" ||
		address.Path != "/Grandma’s Shop teas & more:anna+1@example.com" {
		t.Errorf("the address is %s", key.URI)
	}
	if strings.Contains(key.URI, "+") {
		t.Errorf("an app may read a plus in %s as a space", key.URI)
	}

	size := len(key.QRCode)
	if size < 21 || size%4 != 1 {
		t.Fatalf("the QR code has %d rows", size)
	}
	for _, row := range key.QRCode {
		if len(row) != size || strings.Trim(row, "01") != "" {
			t.Fatalf("a row of %d modules is %q", size, row)
		}
	}
	const edge = "1111111"
	if first, last := key.QRCode[0], key.QRCode[size-1]; !strings.HasPrefix(first, edge+"0") ||
		!strings.HasSuffix(first, "0"+edge) || !strings.HasPrefix(last, edge+"0") {
		t.Errorf("the corners are not those of a QR code: %s, %s", first, last)
	}
}
