package store

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/schema"

	"github.com/accountql/accountql/internal/store/engine"
	"github.com/accountql/accountql/models"
)

// columnsOf lists the columns of a model in the order of its fields. They are read from GORM's schema of the model
// once, when the store opens, so a new field is read without being named here.
type columnsOf[T any] []*schema.Field

// parseColumns returns an error if the model has a field that can't be read.
func parseColumns[T any](db *gorm.DB) (columnsOf[T], error) {
	statement := &gorm.Statement{DB: db}
	if err := statement.Parse(new(T)); err != nil {
		return nil, fmt.Errorf("store: columns of a model: %w", err)
	}

	columns := make(columnsOf[T], len(statement.Schema.DBNames))
	for i, name := range statement.Schema.DBNames {
		columns[i] = statement.Schema.FieldsByDBName[name]
		if readerOf(reflect.New(columns[i].FieldType).Elem(), &optionals{}) == nil {
			return nil, fmt.Errorf("store: no column is read into %s.%s, a %v",
				statement.Schema.Table, name, columns[i].FieldType)
		}
	}

	return columns, nil
}

// list returns the columns for a statement, of a table with an alias or of the only table.
func (c columnsOf[T]) list(alias string) string {
	names := make([]string, len(c))
	for i, column := range c {
		names[i] = strings.TrimPrefix(alias+"."+column.DBName, ".")
	}
	return strings.Join(names, ", ")
}

// template is a row that is filled repeatedly. The positions of its fields are determined once for all rows.
type template[T any] struct {
	row     T
	columns columnsOf[T]
	readers []reader
	// optional holds the memory of the next row's optional fields: one allocation for each type instead of one for
	// each field.
	optional optionals
}

// optionals are values that the pointers of one row point to.
type optionals struct {
	texts shared[string]
	times shared[time.Time]
	bools shared[bool]
}

// shared is memory for the values of one row. It starts with room for as many as the row before had.
type shared[T any] struct {
	values       []T
	count, usual int
}

// add returns the address of a copy of the value.
func (s *shared[T]) add(value T) *T {
	const several = 4
	if len(s.values) == cap(s.values) {
		s.values = make([]T, 0, max(several, s.usual-s.count)) // earlier addresses keep the earlier memory
	}

	s.values = append(s.values, value)
	s.count++

	return &s.values[len(s.values)-1]
}

// clear begins the next row.
func (s *shared[T]) clear() { *s = shared[T]{usual: s.count} }

// reader writes a value, which is not NULL, into one field.
type reader func(stored engine.Value) error

func newTemplate[T any](columns columnsOf[T]) *template[T] {
	t := &template[T]{columns: columns, readers: make([]reader, len(columns))}
	row := reflect.ValueOf(&t.row).Elem()
	for i, column := range columns {
		t.readers[i] = readerOf(row.FieldByIndex(column.StructField.Index), &t.optional)
	}
	return t
}

// read returns a new row. The template must be clear. NULL becomes the field's zero value, also for a joined row
// that is missing.
func (t *template[T]) read(stored []engine.Value) (*T, error) {
	for i, read := range t.readers {
		if stored[i].Kind == 0 {
			continue
		}
		if err := read(stored[i]); err != nil {
			return nil, fmt.Errorf("store: column %s of a %T: %w", t.columns[i].DBName, &t.row, err)
		}
	}

	row := t.row

	return &row, nil
}

// clear resets the row.
func (t *template[T]) clear() {
	var none T
	t.row = none
	t.optional.texts.clear()
	t.optional.times.clear()
	t.optional.bools.clear()
}

// readerOf returns the reader for a field, or nil if no column has had its type so far.
func readerOf(field reflect.Value, optional *optionals) reader {
	switch target := field.Addr().Interface().(type) {
	case sql.Scanner:
		return scanReader(target)
	case *[]string:
		return textsReader(target)
	case *[]models.Permission:
		return permissionsReader(target)
	case *[]byte:
		return valueReader(target, engine.Value.AsBytes)
	case *time.Time:
		return valueReader(target, engine.Value.AsTime)
	case **time.Time:
		return optionalReader(target, &optional.times, engine.Value.AsTime)
	case *bool:
		return valueReader(target, engine.Value.AsBool)
	case **bool:
		return optionalReader(target, &optional.bools, engine.Value.AsBool)
	case *int:
		return valueReader(target, engine.Value.AsInt)
	}

	// A string type of this program has the same memory layout as string.
	pointer := field.Addr().UnsafePointer()
	switch {
	case field.Kind() == reflect.String:
		return valueReader((*string)(pointer), engine.Value.AsText)
	case field.Kind() == reflect.Pointer && field.Type().Elem().Kind() == reflect.String:
		return optionalReader((**string)(pointer), &optional.texts, engine.Value.AsText)
	}

	return nil
}

func valueReader[T any](target *T, convert func(engine.Value) (T, bool)) reader {
	return func(stored engine.Value) error {
		value, ok := convert(stored)
		if !ok {
			return errStored(stored)
		}
		*target = value
		return nil
	}
}

// optionalReader points the field to memory of the row.
func optionalReader[T any](target **T, memory *shared[T], convert func(engine.Value) (T, bool)) reader {
	return func(stored engine.Value) error {
		value, ok := convert(stored)
		if !ok {
			return errStored(stored)
		}

		*target = memory.add(value)

		return nil
	}
}

// scanReader reads a type that converts a text itself.
func scanReader(target sql.Scanner) reader {
	return func(stored engine.Value) error {
		text, ok := stored.AsText()
		if !ok {
			return errStored(stored)
		}
		return target.Scan(text)
	}
}

// textsReader reads a JSON array of strings in the format of GORM's serializer "json".
func textsReader[T ~string](target *[]T) reader {
	return func(stored engine.Value) error {
		text, ok := stored.AsText()
		if !ok {
			return errStored(stored)
		}

		texts, simple := simpleTexts[T](text)
		if !simple {
			if err := json.Unmarshal([]byte(text), &texts); err != nil {
				return fmt.Errorf("holds no list of texts: %w", err)
			}
		}

		*target = texts

		return nil
	}
}

// permissionsReader remembers how the last text was read: most requests send the same key, and its permissions take
// longer to read than the rest of it. They are shared, so nobody may change their elements.
func permissionsReader(target *[]models.Permission) reader {
	read := textsReader(target)
	var last string
	var known []models.Permission

	return func(stored engine.Value) error {
		if stored.Kind == engine.KindText && stored.Text == last && known != nil {
			*target = known
			return nil
		}

		if err := read(stored); err != nil {
			return err
		}

		last, known = strings.Clone(stored.Text), *target

		return nil
	}
}

func errStored(stored engine.Value) error { return fmt.Errorf("holds a value of kind %v", stored.Kind) }

// simpleTexts reads a JSON array of strings without escapes. It is fast because each request reads the permissions
// of its key, and other lists that are mostly empty. It returns simple = false for anything else.
func simpleTexts[T ~string](stored string) (texts []T, simple bool) {
	if stored == "[]" {
		return []T{}, true
	}

	inside, opened := strings.CutPrefix(stored, `["`)
	inside, closed := strings.CutSuffix(inside, `"]`)
	if !opened || !closed || strings.Contains(inside, `\`) {
		return nil, false
	}

	const between = `","`
	texts = make([]T, 0, strings.Count(inside, between)+1)
	for {
		one, rest, more := strings.Cut(inside, between)
		if strings.Contains(one, `"`) {
			return nil, false
		}

		texts = append(texts, T(one))
		if !more {
			return texts, true
		}

		inside = rest
	}
}
