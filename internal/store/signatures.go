package store

import (
	"context"
	"crypto/ed25519"
	"fmt"
	"io"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
)

// SigningKey implements account.RecordKeys.
func (s *Store) SigningKey(ctx context.Context) (account.SigningKey, error) {
	key, err := s.ringKey(ctx, models.KeyOfSignatures, 0)
	if err != nil {
		return account.SigningKey{}, err
	}

	return account.SigningKey{ID: key.ID(), Private: ed25519.NewKeyFromSeed(key.secret)}, nil
}

// SigningKeys returns the public halves of the signing keys, retired ones too, by their IDs. They are those of a minute
// ago at most, because anybody may ask for them.
func (s *Store) SigningKeys(ctx context.Context) (map[string][]byte, error) {
	known := s.keys.Load()
	if !known.fresh() {
		var err error
		if known, err = s.readKeys(ctx, ""); err != nil {
			return nil, err
		}
	}

	keys := map[string][]byte{}
	for _, key := range known.rings[models.KeyOfSignatures] {
		keys[key.ID()] = account.PublicHalf(ed25519.NewKeyFromSeed(key.secret))
	}

	return keys, nil
}

// WriteAnchor verifies the whole audit trail and writes its anchor: a signed root over all chains (R-DAT5). Events may
// have ended before cutoff. What an anchor covers is not sealed anew any more, so all events get their commitments first.
func (s *Store) WriteAnchor(ctx context.Context, to io.Writer, cutoff time.Time) (account.AnchorSeal, error) {
	if _, err := s.SealAnew(ctx); err != nil {
		return account.AnchorSeal{}, err
	}

	anchor, err := account.NewAnchorWriter(to, time.Now())
	if err != nil {
		return account.AnchorSeal{}, err
	}

	summary, err := s.CheckAudit(ctx, models.AuditCheck{Cutoff: cutoff}, anchor.Write)
	if err != nil {
		return account.AnchorSeal{}, err
	}
	if summary.Uncommitted > 0 {
		return account.AnchorSeal{}, fmt.Errorf(
			"%d events were recorded by an older program in the meantime: stop it, and run again", summary.Uncommitted)
	}

	key, err := s.SigningKey(ctx)
	if err != nil {
		return account.AnchorSeal{}, err
	}

	return anchor.Close(key)
}
