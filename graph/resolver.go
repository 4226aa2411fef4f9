package graph

import (
	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
)

// Resolver has one short method for each field that is not just read from a
// struct: it takes the caller and calls one method of the service.
type Resolver struct {
	Accounts *account.Service
	// Permitted says whether the caller's key holds the permission that stands on an operation.
	Permitted func(caller models.Caller, operation string) bool
}
