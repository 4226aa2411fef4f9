//go:build cgo && linux

package sqlite

/*
#include <stdlib.h>
#include <string.h>
#cgo noescape sqlite_find
#cgo nocallback sqlite_find

// Weak, as in library.go.
#define WEAK __attribute__((weak))
extern int sqlite3_open_v2(const char *, void **, int, const char *) WEAK;
extern int sqlite3_close(void *) WEAK;
extern int sqlite3_prepare_v2(void *, const char *, int, void **, const char **) WEAK;
extern int sqlite3_finalize(void *) WEAK;
extern int sqlite3_bind_text(void *, int, const char *, int, void *) WEAK;
extern int sqlite3_bind_blob(void *, int, const void *, int, void *) WEAK;
extern int sqlite3_bind_int64(void *, int, long long) WEAK;
extern int sqlite3_bind_null(void *, int) WEAK;
extern int sqlite3_step(void *) WEAK;
extern int sqlite3_reset(void *) WEAK;
extern int sqlite3_column_count(void *) WEAK;
extern const char *sqlite3_column_decltype(void *, int) WEAK;
extern void *sqlite3_column_value(void *, int) WEAK;
extern int sqlite3_value_type(void *) WEAK;
extern long long sqlite3_value_int64(void *) WEAK;
extern const unsigned char *sqlite3_value_text(void *) WEAK;
extern const void *sqlite3_value_blob(void *) WEAK;
extern int sqlite3_value_bytes(void *) WEAK;

enum { INTEGER = 1, TEXT = 3, BLOB = 4, ABSENT = 5, NO_MEMORY = 7, ROW = 100, DONE = 101 };

// A packed value is its type in a byte, and then its integer, or its length and its bytes.
enum { INTEGER_SIZE = sizeof(long long), LENGTH_SIZE = sizeof(int) };

// sqlite_find binds the packed values of a buffer, runs the statement, packs the first row behind them, and ends the
// read. It returns the end of the row, which is more than size if the row does not fit, 0 if there is no row, or the
// negative code of an error.
static int sqlite_find(void *statement, int values, char *buffer, int size) {
	int at = 0;
	for (int i = 1; i <= values; i++) {
		long long integer = 0;
		int type = buffer[at++], length = 0;
		if (type == INTEGER) at += INTEGER_SIZE, memcpy(&integer, buffer + at - INTEGER_SIZE, INTEGER_SIZE);
		else if (type != ABSENT) at += LENGTH_SIZE, memcpy(&length, buffer + at - LENGTH_SIZE, LENGTH_SIZE);
		if (type == TEXT) sqlite3_bind_text(statement, i, buffer + at, length, 0);
		else if (type == BLOB) sqlite3_bind_blob(statement, i, buffer + at, length, 0);
		else if (type == INTEGER) sqlite3_bind_int64(statement, i, integer);
		else sqlite3_bind_null(statement, i);
		at += length;
	}
	int code = sqlite3_step(statement);
	for (int i = 0, columns = code == ROW ? sqlite3_column_count(statement) : 0; i < columns; i++) {
		void *value = sqlite3_column_value(statement, i);
		int type = sqlite3_value_type(value), length = 0, head = 1;
		const void *bytes = NULL;
		if (type == TEXT) bytes = sqlite3_value_text(value);
		else if (type == BLOB) bytes = sqlite3_value_blob(value);
		if (bytes) length = sqlite3_value_bytes(value);
		else if (type == TEXT) code = NO_MEMORY;
		if (type == INTEGER) head += INTEGER_SIZE;
		else if (type != ABSENT) head += LENGTH_SIZE;
		if (at + head + length <= size) {
			long long integer = type == INTEGER ? sqlite3_value_int64(value) : 0;
			buffer[at] = type;
			memcpy(buffer + at + 1, type == INTEGER ? (void *)&integer : (void *)&length, head - 1);
			if (bytes) memcpy(buffer + at + head, bytes, length);
		}
		at += head + length;
	}
	int failed = sqlite3_reset(statement);
	return failed ? -failed : code == ROW ? at : code == DONE ? 0 : -code;
}
*/
import "C"

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"net/url"
	"time"
	"unsafe"

	"github.com/mattn/go-sqlite3"

	"github.com/accountql/accountql/internal/store/engine"
)

// finder is a connection that reads one row by one call of C. database/sql and the driver take three times as long
// for the read that begins every request. It is used by one goroutine at a time.
type finder struct {
	db unsafe.Pointer
	// prepared are the statements that were run. There are few, and they stay.
	prepared []preparedFind
	// buffer is C's memory for the values of a call and its row.
	buffer []byte
}

// preparedFind is a prepared statement, its text and the kinds of its columns.
type preparedFind struct {
	text      string
	statement unsafe.Pointer
	columns   []engine.Kind
}

const (
	// finderFlags open a file to read it, by a URI, for one goroutine at a time, and with extended error codes.
	finderFlags = 0x1 | 0x40 | 0x8000 | 0x2000000
	// primaryCode masks the part of an extended code that the code itself is.
	primaryCode = 0xff
	// finderBuffer fits all but the longest rows.
	finderBuffer = 8 << 10
)

// openFinder opens a connection. It rejects one that doesn't report the requested settings (R-DB1).
func openFinder(path string) (_ *finder, err error) {
	uri := C.CString((&url.URL{Scheme: "file", Path: path, RawQuery: "mode=ro"}).String())
	defer C.free(unsafe.Pointer(uri))

	f := &finder{}
	if err := f.allocate(finderBuffer); err != nil {
		return nil, err
	}

	code := C.sqlite3_open_v2(uri, &f.db, finderFlags, nil) //nolint:gocritic // of what cgo makes of it
	err = sqliteError(code)

	for _, asked := range finderSettings() {
		if err == nil {
			err = f.set(asked)
		}
	}

	if err != nil {
		f.close()
		return nil, err
	}

	return f, nil
}

// set changes a setting, and returns an error if SQLite then reports another value.
func (f *finder) set(asked pragma) error {
	row := engine.NewRow(1)
	if _, err := f.find(row, fmt.Sprintf("PRAGMA %s = %v", asked.name, asked.want)); err != nil {
		return err
	}
	if _, err := f.find(row, "PRAGMA "+asked.name); err != nil {
		return err
	}

	if reported := row.Values[0]; fmt.Sprint(asked.want) != cmp.Or(reported.Text, fmt.Sprint(reported.Integer)) {
		return fmt.Errorf("SQLite reports %s = %v instead of %v", asked.name, reported, asked.want)
	}

	return nil
}

func (f *finder) close() {
	for _, one := range f.prepared {
		C.sqlite3_finalize(one.statement)
	}
	C.sqlite3_close(f.db)
	C.free(unsafe.Pointer(unsafe.SliceData(f.buffer)))
}

// allocate replaces the buffer.
func (f *finder) allocate(size int) error {
	memory := C.realloc(unsafe.Pointer(unsafe.SliceData(f.buffer)), C.size_t(size))
	if memory == nil {
		return sqlite3.Error{Code: sqlite3.ErrNomem}
	}

	f.buffer = unsafe.Slice((*byte)(memory), size)

	return nil
}

// find runs a statement, and reads the first row that it finds.
func (f *finder) find(row *engine.Row, statement string, values ...any) (found bool, err error) {
	prepared, err := f.prepare(statement)
	if err != nil {
		return false, err
	}

	packed, err := packValues(f.buffer[:0], values)
	if err != nil {
		return false, err
	}
	if len(packed) > len(f.buffer) {
		return false, errors.New("sqlite: the values of a read are too long")
	}

	end := C.sqlite_find(prepared.statement, C.int(len(values)),
		(*C.char)(unsafe.Pointer(unsafe.SliceData(f.buffer))), C.int(len(f.buffer)))
	switch {
	case end < 0:
		return false, sqliteError(-end)
	case end == 0:
		return false, nil
	case int(end) > len(f.buffer):
		if err := f.allocate(int(end)); err != nil {
			return false, err
		}
		return f.find(row, statement, values...)
	}

	return true, unpackRow(row.Values[:len(prepared.columns)], prepared.columns, string(f.buffer[len(packed):end]))
}

// prepare returns the prepared statement. SQLite itself prepares it again if the schema has changed.
func (f *finder) prepare(statement string) (preparedFind, error) {
	// A statement that is run again is the same text in memory, so comparing is faster than hashing.
	for _, known := range f.prepared {
		if known.text == statement {
			return known, nil
		}
	}

	text := C.CString(statement)
	defer C.free(unsafe.Pointer(text))

	made := preparedFind{text: statement}
	code := C.sqlite3_prepare_v2(f.db, text, -1, &made.statement, nil) //nolint:gocritic // of what cgo makes of it
	if err := sqliteError(code); err != nil {
		return made, err
	}

	for i := range C.sqlite3_column_count(made.statement) {
		made.columns = append(made.columns, kinds[C.GoString(C.sqlite3_column_decltype(made.statement, i))])
	}

	f.prepared = append(f.prepared, made)

	return made, nil
}

// sqliteError returns the error of a code as the driver does, or nil for 0.
func sqliteError(code C.int) error {
	if code == 0 {
		return nil
	}
	return sqlite3.Error{Code: sqlite3.ErrNo(code & primaryCode), ExtendedCode: sqlite3.ErrNoExtended(code)}
}

// packValues appends the values as sqlite_find reads them.
func packValues(packed []byte, values []any) ([]byte, error) {
	for _, value := range values {
		switch value := value.(type) {
		case nil:
			packed = append(packed, C.ABSENT)
		case string:
			packed = append(packLength(packed, C.TEXT, len(value)), value...)
		case []byte:
			packed = append(packLength(packed, C.BLOB, len(value)), value...)
		case int64:
			packed = binary.NativeEndian.AppendUint64(append(packed, C.INTEGER), uint64(value))
		case time.Time:
			var memory [len(timeFormat)]byte
			text := storedTime(value).AppendFormat(memory[:0], timeFormat)
			packed = append(packLength(packed, C.TEXT, len(text)), text...)
		default:
			return nil, fmt.Errorf("sqlite: a read has a value of type %T", value)
		}
	}

	return packed, nil
}

func packLength(packed []byte, kind byte, length int) []byte {
	return binary.NativeEndian.AppendUint32(append(packed, kind), uint32(length))
}

// unpackRow reads what sqlite_find packed. The texts of the row share its memory.
func unpackRow(row []engine.Value, columns []engine.Kind, packed string) error {
	for i := range row {
		var text string
		var number int64
		kind := packed[0]
		packed = packed[1:]

		switch kind {
		case C.ABSENT:
			row[i] = engine.Value{}
			continue
		case C.INTEGER:
			number = int64(binary.NativeEndian.Uint64([]byte(packed[:C.INTEGER_SIZE])))
			packed = packed[C.INTEGER_SIZE:]
		default:
			end := C.LENGTH_SIZE + binary.NativeEndian.Uint32([]byte(packed[:C.LENGTH_SIZE]))
			text, packed = packed[C.LENGTH_SIZE:end], packed[end:]
		}

		switch {
		case kind == C.TEXT && columns[i] == engine.KindTime:
			at, ok := parseTime(text)
			if !ok {
				return fmt.Errorf("sqlite: column %d of a read holds no time", i)
			}
			row[i] = engine.TimeValue(at)
		case kind == C.TEXT:
			row[i] = engine.Value{Kind: engine.KindText, Text: text}
		case kind == C.BLOB:
			row[i] = engine.Value{Kind: engine.KindBytes, Text: text}
		case kind == C.INTEGER && columns[i] == engine.KindBoolean:
			row[i] = engine.Value{Kind: engine.KindBoolean, Integer: number}
		case kind == C.INTEGER:
			row[i] = engine.Value{Kind: engine.KindInteger, Integer: number}
		default:
			return fmt.Errorf("sqlite: column %d of a read holds a fraction", i)
		}
	}

	return nil
}
