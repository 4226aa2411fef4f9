package system

import (
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
)

func (s *story) set(ts *testscript.TestScript, _ bool, args []string) {
	if s.started != nil {
		ts.Fatalf("settings must come first")
	}

	for _, arg := range args {
		name, value, _ := strings.Cut(arg, "=")
		duration, err := time.ParseDuration(value)
		switch name {
		case "registration":
			s.settings.Registration = account.Registration(value)
			err = nil
		case "phone-code-ttl":
			s.settings.PhoneCodeTTL = duration
		case "session-idle":
			s.settings.SessionIdle = duration
		case "session-max":
			s.settings.SessionMax = duration
		case "deletion-grace":
			s.settings.DeletionGrace = duration
		case "phone-countries":
			for code := range strings.SplitSeq(value, ",") {
				s.settings.PhoneCountries = append(s.settings.PhoneCountries, models.CountryCode(code))
			}
			err = nil
		case "second-factor":
			s.settings.SecondFactor, err = account.SecondFactor(value), nil
		case "passkeys":
			s.noPasskeys = value == "off"
			err = nil
		case "sign-in-code":
			s.settings.SignInCode = value == "on"
			err = nil
		case "rate-limits":
			s.settings.Unlimited = value == "off"
			err = nil
		case "double-opt-in", "global-privacy-control", "retain-consent-proof", "wording":
			err = s.setConsent(name, value)
		default:
			ts.Fatalf("unknown setting %s", name)
		}

		ts.Check(err)
	}
}

func (s *story) terms(ts *testscript.TestScript, _ bool, args []string) {
	if s.started != nil {
		ts.Fatalf("terms must come first")
	}

	terms, err := account.ReadTerms(strings.NewReader(ts.ReadFile(args[0])))
	ts.Check(err)
	s.settings.Terms = terms
}
