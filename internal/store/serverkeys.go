package store

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"gorm.io/gorm"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
)

// serverKey is a secret that all processes on a database share. The keys of a purpose are called "outbox", "outbox/2"
// and so on.
type serverKey struct {
	Name      string `gorm:"primaryKey"`
	Secret    []byte
	CreatedAt time.Time
}

const (
	// serverKeySize is in bytes. It equals the size of the hashes that the keys are used with.
	serverKeySize = 32
	// keysFresh is how long a process makes new values with the keys that it has read: after this time it reads
	// them again. A key that has been retired for longer makes no new value.
	keysFresh = time.Minute
	// lookupKey names the key that is never rotated: see LookupKey.
	lookupKey = "lookup"
)

// addServerKey leaves an existing key unchanged.
const addServerKey = "INSERT INTO server_keys (name, secret) VALUES (?, ?) ON CONFLICT (name) DO NOTHING"

// addLookupKey makes it of the first key of codes, which had its part before keys could be rotated.
const addLookupKey = `INSERT INTO server_keys (name, secret)
	SELECT ?, secret FROM server_keys WHERE name = ? ON CONFLICT (name) DO NOTHING`

// ring holds the keys of one purpose, the newest last.
type ring []ringKey

type ringKey struct {
	models.ServerKey
	secret []byte
	// sealer is nil but for the keys of the outbox.
	sealer Sealer
}

// serverKeys are the rotating keys as a process has read them.
type serverKeys struct {
	readAt time.Time
	rings  map[models.KeyPurpose]ring
}

// fresh reports whether new values may be made with the newest of the keys.
func (k *serverKeys) fresh() bool {
	// A clock that was set counts too, so that a process that was asleep reads them again.
	return k != nil && time.Since(k.readAt.Round(0)).Abs() < keysFresh // guard: a retired key makes nothing new
}

// number returns the key with that number, or the newest for 0; nil if there is none.
func (r ring) number(number int) *ringKey {
	for i := len(r) - 1; i >= 0; i-- {
		if number == 0 || r[i].Number == number {
			return &r[i]
		}
	}
	return nil
}

// ServerKey returns the secret with that name. It is created on first use and is then the same for every process on
// the database.
func (s *Store) ServerKey(ctx context.Context, name string) ([]byte, error) {
	secret, err := readServerKey(s.read.WithContext(ctx), name)
	if !errors.Is(err, gorm.ErrRecordNotFound) {
		return secret, s.translate(err)
	}

	err = s.inTx(ctx, func(tx *transaction) error {
		if err := tx.addKey(ctx, name); err != nil {
			return err
		}
		secret, err = readServerKey(tx.gorm(ctx), name)
		return tx.fail(err)
	})
	if err != nil {
		return nil, err
	}

	return secret, nil
}

// LookupKey returns the key of account.Service.LookupKey. In a database from before keys could be rotated, it is the
// first key of codes, so that a retry beside an older process finds its first answer.
func (s *Store) LookupKey(ctx context.Context) ([]byte, error) {
	secret, err := readServerKey(s.read.WithContext(ctx), lookupKey)
	if !errors.Is(err, gorm.ErrRecordNotFound) {
		return secret, s.translate(err)
	}

	if err := s.inTx(ctx, func(tx *transaction) error { return tx.addLookupKey(ctx) }); err != nil {
		return nil, err
	}

	return s.ServerKey(ctx, lookupKey)
}

func (t *transaction) addLookupKey(ctx context.Context) error {
	return t.exec(ctx, addLookupKey, lookupKey, keyName(models.KeyOfCodes, 1))
}

// addKey creates a key, unless another process was first.
func (t *transaction) addKey(ctx context.Context, name string) error {
	fresh := make([]byte, serverKeySize)
	_, _ = rand.Read(fresh) // never fails: it would end the process instead
	return t.exec(ctx, addServerKey, name, fresh)
}

func readServerKey(db *gorm.DB, name string) ([]byte, error) {
	row, err := take[serverKey](db.Where("name = ?", name))
	return row.Secret, err
}

// CodeKey implements account.CodeKeys.
func (s *Store) CodeKey(ctx context.Context, number int) (account.CodeKey, error) {
	return s.rotatingKey(ctx, models.KeyOfCodes, number)
}

// LinkKey implements account.RecordKeys.
func (s *Store) LinkKey(ctx context.Context, number int) (account.CodeKey, error) {
	return s.rotatingKey(ctx, models.KeyOfLinks, number)
}

func (s *Store) rotatingKey(ctx context.Context, purpose models.KeyPurpose, number int) (account.CodeKey, error) {
	key, err := s.ringKey(ctx, purpose, number)
	if err != nil {
		return account.CodeKey{}, err
	}
	return account.CodeKey{Number: key.Number, Secret: key.secret}, nil
}

// ringKey returns a key outside a transaction; number 0 is the newest, which is created if there is none. It returns
// models.ErrNotFound if there is no key with that number.
func (s *Store) ringKey(ctx context.Context, purpose models.KeyPurpose, number int) (*ringKey, error) {
	known := s.keys.Load()
	if number == 0 && !known.fresh() || known == nil || known.rings[purpose].number(number) == nil {
		// Another process may have made the key.
		var err error
		if known, err = s.readKeys(ctx, purpose); err != nil {
			return nil, err
		}
	}

	key := known.rings[purpose].number(number)
	if key == nil {
		return nil, models.ErrNotFound
	}

	return key, nil
}

// ReadKeys reads the keys again and returns the number of the newest of each purpose, if there is one (R-ROT1).
func (s *Store) ReadKeys(ctx context.Context) (map[models.KeyPurpose]int, error) {
	read, err := s.readKeys(ctx, "")
	if err != nil {
		return nil, err
	}

	newest := map[models.KeyPurpose]int{}
	for purpose, keys := range read.rings {
		newest[purpose] = keys.number(0).Number
	}

	return newest, nil
}

// readKeys reads all keys and keeps them for the process. It creates the first key of a purpose if there is none.
func (s *Store) readKeys(ctx context.Context, purpose models.KeyPurpose) (*serverKeys, error) {
	readAt := time.Now()
	rings, err := readRings(s.read.WithContext(ctx))
	if err == nil && purpose != "" && len(rings[purpose]) == 0 {
		if _, err = s.ServerKey(ctx, keyName(purpose, 1)); err == nil {
			rings, err = readRings(s.read.WithContext(ctx))
		}
	}
	if err != nil {
		return nil, s.translate(err)
	}

	read := &serverKeys{readAt: readAt, rings: rings}
	s.keys.Store(read)

	return read, nil
}

// readRings reads the rotating keys.
func readRings(db *gorm.DB) (map[models.KeyPurpose]ring, error) {
	rows, err := find[serverKey](db.Where("name LIKE ? OR name LIKE ? OR name LIKE ? OR name LIKE ?",
		string(models.KeyOfCodes)+"%", string(models.KeyOfOutbox)+"%", string(models.KeyOfSignatures)+"%",
		string(models.KeyOfLinks)+"%"))
	if err != nil {
		return nil, err
	}

	rings := map[models.KeyPurpose]ring{}
	for _, row := range rows {
		purpose, number := parseKeyName(row.Name)
		if number == 0 {
			continue
		}

		key := ringKey{
			ServerKey: models.ServerKey{Purpose: purpose, Number: number, CreatedAt: row.CreatedAt.UTC()},
			secret:    row.Secret,
		}
		if purpose == models.KeyOfOutbox {
			if key.sealer, err = NewSealer(row.Secret); err != nil {
				return nil, err
			}
		}

		rings[purpose] = append(rings[purpose], key)
	}

	for _, keys := range rings {
		slices.SortFunc(keys, func(a, b ringKey) int { return a.Number - b.Number })
		for i := range keys[:len(keys)-1] {
			keys[i].RetiredAt = &keys[i+1].CreatedAt
		}
	}

	return rings, nil
}

// keyName returns the name of a key's row. The first key has no number, because older versions know only that one.
func keyName(purpose models.KeyPurpose, number int) string {
	if number == 1 {
		return string(purpose)
	}
	return models.ServerKey{Purpose: purpose, Number: number}.ID()
}

// parseKeyName is the inverse of keyName; the number is 0 if the name is not that of a rotating key.
func parseKeyName(name string) (models.KeyPurpose, int) {
	text, suffix, numbered := strings.Cut(name, "/")
	purpose, number := models.KeyPurpose(text), 1
	if numbered {
		number, _ = strconv.Atoi(suffix)
	}

	if !slices.Contains(models.KeyPurposes(), purpose) || number < 1 || keyName(purpose, number) != name {
		return "", 0
	}

	return purpose, number
}

// errNoKey is the error for a value whose key is gone.
var errNoKey = errors.New("store: the key of a sealed value is gone")

// Seal seals with the newest key, whose number it puts in front (R-ROT1). Values of the first key have no
// number, so that they are those of versions that know no other key.
func (r ring) Seal(id string, secret []byte) (string, error) {
	newest := r.number(0)
	if newest == nil {
		return "", errNoKey
	}

	sealed, err := newest.sealer.Seal(id, secret)
	if err == nil && newest.Number > 1 {
		sealed = fmt.Sprintf("%d.%s", newest.Number, sealed)
	}

	return sealed, err
}

// keyOf splits a sealed value into the number of its key, or 0, and what that key has made.
func keyOf(sealed string) (number int, box string) {
	name, box, named := strings.Cut(sealed, ".")
	if !named {
		return 1, sealed
	}
	if number, _ = strconv.Atoi(name); number < 1 {
		return 0, ""
	}

	return number, box // guard: a sealed value names its key
}
