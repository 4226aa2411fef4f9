package identity

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/accountql/accountql/models"
)

// accessToken reports whether a token looks like one of Facebook's access tokens, which only Facebook can read:
// letters and digits, without the dots of a signed token.
func accessToken(raw string) bool {
	other := func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') && r != '_' && r != '-'
	}
	return raw != "" && len(raw) <= maxToken && !strings.ContainsFunc(raw, other)
}

// askFacebook asks Facebook whose access token it is. Facebook's answer has no verified e-mail address, and for
// short-lived tokens no time of issue.
func (v *Verifier) askFacebook(ctx context.Context, issuer *issuer, raw string) (*models.ExternalIdentity, error) {
	select {
	case v.asking <- struct{}{}:
		defer func() { <-v.asking }()
	default:
		return nil, &unavailableError{errors.New("too many questions to it are under way")}
	}

	ctx, cancel := context.WithTimeout(ctx, fetchTimeout)
	defer cancel()
	appID := issuer.Audiences[0]
	address := issuer.DebugTokenURL + "?" +
		url.Values{"input_token": {raw}, "access_token": {appID + "|" + issuer.AppSecret}}.Encode()
	status, text, err := v.client.Get(ctx, address)
	if err == nil && status != http.StatusOK && status != http.StatusBadRequest {
		err = fmt.Errorf("it answered with status %d", status)
	}
	v.watch.asked(issuer.Provider, err)
	if err != nil {
		return nil, &unavailableError{err}
	}

	var answer struct {
		Data struct {
			AppID     string `json:"app_id"`
			Type      string `json:"type"`
			UserID    string `json:"user_id"`
			IsValid   bool   `json:"is_valid"`
			IssuedAt  int64  `json:"issued_at"`
			ExpiresAt int64  `json:"expires_at"`
		} `json:"data"`
	}
	if err := json.Unmarshal(text, &answer); err != nil {
		return nil, &unavailableError{errors.New("its answer is no JSON object")}
	}

	told, now := answer.Data, v.now()
	expires := time.Unix(told.ExpiresAt, 0).UTC()
	if !told.IsValid || told.AppID != appID || told.Type != "USER" || told.UserID == "" ||
		len(told.UserID) > maxSubject || !now.Before(expires) {
		return nil, errors.New("by Facebook's word it is not a customer's valid token of this app")
	}

	found := &models.ExternalIdentity{
		IdentityProvider: issuer.Provider, Issuer: issuer.Issuer, Subject: told.UserID,
		ExpiresAt: expires, TokenID: tokenID(issuer.Issuer, raw),
	}
	if told.IssuedAt > 0 {
		found.IssuedAt = time.Unix(told.IssuedAt, 0).UTC()
	}

	return found, nil
}
