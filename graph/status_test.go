package graph_test

import (
	"testing"

	"github.com/accountql/accountql/graph"
	"github.com/accountql/accountql/models"
)

// TestEveryCodeHasAStatus guards that a code that is added to the models answers with the status of an error.
func TestEveryCodeHasAStatus(t *testing.T) {
	for _, code := range models.Codes() {
		if status := graph.Status(code); status < 400 || status > 599 {
			t.Errorf("%s has status %d", code, status)
		}
	}
}
