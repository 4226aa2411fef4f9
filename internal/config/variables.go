package config

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/alecthomas/kong"
)

const (
	// variablePrefix is the prefix of every setting's environment variable.
	variablePrefix = "ACCOUNTQL_"
	// fileSuffix ends the variable that names a file with the setting's value.
	fileSuffix = "_FILE"
	// longestFile limits a file with the value of a setting, in bytes.
	longestFile = 64 << 10
)

// variables are the environment variables of settings, by name. An empty variable counts as unset: a compose file
// passes an unset variable on as an empty one.
type variables map[string]string

// readVariables returns the variables with the prefix, except those that Kubernetes injects for Services that are
// called accountql, or accountql-… such as one for the metrics.
func readVariables(environ []string) variables {
	found := variables{}
	for _, entry := range environ {
		name, value, _ := strings.Cut(entry, "=")
		if strings.HasPrefix(name, variablePrefix) && !serviceLink(name, value) {
			found[name] = value
		}
	}
	return found
}

// The variables of a link to a Service called accountql-…, behind the prefix. No setting may have such a name.
var (
	linkOfAnother = regexp.MustCompile(`^[A-Z0-9_]+_(?:SERVICE_HOST|SERVICE_PORT(?:_[A-Z0-9_]+)?|` +
		`PORT_[0-9]+_(?:TCP|UDP|SCTP)(?:_PROTO|_PORT|_ADDR)?)$`)
	linkAddress = regexp.MustCompile(`^(?:tcp|udp|sctp)://`)
)

// serviceLink reports whether a variable is a link to a Service. No setting may have such a name.
func serviceLink(name, value string) bool {
	name = strings.TrimPrefix(name, variablePrefix)
	return name == "PORT" || strings.HasPrefix(name, "PORT_") || strings.HasPrefix(name, "SERVICE_") ||
		linkOfAnother.MatchString(name) || strings.HasSuffix(name, "_PORT") && linkAddress.MatchString(value)
}

// variable returns the environment variable of a flag.
func variable(flag string) string {
	return variablePrefix + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// unknown returns an error for each variable that belongs to no flag.
func (v variables) unknown(flags []string) Errors {
	var names []string
	for name := range v {
		if !slices.ContainsFunc(flags, func(flag string) bool {
			return name == variable(flag) || name == variable(flag)+fileSuffix
		}) {
			names = append(names, name)
		}
	}

	slices.Sort(names)

	var wrong Errors
	for _, name := range names {
		wrong.add(refuse(name, "is set in the environment, but there is no such setting"))
	}

	return wrong
}

// value returns the value of a flag from its variable or from the file that its other variable names, or "". The
// error names the variable. It repeats neither the name of the file nor its content: a secret may be in either.
func (v variables) value(flag *kong.Flag) (string, error) {
	name := variable(flag.Name)
	source, value := name, v[name]
	if file := v[name+fileSuffix]; file != "" {
		source += fileSuffix
		// guard: a setting has one source
		if value != "" {
			return "", refuse(source, "must not be set beside %s", name)
		}

		var err error
		if value, err = readValue(file); err != nil {
			return "", refuse(source, "names a file that %s", err)
		}
	}

	if value == "" {
		return "", nil
	}

	// guard: the content of a file is not taken for a path
	if source != name && namesFile(flag) && !isPath(value) {
		return "", refuse(source, "names a file with the path of --%s, not that file itself: that is %s", flag.Name, name)
	}

	err := flag.Parse(kong.Scan().PushTyped(value, kong.FlagValueToken), reflect.New(flag.Target.Type()).Elem())
	if err == nil {
		return value, nil
	}
	if source != name {
		return "", refuse(source, "names a file whose content is no value of --%s", flag.Name)
	}

	problem := strings.ReplaceAll(errors.Unwrap(err).Error(), value, repeatable(value))

	return "", refuse("--"+flag.Name, "(%s) %s", name, problem)
}

// namesFile reports whether the value of a flag is the path of a file or a directory.
func namesFile(flag *kong.Flag) bool {
	return slices.Contains([]string{"FILE", "DIR"}, flag.PlaceHolder)
}

// isPath reports whether a text can be the path of a file: the directory of the file is there. The file itself may be
// one that is yet to be written.
func isPath(text string) bool {
	info, err := os.Stat(filepath.Dir(text))
	return err == nil && info.IsDir() && !strings.ContainsFunc(text, unicode.IsControl)
}

// readValue returns the content of a file without a line break at its end. The error continues "a file that".
func readValue(name string) (string, error) {
	file, err := os.Open(name)
	if err != nil {
		return "", unreadable(err)
	}
	defer func() { _ = file.Close() }()

	text, err := io.ReadAll(io.LimitReader(file, longestFile+1))
	if err != nil {
		return "", unreadable(err)
	}
	if len(text) > longestFile {
		return "", errors.New("is larger than 64 KiB")
	}

	value, found := strings.CutSuffix(string(text), "\n")
	if found {
		value = strings.TrimSuffix(value, "\r")
	}
	if value == "" {
		return "", errors.New("is empty")
	}

	return value, nil
}

// unreadable returns the cause alone. The path is left out, because it may be a secret that was put into the wrong
// variable.
func unreadable(err error) error {
	var failed *fs.PathError
	if errors.As(err, &failed) {
		err = failed.Err
	}
	return errors.New("can't be read: " + err.Error())
}
