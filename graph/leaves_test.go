package graph

import (
	"context"
	"encoding/json"
	"log/slog"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"

	"github.com/accountql/accountql/graph/internal/fastexec"
	"github.com/accountql/accountql/graph/internal/gen"
	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
)

var silent = presenter{log: slog.New(slog.DiscardHandler)}

// FuzzLeaves executes documents on odd values with leaf programs and by gqlgen alone, and compares the answers.
// Without kept selections there are no programs.
func FuzzLeaves(f *testing.F) {
	for _, document := range leafDocuments {
		f.Add(document, "text", int64(1795348800), uint32(0))
		f.Add(document, "\x00\t\n\r\"\\\x1f\x7f\u2028é😀<&>\xff\xed\xa0\x80", int64(math.MaxInt64), uint32(math.MaxUint32))
		for bit := range oddities {
			f.Add(document, "\xff", int64(math.MinInt64), uint32(1)<<bit)
		}
	}

	f.Fuzz(func(t *testing.T, document, text string, number int64, which uint32) {
		values := odd{text, number, which}
		schema := gen.NewExecutableSchema(gen.Config{
			Resolvers: oddResolvers{odd: values}, Directives: gen.DirectiveRoot{
				HasPermission: func(ctx context.Context, _ any, next graphql.Resolver, _ *models.Permission) (any, error) {
					return next(ctx)
				},
				IsAuthenticated: func(ctx context.Context, _ any, next graphql.Resolver) (any, error) { return next(ctx) },
			},
		})
		known := newDocuments(schema.Schema(), true)

		execute := func(programs bool) (string, string) {
			operation, kept, list := known.prepare(&request{query: document}, false)
			if len(list) > 0 {
				t.Skip("the document is refused")
			}

			exec, ctx := executor.New(schema), t.Context()
			exec.SetErrorPresenter(silent.present)
			operation.RecoverFunc = silent.recovered
			if programs {
				ctx = fastexec.WithSelections(ctx, kept)
			}

			respond, ctx := exec.DispatchOperation(graphql.StartOperationTrace(ctx), operation)
			response := respond(ctx)
			var errors []string
			for _, one := range response.Errors {
				errors = append(errors, one.Error())
			}
			slices.Sort(errors) // fields are resolved side by side

			text, err := json.Marshal(errors)
			if err != nil {
				t.Fatal(err)
			}

			return string(response.Data), string(text)
		}

		want, wantErrors := execute(false)
		for range 2 {
			if got, gotErrors := execute(true); got != want || gotErrors != wantErrors {
				t.Fatalf("%s\nanswers %s %s\ngqlgen  %s %s", document, got, gotErrors, want, wantErrors)
			}
		}
	})
}

// leafDocuments select plain leaves in every way, and beside fields that are none.
var leafDocuments = []string{
	`{ account { id email emailVerified phone phoneVerified customId uuid firstName lastName displayName sex birthDate
		avatarUrl company address city province zipCode countryCode language timeZone anonymous attributes tags createdAt
		updatedAt lastActivityDate version emailDisplaced agreements { email sms push bluetooth rfid wifi } } }`,
	`{ account { id } }`, `{ account { __typename a: id b: id id kind: __typename tags } }`,
	`{ account { createdAt } node(id: "a") { id } apiKey { name permissions } }`,
	`{ account { attributes } }`, `{ account { lastActivityDate agreements { __typename a: email b: email } } }`,
	`{ account { agreements { email } agreements { sms } ...F } } fragment F on Account { agreements { push } version }`,
	`{ node(id: "a") { id __typename ... on Account { id city createdAt } } }`,
	`{ account { city sessions { id token createdAt lastUsedAt expiresAt current userAgent ip } } }`,
	`{ account { city identities { identityProvider issuer linkedAt } pendingEmailChange { challengeId expiresAt } } }`,
	`{ account { activity { edges { cursor node { at operation reason ip } } pageInfo { endCursor hasNextPage } } } }`,
	`{ account { city @include(if: true) company @skip(if: true) version } }`,
	`mutation { signIn(input: {email: "a", password: "b"}) { session { id token createdAt } } }`,
	`mutation { signIn(input: {email: "a", password: "b"}) { session { id token } account { id updatedAt } } }`,
	`mutation { changePassword(input: {oldPassword: "a", newPassword: "b"}) { revokedSessions session { token } } }`,
}

// odd makes values for every leaf. The bits of which say what is missing or odd.
type odd struct {
	text   string
	number int64
	which  uint32
}

// oddities is the number of bits of odd.which that mean anything.
const oddities = 12

func (o odd) is(bit int) bool { return o.which&(1<<bit) != 0 }

func (o odd) at(bit int) time.Time {
	if o.is(bit) {
		return time.Time{}
	}
	return time.Unix(o.number, o.number%1e9).In(time.FixedZone("", int(o.number%86400)))
}

func (o odd) account() *models.Account {
	shown := &models.Account{
		ID: o.text, Email: models.EmailAddress(o.text), Profile: models.Profile{Sex: models.Sex(o.text)},
		Version: int(o.number), CreatedAt: o.at(0), UpdatedAt: o.at(1),
	}
	if o.is(2) {
		at, phone, yes := o.at(0), models.PhoneNumber(o.text), o.is(3)
		shown.Phone, shown.EmailVerifiedAt, shown.PhoneVerifiedAt, shown.LastActivityAt = &phone, &at, &at, &at
		shown.Agreements = models.Agreements{Email: &yes, Push: &yes}
	}
	if o.is(4) {
		date, country := models.Date(o.text), models.CountryCode(o.text)
		shown.FirstName, shown.UUID, shown.City = &o.text, &o.text, &o.text
		shown.BirthDate, shown.CountryCode = &date, &country
	}
	if !o.is(5) {
		shown.Attributes = models.JSONObject{}
	}
	if o.is(6) {
		shown.Attributes = models.JSONObject{o.text: o.text, "number": float64(o.number)}
	}
	if o.is(7) {
		shown.Attributes = models.JSONObject{"number": math.NaN()}
	}
	if o.is(8) {
		shown.Tags = []string{o.text, "", o.text}
	}

	return shown
}

func (o odd) session() *models.Session {
	if o.is(9) {
		return nil
	}
	session := &models.Session{ID: o.text, CreatedAt: o.at(0), LastUsedAt: o.at(1), ExpiresAt: o.at(10), Current: o.is(3)}
	if o.is(11) {
		session.Token, session.UserAgent = &o.text, &o.text
	}
	return session
}

// oddResolvers resolve the fields of leafDocuments that need a resolver; the embedded interfaces are nil.
type oddResolvers struct {
	gen.ResolverRoot
	odd
}

func (r oddResolvers) Query() gen.QueryResolver       { return oddQuery{odd: r.odd} }
func (r oddResolvers) Mutation() gen.MutationResolver { return oddMutation{odd: r.odd} }
func (r oddResolvers) Account() gen.AccountResolver   { return oddAccount{odd: r.odd} }

type oddQuery struct {
	gen.QueryResolver
	odd
}

func (r oddQuery) Account(context.Context) (*models.Account, error)  { return r.account(), nil }
func (r oddQuery) Node(context.Context, string) (models.Node, error) { return r.account(), nil }
func (r oddQuery) APIKey(context.Context) (*models.APIKey, error) {
	return &models.APIKey{Name: r.text, Permissions: []models.Permission{models.Permission(r.text)}}, nil
}

type oddMutation struct {
	gen.MutationResolver
	odd
}

func (r oddMutation) SignIn(context.Context, account.SignInInput) (*account.SignInPayload, error) {
	return &account.SignInPayload{Session: r.session(), Account: r.account()}, nil
}

func (r oddMutation) ChangePassword(
	context.Context, account.ChangePasswordInput,
) (*account.ChangePasswordPayload, error) {
	return &account.ChangePasswordPayload{Session: r.session(), RevokedSessions: int(r.number)}, nil
}

type oddAccount struct {
	gen.AccountResolver
	odd
}

func (r oddAccount) Sessions(context.Context, *models.Account) ([]*models.Session, error) {
	return []*models.Session{r.session(), r.session()}, nil
}

func (r oddAccount) Identities(context.Context, *models.Account) ([]*models.Identity, error) {
	return []*models.Identity{{IdentityProvider: models.IdentityProvider(r.text), Issuer: r.text, LinkedAt: r.at(0)}}, nil
}

func (r oddAccount) PendingEmailChange(context.Context, *models.Account) (*models.PendingChange, error) {
	return &models.PendingChange{ChallengeID: r.text, ExpiresAt: r.at(1)}, nil
}

func (r oddAccount) Activity(
	context.Context, *models.Account, int, *string,
) (*account.ActivityConnection, error) {
	event := &account.ActivityEvent{At: r.at(0), Operation: r.text, Outcome: models.Outcome(r.text)}
	if r.is(2) {
		code := models.Code(r.text)
		event.Reason, event.IP = &code, &r.text
	}
	if r.is(9) {
		event = nil
	}

	page := &account.PageInfo{EndCursor: &r.text, HasNextPage: r.is(3)}
	if r.is(10) {
		page = nil
	}

	return &account.ActivityConnection{Edges: []*account.ActivityEdge{{Cursor: r.text, Node: event}}, PageInfo: page}, nil
}
