package account

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/accountql/accountql/models"
)

// Erasure is a line of the list of erasures, which is kept outside the database so that a restored database can be
// made to forget again whom it had forgotten (R-DAT6). The list names nobody.
type Erasure struct {
	// ID tells attempts to erase the same account apart.
	ID string    `json:"id"`
	At time.Time `json:"at"`
	// Account is the SHA-256 of the account's id, which is random, in hexadecimal digits.
	Account string `json:"account,omitempty"`
	// Cancels is the ID of an earlier line whose erasure failed, or "".
	Cancels string `json:"cancels,omitempty"`
}

// ErasureLog is the list of erasures.
type ErasureLog interface {
	// Append writes a line, and returns nil once it is on disk.
	Append(line Erasure) error
}

// erasedID returns how the list names an account.
func erasedID(accountID string) string {
	sum := sha256.Sum256([]byte(accountID))
	return hex.EncodeToString(sum[:])
}

// listErasure writes a line before the transaction that erases the account commits: an erasure that is not listed
// would come back with a backup, so it fails with UNAVAILABLE instead. It returns the line's ID.
func (s *Service) listErasure(accountID string) (string, error) {
	line := Erasure{ID: s.NewID(), At: s.now(), Account: erasedID(accountID)}
	if err := s.Erasures.Append(line); err != nil { // guard: an erasure is listed before it is answered
		return "", models.Unavailable(fmt.Errorf("the list of erasures can't be written: %w", err))
	}
	return line.ID, nil
}

// cancelErasures takes back the lines of a transaction that failed. It leaves them if nobody knows whether it failed:
// then the customer, who asked for the erasure, is erased from a restored database.
func (s *Service) cancelErasures(lines []string, failure error) error {
	var known *models.Error
	// guard: of an unknown outcome the list keeps the erasure
	if errors.As(failure, &known) && known.Reason == models.ReasonOutcomeUnknown {
		return nil
	}

	var failed error
	for _, id := range lines {
		cancel := s.Erasures.Append(Erasure{ID: s.NewID(), At: s.now(), Cancels: id})
		failed = errors.Join(failed, cancel)
	}

	return failed
}

// longestErasure limits a line of the list, in bytes.
const longestErasure = 4096

// ReadErasures reads a list of erasures, and returns when each account was erased, by the list's name of it. Lines
// that can't be read are counted from 1 in unreadable: one that was cut off belongs to an erasure that failed.
func ReadErasures(list io.Reader) (erased map[string]time.Time, unreadable []int, err error) {
	type entry struct {
		account string
		at      time.Time
	}
	entries := map[string]entry{}
	lines := bufio.NewScanner(list)
	lines.Buffer(nil, longestErasure)
	for number := 1; lines.Scan(); number++ {
		text := bytes.TrimSpace(lines.Bytes())
		if len(text) == 0 {
			continue
		}

		var line Erasure
		invalid := json.Unmarshal(text, &line)
		name, notHex := hex.DecodeString(line.Account)
		switch {
		case invalid != nil || line.ID == "" || line.At.IsZero():
			unreadable = append(unreadable, number)
		case line.Cancels != "":
			delete(entries, line.Cancels)
		case notHex == nil && len(name) == sha256.Size:
			entries[line.ID] = entry{line.Account, line.At}
		default:
			unreadable = append(unreadable, number)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, nil, fmt.Errorf("read the list of erasures: %w", err)
	}

	erased = map[string]time.Time{}
	for _, entry := range entries {
		if entry.at.After(erased[entry.account]) {
			erased[entry.account] = entry.at
		}
	}

	return erased, unreadable, nil
}

// ErasureSummary is what EraseListed did.
type ErasureSummary struct {
	// Listed counts the accounts of the list, Erased those that were erased now, and Absent those that the database
	// does not have.
	Listed, Erased, Absent int
	// Survived are the accounts that were in use after the list says that they were erased: their erasure failed.
	Survived []string
}

const (
	// accountPage is how many ids EraseListed reads at a time.
	accountPage = 1000
	// erasureSlack is by how much the clocks of two machines and a slow commit may differ.
	erasureSlack = 5 * time.Minute
)

// EraseListed erases for an operator the accounts of a list again, without another notice to their customers, on a
// database that was restored from a backup (R-DAT6). It can be repeated.
func (s *Service) EraseListed(ctx context.Context, erased map[string]time.Time) (ErasureSummary, error) {
	summary := ErasureSummary{Listed: len(erased)}
	key, err := s.prepareErasure(ctx)
	if err != nil {
		return summary, err
	}

	found := 0
	for after := ""; ; {
		ids, err := s.Store.AccountIDs(ctx, after, accountPage)
		if err != nil {
			return summary, err
		}

		for _, id := range ids {
			at, listed := erased[erasedID(id)]
			if !listed {
				continue
			}

			found++
			switch survived, err := s.eraseAgain(ctx, id, at, key); {
			case err != nil:
				return summary, err
			case survived:
				summary.Survived = append(summary.Survived, id)
			default:
				summary.Erased++
			}
		}

		if len(ids) < accountPage {
			break
		}
		after = ids[len(ids)-1]
	}

	summary.Absent = summary.Listed - found

	return summary, s.Store.Forget(ctx)
}

// eraseAgain erases an account that was erased at the given time, unless it was in use after it.
func (s *Service) eraseAgain(
	ctx context.Context, id string, at time.Time, key SigningKey,
) (survived bool, err error) {
	err = s.inTx(ctx, func(tx Tx) error {
		account, err := tx.LockAccount(ctx, id)
		if err != nil {
			return err
		}

		// guard: an account that was used after its erasure is kept
		if survived = account.LastUsed().After(at.Add(erasureSlack)); survived {
			return nil
		}

		event := s.event(models.Caller{}, opAccountErase, id)
		receipt, err := s.remove(ctx, tx, account, erasure{key, at, &event})
		if err != nil {
			return err
		}

		return s.recordSuccess(ctx, tx, &event, receipt.eventData())
	})
	if errors.Is(err, models.ErrNotFound) {
		return false, nil // its customer was faster
	}

	return survived, err
}
