package transfer

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/accountql/accountql/internal/store/engine"
)

// endpoint is one of the two databases of a copy.
type endpoint struct {
	engine engine.Engine
	// db is used to read. For the source it is the only connection.
	db *sql.DB
}

func newEndpoint(e engine.Engine) *endpoint {
	_, db := e.Pools()
	return &endpoint{engine: e, db: db}
}

// count returns how many rows the table has.
func (e *endpoint) count(ctx context.Context, table table) (rows int, err error) {
	err = e.db.QueryRowContext(ctx, "SELECT count(*) FROM "+table.name).Scan(&rows)
	return rows, err
}

// lastKey returns the key of the last row, or nil if there is none.
func (e *endpoint) lastKey(ctx context.Context, table table) ([]any, error) {
	descending := func(name string) string { return engine.Quoted(name) + " DESC" }
	key, targets := make([]any, len(table.key)), make([]any, len(table.key))
	for i := range key {
		targets[i] = &key[i]
	}

	err := e.db.QueryRowContext(ctx, fmt.Sprintf("SELECT %s FROM %s ORDER BY %s LIMIT 1",
		join(table.key, engine.Quoted), table.name, join(table.key, descending)),
	).Scan(targets...)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}

	return key, err
}

// read returns up to limit rows after a key, or the first rows if the key is nil.
func (e *endpoint) read(ctx context.Context, table table, after []any, limit int) (batch [][]any, err error) {
	condition, key := "", join(table.key, engine.Quoted)
	if after != nil {
		condition = fmt.Sprintf("WHERE (%s) > (%s)", key, placeholders(len(after)))
	}

	statement := e.engine.Bind(fmt.Sprintf("SELECT %s FROM %s %s ORDER BY %s LIMIT %d",
		join(table.columnNames(), e.engine.RawColumn), table.name, condition, key, limit))
	rows, err := e.db.QueryContext(ctx, statement, after...)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()

	for rows.Next() {
		row, targets := make([]any, len(table.columns)), make([]any, len(table.columns))
		for i := range row {
			targets[i] = &row[i]
		}

		if err := rows.Scan(targets...); err != nil {
			return nil, err
		}

		for i, column := range table.columns {
			if row[i], err = e.normalize(column.Kind, row[i]); err != nil {
				return nil, fmt.Errorf("%s of %s %w", column.Name, describeRow(table, row), err)
			}
		}

		batch = append(batch, row)
	}

	return batch, rows.Err()
}

// describeRow names a row by its id only: the keys of other tables may reveal who a customer is.
func describeRow(table table, row []any) string {
	for i, column := range table.columns {
		if column.Name == "id" {
			return fmt.Sprintf("the row %q", row[i])
		}
	}
	return "a row"
}

// normalize converts a value from a driver to the form that all engines share. It returns an error if an engine
// could not store the value unchanged.
func (e *endpoint) normalize(kind engine.Kind, stored any) (any, error) {
	if stored == nil {
		return nil, nil //nolint:nilnil // NULL is a value
	}

	switch kind {
	case engine.KindText:
		if text, ok := stored.(string); ok {
			return text, checkText(text)
		}
	case engine.KindInteger:
		if number, ok := stored.(int64); ok {
			return number, nil
		}
	case engine.KindBoolean:
		if number, ok := stored.(int64); ok && (number == 0 || number == 1) {
			return number == 1, nil
		}
		if truth, ok := stored.(bool); ok {
			return truth, nil
		}
	case engine.KindTime:
		if at, ok := e.engine.ReadTime(stored); ok {
			return at.UTC(), checkTime(at)
		}
		if _, ok := stored.(string); ok {
			return nil, errors.New("holds a text that is no time")
		}
	case engine.KindBytes:
		if bytes, ok := stored.([]byte); ok {
			return bytes, nil
		}
	}

	return nil, fmt.Errorf("holds a %T instead of a %s", stored, kind)
}

func checkText(text string) error {
	if !utf8.ValidString(text) || strings.Contains(text, "\x00") {
		return errors.New("holds bytes that are no text")
	}
	return nil
}

func checkTime(at time.Time) error {
	if at.Nanosecond()%int(time.Microsecond) != 0 {
		return errors.New("holds a time that is finer than a microsecond, which PostgreSQL can't keep")
	}
	return nil
}

// digest returns the SHA-256 of all values of the table, ordered by its key.
func (e *endpoint) digest(ctx context.Context, table table, batch int) (string, error) {
	sum := sha256.New()
	for _, column := range table.columns {
		digestValue(sum, column.Name)
		digestValue(sum, column.Kind.String())
	}

	var after []any
	for {
		rows, err := e.read(ctx, table, after, batch)
		if err != nil {
			return "", err
		}

		for _, row := range rows {
			for _, value := range row {
				digestValue(sum, value)
			}
		}

		if len(rows) < batch {
			return hex.EncodeToString(sum.Sum(nil)), nil
		}

		after = table.keyOf(rows[len(rows)-1])
	}
}

// digestValue writes a value with its kind and length, so that no two rows have the same encoding.
func digestValue(sum hash.Hash, value any) {
	var text []byte
	mark := byte('?')
	switch value := value.(type) {
	case nil:
		mark = 'n'
	case string:
		mark, text = 't', []byte(value)
	case []byte:
		mark, text = 'x', value
	case int64:
		mark, text = 'i', binary.BigEndian.AppendUint64(nil, uint64(value)) //nolint:gosec // the bits are what counts
	case bool:
		mark, text = 'b', []byte(fmt.Sprint(value))
	case time.Time:
		mark, text = 'd', value.UTC().AppendFormat(nil, time.RFC3339Nano)
	}

	header := binary.BigEndian.AppendUint64([]byte{mark}, uint64(len(text)))
	_, _ = sum.Write(append(header, text...)) // a hash never returns an error
}
