// Command service is an order service beside AccountQL. It asks whose session a request carries, and keeps a copy of the
// customers' names by webhook, which survives events that come twice, late, out of order or not at all:
//
//	ACCOUNTQL=http://127.0.0.1:8080 SESSION_KEY=ak_… BACKOFFICE=http://127.0.0.1:9000 BACKOFFICE_KEY=ak_… \
//		WEBHOOK_SECRET=whsec_… LISTEN=127.0.0.1:7000 go run ./examples/service
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"sync"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
)

// service holds the copy of the names. A real one keeps it in its database.
type service struct {
	accounts, office api
	verifier         *standardwebhooks.Webhook
	mu               sync.Mutex
	known            map[string]customer
}

// customer is what the service knows of a customer after the event with that number. A deleted one has no name, and
// keeps the number, so that an event that comes late does not bring it back.
type customer struct {
	Sequence int     `json:"sequence"`
	Name     *string `json:"name"`
}

// api is one of AccountQL's two addresses, and a key for it.
type api struct{ address, key string }

// ask sends a query and reads its data.
func (a api) ask(ctx context.Context, authorization, query string, variables map[string]any, data any) error {
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, a.address+"/graphql", bytes.NewReader(body))
	if err != nil {
		return err
	}

	r.Header = http.Header{"Content-Type": {"application/json"}, "X-Api-Key": {a.key}, "Authorization": {authorization}}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer func() { _ = response.Body.Close() }()

	answer := struct{ Data, Errors any }{Data: data}
	if err = json.NewDecoder(response.Body).Decode(&answer); err == nil && answer.Errors != nil {
		err = fmt.Errorf("accounts: %v", answer.Errors)
	}

	return err
}

// receive is the webhook. Whatever the event is about, and whether others are missing before it, the customer is read as
// it is now: that is at least as new as the event, and what comes late is then ignored.
func (s *service) receive(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 64<<10))
	if err != nil || s.verifier.Verify(body, r.Header) != nil {
		http.Error(w, "not signed by AccountQL", http.StatusUnauthorized)
		return
	}

	var event struct {
		Type, AccountID string
		Sequence        int
	}
	if err := json.Unmarshal(body, &event); err != nil {
		http.Error(w, "no event", http.StatusBadRequest)
		return
	}

	s.mu.Lock()
	defer s.mu.Unlock()
	now := customer{Sequence: event.Sequence}
	if now.Sequence <= s.known[event.AccountID].Sequence {
		now = s.known[event.AccountID] // the event came before, or something newer did
	} else if event.Type != "account.deleted" {
		var read struct {
			Customer struct{ Account struct{ FirstName *string } }
		}
		const query = `query($id: ID!) { customer(id: $id) { account { firstName } } }`
		id := map[string]any{"id": event.AccountID}
		if err := s.office.ask(r.Context(), "", query, id, &read); err != nil {
			http.Error(w, "later", http.StatusServiceUnavailable) // the next attempt at the event asks again
			return
		}
		now.Name = read.Customer.Account.FirstName
	}

	s.known[event.AccountID] = now
	w.WriteHeader(http.StatusNoContent)
}

// orders answers the signed-in customer by name, from the copy.
func (s *service) orders(w http.ResponseWriter, r *http.Request) {
	var read struct{ Session struct{ AccountID string } }
	const query = `{ session { accountId } }`
	if s.accounts.ask(r.Context(), r.Header.Get("Authorization"), query, nil, &read) != nil {
		http.Error(w, "sign in", http.StatusUnauthorized)
		return
	}

	s.mu.Lock()
	defer s.mu.Unlock()
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(s.known[read.Session.AccountID])
}

func main() {
	verifier, wrong := standardwebhooks.NewWebhook(os.Getenv("WEBHOOK_SECRET"))
	listener, busy := new(net.ListenConfig).Listen(context.Background(), "tcp", os.Getenv("LISTEN"))
	if wrong != nil || busy != nil {
		log.Fatal("WEBHOOK_SECRET: ", wrong, ", LISTEN: ", busy)
	}

	s := &service{
		accounts: api{os.Getenv("ACCOUNTQL"), os.Getenv("SESSION_KEY")},
		office:   api{os.Getenv("BACKOFFICE"), os.Getenv("BACKOFFICE_KEY")},
		verifier: verifier, known: map[string]customer{},
	}
	http.HandleFunc("POST /accounts", s.receive)
	http.HandleFunc("GET /orders", s.orders)
	fmt.Println("http://" + listener.Addr().String())
	server := &http.Server{ReadTimeout: 10 * time.Second, WriteTimeout: 10 * time.Second}
	log.Fatal(server.Serve(listener))
}
