package store

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

	"github.com/mattn/go-sqlite3"
	"gorm.io/gorm"
)

// copiedTable is a table that Copy moves.
type copiedTable struct {
	name string
	// key are the columns of a unique index, none of them NULL. Texts order by
	// their bytes in both databases, so the order of the rows is the same.
	key     []string
	columns []column
}

// copiedTables are all tables, those first that others refer to. A test compares
// the list and the keys with the schema, so that a new table can't be forgotten.
var copiedTables = []copiedTable{
	{name: "server_keys", key: []string{"name"}},
	{name: "api_keys", key: []string{"id"}},
	{name: "accounts", key: []string{"id"}},
	{name: "identities", key: []string{"identity_provider", "issuer", "subject"}},
	{name: "consents", key: []string{"id"}},
	{name: "registrations", key: []string{"id"}},
	{name: "sessions", key: []string{"id"}},
	{name: "challenges", key: []string{"id"}},
	{name: "idempotency_keys", key: []string{"id"}},
	{name: "outbox", key: []string{"id"}},
	{name: "budgets", key: []string{"key"}},
	{name: "audit_events", key: []string{"chain", "number"}},
	{name: "audit_heads", key: []string{"chain"}},
}

// kind is what a column holds, under either database's name for it.
type kind string

const (
	kindText    kind = "text"
	kindInteger kind = "integer"
	kindBoolean kind = "boolean"
	kindTime    kind = "time"
	kindBytes   kind = "bytes"
)

// column is one of a table.
type column struct {
	name string
	kind kind
}

// readColumns reads names and types, in the order of the names, from a query of the engine's.
func readColumns(ctx context.Context, db *sql.DB, kinds map[string]kind, query, table string) (columns []column, err error) {
	rows, err := db.QueryContext(ctx, query, table)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var name, declared string
		if err := rows.Scan(&name, &declared); err != nil {
			return nil, err
		}
		kind, known := kinds[declared]
		if !known {
			return nil, fmt.Errorf("the column %s of the table %s has the type %s, which can't be copied", name, table, declared)
		}
		columns = append(columns, column{name, kind})
	}
	return columns, rows.Err()
}

// names lists columns for a statement.
func (t copiedTable) names(of []string, as func(column string) string) string {
	list := make([]string, len(of))
	for i, name := range of {
		list[i] = as(name)
	}
	return strings.Join(list, ", ")
}

func (t copiedTable) columnNames() []string {
	list := make([]string, len(t.columns))
	for i, column := range t.columns {
		list[i] = column.name
	}
	return list
}

func quoted(name string) string { return `"` + name + `"` }

// keyOf returns the key of a row.
func (t copiedTable) keyOf(row []any) []any {
	key := make([]any, 0, len(t.key))
	for _, name := range t.key {
		for i, column := range t.columns {
			if column.name == name {
				key = append(key, row[i])
			}
		}
	}
	return key
}

// count returns how many rows the table has.
func (s *side) count(ctx context.Context, table copiedTable) (rows int, err error) {
	err = s.db.QueryRowContext(ctx, "SELECT count(*) FROM "+table.name).Scan(&rows)
	return rows, err
}

// lastKey returns the key of the last row, or nil where there is none.
func (s *side) lastKey(ctx context.Context, table copiedTable) ([]any, error) {
	descending := func(name string) string { return quoted(name) + " DESC" }
	key, targets := make([]any, len(table.key)), make([]any, len(table.key))
	for i := range key {
		targets[i] = &key[i]
	}
	err := s.db.QueryRowContext(ctx, fmt.Sprintf("SELECT %s FROM %s ORDER BY %s LIMIT 1",
		table.names(table.key, quoted), table.name, table.names(table.key, descending))).Scan(targets...)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return key, err
}

// read returns up to limit rows behind a key, the first ones where it is nil.
func (s *side) read(ctx context.Context, table copiedTable, after []any, limit int) (batch [][]any, err error) {
	condition, key := "", table.names(table.key, quoted)
	if after != nil {
		condition = fmt.Sprintf("WHERE (%s) > (%s)", key, s.placeholders(1, len(after)))
	}
	rows, err := s.db.QueryContext(ctx, fmt.Sprintf("SELECT %s FROM %s %s ORDER BY %s LIMIT %d",
		table.names(table.columnNames(), s.engine.raw), table.name, condition, key, limit), after...)
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
			if row[i], err = column.exactly(row[i]); err != nil {
				return nil, fmt.Errorf("%s of %s %w", column.name, describeRow(table, row), err)
			}
		}
		batch = append(batch, row)
	}
	return batch, rows.Err()
}

// describeRow names a row by its id alone: the keys of other tables may say who a customer is.
func describeRow(table copiedTable, row []any) string {
	for i, column := range table.columns {
		if column.name == "id" {
			return fmt.Sprintf("the row %q", row[i])
		}
	}
	return "a row"
}

// insert writes rows in one transaction.
func (s *side) insert(ctx context.Context, table copiedTable, rows [][]any) error {
	values := make([]any, 0, len(rows)*len(table.columns))
	places := make([]string, len(rows))
	for i, row := range rows {
		places[i] = "(" + s.placeholders(len(values)+1, len(row)) + ")"
		values = append(values, row...)
	}
	statement := "INSERT INTO " + table.name + " (" + table.names(table.columnNames(), quoted) + ") VALUES " + strings.Join(places, ", ")
	return s.write(ctx, func(tx gorm.ConnPool) error {
		_, err := tx.ExecContext(ctx, statement, values...)
		return err
	})
}

// write runs statements as they are in one transaction of the store.
func (s *side) write(ctx context.Context, statements func(tx gorm.ConnPool) error) error {
	return s.store.inTx(ctx, func(tx *transaction) error { return statements(tx.conn) })
}

// placeholders are count of them, the first of which is the given one.
func (s *side) placeholders(first, count int) string {
	list := make([]string, count)
	for i := range list {
		list[i] = s.engine.placeholder(first + i)
	}
	return strings.Join(list, ", ")
}

// exactly turns what a driver returned into the one form that both databases
// share. It fails for what one of them could not keep as it is, instead of
// copying something like it.
func (c column) exactly(stored any) (any, error) {
	switch c.kind {
	case kindText:
		if text, ok := stored.(string); ok {
			if !utf8.ValidString(text) || strings.Contains(text, "\x00") {
				return nil, errors.New("holds bytes that are no text")
			}
			return text, nil
		}
	case kindInteger:
		if number, ok := stored.(int64); ok {
			return number, nil
		}
	case kindBoolean:
		if number, ok := stored.(int64); ok && (number == 0 || number == 1) {
			return number == 1, nil
		}
		if truth, ok := stored.(bool); ok {
			return truth, nil
		}
	case kindTime:
		return exactTime(stored)
	case kindBytes:
		if bytes, ok := stored.([]byte); ok {
			return bytes, nil
		}
	}
	if stored == nil {
		return nil, nil
	}
	return nil, fmt.Errorf("holds a %T instead of a %s", stored, c.kind)
}

// exactTime reads a time. SQLite's driver would read a text that is no time as the
// year 1, so it is asked for the text itself.
func exactTime(stored any) (any, error) {
	var at time.Time
	switch stored := stored.(type) {
	case nil:
		return nil, nil
	case time.Time:
		at = stored
	case string:
		parsed := false
		for _, format := range sqlite3.SQLiteTimestampFormats {
			var err error
			if at, err = time.Parse(format, strings.TrimSuffix(stored, "Z")); err == nil {
				parsed = true
				break
			}
		}
		if !parsed {
			return nil, errors.New("holds a text that is no time")
		}
	default:
		return nil, fmt.Errorf("holds a %T instead of a time", stored)
	}
	if at.Nanosecond()%int(time.Microsecond) != 0 {
		return nil, errors.New("holds a time that is finer than a microsecond, which PostgreSQL can't keep")
	}
	return at.UTC(), nil
}

// digest is the SHA-256 of all that the table holds, in the order of its key.
func (s *side) digest(ctx context.Context, table copiedTable, batch int) (string, error) {
	sum := sha256.New()
	for _, column := range table.columns {
		digestValue(sum, column.name)
		digestValue(sum, string(column.kind))
	}
	var after []any
	for {
		rows, err := s.read(ctx, table, after, batch)
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

// digestValue writes a value with its kind and length, so that no two rows look alike.
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
	_, _ = sum.Write(append(header, text...)) // a hash takes everything
}
