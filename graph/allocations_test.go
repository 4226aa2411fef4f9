//go:build !race

// The race detector makes pools drop what they hold, and so more allocations.

package graph_test

import "testing"

// TestAllocations guards the speed of a read by its allocations, which are
// exact where a time is not. What this guards beside the code of this package:
// that plans of statements stay (internal/store/sqlite_plans.go), that leaves are
// short (graph/internal/leaves), and that a row of a session is read by hand.
func TestAllocations(t *testing.T) {
	const most = 350
	ask := accountRequest(t, newWorld(t, defaultSettings()))
	ask()
	if got := testing.AllocsPerRun(200, ask); got > most {
		t.Errorf("the account query makes %.0f allocations, more than %d", got, most)
	}
}
