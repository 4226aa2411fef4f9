package config

import (
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/alecthomas/kong"
)

// Error is an error in one setting.
type Error struct {
	// Setting is the flag with its dashes, or the environment variable.
	Setting string
	// Problem continues the setting's name.
	Problem string
}

// Error returns one line that begins with the setting.
func (e *Error) Error() string { return e.Setting + " " + e.Problem }

// refuse returns the error of a setting; format continues its name. It repeats no password that a text of values
// holds, as one that was meant for another setting does.
func refuse(setting, format string, values ...any) error {
	for i, value := range values {
		if text := reflect.ValueOf(value); text.Kind() == reflect.String {
			values[i] = repeatable(text.String())
		}
	}
	return &Error{Setting: setting, Problem: fmt.Sprintf(format, values...)}
}

// repeatable returns a value that was refused as an error may repeat it.
func repeatable(value string) string {
	if strings.Contains(value, "@") { // guard: an error repeats no password of a wrong setting
		return maskURL(value)
	}
	return value
}

// Errors are the errors of several settings, so that an operator can mend them all before the next start.
type Errors []*Error

// Error returns all errors in one line.
func (e Errors) Error() string {
	lines := make([]string, len(e))
	for i, one := range e {
		lines[i] = one.Error()
	}
	return strings.Join(lines, "; ")
}

// Unwrap returns the errors.
func (e Errors) Unwrap() []error {
	all := make([]error, len(e))
	for i, one := range e {
		all[i] = one
	}
	return all
}

// add adds an *Error, or each of Errors. It adds nothing if err is nil, or if there is an error of the setting
// already: what follows from it would only confuse.
func (e *Errors) add(err error) {
	var several Errors
	var one *Error
	switch {
	case errors.As(err, &several):
		for _, one := range several {
			e.add(one)
		}
	case errors.As(err, &one):
		if !e.has(one.Setting) {
			*e = append(*e, one)
		}
	case err != nil: // an error of another type must not get lost
		*e = append(*e, &Error{Setting: "the settings", Problem: "are refused: " + err.Error()})
	}
}

// Join returns the errors of settings as Errors, or nil if there are none.
func Join(errs ...error) error {
	var wrong Errors
	for _, err := range errs {
		wrong.add(err)
	}
	return wrong.orNil()
}

// has reports whether there is an error of the flag or variable, or of the other source of the same setting.
func (e *Errors) has(setting string) bool {
	if flag, ok := strings.CutPrefix(setting, "--"); ok {
		setting = variable(flag)
	}
	for _, one := range *e {
		if flag, ok := strings.CutPrefix(one.Setting, "--"); ok && variable(flag) == setting ||
			one.Setting == setting || one.Setting == setting+fileSuffix {
			return true
		}
	}

	return false
}

// orNil returns the errors, or nil if there are none.
func (e *Errors) orNil() error {
	if len(*e) == 0 {
		return nil
	}
	return *e
}

// with returns the errors with those of the rules that kong validates on the command.
func (e *Errors) with(command *kong.Context) error {
	if _, err := command.Apply(); err != nil {
		return *e
	}
	e.add(command.Validate())
	return *e
}
