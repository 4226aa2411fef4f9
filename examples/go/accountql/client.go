// Package accountql is a typed client of AccountQL: generated.go is what
// genqlient makes of operations.graphql, client.go carries it over HTTP.
package accountql

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/Khan/genqlient/graphql"
)

//go:generate sh -c "cd .. && go tool genqlient"

// Types of the schema's scalars; a DateTime is a time.Time, a JSONObject a map.
type (
	// CountryCode is a country's two letters of ISO 3166-1.
	CountryCode string
	// Date is a calendar date, YYYY-MM-DD.
	Date string
	// EmailAddress is an e-mail address in canonical form.
	EmailAddress string
	// LanguageCode is a tag of BCP 47.
	LanguageCode string
	// PhoneNumber is a number in international form.
	PhoneNumber string
	// URL is an absolute https address.
	URL string
)

// Client sends the operations of one customer with the key of one application.
type Client struct {
	// Endpoint is the address of /graphql.
	Endpoint string
	// Key is sent as X-Api-Key.
	Key string
	// Token is the session's, "" before the sign-in.
	Token string
	// HTTP sends; nil is http.DefaultClient.
	HTTP *http.Client
}

var _ graphql.Client = (*Client)(nil)

// Error is a refusal: a code for programs, a sentence for people.
type Error struct {
	Code ErrorCode
	// Field is the path inside input of the field at fault, or "".
	Field string
	// Reason says why, where the code has several reasons: one of the schema's enum ErrorReason, or "".
	Reason string
	// Limit is the number that the reason is about, or 0.
	Limit   int
	Message string
	// RetryAfter is after how long a repetition is let through, or 0.
	RetryAfter time.Duration
	// RequestID names the request in the server's log.
	RequestID string
}

// Error is the code and the sentence.
func (e *Error) Error() string { return fmt.Sprintf("%s: %s", e.Code, e.Message) }

// Errors are all of an answer: a wrong input has one for each wrong field.
type Errors []*Error

// Error is that of the first; errors.As finds it, too.
func (e Errors) Error() string { return e[0].Error() }

// Unwrap lets errors.As and errors.Is look at each.
func (e Errors) Unwrap() []error {
	each := make([]error, len(e))
	for i, one := range e {
		each[i] = one
	}
	return each
}

// MakeRequest implements graphql.Client. It fails with Errors where the server
// refuses, whatever the HTTP status, and with another error where there is no answer.
func (c *Client) MakeRequest(ctx context.Context, request *graphql.Request, response *graphql.Response) error {
	body, err := json.Marshal(request)
	if err != nil {
		return err
	}
	post, err := http.NewRequestWithContext(ctx, http.MethodPost, c.Endpoint, bytes.NewReader(body))
	if err != nil {
		return err
	}
	post.Header.Set("Content-Type", "application/json")
	post.Header.Set("Accept", "application/graphql-response+json")
	post.Header.Set("X-Api-Key", c.Key)
	if c.Token != "" {
		post.Header.Set("Authorization", "Bearer "+c.Token)
	}
	client := c.HTTP
	if client == nil {
		client = http.DefaultClient
	}
	answer, err := client.Do(post)
	if err != nil {
		return err
	}
	defer func() { _ = answer.Body.Close() }()
	if err := json.NewDecoder(answer.Body).Decode(response); err != nil {
		return fmt.Errorf("no answer of AccountQL, but HTTP %s: %w", answer.Status, err)
	}
	if len(response.Errors) == 0 {
		return nil
	}
	refused := make(Errors, len(response.Errors))
	for i, one := range response.Errors {
		refused[i] = &Error{Message: one.Message}
		refused[i].Code = ErrorCode(text(one.Extensions["code"]))
		refused[i].Field, refused[i].RequestID = text(one.Extensions["field"]), text(one.Extensions["requestId"])
		refused[i].Reason = text(one.Extensions["reason"])
		if limit, ok := one.Extensions["limit"].(float64); ok {
			refused[i].Limit = int(limit)
		}
		if seconds, ok := one.Extensions["retryAfter"].(float64); ok {
			refused[i].RetryAfter = time.Duration(seconds) * time.Second
		}
	}
	return refused
}

func text(value any) string {
	words, _ := value.(string)
	return words
}
