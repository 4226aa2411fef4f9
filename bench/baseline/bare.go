package main

import (
	"context"
	"net/http"

	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/accountql/accountql/bench/baseline/gen"
)

//go:generate go tool gqlgen generate

// newBare returns gqlgen alone, with the same response for every request: its own transport and executor, and a
// cache of parsed documents. It has no key, no session, no database and no limits.
func newBare() http.Handler {
	const cachedDocuments = 100
	server := handler.New(gen.NewExecutableSchema(gen.Config{Resolvers: constant{}}))
	server.AddTransport(transport.POST{})
	server.SetQueryCache(lru.New[*ast.QueryDocument](cachedDocuments))
	return server
}

// constant resolves every query to the same account.
type constant struct{}

func (constant) Query() gen.QueryResolver { return constant{} }

func (constant) Account(context.Context) (*gen.Account, error) {
	agreed := true
	text := func(s string) *string { return &s }

	return &gen.Account{
		ID: "019ab0a0-1111-7000-8000-000000000001", Email: "reader-01@example.com",
		FirstName: text("Jan"), LastName: text("Kowalski"), DisplayName: text("Janek"), Sex: "MALE",
		BirthDate: text("1990-01-31"),
		AvatarURL: text("https://images.example.com/jan.png"),
		Company:   text("Example Ltd"), Address: text("1 Long Street"),
		City: text("Warsaw"), Province: text("Masovia"), ZipCode: text("00-001"), CountryCode: text("PL"),
		Language:  text("pl"),
		CreatedAt: "2026-11-22T12:00:00.000000Z", UpdatedAt: "2026-11-22T12:00:00.000000Z", Version: 1,
		Agreements: &gen.Agreements{Email: &agreed, Sms: &agreed, Push: &agreed, Bluetooth: &agreed},
	}, nil
}
