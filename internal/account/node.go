package account

import "github.com/accountql/accountql/models"

// Node returns what a signed-in customer may read again by its id: the account itself, and nothing else (R-ACC2).
// It fails with INVALID_INPUT, in the same way for ids of other customers and for those of nobody.
func Node(caller models.Caller, id string) (models.Node, error) {
	if caller.Account.ID != id { // guard: a node is the own account
		return nil, models.InvalidInput("id", models.ReasonUnknownValue, 0,
			"must be that of the signed-in customer's account")
	}
	return caller.Account, nil
}
