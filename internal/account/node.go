package account

import "github.com/accountql/accountql/models"

// Node returns the object that a signed-in customer may refetch by its ID: the account itself, and nothing else
// (R-ACC2). It returns the same INVALID_INPUT error for IDs of other customers and for unknown IDs.
func Node(caller models.Caller, id string) (models.Node, error) {
	if caller.Account.ID != id { // guard: a node is the own account
		return nil, models.InvalidInput("id", models.ReasonUnknownValue, 0,
			"must be that of the signed-in customer's account")
	}
	return caller.Account, nil
}
