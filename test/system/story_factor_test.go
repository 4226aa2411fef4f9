package system

import (
	"encoding/base32"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/accountql/accountql/internal/totp"
)

// app sets a variable to the code that an authenticator app shows.
func (s *story) app(ts *testscript.TestScript, _ bool, args []string) {
	secret := []byte("the secret of a stranger's app")
	if args[1] != "stranger" {
		var err error
		secret, err = base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(args[1])
		ts.Check(err)
	}

	at := s.world().Clock.Now()
	if len(args) > 2 {
		later, err := time.ParseDuration(args[2])
		ts.Check(err)
		at = at.Add(later)
	}

	code, err := totp.Code(secret, totp.Step(at))
	ts.Check(err)
	ts.Setenv(args[0], code)
}
