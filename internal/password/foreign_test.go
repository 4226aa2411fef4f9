package password

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/accountql/accountql/models"
)

// This file guards the import of other systems' hashes: each is verified with the right password and no other, and
// hashes that cost too much are rejected before they are computed, in a file and in the database (R-HASH3).

// imported holds hashes that other programs made, most of them of the same password. Sources: libxcrypt (bcrypt,
// $7$), argon2's reference implementation, Python's hashlib over OpenSSL (PBKDF2, scrypt), and for Firebase and
// phpass the values that their authors publish.
var imported = append([]vector{
	{"argon2i", `"$argon2i$v=19$m=256,t=1,p=2$c2l4dGVlbmJ5dGVzYWx0IQ$5UOdz7nlRkze+cByaFVNasrXusmpl1VrTTbqNUukfTI"`,
		trees, "$argon2i$"},
	{"argon2d", `"$argon2d$v=19$m=256,t=1,p=2$c2l4dGVlbmJ5dGVzYWx0IQ$d6xwWsVouJVFK88CTYo4dYn2VWKrVhYfZfDUUJJvVXc"`,
		trees, "$argon2d$"},
	{"argon2id", `"$argon2id$v=19$m=256,t=1,p=2$c2l4dGVlbmJ5dGVzYWx0IQ$XSFCv7/UokkpulrfKKbi9qRAFgfMavFYmOy9U/F9zi4"`,
		trees, "$argon2id$v=19$m=256,"},
	{"bcrypt 2a", `"$2a$05$abcdefghijklmnopqrstuu8RMe1hwjw7VXok7OfSXsD9tSl7EPd4O"`, trees, "$2a$05$"},
	{"bcrypt 2b", `"$2b$05$abcdefghijklmnopqrstuu8RMe1hwjw7VXok7OfSXsD9tSl7EPd4O"`, trees, "$2b$05$"},
	{"bcrypt 2y", `"$2y$05$abcdefghijklmnopqrstuu8RMe1hwjw7VXok7OfSXsD9tSl7EPd4O"`, trees, "$2y$05$"},
	{"bcrypt of more than 72 bytes",
		`"$2b$04$abcdefghijklmnopqrstuubzadhGtS2zEF.gu0yd0opP6cVzb.e0i"`, strings.Repeat("x", 80), "$2b$04$"},
	{"scrypt, PHC", `"$scrypt$ln=10,r=8,p=2$8PHy8/T19vf4+fr7/P3+/w$grEFqAhb25Z9syfiLWTbWhm+yoB+bviG7pGpwnmn+6k"`,
		trees, "$scrypt$ln=10,r=8,p=2$"},
	{"scrypt, crypt(3)", `"$7$86..../....SodiumChlorideSalt.1234$vKNzTeU/HQa0okatPMNyw1KPZK.8hMuYN6nehIoFsCB"`,
		trees, "$scrypt$ln=10,r=8,p=1$"},
	{"scrypt, Django",
		`"scrypt$1024$seasalt2$8$1$WHAHq1inCfBJ7MoA1ZLmq1XMbK79QUUHO7/Cl8YrJoauDGjr+inWQn6+Qib17Pe1YvzXS8VpkptLUXwU/xyexw=="`,
		trees, "$scrypt$ln=10,r=8,p=1$"},
	{"scrypt, Werkzeug",
		`"scrypt:1024:8:1$AbCd1234EfGh5678$9292de3511acd040d2f3fbd00d743118289177c536c9af8d51a8427fbd2ff0ff0e21afcfc5ac45a7c94d114e54a01072da77342763a0be158216eee09531410a"`,
		trees, "$scrypt$ln=10,r=8,p=1$"},
	{"scrypt, Firebase",
		`{"algorithm":"firebase-scrypt","hash":"lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==","salt":"42xEC+ixf3L2lw==","signerKey":"jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==","saltSeparator":"Bw==","rounds":8,"memCost":14}`,
		"user1password", "$firebase-scrypt$ln=14,r=8,p=1$"},
	{"PBKDF2-SHA1, passlib",
		`"$pbkdf2$1000$8PHy8/T19vf4.fr7/P3./w$Fzxpyx9oTUGjn0OO7ar8QBqhQlw"`, trees, "$pbkdf2$1000$"},
	{"PBKDF2-SHA256, passlib",
		`"$pbkdf2-sha256$1000$8PHy8/T19vf4.fr7/P3./w$fDqeNl96xa8rYYkhxY.h7S/ou/Dc51i5FxynnNarEY4"`,
		trees, "$pbkdf2-sha256$1000$"},
	{"PBKDF2-SHA512, passlib",
		`"$pbkdf2-sha512$1000$8PHy8/T19vf4.fr7/P3./w$E/.VCsUdFEUZ5HJZgaT34uKuL1sbdRlQhZekcKHb0ucr01L3mh6gRBDSSiYsQVjpAQ1nADyKngMWh9XvVFf6BA"`,
		trees, "$pbkdf2-sha512$1000$"},
	{"PBKDF2-SHA1, PHC",
		`"$pbkdf2-sha1$i=1000,l=20$8PHy8/T19vf4+fr7/P3+/w$Fzxpyx9oTUGjn0OO7ar8QBqhQlw"`, trees, "$pbkdf2$1000$"},
	{"PBKDF2-SHA256, PHC",
		`"$pbkdf2-sha256$i=1000,l=32$8PHy8/T19vf4+fr7/P3+/w$fDqeNl96xa8rYYkhxY+h7S/ou/Dc51i5FxynnNarEY4"`,
		trees, "$pbkdf2-sha256$1000$"},
	{"PBKDF2-SHA512, PHC",
		`"$pbkdf2-sha512$i=1000$8PHy8/T19vf4+fr7/P3+/w$E/+VCsUdFEUZ5HJZgaT34uKuL1sbdRlQhZekcKHb0ucr01L3mh6gRBDSSiYsQVjpAQ1nADyKngMWh9XvVFf6BA"`,
		trees, "$pbkdf2-sha512$1000$"},
	{"PBKDF2-SHA1, Django", `"pbkdf2_sha1$1000$seasalt2$oalbDPGA6+mme9gLjgG+DABwcdI="`, trees, "$pbkdf2$1000$"},
	{"PBKDF2-SHA256, Django",
		`"pbkdf2_sha256$1000$seasalt2$PHmQUVBs8SmdiDYJPGYaRb6gXQOFFRt/u1u0GEpVdSo="`, trees, "$pbkdf2-sha256$1000$"},
	{"PBKDF2-SHA1, Werkzeug",
		`"pbkdf2:sha1:1000$AbCd1234EfGh5678$79288d57bb05d225d7a44dbf9b271d710e357e0f"`, trees, "$pbkdf2$1000$"},
	{"PBKDF2-SHA256, Werkzeug",
		`"pbkdf2:sha256:1000$AbCd1234EfGh5678$cb873c7e3297a01baee9c90768e80ab7f67517383340a065d7b874940d02eefc"`,
		trees, "$pbkdf2-sha256$1000$"},
	{"PBKDF2-SHA512, Werkzeug",
		`"pbkdf2:sha512:1000$AbCd1234EfGh5678$b8153204ed44d724335a5f623cee88ab45a691c79ecbdac41dc1d37ad3d76b20908dc60f6f76fc367141b34642237590856b1979e74f40c6b18dbccede2862d8"`,
		trees, "$pbkdf2-sha512$1000$"},
	{"ASP.NET Identity 2",
		`"APDx8vP09fb3+Pn6+/z9/v8XPGnLH2hNQaOfQ47tqvxAGqFCXKj21xU9gXsT7go2oA=="`, trees, "$pbkdf2$1000$"},
	{"ASP.NET Identity 3, SHA1",
		`"AQAAAAAAAAPoAAAAEPDx8vP09fb3+Pn6+/z9/v8XPGnLH2hNQaOfQ47tqvxAGqFCXKj21xU9gXsT7go2oA=="`, trees,
		"$pbkdf2$1000$"},
	{"ASP.NET Identity 3, SHA256",
		`"AQAAAAEAAAPoAAAAEPDx8vP09fb3+Pn6+/z9/v98Op42X3rFrythiSHFj6HtL+i78NznWLkXHKec1qsRjg=="`,
		trees, "$pbkdf2-sha256$1000$"},
	{"ASP.NET Identity 3, SHA512",
		`"AQAAAAIAAAPoAAAAEPDx8vP09fb3+Pn6+/z9/v8T/5UKxR0URRnkclmBpPfi4q4vWxt1GVCFl6RwodvS5w=="`,
		trees, "$pbkdf2-sha512$1000$"},
	{"argon2, Django",
		`"argon2$argon2id$v=19$m=256,t=1,p=2$c2l4dGVlbmJ5dGVzYWx0IQ$XSFCv7/UokkpulrfKKbi9qRAFgfMavFYmOy9U/F9zi4"`,
		trees, "$argon2id$v=19$m=256,"},
	{"bcrypt, Django", `"bcrypt$$2b$05$abcdefghijklmnopqrstuu8RMe1hwjw7VXok7OfSXsD9tSl7EPd4O"`, trees, "$2b$05$"},
	{"bcrypt of SHA256, Django",
		`"bcrypt_sha256$$2b$05$abcdefghijklmnopqrstuum/HrIXczcQZwDPXcdaa6F.Y.tLbjD5."`, trees, "$django$2b$05$"},
	{"bcrypt, WordPress", `"$wp$2y$05$abcdefghijklmnopqrstuuWEAVh1XTZMsDGYsx3PtD7cT2IL0xY5S"`, trees, "$wp$2y$05$"},
	{"phpass, WordPress", `"$P$BabcdEFG1wzahwWEFt8MEvqboO.amd/"`, trees, "$P$B"},
	{"phpass, as published", `"$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0"`, "test12345", "$P$9"},
	{"PBKDF2-SHA256, Keycloak",
		keycloak("fDqeNl96xa8rYYkhxY+h7S/ou/Dc51i5FxynnNarEY4eNpAdB0u4ja5NyceNWz88nofVSsaOqEalKl4nyyb/TA==",
			`{"hashIterations":1000,"algorithm":"pbkdf2-sha256","additionalParameters":{}}`), trees,
		"$pbkdf2-sha256$1000$"},
	{"PBKDF2-SHA512, Keycloak",
		keycloak("E/+VCsUdFEUZ5HJZgaT34uKuL1sbdRlQhZekcKHb0ucr01L3mh6gRBDSSiYsQVjpAQ1nADyKngMWh9XvVFf6BA==",
			`{"hashIterations":1000,"algorithm":"pbkdf2-sha512"}`), trees, "$pbkdf2-sha512$1000$"},
	{"PBKDF2-SHA1, Keycloak",
		keycloak("Fzxpyx9oTUGjn0OO7ar8QBqhQlyo9tcVPYF7E+4KNqAF0VM/lKDuPg2SQkbgLCFZ+18FHaZHTYN9Yd0Ykgq7gw==",
			`{"hashIterations":1000,"algorithm":"pbkdf2"}`), trees, "$pbkdf2$1000$"},
	{"argon2, Keycloak", strings.Replace(keycloak("tB1eM6hTDOuSTdkZglHnotIStFhbesEUDBV9xm1DNDo=",
		`{"hashIterations":5,"algorithm":"argon2","additionalParameters":{"hashLength":["32"],"memory":["7168"],"type":["id"],"version":["1.3"],"parallelism":["1"]}}`),
		"8PHy8/T19vf4+fr7/P3+/w==", "c2l4dGVlbmJ5dGVzYWx0IQ==", 1), trees, "$argon2id$v=19$m=7168,t=5,p=1$"},
}, shopVectors...)

// vector is a hash in another system's form, its password, and the beginning of its stored form.
type vector struct{ name, given, password, stored string }

const trees = "Grüße, 12 Bäume"

// keycloak returns a credential as Keycloak exports it.
func keycloak(value, data string) string {
	secret := `{"value":"` + value + `","salt":"8PHy8/T19vf4+fr7/P3+/w==","additionalParameters":{}}`
	credential, err := json.Marshal(map[string]any{
		"id": "c1", "type": "password", "createdDate": 1700000000000, "secretData": secret, "credentialData": data,
	})
	if err != nil {
		panic(err)
	}

	return string(credential)
}

func TestImportedHashes(t *testing.T) {
	h := newHasher(t, cheap, 1)
	for _, tc := range imported {
		stored, err := Import("passwordHash", json.RawMessage(tc.given))
		if err != nil || !strings.HasPrefix(stored, tc.stored) {
			t.Errorf("%s becomes %.30s, %v", tc.name, stored, err)
			continue
		}

		// bcrypt ignores everything after 72 bytes; the new hash of this service includes all of it.
		cut := len(tc.password) > 72
		for password, want := range map[string]bool{tc.password: true, tc.password[1:]: cut,
			tc.password[:len(tc.password)-1] + "?": cut, "?" + tc.password[1:]: false, "": false} {
			if right, err := h.Verify(context.Background(), &stored, password); right != want || err != nil {
				t.Errorf("%s: %q is %v, %v", tc.name, password, right, err)
			}
		}

		if !h.Outdated(stored) {
			t.Errorf("%s would not be hashed anew", tc.name)
		}

		// The stored form can be imported: from one AccountQL into another.
		if again, err := Import("passwordHash", mustJSON(t, stored)); again != stored || err != nil {
			t.Errorf("%s is imported again as %.30s, %v", tc.name, again, err)
		}
	}
}

// TestTooCostlyIsSaid guards that the error names the ceiling that a hash exceeds, and the mark of a form that is
// not accepted.
func TestTooCostlyIsSaid(t *testing.T) {
	for given, want := range map[string]string{
		`"$argon2id$v=19$m=262144,t=5,p=1$c2l4dGVlbmJ5dGVzYWx0IQ$5UOdz7nlRkze+cByaFVNasrXusmpl1VrTTbqNUukfTI"`: "passwordHash costs more than the ceiling: KiB of memory times iterations above 1048576",
		`"{noop}a password of somebody"`:            "passwordHash holds the password itself, marked {noop}: what is imported is its hash",
		`"{SHA-1}5f4dcc3b5aa765d61d8327deb882cf99"`: "passwordHash is marked {SHA-1}, a form that is not taken",
		`"5f4dcc3b5aa765d61d8327deb882cf99"`:        "passwordHash is of no form that is known",
		`"wordpress:$2y$31$` + strings.Repeat("a", 53) +
			`"`: "passwordHash costs more than the ceiling: bcrypt's cost above 14",
	} {
		if _, err := Import("passwordHash", json.RawMessage(given)); err == nil || err.Error() != want {
			t.Errorf("%s: %v", given, err)
		}
	}
}

// TestWorkOfAWrongPassword guards that a missing hash costs one hash and never matches, and that a wrong password
// for another system's hash, however cheap that is, also costs one of ours.
func TestWorkOfAWrongPassword(t *testing.T) {
	h := newHasher(t, cheap, 1)
	hashed := 0
	h.dummyHash = matchFunc(func(string) bool { hashed++; return true })

	verify := func(name string, stored *string, password string, right bool, want int) {
		t.Helper()
		hashed = 0
		if got, err := h.Verify(context.Background(), stored, password); got != right || err != nil || hashed != want {
			t.Errorf("%s: %v, %v, and nobody's password was hashed %d times, not %d", name, got, err, hashed, want)
		}
	}

	verify("nobody's", nil, trees, false, 1)
	ours, err := h.Hash(context.Background(), trees)
	if err != nil {
		t.Fatal(err)
	}

	verify("the right one", &ours, trees, true, 0)
	verify("a wrong one", &ours, "wrong", false, 0)

	for _, tc := range imported {
		stored, err := Import("passwordHash", json.RawMessage(tc.given))
		if err != nil {
			t.Fatal(err)
		}
		verify("the right one, "+tc.name, &stored, tc.password, true, 0)
		verify("a wrong one, "+tc.name, &stored, "wrong", false, 1)
	}
}

// TestImportedAsTyped guards that a password matches both as the keyboard composed it, which other systems hashed,
// and as this service normalizes it.
func TestImportedAsTyped(t *testing.T) {
	h := newHasher(t, cheap, 1)
	const decomposed = "Gru\u0308ße, 12 Ba\u0308ume"
	composed, err := Import("passwordHash", json.RawMessage(imported[4].given))
	if err != nil {
		t.Fatal(err)
	}

	// libxcrypt's hash of the decomposed password.
	const asTyped = "$2b$04$abcdefghijklmnopqrstuuJhCFy.CBPbSlwSZYZFNzvvOjpo0L.QC"
	for stored, passwords := range map[string][]string{composed: {trees, decomposed}, asTyped: {decomposed}} {
		for _, password := range passwords {
			if right, err := h.Verify(context.Background(), &stored, password); !right || err != nil {
				t.Errorf("%+q against %.12s: %v, %v", password, stored, right, err)
			}
		}
	}
}

func TestHashesThatAreNotImported(t *testing.T) {
	h := newHasher(t, cheap, 1)
	release := holdSlot(t, h)
	defer release()
	const bcrypt53 = "abcdefghijklmnopqrstuu8RMe1hwjw7VXok7OfSXsD9tSl7EPd4O"
	firebase := func(rounds, memCost string) string {
		text := strings.Replace(imported[11].given, `"rounds":8`, `"rounds":`+rounds, 1)
		return strings.Replace(text, `"memCost":14`, `"memCost":`+memCost, 1)
	}

	for name, given := range map[string]string{
		"null": `null`, "a number": `1`, "a list": `[]`, "an empty object": `{}`,
		"empty": `""`, "a password": `"correct horse battery staple"`,
		"MD5": `"5f4dcc3b5aa765d61d8327deb882cf99"`, "SHA-1": `"W6ph5Mm5Pz8GgiULbPgzG37mj9g="`,
		"LDAP": `"{SSHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g="`, "SHA-crypt": `"$6$abcd$abcd"`, "MD5-crypt": `"$1$abcd$abcd"`,
		"bcrypt 2x":            `"$2x$05$` + bcrypt53 + `"`,
		"bcrypt, cut":          `"$2b$05$` + bcrypt53[1:] + `"`,
		"bcrypt, cost 3":       `"$2b$03$` + bcrypt53 + `"`,
		"bcrypt bomb":          `"$2b$15$` + bcrypt53 + `"`,
		"bcrypt bomb, Django":  `"bcrypt$$2b$31$` + bcrypt53 + `"`,
		"bcrypt bomb, wp":      `"$wp$2y$31$` + bcrypt53 + `"`,
		"bcrypt bomb, SHA256":  `"bcrypt_sha256$$2b$31$` + bcrypt53 + `"`,
		"argon2 bomb, memory":  `"$argon2i$v=19$m=262145,t=1,p=1$c2l4dGVlbmJ5dGVzYWx0IQ$5UOdz7nlRkze+cByaFVNasrXusmpl1VrTTbqNUukfTI"`,
		"argon2 bomb, time":    `"$argon2d$v=19$m=256,t=17,p=1$c2l4dGVlbmJ5dGVzYWx0IQ$5UOdz7nlRkze+cByaFVNasrXusmpl1VrTTbqNUukfTI"`,
		"argon2 bomb, both":    `"$argon2i$v=19$m=262144,t=5,p=1$c2l4dGVlbmJ5dGVzYWx0IQ$5UOdz7nlRkze+cByaFVNasrXusmpl1VrTTbqNUukfTI"`,
		"argon2, version 16":   `"$argon2i$v=16$m=256,t=1,p=1$c2l4dGVlbmJ5dGVzYWx0IQ$5UOdz7nlRkze+cByaFVNasrXusmpl1VrTTbqNUukfTI"`,
		"argon2, no cost":      `"$argon2i$v=19$m=0,t=0,p=0$c2l4dGVlbmJ5dGVzYWx0IQ$5UOdz7nlRkze+cByaFVNasrXusmpl1VrTTbqNUukfTI"`,
		"scrypt bomb, N":       `"$scrypt$ln=19,r=8,p=1$8PHy8/T19vf4+fr7/P3+/w$grEFqAhb25Z9syfiLWTbWhm+yoB+bviG7pGpwnmn+6k"`,
		"scrypt bomb, r":       `"$scrypt$ln=10,r=99999,p=1$8PHy8/T19vf4+fr7/P3+/w$grEFqAhb25Z9syfiLWTbWhm+yoB+bviG7pGpwnmn+6k"`,
		"scrypt bomb, p":       `"$scrypt$ln=14,r=8,p=17$8PHy8/T19vf4+fr7/P3+/w$grEFqAhb25Z9syfiLWTbWhm+yoB+bviG7pGpwnmn+6k"`,
		"scrypt bomb, $7$":     `"$7$z6..../....SodiumChlorideSalt.1234$vKNzTeU/HQa0okatPMNyw1KPZK.8hMuYN6nehIoFsCB"`,
		"scrypt bomb, Django":  `"scrypt$536870912$seasalt2$8$1$WHAHq1inCfBJ7MoA1ZLmq1XMbK79QUUHO7/Cl8YrJoauDGjr+inWQn6+Qib17Pe1YvzXS8VpkptLUXwU/xyexw=="`,
		"scrypt, odd N":        `"scrypt$1000$seasalt2$8$1$WHAHq1inCfBJ7MoA1ZLmq1XMbK79QUUHO7/Cl8YrJoauDGjr+inWQn6+Qib17Pe1YvzXS8VpkptLUXwU/xyexw=="`,
		"Firebase bomb, N":     firebase("8", "30"),
		"Firebase bomb, r":     firebase("99999999999999", "14"),
		"Firebase, negative":   firebase("8", "-14"),
		"Firebase, unknown":    strings.Replace(firebase("8", "14"), "salt\"", "pepper\"", 1),
		"Firebase, no signer":  strings.Replace(firebase("8", "14"), "signerKey\":\"jxspr8", "signerKey\":\"", 1),
		"PBKDF2 bomb":          `"$pbkdf2-sha256$2500001$8PHy8/T19vf4.fr7/P3./w$fDqeNl96xa8rYYkhxY.h7S/ou/Dc51i5FxynnNarEY4"`,
		"PBKDF2 bomb, key":     `"$pbkdf2$1000000$8PHy8/T19vf4.fr7/P3./w$E/.VCsUdFEUZ5HJZgaT34uKuL1sbdRlQhZekcKHb0ucr01L3mh6gRBDSSiYsQVjpAQ1nADyKngMWh9XvVFf6BA"`,
		"PBKDF2 bomb, ASP.NET": `"AQAAAAF/////AAAAEPDx8vP09fb3+Pn6+/z9/v98Op42X3rFrythiSHFj6HtL+i78NznWLkXHKec1qsRjg=="`,
		"PBKDF2, no work":      `"$pbkdf2-sha256$0$8PHy8/T19vf4.fr7/P3./w$fDqeNl96xa8rYYkhxY.h7S/ou/Dc51i5FxynnNarEY4"`,
		"PBKDF2, short key":    `"$pbkdf2-sha256$1000$8PHy8/T19vf4.fr7/P3./w$fDqeNl96"`,
		"PBKDF2, MD5":          `"pbkdf2:md5:1000$AbCd1234EfGh5678$79288d57bb05d225d7a44dbf9b271d71"`,
		"ASP.NET, cut":         `"AQAAAAEAAAPoAAAA/PDx8vP09fb3+Pn6+/z9/v98Op42X3rFrythiSHFj6HtL+i78NznWLkXHKec1qsRjg=="`,
		"ASP.NET, version 4":   `"BAAAAAEAAAPoAAAAEPDx8vP09fb3+Pn6+/z9/v98Op42X3rFrythiSHFj6HtL+i78NznWLkXHKec1qsRjg=="`,
		"phpass bomb":          `"$P$zabcdEFG1wzahwWEFt8MEvqboO.amd/"`,
		"phpass bomb, Drupal":  `"$S$Jabcdefghi0000000000000000000000000000000000000"`,
		"phpass, cut":          `"$S$5abcdefghizE.r8JRbaNkh1tCs3Ic"`,
		"WordPress bomb":       `"wordpress:$2y$15$` + bcrypt53 + `"`,
		"WordPress, argon2":    `"wordpress:$argon2id$v=19$m=262144,t=5,p=1$c2l4dGVlbmJ5dGVzYWx0IQ$5UOdz7nlRkze+cByaFVNasrXusmpl1VrTTbqNUukfTI"`,
		"WordPress, SHA-1":     `"wordpress:5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8"`,
		"Magento, version 4":   `"` + strings.Repeat("a", 64) + `:salt:4"`,
		"Magento, chain":       `"` + strings.Repeat("a", 64) + `:salt:1:9"`,
		"Magento, digits":      `"` + strings.Repeat("a", 64) + `:salt:0"`,
		"Magento, no salt":     `"` + strings.Repeat("a", 32) + `::0"`,
		"Magento, short key":   `"` + strings.Repeat("a", 32) + `:salt:3_15_2_67108864"`,
		"Magento bomb, memory": `"` + strings.Repeat("a", 64) + `:salt:3_32_1_268436480"`,
		"Magento bomb, time":   `"` + strings.Repeat("a", 64) + `:salt:3_32_5_268435456"`,
		"Magento bomb, chain":  `"` + strings.Repeat("a", 64) + `:salt:3_32_3_268435456:3_32_2_268435456"`,
		"Magento, no work":     `"` + strings.Repeat("a", 64) + `:salt:3_32_0_0"`,
		"OpenMage, unsalted":   `"` + strings.Repeat("a", 32) + `:"`,
		"OpenMage, SHA-1":      `"` + strings.Repeat("a", 40) + `:salt"`,
		"Medusa, a wrong sum":  `"c2NyeXB0AA8AAAAIAAAAAXNhbHRzYWx0c2FsdHNhbHRzYWx0c2FsdHNhbHRzYWx13eodRSwqb8rxJeyL4DgN9fdw/ld/u0v+rjDGF0run18dPqWSawpFqj21tbihhoD9"`,
		"Medusa bomb":          medusaOf(19, 8, 1),
		"Medusa bomb, p":       medusaOf(15, 8, 9),
		"Medusa bomb, wide":    medusaOf(1, 1<<31, 1<<31),
		"Spring, a password":   `"{noop}a password of somebody"`,
		"Spring, MD5":          `"{MD5}5f4dcc3b5aa765d61d8327deb882cf99"`,
		"Spring, salted":       `"{SHA-256}{salt}` + strings.Repeat("a", 64) + `"`,
		"Spring, to come":      `"{bcrypt@SpringSecurity_v9}$2b$05$` + bcrypt53 + `"`,
		"Spring bomb":          `"{bcrypt}$2b$15$` + bcrypt53 + `"`,
		"Spring bomb, scrypt":  `"{scrypt}$130801$AAECAwQFBgc=$` + strings.Repeat("A", 43) + `="`,
		"Spring, cut":          `"{pbkdf2}0001020304050607"`,
		"Spring, no digits":    `"{pbkdf2}trees"`,
		"Supabase bomb":        strings.Replace(fbscrypt, "n=14", "n=19", 1),
		"Supabase, no key":     strings.Replace(fbscrypt, "sk=", "sk=A", 1),
		"Keycloak, otp":        strings.Replace(keycloak("", "{}"), `"password"`, `"otp"`, 1),
		"Keycloak, unknown": keycloak("fDqeNl96xa8rYYkhxY+h7S/ou/Dc51i5FxynnNarEY4=",
			`{"hashIterations":1000,"algorithm":"sha1-salted"}`),
		"Keycloak, negative": keycloak("fDqeNl96xa8rYYkhxY+h7S/ou/Dc51i5FxynnNarEY4=",
			`{"hashIterations":-1,"algorithm":"pbkdf2"}`),
		"very long": `"` + strings.Repeat("A", 1<<20) + `"`,
	} {
		stored, err := Import("passwordHash", json.RawMessage(given))
		if models.CodeOf(err) != models.CodeInvalidInput || !strings.HasPrefix(err.Error(), "passwordHash ") ||
			stored != "" {
			t.Errorf("%s became %.40q, %v", name, stored, err)
			continue // computing it would exhaust the machine
		}

		// A hash that got into the database in another way is rejected there too.
		var text string
		if json.Unmarshal([]byte(given), &text) == nil {
			if right, err := h.Verify(context.Background(), &text,
				trees); right || err == nil || models.CodeOf(err) != models.CodeInternal {
				t.Errorf("%s is verified: %v, %v", name, right, err)
			}
		}
	}
}

func mustJSON(t *testing.T, v any) json.RawMessage {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func FuzzImport(f *testing.F) {
	for _, tc := range imported {
		f.Add(tc.given)
	}

	f.Fuzz(func(t *testing.T, given string) {
		stored, err := Import("passwordHash", json.RawMessage(given))
		if err != nil {
			if stored != "" || models.CodeOf(err) != models.CodeInvalidInput {
				t.Errorf("%q, %v", stored, err)
			}
			return
		}

		if _, err := read(stored); err != nil {
			t.Errorf("what was imported can't be read: %v", err)
		}
	})
}
