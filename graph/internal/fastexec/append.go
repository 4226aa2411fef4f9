package fastexec

import (
	"strconv"
	"time"
)

// An Append appends a value as JSON. It returns nil if gqlgen would write null, even for a value that the schema
// doesn't allow to be null: only gqlgen knows the error.
type Append[T any] func(b []byte, value T) []byte

const null = "null"

// Text appends a string like graphql.MarshalString: bytes that are not UTF-8 stay as they are.
func Text[S ~string](b []byte, text S) []byte {
	const hex = "0123456789ABCDEF"
	b = append(b, '"')
	from := 0

	for i := range len(text) {
		c := text[i]
		if c >= ' ' && c != '"' && c != '\\' {
			continue
		}

		b = append(b, text[from:i]...)
		from = i + 1

		switch c {
		case '"', '\\':
			b = append(b, '\\', c)
		case '\t':
			b = append(b, `\t`...)
		case '\r':
			b = append(b, `\r`...)
		case '\n':
			b = append(b, `\n`...)
		default:
			b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&0xf])
		}
	}

	return append(append(b, text[from:]...), '"')
}

// Boolean appends a boolean like graphql.MarshalBoolean.
func Boolean(b []byte, value bool) []byte { return strconv.AppendBool(b, value) }

// Int appends a number like graphql.MarshalInt.
func Int(b []byte, number int) []byte { return strconv.AppendInt(b, int64(number), 10) }

// Time appends a time like graphql.MarshalTime, which writes the zero time as null.
func Time(b []byte, at time.Time) []byte {
	if at.IsZero() { // guard: a time that is null is gqlgen's
		return nil
	}
	return append(at.AppendFormat(append(b, '"'), time.RFC3339Nano), '"')
}

// Nullable appends what a pointer points to, or null.
func Nullable[T any](b []byte, value *T, one Append[T]) []byte {
	if value != nil {
		if written := one(b, *value); written != nil {
			return written
		}
	}
	return append(b, null...)
}

// List appends the elements of a list that may not be null. A nil list is an empty list to gqlgen.
func List[T any](b []byte, values []T, one Append[T]) []byte {
	b = append(b, '[')
	for i, value := range values {
		if i > 0 {
			b = append(b, ',')
		}
		if b = one(b, value); b == nil { // guard: an element that is null is gqlgen's
			return nil
		}
	}
	return append(b, ']')
}
