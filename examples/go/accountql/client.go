// Package accountql is a typed client of AccountQL: genqlient creates generated.go from operations.graphql, and
// client.go sends the operations over HTTP.
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

// The types of the schema's scalars; a DateTime is a time.Time, a JSONObject a map.
type (
	// CountryCode is a country as two letters of ISO 3166-1.
	CountryCode string
	// Date is a calendar date, YYYY-MM-DD.
	Date string
	// EmailAddress is an e-mail address in canonical form.
	EmailAddress string
	// LanguageCode is a tag of BCP 47.
	LanguageCode string
	// PhoneNumber is a number in international form.
	PhoneNumber string
	// TimeZone is a name of the IANA Time Zone Database.
	TimeZone string
	// URL is an absolute https address.
	URL string
)

// Client sends the operations of one customer with the API key of one application.
type Client struct {
	// Endpoint is the address of /graphql.
	Endpoint string
	// Key is the API key, which is sent as X-Api-Key.
	Key string
	// Token is the session token, or "" before the sign-in.
	Token string
	// HTTP sends the requests; nil means http.DefaultClient.
	HTTP *http.Client
}

var _ graphql.Client = (*Client)(nil)

// Error is a refusal: a code for programs, a sentence for people.
type Error struct {
	Code ErrorCode
	// Field is the path of the invalid field inside input, or "".
	Field string
	// Reason is a value of the schema's enum ErrorReason if the code has several reasons, otherwise "".
	Reason string
	// Limit is the number that the reason refers to, or 0.
	Limit   int
	Message string
	// RetryAfter is the time after which a retry is allowed, or 0.
	RetryAfter time.Duration
	// RequestID identifies the request in the server's log.
	RequestID string
}

// Error returns the code and the message.
func (e *Error) Error() string { return fmt.Sprintf("%s: %s", e.Code, e.Message) }

// Errors holds all errors of a response: an invalid input has one for each invalid field.
type Errors []*Error

// Error returns the text of the first error; errors.As also finds the first error.
func (e Errors) Error() string { return e[0].Error() }

// Unwrap lets errors.As and errors.Is examine each error.
func (e Errors) Unwrap() []error {
	each := make([]error, len(e))
	for i, one := range e {
		each[i] = one
	}
	return each
}

// MakeRequest implements graphql.Client. It returns Errors if the server refuses the request, whatever the HTTP
// status, and another error if there is no valid response.
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
