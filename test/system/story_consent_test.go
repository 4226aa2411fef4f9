package system

import (
	"context"
	"fmt"
	"path"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store/storetest"
	"github.com/accountql/accountql/models"
)

// setConsent sets a setting of consent.
func (s *story) setConsent(name, value string) (err error) {
	switch name {
	case "double-opt-in":
		s.settings.DoubleOptIn = value == "on"
	case "global-privacy-control":
		s.settings.GlobalPrivacyControl = value == "on"
	case "retain-consent-proof":
		s.settings.RetainConsentProof, err = time.ParseDuration(value)
	case "wording":
		channel, version, _ := strings.Cut(value, ":")
		s.settings.Wordings = account.Wordings{models.ConsentChannel(channel): {{Version: version}}}
	}
	return err
}

func (s *story) consents(ts *testscript.TestScript, _ bool, args []string) {
	owner, err := s.world().Service.FindAccount(context.Background(), args[0])
	ts.Check(err)
	if got := consentHistory(s.t, s.world(), owner.ID); strings.Join(got, " ") != strings.Join(args[1:], " ") {
		ts.Fatalf("want consents %v, got %v", args[1:], got)
	}
}

func (s *story) link(ts *testscript.TestScript, _ bool, args []string) {
	channel, err := models.ParseConsentChannel("channel", args[2])
	ts.Check(err)
	link, err := s.world().Service.By(account.Actor{Operator: "ops"}).
		UnsubscribeLink(context.Background(), args[1], channel)
	ts.Check(err)
	ts.Setenv(args[0], path.Base(link.URL))
}

func (s *story) unsubscribe(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(s.world().Service.Unsubscribe(context.Background(), models.Caller{IP: "192.0.2.7"}, args[0]))
}

func (s *story) proofs(ts *testscript.TestScript, _ bool, args []string) {
	proofs, err := s.world().Service.By(account.Actor{Operator: "ops"}).ConsentProofs(context.Background(), args[0])
	ts.Check(err)
	var got []string
	for _, proof := range proofs {
		answer := "null"
		if proof.Value != nil {
			answer = fmt.Sprint(*proof.Value)
		}
		got = append(got, fmt.Sprintf("%s=%s/%s", proof.Channel, answer, proof.Source))
	}

	if strings.Join(got, " ") != strings.Join(args[1:], " ") {
		ts.Fatalf("want proofs %v, got %v", args[1:], got)
	}
}

func (s *story) rotate(ts *testscript.TestScript, _ bool, _ []string) {
	ts.Check(storetest.Rotate(context.Background(), s.world().Store))
	_, err := s.world().Store.ReadKeys(context.Background())
	ts.Check(err)
}
