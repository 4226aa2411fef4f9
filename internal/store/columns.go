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
		if readerOf(reflect.New(columns[i].FieldType).Elem()) == nil {
			return nil, fmt.Errorf("store: no column is read into %s.%s, a %v",
				statement.Schema.Table, name, columns[i].FieldType)
		}
	}

	return columns, nil
}

// list returns the columns for a SELECT.
func (c columnsOf[T]) list(alias string) string {
	names := make([]string, len(c))
	for i, column := range c {
		names[i] = alias + "." + column.DBName
	}
	return strings.Join(names, ", ")
}

// template is a row that is filled repeatedly. The positions of its fields are determined once for all rows.
type template[T any] struct {
	row     T
	columns columnsOf[T]
	readers []reader
}

// reader writes a value that the driver returned, which is not NULL, into one field.
type reader func(stored any) error

func newTemplate[T any](columns columnsOf[T]) *template[T] {
	t := &template[T]{columns: columns, readers: make([]reader, len(columns))}
	row := reflect.ValueOf(&t.row).Elem()
	for i, column := range columns {
		t.readers[i] = readerOf(row.FieldByIndex(column.StructField.Index))
	}
	return t
}

// read returns a new row. The template must be clear. NULL becomes the field's zero value, also for a joined row
// that is missing.
func (t *template[T]) read(stored []any) (*T, error) {
	for i, read := range t.readers {
		if stored[i] == nil {
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
}

// readerOf returns the reader for a field, or nil if no column has had its type so far.
func readerOf(field reflect.Value) reader {
	switch target := field.Addr().Interface().(type) {
	case sql.Scanner:
		return target.Scan
	case *[]string:
		return textsReader(target)
	case *[]models.Permission:
		return textsReader(target)
	case *[]byte:
		return valueReader(target)
	case *time.Time:
		return valueReader(target)
	case **time.Time:
		return optionalReader(target)
	case *bool:
		return valueReader(target)
	case **bool:
		return optionalReader(target)
	case *int:
		return intReader(target)
	case **string:
		return optionalReader(target)
	}

	// A string type of this program has the same memory layout as string.
	pointer := field.Addr().UnsafePointer()
	switch {
	case field.Kind() == reflect.String:
		return valueReader((*string)(pointer))
	case field.Kind() == reflect.Pointer && field.Type().Elem().Kind() == reflect.String:
		return optionalReader((**string)(pointer))
	}

	return nil
}

func valueReader[T any](target *T) reader {
	return func(stored any) error {
		value, ok := stored.(T)
		if !ok {
			return errStored(stored)
		}
		*target = value
		return nil
	}
}

func optionalReader[T any](target **T) reader {
	return func(stored any) error {
		value, ok := stored.(T)
		if !ok {
			return errStored(stored)
		}
		*target = &value
		return nil
	}
}

func intReader(target *int) reader {
	return func(stored any) error {
		value, ok := stored.(int64)
		if !ok {
			return errStored(stored)
		}
		*target = int(value)
		return nil
	}
}

// textsReader reads a JSON array of strings in the format of GORM's serializer "json".
func textsReader[T ~string](target *[]T) reader {
	return func(stored any) error {
		var text string
		switch stored := stored.(type) {
		case string:
			text = stored
		case []byte:
			text = string(stored)
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

func errStored(stored any) error { return fmt.Errorf("holds a %T", stored) }

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
