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

// maxImportLine is in bytes: the attributes' limit and generous room for the rest.
const maxImportLine = 1 << 20

// importFile is what the lines around the customers say, as far as it was read. A
// program that writes customers says first that it begins and last that it is done:
// what lies between is a part, and one without its last line was cut off.
type importFile struct {
	parts []importPart
	// lines is the number of the last line.
	lines int
	// lost are the fields that a customer loses though each is right by itself, by line.
	lost map[int][]string
}

// importPart stands between the lines that begin and end it.
type importPart struct {
	// began and ended are lines; ended is 0 until the part's last line was read.
	began, ended int
	// drop are the fields that a customer loses where they are wrong.
	drop []string
}

// importMark is a line that is no customer's.
type importMark struct {
	Begin       *string  `json:"begin"`
	DropIfWrong []string `json:"dropIfWrong"`
	End         *bool    `json:"end"`
	LeftOut     *string  `json:"leftOut"`
	CustomID    *string  `json:"customId"`
}

// droppable are the fields without which an account is still the customer's; without
// its e-mail the customer is left out.
var droppable = append([]string{
	"email", "phone", "passwordHash", "customId", "uuid", "tags", "createdAt", "identities", "consents",
}, ProfileFields()...)

// dropAt are the fields that the customer of a line may lose.
func (f *importFile) dropAt(line int) []string {
	for i := len(f.parts) - 1; i >= 0; i-- {
		if f.parts[i].began <= line {
			return f.parts[i].drop
		}
	}

	return nil
}

// importVisitor is who is told of each line.
type importVisitor struct {
	customer func(line int, text []byte) error
	// leftOut is told of somebody whom the writer of the file has left out, and why.
	leftOut func(line int, reason string)
	wrong   func(line int, problem error)
}

// read hands every line to the visitor, until it fails.
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

// part is the one that began last, or nil.
func (f *importFile) part() *importPart {
	if len(f.parts) == 0 {
		return nil
	}
	return &f.parts[len(f.parts)-1]
}

// misplaced says why no customer may stand in the line that is read.
func (f *importFile) misplaced() error {
	if last := f.part(); last != nil && last.ended != 0 { // guard: nobody stands behind the end of an import
		return models.InvalidInput("the line", models.ReasonNotAllowed, 0,
			fmt.Sprintf("must not stand behind the end in line %d", last.ended))
	}

	return nil
}

// note takes a mark.
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

// readImportMark says whether a line is a mark: a customer's holds an email, or nothing of a mark.
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

// check refuses marks of two kinds, and fields that can't be lost.
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

// eachLine hands every line that is not blank to each, with its number from 1, until each fails.
func eachLine(file io.Reader, each func(number int, text []byte) error) error {
	buffered := bufio.NewReaderSize(file, maxImportLine)
	for number := 1; ; number++ {
		text, err := buffered.ReadSlice('\n')
		for errors.Is(err, bufio.ErrBufferFull) {
			// Too long for a customer: what is left is read, and not taken for JSON.
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
