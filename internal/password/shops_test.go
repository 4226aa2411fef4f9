package password

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"strings"
	"syscall"
	"testing"
	"time"
)

// This file guards the hashes of shops and frameworks. testdata holds the programs that made them: with PHP's own
// functions and libsodium (WordPress, Magento, OpenMage, Drupal), Node's scrypt (Better Auth, Medusa) and Python's
// hashlib (Spring).

const (
	salt32 = ":Nw8XqYUPtuJ2ZWzv1bIuYxqKrTgM7dHe"
	// fbscrypt is Firebase's published hash in Supabase's form.
	fbscrypt = `"$fbscrypt$v=1,n=14,r=8,p=1,ss=Bw==,sk=jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==$42xEC+ixf3L2lw==$lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ=="`
)

var shopVectors = []vector{
	{"MD5 of OpenMage", `"dfcb3d789d9569995479a4e78e62e37f:Xy"`, trees, "dfcb"},
	{"SHA-256 of OpenMage",
		`"c33de6937a390d78904df102baf678c2e6aa5eedaf54a6f5d81f616f8b2716bc` + salt32 + `"`, trees, "c33d"},
	{"SHA-512 of OpenMage",
		`"69a746a06986e2d41c8c500a4e64ff074397cfb2d0ea0e50f091189903579a02e81a453c509b9f8ae5173e96969ca0e19574f4dca336a6dbc7f00cc47c0014e6` +
			salt32 + `"`, trees, "69a7"},
	{"bcrypt of OpenMage", `"$2y$04$hNqtnpwWqp3bg0BTUs1Z2eXcoVd5Bd5Dy4oKQBlvRMRU/2pca42hu"`, trees, "$2y$04$"},
	{"Magento 2, 0", `"d88fac044d2d85561f53c43a5694ee6f` + salt32 + `:0"`, trees, "d88f"},
	{"Magento 2, 1",
		`"c33de6937a390d78904df102baf678c2e6aa5eedaf54a6f5d81f616f8b2716bc` + salt32 + `:1"`, trees, "c33d"},
	{"Magento 2, 2",
		`"b1babbb680cb78aecf46c3df2e7e24867fc315f1b0ed3f123265594a863d564e` + salt32 + `:2"`, trees, "b1ba"},
	{"Magento 2, 3", `"569f905d24d1df98b0c8cb9484a437ba341388b6a019b2b5d1ccf97f3f2139c8` + salt32 + `:3_32_1_262144"`,
		trees, "569f"},
	{"Magento 2, short salt",
		`"6736f483855bf5df934b06a7a1d6bd976858528637f7a47364ff1a804ff1e508:ab:3_32_1_262144"`, trees, "6736"},
	{"Magento 2, 0:1",
		`"8818790711ed07797b73ebf944be609e71008d4bd45d49c7420d9d227ee9f7c1` + salt32 + `:0:1"`, trees, "8818"},
	{"Magento 2, 1:3", `"545a479ac66b87721c54cec817f2de4420ed7bf42d830cd1eddb436e37a8ba21` + salt32 +
		`:1:3_32_1_262144"`, trees, "545a"},
	{"Magento 2, 0:1:3", `"8495632e8e58ca1ff7b96e0ccf046f184908b8eceb7d134c7a74188f2b9df3e4` + salt32 +
		`:0:1:3_32_1_262144"`, trees, "8495"},
	{"Drupal 7 to 10", `"$S$5abcdefghizE.r8JRbaNkh1tCs3IconmpTBzcFBkXhyx6wInkIIe"`, trees, "$S$5"},
	{"Drupal, from MD5", `"U$S$5abcdefghQZq9BtXgxERtO5WxQbqLMNotBUhw0hxVk0j8m8UK0ja"`, trees, "U$S$5"},
	{"Drupal, from phpBB", `"U$P$5abcdefghfFboXB6V25NvnaCYpCVNI."`, trees, "U$P$5"},
	{"Drupal since 10.1", `"$2y$04$e7ycuZeGOZ18Ijda4zf4s.RZnmzkER7jBo7waqryZOZnTnJccqLCq"`, trees, "$2y$04$"},
	{"Better Auth",
		`"00112233445566778899aabbccddeeff:7810c7374ad2c835c98824291232239af353f6f07d520e3926a1022522fa35fbc9b59972106130f8db7da6f0ad4a47d7552e99a30fac70435ae4aa2a2075a281"`,
		trees, "0011"},
	{"Medusa 2",
		`"c2NyeXB0AA8AAAAIAAAAAXNhbHRzYWx0c2FsdHNhbHRzYWx0c2FsdHNhbHRzYWx03eodRSwqb8rxJeyL4DgN9fdw/ld/u0v+rjDGF0run18dPqWSawpFqj21tbihhoD9"`,
		trees, "c2NyeXB0AA8"},
	{"Medusa 1",
		`"c2NyeXB0AAEAAAABAAAAAXNhbHRzYWx0c2FsdHNhbHRzYWx0c2FsdHNhbHRzYWx0eKYEE42mE1DVGGo0N7Tmo0hpcUeYdEoXYo1PgltxdjlZX9A+G0BSUBKAo4mTZGk8"`,
		trees, "c2NyeXB0AAE"},
	{"Spring, bcrypt", `"{bcrypt}$2a$05$abcdefghijklmnopqrstuu8RMe1hwjw7VXok7OfSXsD9tSl7EPd4O"`, trees, "$2a$05$"},
	{"Spring, argon2",
		`"{argon2@SpringSecurity_v5_8}$argon2id$v=19$m=256,t=1,p=2$c2l4dGVlbmJ5dGVzYWx0IQ$XSFCv7/UokkpulrfKKbi9qRAFgfMavFYmOy9U/F9zi4"`,
		trees, "$argon2id$v=19$m=256,"},
	{"Spring, PBKDF2", `"{pbkdf2}00010203040506075dcf3a4b2681d46cfcbb2a67df04675fd75fbb3270b979202468c55a1a1ea3ef"`,
		trees, "$pbkdf2$185000$"},
	{"Spring 5.8, PBKDF2",
		`"{pbkdf2@SpringSecurity_v5_8}000102030405060708090a0b0c0d0e0fbe620d4d846e9b1b072ec2819835284963073cb5aeeb5e88284013c9c121eecf"`,
		trees, "$pbkdf2-sha256$310000$"},
	{"Spring, scrypt",
		`"{scrypt}$e0801$AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+Pw==$wYzN+OHy78tHT5d9PJzv8dXWZ75WbvOZq9Yk+dT/xq0="`,
		trees, "$scrypt$ln=14,r=8,p=1$"},
	{"Spring 5.8, scrypt",
		`"{scrypt@SpringSecurity_v5_8}$100801$AAECAwQFBgcICQoLDA0ODw==$HehPPhx3Usd5Hw2swAYLL8MRJ7Ggz2VYe56wxE4rIYA="`,
		trees, "$scrypt$ln=16,r=8,p=1$"},
	{"Spring, SHA-256", `"{sha256}000102030405060709106d64b41da5dff3ebb2a347c9b1110c0d5d4d0e86c1af40a0e6b8053aff2b"`,
		trees, "{sha256}"},
	{"Supabase, from Firebase", fbscrypt, "user1password", "$firebase-scrypt$ln=14,r=8,p=1$"},
}

// quotes is a password as it is typed, with everything that WordPress changes before hashing.
const quotes = " it's a \"back\\slash\" "

// fromWordPress holds WordPress's hashes of quotes, as in a line of an import.
var fromWordPress = map[string]string{
	"phpass":              `$P$6abcdefghWEHQn8nG3j/h2Xi8DS9Hs.`,
	"phpass, said":        `wordpress:$P$6abcdefghWEHQn8nG3j/h2Xi8DS9Hs.`,
	"bcrypt of 6.8":       `$wp$2y$04$xNauIKrhQsBPkZ5zQQG6ReCBHTu.5X03QtPyBVez9I0lUcL1k4ZNa`,
	"bcrypt of 6.8, said": `wordpress:$wp$2y$04$xNauIKrhQsBPkZ5zQQG6ReCBHTu.5X03QtPyBVez9I0lUcL1k4ZNa`,
	"bcrypt of a plugin":  `wordpress:$2y$04$NnrgA8xEvCeb.ns.Kx1q7O.wgWP2NmqDpiIHBxGlyJRzAxU0Kmlo6`,
	"argon2id":            `wordpress:$argon2id$v=19$m=256,t=1,p=1$akZHWi9QNVJGN1I5NTB6Yw$gkYCaVsXyerc/vZG5bSkTOpG0tRVso7YuLyIXE2jWc0`,
	"MD5":                 `wordpress:0f40801dc3d1274cccfbf217b22bde29`,
	"a command's":         `wordpress:$P$6abcdefghsklcy/dFekV2JWI/Rn4cR1`,
}

// TestWordPressPasswords guards that a customer signs in with quotes, backslashes and surrounding space, with every
// form that WordPress has written, and that no other password works.
func TestWordPressPasswords(t *testing.T) {
	h := newHasher(t, cheap, 1)
	for name, given := range fromWordPress {
		stored, err := Import("passwordHash", mustJSON(t, given))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}

		for typed, want := range map[string]bool{
			quotes: true, strings.TrimSpace(quotes): true, "\t" + quotes + "\r\n": true,
			strings.ReplaceAll(quotes, "'", ""): false, strings.ReplaceAll(quotes, `"`, "'"): false,
			strings.ReplaceAll(quotes, " a ", "a"): false, "": false,
		} {
			if right, err := h.Verify(context.Background(), &stored, typed); right != want || err != nil {
				t.Errorf("%s: %q is %v, %v", name, typed, right, err)
			}
		}

		if again, err := Import("passwordHash", mustJSON(t, stored)); again != stored || err != nil {
			t.Errorf("%s is imported again as %.30s, %v", name, again, err)
		}
	}
}

// TestBcryptIsNotSlashed guards that bcrypt is treated as WordPress's only if the line says so.
func TestBcryptIsNotSlashed(t *testing.T) {
	h := newHasher(t, cheap, 1)
	typed := `$2y$04$fY.jtvHHT4w3ItvFkBjmPu8AGvgrvUX2wk2bsU8vEZsdgSlBzkmqS`
	for password, want := range map[string]bool{quotes: true, strings.TrimSpace(quotes): false} {
		if right, err := h.Verify(context.Background(), &typed, password); right != want || err != nil {
			t.Errorf("%q is %v, %v", password, right, err)
		}
	}

	slashed := strings.TrimPrefix(fromWordPress["bcrypt of a plugin"], "wordpress:")
	if right, err := h.Verify(context.Background(), &slashed, strings.TrimSpace(quotes)); right || err != nil {
		t.Errorf("the password of a hash that is nobody's in particular is slashed: %v", err)
	}
}

// TestComposedByCompatibility guards that Better Auth's full-width letters and ligatures match the letters that it
// hashed.
func TestComposedByCompatibility(t *testing.T) {
	h := newHasher(t, cheap, 1)
	stored, err := Import("passwordHash", json.RawMessage(
		`"00112233445566778899aabbccddeeff:7df1fbaa6d5469ca4e47cbb780d615f6993f371bdb026c3d43d0fa689c84833bb9dda8d06dd51a253a28c6734feb07cebeff2cc57aaf536c3ee78c235c792b87"`,
	))
	if err != nil {
		t.Fatal(err)
	}

	for password, want := range map[string]bool{
		"ＡＢＣ ﬁne 12 trees": true, "ABC fine 12 trees": true, "abc fine 12 trees": false,
	} {
		if right, err := h.Verify(context.Background(), &stored, password); right != want || err != nil {
			t.Errorf("%q is %v, %v", password, right, err)
		}
	}
}

func TestUnusable(t *testing.T) {
	for given, want := range map[string]bool{
		`""`: true, `"!"`: true, `"!GQ6EydIL8I8QRCrRgGmK4SMhjrZLT52rQhmmNUe1"`: true, `"*"`: true, `"*0"`: true,
		`"wordpress:*"`: true, `"wordpress:"`: true, `"!$6$abcd$abcd"`: true,
		`"$2y$05$abcdefghijklmnopqrstuu8RMe1hwjw7VXok7OfSXsD9tSl7EPd4O"`: false, `" "`: false, `{}`: false, `1`: false,
		`null`: true,
	} {
		if got := Unusable(json.RawMessage(given)); got != want {
			t.Errorf("%s: %v", given, got)
		}
	}
}

// medusaOf returns a line's hash with the given costs and their checksum.
func medusaOf(ln byte, r, p uint32) string {
	header := append([]byte("scrypt\x00"), ln)
	header = binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(header, r), p)
	header = append(header, bytes.Repeat([]byte("salt"), 8)...)
	sum := sha256.Sum256(header)
	header = append(append(header, sum[:16]...), make([]byte, 32)...)
	return `"` + base64.StdEncoding.EncodeToString(header) + `"`
}

// BenchmarkCeilings measures the time of the most costly hash of each form: docs/import.md has the table.
func BenchmarkCeilings(b *testing.B) {
	const argon2, bcrypt = "$c2l4dGVlbmJ5dGVzYWx0IQ$5UOdz7nlRkze+cByaFVNasrXusmpl1VrTTbqNUukfTI", "abcdefghijklmnopqrstuu8RMe1hwjw7VXok7OfSXsD9tSl7EPd4O"
	const pbkdf2, scrypt = "$8PHy8/T19vf4.fr7/P3./w$Fzxpyx9oTUGjn0OO7ar8QBqhQlw", "$8PHy8/T19vf4+fr7/P3+/w$grEFqAhb25Z9syfiLWTbWhm+yoB+bviG7pGpwnmn+6k"
	for name, stored := range map[string]string{
		"argon2id, 256 MiB, 4 iterations":   "$argon2id$v=19$m=262144,t=4,p=1" + argon2,
		"argon2id, 64 MiB, 16 iterations":   "$argon2id$v=19$m=65536,t=16,p=1" + argon2,
		"bcrypt, 14":                        "$2b$14$" + bcrypt,
		"scrypt, 256 MiB":                   "$scrypt$ln=18,r=8,p=1" + scrypt,
		"scrypt, 16 MiB, 16 lanes":          "$scrypt$ln=14,r=8,p=16" + scrypt,
		"PBKDF2-SHA1, 2,500,000":            "$pbkdf2$2500000" + pbkdf2,
		"PBKDF2-SHA256, 2,500,000":          "$pbkdf2-sha256$2500000" + pbkdf2,
		"PBKDF2-SHA512, 2,500,000":          "$pbkdf2-sha512$2500000" + pbkdf2,
		"phpass of MD5, 2^20":               "$P$IabcdEFG1wzahwWEFt8MEvqboO.amd/",
		"phpass of SHA-512, 2^20":           "$S$IabcdefghizE.r8JRbaNkh1tCs3IconmpTBzcFBkXhyx6wInkIIe",
		"Magento, argon2id of 1 GiB in all": strings.Repeat("a", 64) + ":salt:3_32_4_268435456",
	} {
		b.Run(name, func(b *testing.B) {
			digest, err := read(stored)
			if err != nil {
				b.Fatal(err)
			}

			// The processor time is the same on a busy machine.
			started := spent(b)
			for range b.N {
				digest.Match("a wrong password")
			}

			b.ReportMetric((spent(b)-started).Seconds()/float64(b.N), "cpu-s/op")
		})
	}
}

// spent returns the processor time of this process so far.
func spent(b *testing.B) time.Duration {
	b.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
