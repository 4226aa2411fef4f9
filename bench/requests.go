package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"
)

// The key and the password of development mode (docs/contract.md, "Start"), which are public on purpose.
const (
	developmentKey = "ak_development_do-not-use-this-key-outside-your-own-machine"
	password       = "correct horse battery staple"
)

// accountDocument selects 25 leaves, as many as the baseline's schema has.
const accountDocument = `query Account { account { id email emailVerified phone phoneVerified firstName lastName displayName sex birthDate avatarUrl ` +
	`company address city province zipCode countryCode language createdAt updatedAt version agreements { email sms push bluetooth } } }`

const (
	updateDocument = `mutation Update($input: UpdateAccountInput!) { updateAccount(input: $input) { account { id city version updatedAt } } }`
	signInDocument = `mutation SignIn($input: SignInInput!) { signIn(input: $input) { session { id token expiresAt } account { id email } } }`
	resetDocument  = `mutation Reset($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { accepted } }`
)

// customers is the number of accounts that share the load; each has a session.
const customers = 64

// requests holds the bytes that a driver sends to one server.
type requests struct {
	account, update, signIn, reset [][]byte
}

// prepared returns the bytes of a request.
func prepared(address, token, document string, input map[string]any) []byte {
	request := map[string]any{"query": document}
	if input != nil {
		request["variables"] = map[string]any{"input": input}
	}

	body, err := json.Marshal(request)
	if err != nil {
		panic(err) // strings can always be encoded
	}

	var text bytes.Buffer
	fmt.Fprintf(&text,
		"POST /graphql HTTP/1.1\r\nHost: %s\r\nUser-Agent: bench\r\nAccept: application/json\r\nContent-Type: application/json\r\n",
		address)
	fmt.Fprintf(&text, "X-Api-Key: %s\r\n", developmentKey)
	if token != "" {
		fmt.Fprintf(&text, "Authorization: Bearer %s\r\n", token)
	}

	fmt.Fprintf(&text, "Content-Length: %d\r\n\r\n%s", len(body), body)

	return text.Bytes()
}

// baselineRequests returns the account query for a baseline: the same bytes, with a token that the baseline
// ignores.
func baselineRequests(address string) requests {
	const token = "as_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
	one := [][]byte{prepared(address, token, accountDocument, nil)}
	return requests{account: one, signIn: one}
}

// enrol registers customers, signs them in, completes their profiles, and prepares their requests.
func enrol(ctx context.Context, address string) (requests, error) {
	var all requests
	for i := range customers {
		email := fmt.Sprintf("reader-%02d@example.com", i)
		credentials := map[string]any{"email": email, "password": password}
		const register = `mutation($input: RegisterAccountInput!) { registerAccount(input: $input) { accepted } }`
		if err := ask(ctx, address, "", register, credentials, nil); err != nil {
			return all, err
		}

		var answer struct {
			SignIn struct{ Session struct{ Token string } }
		}
		if err := ask(ctx, address, "", signInDocument, credentials, &answer); err != nil {
			return all, err
		}

		token := answer.SignIn.Session.Token
		if err := ask(ctx, address, token, updateDocument, map[string]any{
			"firstName": "Jan", "lastName": "Kowalski", "displayName": "Janek", "sex": "MALE",
			"birthDate": "1990-01-31",
			"avatarUrl": "https://images.example.com/jan.png", "company": "Example Ltd", "address": "1 Long Street",
			"city": "Warsaw", "province": "Masovia", "zipCode": "00-001", "countryCode": "PL", "language": "pl",
			"agreements": map[string]any{"email": true, "sms": true, "push": true, "bluetooth": true},
		}, nil); err != nil {
			return all, err
		}

		all.account = append(all.account, prepared(address, token, accountDocument, nil))
		for _, city := range []string{"Warsaw", "Gdansk"} {
			all.update = append(all.update, prepared(address, token, updateDocument, map[string]any{"city": city}))
		}

		all.signIn = append(all.signIn, prepared(address, "", signInDocument, credentials))
		all.reset = append(all.reset, prepared(address, "", resetDocument, map[string]any{"email": email}))
	}

	return all, nil
}

// ask sends one request and decodes its data.
func ask(ctx context.Context, address, token, document string, input map[string]any, data any) error {
	const patience = 10 * time.Second
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	body, err := json.Marshal(map[string]any{"query": document, "variables": map[string]any{"input": input}})
	if err != nil {
		return err
	}

	request, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+address+"/graphql",
		bytes.NewReader(body))
	if err != nil {
		return err
	}

	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("X-Api-Key", developmentKey)
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}

	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer func() { _ = response.Body.Close() }()
	var answer struct {
		Data   json.RawMessage
		Errors []struct{ Message string }
	}
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		return err
	}
	if len(answer.Errors) > 0 {
		return errors.New(answer.Errors[0].Message)
	}
	if data == nil {
		return nil
	}

	return json.Unmarshal(answer.Data, data)
}

// reads returns the account query of a connection; each connection has another customer.
func (r requests) reads(connection, _ int) []byte { return r.account[connection%len(r.account)] }

// updates changes the city back and forth, so that each update writes.
func (r requests) updates(connection, sent int) []byte {
	return r.update[(2*connection+sent%2)%len(r.update)]
}

func (r requests) signIns(connection, _ int) []byte { return r.signIn[connection%len(r.signIn)] }

// mixed returns requests in the mix of 80 reads, 12 updates, 4 sign-ins and 4 requests for a password reset per 100
// requests, evenly spread.
func (r requests) mixed(connection, sent int) []byte {
	const (
		turn    = 25
		updates = 3 // per turn
	)
	position := connection*7 + sent
	before := position / turn * updates
	switch position % turn {
	case 0:
		return r.signIn[connection%len(r.signIn)]
	case 13:
		return r.reset[connection%len(r.reset)]
	case 5:
		return r.updates(connection, before)
	case 10:
		return r.updates(connection, before+1)
	case 18:
		return r.updates(connection, before+2)
	}

	return r.reads(connection, sent)
}
