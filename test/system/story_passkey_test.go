package system

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/accountql/accountql/internal/passkey/passkeytest"
	"github.com/accountql/accountql/test/world"
)

// authenticator sets what an authenticator does from now on.
func (s *story) authenticator(ts *testscript.TestScript, _ bool, args []string) {
	one := s.authenticators[args[0]]
	if one == nil {
		one = &passkeytest.Authenticator{}
		if s.authenticators == nil {
			s.authenticators = map[string]*passkeytest.Authenticator{}
		}
		s.authenticators[args[0]] = one
	}

	one.Unverified = slices.Contains(args, "unverified")
	one.Absent = slices.Contains(args, "absent")
	one.Disobedient = slices.Contains(args, "disobedient")
	one.Anonymous = slices.Contains(args, "anonymous")
	one.Syncable = slices.Contains(args, "synced") || slices.Contains(args, "syncable")
	one.Synced = slices.Contains(args, "synced")
	one.RelyingParty, one.Type = "", ""
	for _, arg := range args[1:] {
		switch name, value, _ := strings.Cut(arg, "="); name {
		case "count":
			ts.Check(json.Unmarshal([]byte(value), &one.Count))
			one.Counts = true
		case "rp":
			one.RelyingParty = value
		case "type":
			one.Type = value
		}
	}
}

// create and use hand the newest options to an authenticator.
func (s *story) create(ts *testscript.TestScript, negated bool, args []string) {
	s.ceremony(ts, negated, args, (*passkeytest.Authenticator).Create)
}

func (s *story) use(ts *testscript.TestScript, negated bool, args []string) {
	s.ceremony(ts, negated, args, (*passkeytest.Authenticator).Use)
}

func (s *story) ceremony(
	ts *testscript.TestScript, negated bool, args []string,
	answer func(*passkeytest.Authenticator, []byte, string) ([]byte, error),
) {
	for _, value := range s.last.Data {
		if object, _ := value.(map[string]any); object["options"] != nil {
			s.options, _ = json.Marshal(object["options"])
		}
	}

	origin := world.PageOrigin
	if len(args) > 2 {
		origin = args[2]
	}

	response, err := answer(s.authenticators[args[1]], s.options, origin)
	if (err != nil) != negated {
		ts.Fatalf("the authenticator answers %s, %v to %s", response, err, s.options)
	}

	ts.Setenv(args[0], string(response))
	quoted, err := json.Marshal(string(response))
	ts.Check(err)
	ts.Setenv(args[0]+"Text", string(quoted))
}
