package graph

import (
	"context"
	"errors"
	"reflect"
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
	// payloads are the types that mutations return.
	payloads map[string]reflect.Type
}

func (d directives) refuse(ctx context.Context, caller models.Caller, err *models.Error) error {
	d.accounts.RecordRefusal(ctx, caller, account.OperationName(graphql.GetFieldContext(ctx).Field.Name), err)
	return err
}

// hasPermission is @hasPermission: it refuses a key that lacks the permission.
// It stands on every root field and around everything else, so it is also
// where several wrong fields become several errors.
//
// It also stands on what a payload shows of the account. The key's permission for
// that is asked for before the mutation runs, so that a refusal has changed nothing (R-PRF7).
func (d directives) hasPermission(ctx context.Context, _ any, next graphql.Resolver, permission *models.Permission) (_ any, err error) {
	if field := graphql.GetFieldContext(ctx); field.Object != "Query" && field.Object != "Mutation" {
		if !holds(auth.CallerFrom(ctx), permission) {
			return nil, errPermissionDenied("this field")
		}
		return next(ctx)
	}
	if d.observe != nil {
		began := time.Now()
		defer func() { d.observe(graphql.GetFieldContext(ctx).Field.Name, codeOf(err), time.Since(began)) }()
	}
	if result, done, err := d.doneBefore(ctx); done {
		if err == nil {
			moveTokenToCookie(ctx, result)
		}
		return result, err
	}
	caller := auth.CallerFrom(ctx)
	if !holds(caller, permission) {
		return nil, d.refuse(ctx, caller, errPermissionDenied("this operation"))
	}
	if field := forbiddenBelow(ctx, caller); field != "" {
		return nil, d.refuse(ctx, caller, errPermissionDenied("the field "+field+" of this operation's answer"))
	}
	result, err := next(ctx)
	if err != nil {
		return nil, splitErrors(ctx, err)
	}
	moveTokenToCookie(ctx, result)
	return result, nil
}

func errPermissionDenied(what string) *models.Error {
	return models.NewError(models.CodePermissionDenied, "the API key does not have the permission for "+what)
}

// forbiddenBelow names a field that is asked for of a mutation's payload and that the key may not read, or returns "".
func forbiddenBelow(ctx context.Context, caller models.Caller) string {
	root := graphql.GetFieldContext(ctx)
	if root.Object != "Mutation" {
		return ""
	}
	payload := []string{root.Field.Definition.Type.Name()}
	for _, field := range graphql.CollectFields(graphql.GetOperationContext(ctx), root.Field.Selections, payload) {
		if !holds(caller, permissionOf(field.Definition)) {
			return field.Name
		}
	}
	return ""
}

// permissionOf is the permission that stands on a field; nil: any key may read it.
func permissionOf(field *ast.FieldDefinition) *models.Permission {
	directive := field.Directives.ForName("hasPermission")
	if directive == nil {
		return nil
	}
	permission := directive.Arguments.ForName("permission")
	if permission == nil {
		return nil
	}
	return (*models.Permission)(&permission.Value.Raw)
}

// holds says whether the caller's key has the permission of a field; nil: any key has.
func holds(caller models.Caller, permission *models.Permission) bool {
	return caller.APIKey != nil && (permission == nil || caller.APIKey.Allows(*permission))
}

// codeOf is the code of an error, and "" for none.
func codeOf(err error) models.Code {
	if err == nil {
		return ""
	}
	return models.CodeOf(err)
}

// splitErrors reports several wrong fields as several errors: all but the last, which it returns.
func splitErrors(ctx context.Context, err error) error {
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
		return nil, d.refuse(ctx, caller, caller.Unauthenticated())
	}
	return next(ctx)
}
