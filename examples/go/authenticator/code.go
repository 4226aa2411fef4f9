package main

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"io"
	"strings"
	"time"
)

// period is how long a code is shown.
const period = 30 * time.Second

// code returns the code of six digits that the secret in base32 shows at a time (RFC 6238, with SHA-1).
func code(input io.Reader, at time.Time) ([]byte, error) {
	text, err := io.ReadAll(input)
	if err != nil {
		return nil, fmt.Errorf("no secret on standard input: %w", err)
	}
	secret, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(strings.TrimSpace(string(text)))
	if err != nil {
		return nil, fmt.Errorf("the secret is no base32: %w", err)
	}

	mac := hmac.New(sha1.New, secret)
	_ = binary.Write(mac, binary.BigEndian, at.Unix()/int64(period.Seconds())) // a hash never fails
	sum := mac.Sum(nil)
	number := binary.BigEndian.Uint32(sum[sum[len(sum)-1]&0xf:]) & 0x7fffffff

	return fmt.Appendf(nil, "%06d", number%1_000_000), nil
}
