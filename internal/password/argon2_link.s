// This file lets the Go compiler take functions without a body: see argon2_link.go.
