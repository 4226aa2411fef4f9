package server

import (
	"net/http"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/auth"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/web"
)

// consentPages serves the links of consent, in production too: a mail program that unsubscribes its reader has no key
// of an application.
func (s *server) consentPages(mux *http.ServeMux, site string) {
	mux.Handle(account.UnsubscribePath+"{token}", web.Unsubscribe(site,
		func(r *http.Request, token string) web.Answered {
			caller := auth.NewCaller(r, s.settings.TrustedProxies)
			return s.answered(r, caller, s.service.Unsubscribe(r.Context(), caller, token))
		}))

	mux.Handle("/consent/{token}", web.ConfirmConsent(site,
		func(r *http.Request, token string) web.Answered {
			caller := auth.NewCaller(r, s.settings.TrustedProxies)
			_, err := s.service.ConfirmConsent(r.Context(), caller, account.ConfirmConsentInput{Token: token})
			return s.answered(r, caller, err)
		}))
}

// answered returns what the page says of the outcome of an operation, and logs a failure that is ours.
func (s *server) answered(r *http.Request, caller models.Caller, err error) web.Answered {
	if err == nil {
		return web.AnsweredDone
	}

	switch models.CodeOf(err) {
	case models.CodeTokenInvalid, models.CodeInvalidInput:
		return web.AnsweredInvalid
	case models.CodeRateLimited:
		return web.AnsweredTooOften
	default:
		s.log.ErrorContext(r.Context(), "a link of consent failed", "requestId", caller.RequestID, "error", err)
		return web.AnsweredLater
	}
}
