package graph

import (
	"context"
	"errors"

	"github.com/99designs/gqlgen/graphql"

	"github.com/accountql/accountql/internal/auth"
	"github.com/accountql/accountql/models"
)

// hasPermission is @hasPermission: it refuses a key that lacks the permission.
// It stands on every root field and around everything else, so it is also
// where several wrong fields become several errors.
func hasPermission(ctx context.Context, _ any, next graphql.Resolver, permission *models.Permission) (any, error) {
	caller := auth.CallerFrom(ctx)
	if caller.APIKey == nil || permission != nil && !caller.APIKey.Allows(*permission) {
		return nil, models.NewError(models.CodePermissionDenied, "the API key does not have the permission for this operation")
	}
	result, err := next(ctx)
	var many models.Errors
	if errors.As(err, &many) {
		last := len(many) - 1
		for _, one := range many[:last] {
			graphql.AddError(ctx, one)
		}
		return nil, many[last]
	}
	return result, err
}

// isAuthenticated is @isAuthenticated: it refuses a request without a live session.
func isAuthenticated(ctx context.Context, _ any, next graphql.Resolver) (any, error) {
	if auth.CallerFrom(ctx).Session == nil {
		return nil, models.NewError(models.CodeUnauthenticated, "sign in first: there is no live session")
	}
	return next(ctx)
}
