package graph

import (
	"context"
	"errors"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/auth"
	"github.com/accountql/accountql/models"
)

// directives are the gates in front of every operation. What they refuse is an
// outcome like any other, and so stands in the audit trail (R-C13).
type directives struct {
	accounts *account.Service
	// observe is Options.Observe.
	observe func(operation string, code models.Code, took time.Duration)
}

func (d directives) refuse(ctx context.Context, caller models.Caller, err *models.Error) error {
	d.accounts.RecordRefusal(ctx, caller, graphql.GetFieldContext(ctx).Field.Name, err)
	return err
}

// hasPermission is @hasPermission: it refuses a key that lacks the permission.
// It stands on every root field and around everything else, so it is also
// where several wrong fields become several errors.
func (d directives) hasPermission(ctx context.Context, _ any, next graphql.Resolver, permission *models.Permission) (_ any, err error) {
	if d.observe != nil {
		began := time.Now()
		defer func() { d.observe(graphql.GetFieldContext(ctx).Field.Name, codeOf(err), time.Since(began)) }()
	}
	caller := auth.CallerFrom(ctx)
	if !holds(caller, permission) {
		return nil, d.refuse(ctx, caller, models.NewError(models.CodePermissionDenied, "the API key does not have the permission for this operation"))
	}
	result, err := next(ctx)
	if err != nil {
		return nil, separate(ctx, err)
	}
	keep(ctx, result)
	return result, nil
}

// holds says whether the caller's key has the permission of a field; nil: any key has.
func holds(caller models.Caller, permission *models.Permission) bool {
	return caller.APIKey != nil && (permission == nil || caller.APIKey.Allows(*permission))
}

// permitted asks what hasPermission would, by the directives of the schema's mutations.
func permitted(schema *ast.Schema) func(caller models.Caller, operation string) bool {
	permissions := make(map[string]*models.Permission, len(schema.Mutation.Fields))
	for _, field := range schema.Mutation.Fields {
		if permission := field.Directives.ForName("hasPermission").Arguments.ForName("permission"); permission != nil {
			permissions[field.Name] = (*models.Permission)(&permission.Value.Raw)
		}
	}
	return func(caller models.Caller, operation string) bool { return holds(caller, permissions[operation]) }
}

// codeOf is the code of an error, and "" for none.
func codeOf(err error) models.Code {
	if err == nil {
		return ""
	}
	return models.CodeOf(err)
}

// separate reports several wrong fields as several errors: all but the last, which it returns.
func separate(ctx context.Context, err error) error {
	var many models.Errors
	if !errors.As(err, &many) {
		return err
	}
	last := len(many) - 1
	for _, one := range many[:last] {
		graphql.AddError(ctx, one)
	}
	return many[last]
}

// isAuthenticated is @isAuthenticated: it refuses a request without a live session.
func (d directives) isAuthenticated(ctx context.Context, _ any, next graphql.Resolver) (any, error) {
	if caller := auth.CallerFrom(ctx); caller.Session == nil {
		return nil, d.refuse(ctx, caller, models.NewError(models.CodeUnauthenticated, "sign in first: there is no live session"))
	}
	return next(ctx)
}
