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

// directives are the checks before every operation. A refusal is recorded in the audit trail like any other outcome
// (R-C13).
type directives struct {
	accounts *account.Service
	// observe is Options.Observe.
	observe func(operation string, code models.Code, took time.Duration)
	// payloads are the types that mutations return.
	payloads map[string]reflect.Type
}

func (d directives) refuse(ctx context.Context, caller models.Caller, err *models.Error) error {
	// guard: a refusal stands in the trail
	d.accounts.RecordRefusal(ctx, caller, account.OperationName(graphql.GetFieldContext(ctx).Field.Name), err)
	return err
}

// hasPermission implements @hasPermission: it refuses a key that lacks the permission. Every root field has the
// directive, outside all others, so it also splits an error about several wrong fields into several errors.
//
// The directive is also on the fields of a payload that show the account. The key's permission for them is checked
// before the mutation runs, so that a refused mutation has changed nothing (R-PRF7).
func (d directives) hasPermission(
	ctx context.Context, _ any, next graphql.Resolver, permission *models.Permission,
) (_ any, err error) {
	if field := graphql.GetFieldContext(ctx); field.Object != "Query" && field.Object != "Mutation" {
		if !holds(auth.CallerFrom(ctx), permission) {
			return nil, errPermissionDenied("this field")
		}
		result, err := next(ctx)

		return d.shown(result, permission), err
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
	if field := forbiddenBelow(ctx, caller); field != "" { // guard: what a payload shows is asked for before
		return nil, d.refuse(ctx, caller, errPermissionDenied("the field "+field+" of this operation's answer"))
	}

	result, err := next(ctx)
	if err != nil {
		return nil, splitErrors(ctx, err)
	}

	moveTokenToCookie(ctx, result)

	return d.shown(result, permission), nil
}

// shown returns the result without the fields that the shop hides from customers, if it is an account that one reads.
func (d directives) shown(result any, permission *models.Permission) any {
	account, ok := result.(*models.Account)
	if !ok || permission == nil || *permission != models.PermissionAccountRead {
		return result
	}
	return d.accounts.Shown(account) // guard: customers see what the shop shows them
}

func errPermissionDenied(what string) *models.Error {
	return models.NewError(models.CodePermissionDenied, "the API key does not have the permission for "+what)
}

// forbiddenBelow returns the name of a selected field of a mutation's payload that the key may not read, or "".
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

// permissionOf returns the permission that a field requires, or nil if every key may read it.
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

// holds reports whether the caller's key has the permission; every key has the permission nil.
func holds(caller models.Caller, permission *models.Permission) bool {
	// guard: a key needs the permission
	return caller.APIKey != nil && (permission == nil || caller.APIKey.Allows(*permission))
}

// codeOf returns the code of an error, or "" for nil.
func codeOf(err error) models.Code {
	if err == nil {
		return ""
	}
	return models.CodeOf(err)
}

// splitErrors reports each wrong field as an error of its own: it adds all but the last to the response and returns
// the last.
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

// isAuthenticated implements @isAuthenticated: it refuses a request without a live session.
func (d directives) isAuthenticated(ctx context.Context, _ any, next graphql.Resolver) (any, error) {
	if caller := auth.CallerFrom(ctx); caller.Session == nil { // guard: a customer is signed in
		return nil, d.refuse(ctx, caller, caller.Unauthenticated())
	}
	return next(ctx)
}
