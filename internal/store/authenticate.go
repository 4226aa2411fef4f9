package store

import (
	"cmp"
	"context"
	"sync"
	"time"

	"gorm.io/gorm"

	"github.com/accountql/accountql/internal/store/engine"
	"github.com/accountql/accountql/models"
)

// authenticate has placeholders for the columns of the three models.
// guard: a session is found by its whole token
const authenticate = `
SELECT %s, %s, %s
FROM api_keys k
LEFT JOIN sessions s ON s.token_key = ? AND s.token_hash = ?
LEFT JOIN accounts a ON a.number = s.account_number AND a.id = s.account_id AND a.status <> ?
WHERE k.secret_hash = ?`

// rowReader scans by hand the rows that every request and every mutation reads: GORM would need three statements
// for the first read, and a fifth of the request's time to analyze them. A test compares the result with GORM's.
type rowReader struct {
	keys     columnsOf[models.APIKey]
	sessions columnsOf[models.Session]
	accounts columnsOf[models.Account]
	rows     sync.Pool
}

func (r *rowReader) prepare(db *gorm.DB) (err error) {
	if r.keys, err = parseColumns[models.APIKey](db); err != nil {
		return err
	}
	if r.sessions, err = parseColumns[models.Session](db); err != nil {
		return err
	}
	if r.accounts, err = parseColumns[models.Account](db); err != nil {
		return err
	}

	r.rows.New = func() any { return newScannedRow(r.keys, r.sessions, r.accounts) }

	return nil
}

// Authenticate returns the API key with the given hash, and the session of a token's hash with its account. Session
// and account are nil if there is no live session or the account is blocked. It returns models.ErrNotFound if the
// key is unknown; a revoked or expired key is returned unchanged. Every request runs this one statement, so that
// the end of a key, a session or an account takes effect with the next request.
func (s *Store) Authenticate(
	ctx context.Context, keyHash, tokenHash []byte, now time.Time,
) (*models.APIKey, *models.Session, *models.Account, error) {
	var key, token any // NULL equals nothing
	if len(tokenHash) > 0 {
		key, token = tokenKey(tokenHash), tokenHash
	}

	row := s.reader.rows.Get().(*scannedRow)
	defer s.reader.release(row)
	found, err := s.engine.Find(ctx, row.Row, s.statements.authenticate,
		key, token, string(models.StatusBlocked), keyHash)
	switch {
	case err != nil:
		return nil, nil, nil, s.translate(err)
	case !found:
		return nil, nil, nil, models.ErrNotFound
	}

	return row.authenticated(now)
}

// authenticated reads the columns of authenticate.
func (r *scannedRow) authenticated(now time.Time) (*models.APIKey, *models.Session, *models.Account, error) {
	keys, sessions := len(r.key.columns), len(r.session.columns)
	key, err := r.key.read(r.Values[:keys])
	if err != nil {
		return nil, nil, nil, err
	}

	session, err := r.session.read(r.Values[keys : keys+sessions])
	if err != nil {
		return nil, nil, nil, err
	}
	if !session.ExpiresAt.After(now) { // guard: a session expires
		return key, nil, nil, nil
	}

	account, err := r.account.read(r.Values[keys+sessions:])
	if err != nil {
		return nil, nil, nil, err
	}
	if account.ID == "" {
		return key, nil, nil, nil
	}

	return key, session, account, nil
}

// readAccount returns the account that a statement with one value finds in the transaction. Every mutation reads
// its account this way, while others wait for it.
func (t *transaction) readAccount(ctx context.Context, statement, value string) (*models.Account, error) {
	reader := &t.store.reader
	row := reader.rows.Get().(*scannedRow)
	defer reader.release(row)
	found, err := row.Query(ctx, t.conn, statement, value)
	switch {
	case err != nil:
		return nil, t.fail(err)
	case !found:
		return nil, models.ErrNotFound
	}

	locked, err := row.account.read(row.Values)
	end := row.Values[len(reader.accounts):] // headColumns
	if number, known := end[0].AsInt(); known && err == nil {
		hash, _ := end[1].AsBytes()
		t.head = auditHead{Chain: locked.ID, Number: number, Hash: hash}
	}

	return locked, err
}

// find reads the one row that a statement finds, and then reads the statement to its end: a statement that writes
// and returns rows is not complete before. It returns gorm.ErrRecordNotFound if there is no row.
func (t *transaction) find(ctx context.Context, statement string, values []any, targets ...any) error {
	rows, err := t.conn.QueryContext(ctx, statement, values...)
	if err != nil {
		return err
	}
	defer rows.Close()

	if !rows.Next() {
		return cmp.Or(rows.Err(), gorm.ErrRecordNotFound)
	}

	err = rows.Scan(targets...)
	for rows.Next() {
	}

	return cmp.Or(err, rows.Err())
}

// scannedRow is a row of authenticate, and the templates by which its columns are read.
type scannedRow struct {
	*engine.Row
	key     *template[models.APIKey]
	session *template[models.Session]
	account *template[models.Account]
}

func newScannedRow(
	keys columnsOf[models.APIKey], sessions columnsOf[models.Session], accounts columnsOf[models.Account],
) *scannedRow {
	return &scannedRow{
		Row: engine.NewRow(len(keys) + len(sessions) + len(accounts)),
		key: newTemplate(keys), session: newTemplate(sessions), account: newTemplate(accounts),
	}
}

// release clears the row and returns it to the pool.
func (r *rowReader) release(row *scannedRow) {
	row.Clear()
	row.key.clear()
	row.session.clear()
	row.account.clear()
	r.rows.Put(row)
}
