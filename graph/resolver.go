package graph

import "github.com/accountql/accountql/internal/account"

// Resolver has one short method for each field that is not simply read from a struct: the method takes the caller
// and calls one method of the service.
type Resolver struct {
	Accounts *account.Service
}
