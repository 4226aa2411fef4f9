package account

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/accountql/accountql/internal/strictjson"
	"github.com/accountql/accountql/models"
)

// maxImportLine is in bytes: the limit of the attributes, and enough for the rest.
const maxImportLine = 1 << 20

// importFile is the state of reading a file. A program that writes customers writes a first and a last line around
// them. The lines between these marks are a part. A part without its last line was cut off.
type importFile struct {
	parts []importPart
	// lines is the number of the last line.
	lines int
	// lost are the fields, by line, that a customer loses although each is valid by itself.
	lost map[int][]string
}

// importPart is the part of a file between a line that begins it and a line that ends it.
type importPart struct {
	// began and ended are line numbers; ended is 0 until the part's last line has been read.
	began, ended int
	// drop are the fields that a customer loses if they are invalid.
	drop []string
}

// importMark is a line that is not a customer.
type importMark struct {
	Begin       *string  `json:"begin"`
	DropIfWrong []string `json:"dropIfWrong"`
	End         *bool    `json:"end"`
	LeftOut     *string  `json:"leftOut"`
	CustomID    *string  `json:"customId"`
}

// droppable are the fields that a customer may lose. A customer without a valid e-mail address is left out.
var droppable = append([]string{
	"email", "phone", "passwordHash", "customId", "uuid", "tags", "createdAt", "identities", "authenticators", "consents", "terms",
	"addresses",
}, ProfileFields()...)

// dropAt returns the fields that the customer of a line may lose.
func (f *importFile) dropAt(line int) []string {
	for i := len(f.parts) - 1; i >= 0; i-- {
		if f.parts[i].began <= line {
			return f.parts[i].drop
		}
	}

	return nil
}

// importVisitor receives the lines of a file.
type importVisitor struct {
	customer func(line int, text []byte) error
	// leftOut receives a customer whom the writer of the file has left out, and the reason.
	leftOut func(line int, reason string)
	wrong   func(line int, problem error)
}

// read passes every line to the visitor, until the visitor returns an error.
func (f *importFile) read(file io.Reader, visitor importVisitor) error {
	err := eachLine(file, func(line int, text []byte) error {
		f.lines = line
		mark, is, err := readImportMark(text)
		switch {
		case err != nil:
			visitor.wrong(line, err)
		case !is:
			if problem := f.misplaced(); problem != nil {
				visitor.wrong(line, problem)
				return nil
			}
			return visitor.customer(line, text)
		default:
			if problem := f.note(line, mark, visitor.leftOut); problem != nil {
				visitor.wrong(line, problem)
			}
		}

		return nil
	})
	if err != nil {
		return err
	}

	if last := f.part(); last != nil && last.ended == 0 { // guard: an import that was cut off is refused
		visitor.wrong(f.lines, models.InvalidInput("end", models.ReasonRequired, 0, fmt.Sprintf(
			"is missing behind it: what began in line %d stopped half-way; write the file again", last.began)))
	}

	return nil
}

// part returns the part that began last, or nil.
func (f *importFile) part() *importPart {
	if len(f.parts) == 0 {
		return nil
	}
	return &f.parts[len(f.parts)-1]
}

// misplaced returns an error if the current line must not be a customer.
func (f *importFile) misplaced() error {
	if last := f.part(); last != nil && last.ended != 0 { // guard: nobody stands behind the end of an import
		return models.InvalidInput("the line", models.ReasonNotAllowed, 0,
			fmt.Sprintf("must not stand behind the end in line %d", last.ended))
	}

	return nil
}

// note processes a mark.
func (f *importFile) note(line int, mark importMark, leftOut func(line int, reason string)) error {
	last := f.part()
	open := last != nil && last.ended == 0
	switch {
	case mark.Begin != nil && open:
		began := last.began // the list may move
		f.parts = append(f.parts, importPart{began: line, drop: mark.DropIfWrong})
		problem := fmt.Sprintf("must not stand before the end of what began in line %d", began)
		return models.InvalidInput("begin", models.ReasonNotAllowed, 0, problem)
	case mark.Begin != nil:
		f.parts = append(f.parts, importPart{began: line, drop: mark.DropIfWrong})
	case mark.End != nil && !open:
		return models.InvalidInput("end", models.ReasonNotAllowed, 0, "must stand behind a line that begins")
	case mark.End != nil:
		last.ended = line
	default:
		if err := f.misplaced(); err != nil {
			return err
		}
		leftOut(line, *mark.LeftOut)
	}

	return nil
}

// readImportMark reports whether a line is a mark, and parses it. A customer's line has an email, or no field of a
// mark.
func readImportMark(text []byte) (mark importMark, is bool, err error) {
	named := func(name string) bool { return bytes.Contains(text, []byte(`"`+name+`"`)) }
	if !named("begin") && !named("end") && !named("leftOut") {
		return mark, false, nil
	}

	var fields map[string]json.RawMessage
	if json.Unmarshal(text, &fields) != nil {
		return mark, false, nil //nolint:nilerr // readImportLine says what is wrong with it
	}

	has := func(name string) bool { return fields[name] != nil }
	if has("email") || !has("begin") && !has("end") && !has("leftOut") {
		return mark, false, nil
	}

	if err := strictJSON("the line", text); err != nil { // guard: an import mends no text of a mark
		return mark, true, err
	}
	if err := strictjson.Unmarshal(text, &mark); err != nil {
		return mark, true, errMark()
	}

	return mark, true, mark.check()
}

func errMark() error {
	return models.InvalidInput("the line", models.ReasonMalformed, 0,
		`must be {"begin":"…","dropIfWrong":["…"]}, {"end":true}, `+
			`{"leftOut":"…","customId":"…"} or a customer with an email`)
}

// check returns an error if a mark is of no kind or of several, or if it names fields that can't be dropped.
func (m importMark) check() error {
	kinds := 0
	for _, is := range []bool{m.Begin != nil, m.End != nil && *m.End, m.LeftOut != nil} {
		if is {
			kinds++
		}
	}

	if kinds != 1 || m.DropIfWrong != nil && m.Begin == nil || m.CustomID != nil && m.LeftOut == nil {
		return errMark()
	}

	for _, field := range m.DropIfWrong {
		if !slices.Contains(droppable, field) { // guard: a status is never lost
			return models.InvalidInput("dropIfWrong", models.ReasonUnknownValue, 0,
				fmt.Sprintf("must hold no other fields than %v", droppable))
		}
	}

	if m.LeftOut != nil {
		_, err := models.ParseText("leftOut", *m.LeftOut, maxTextLength)
		return err
	}

	return nil
}

// eachLine calls each for every line that is not blank, with its number from 1, until each returns an error.
func eachLine(file io.Reader, each func(number int, text []byte) error) error {
	buffered := bufio.NewReaderSize(file, maxImportLine)
	for number := 1; ; number++ {
		text, err := buffered.ReadSlice('\n')
		for errors.Is(err, bufio.ErrBufferFull) {
			// The line is too long for a customer. Skip the rest of it, and do not parse it as JSON.
			_, err = buffered.ReadSlice('\n')
			text = []byte("too long")
		}

		ended := errors.Is(err, io.EOF)
		if err != nil && !ended {
			return fmt.Errorf("read the file: %w", err)
		}
		if number == 1 {
			text = bytes.TrimPrefix(text, []byte("\ufeff"))
		}

		if text = bytes.TrimSpace(text); len(text) > 0 {
			if err := each(number, text); err != nil {
				return err
			}
		}

		if ended {
			return nil
		}
	}
}

func errLineChanged(line int, problem error) error {
	return fmt.Errorf("line %d changed since it was checked: %w", line, problem)
}
