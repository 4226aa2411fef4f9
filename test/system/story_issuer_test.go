package system

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/accountql/accountql/internal/identity/identitytest"
	"github.com/accountql/accountql/models"
)

func (s *story) issuer(ts *testscript.TestScript, _ bool, args []string) {
	create := slices.Contains(args, "-create")
	s.world().Trust(s.t, args[0], models.IdentityProvider(args[1]), create || slices.Contains(args, "-customers"),
		create)
}

func (s *story) token(ts *testscript.TestScript, _ bool, args []string) {
	claims := identitytest.Claims{}
	for _, arg := range args[3:] {
		name, text, _ := strings.Cut(arg, "=")
		var value any = text
		if by, isTime := strings.CutPrefix(text, "@"); isTime {
			ago, err := time.ParseDuration(by)
			ts.Check(err)
			value = s.world().Clock.Now().Add(ago).Unix()
		} else if json.Unmarshal([]byte(text), &value) != nil {
			value = text
		}

		claims[name] = value
	}

	ts.Setenv(args[0], s.world().NewToken(args[1], args[2], claims))
}

func (s *story) broken(ts *testscript.TestScript, _ bool, args []string) {
	issuer := s.world().Issuers[args[0]]
	switch args[1] {
	case "fails":
		issuer.Break(identitytest.Fails)
	case "never":
		issuer.Break(nil)
	default:
		ts.Fatalf("an issuer is broken by fails or never, not by %s", args[1])
	}
}
