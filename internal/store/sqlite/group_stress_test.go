package sqlite_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store"
	"github.com/accountql/accountql/internal/store/storetest"
	"github.com/accountql/accountql/models"
)

// TestGroupsUnderStress compares each answer with a copy of the files that is taken when the answer arrives, which
// is what a power failure would leave.
func TestGroupsUnderStress(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.db")
	s := storetest.Migrated(t, path)
	const members, rounds = 64, 8
	refused := errors.New("refused")
	want := make([]bool, members*rounds)
	var group sync.WaitGroup
	for n := range members {
		group.Go(func() {
			for round := range rounds {
				id := fmt.Sprint(n*rounds + round)
				ctx, cancel := context.WithCancel(t.Context())
				func() {
					defer func() {
						if recovered := recover(); recovered != nil && recovered != id {
							t.Errorf("%s recovered the panic of %v", id, recovered)
						}
					}()

					err := s.InTx(ctx, func(tx account.Tx) error {
						if err := creates(t, id)(tx); err != nil {
							return err
						}

						switch rand.N(6) {
						case 0:
							return refused
						case 1:
							panic(id)
						case 2:
							cancel()
						case 3:
							go cancel()
						}

						return nil
					})
					if err != nil && !errors.Is(err, refused) && !errors.Is(err, context.Canceled) {
						t.Errorf("%s: %v", id, err)
					}

					want[n*rounds+round] = err == nil
				}()
				cancel()
				if want[n*rounds+round] && n%16 == 0 && !kept(t, openCopy(t, path), id) {
					t.Errorf("%s was acknowledged before it was in the files", id)
				}
			}
		})
	}

	group.Wait()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}

	again := storetest.Migrated(t, path)
	acknowledged := 0
	for n, want := range want {
		if want {
			acknowledged++
		}
		if kept(t, again, fmt.Sprint(n)) != want {
			t.Errorf("account %d: kept is %t", n, !want)
		}
	}

	if acknowledged < members || acknowledged == members*rounds {
		t.Errorf("%d were acknowledged", acknowledged)
	}
}

// TestGroupsEndWithTheStore closes the store while others write.
func TestGroupsEndWithTheStore(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.db")
	s := storetest.Migrated(t, path)
	written := make([]int, 16)
	var group, begun sync.WaitGroup
	for n := range written {
		begun.Add(1)
		group.Go(func() {
			for {
				err := s.InTx(t.Context(), creates(t, fmt.Sprintf("%d-%d", n, written[n])))
				if written[n] == 0 {
					begun.Done()
				}

				if err != nil {
					if models.CodeOf(err) != models.CodeUnavailable {
						t.Error(err)
					}
					return
				}

				written[n]++
			}
		})
	}

	begun.Wait()
	if err := s.Close(); err != nil {
		t.Error(err)
	}

	group.Wait()
	again := storetest.Migrated(t, path)
	for n, written := range written {
		for i := range written + 1 {
			if id := fmt.Sprintf("%d-%d", n, i); kept(t, again, id) != (i < written) {
				t.Errorf("%s of %d: kept is %t", id, written, i >= written)
			}
		}
	}
}

// openCopy opens a copy of the file and its log in their current state.
func openCopy(t *testing.T, path string) *store.Store {
	t.Helper()
	at := filepath.Join(t.TempDir(), "copy.db")
	// The log is below the size that triggers a checkpoint, so the file does not change in the meantime.
	for _, suffix := range []string{"", "-wal"} {
		content, err := os.ReadFile(path + suffix)
		if err == nil {
			err = os.WriteFile(at+suffix, content, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}

	return storetest.Migrated(t, at)
}
