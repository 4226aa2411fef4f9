package config

import (
	"errors"
	"fmt"
	"math"
	"net/netip"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/alecthomas/kong"
)

// Options returns the options of a kong parser of settings: a flag that is not given has the value of its
// environment variable, or of the file that the variable with _FILE at its end names; durations may have days, and
// the help names the variables. If a variable has the prefix but belongs to no setting, every command is refused: the
// name is a typing error, and the intended setting would silently keep its default. The error of several variables
// and of the settings' own rules holds them all (Errors).
//
// kong's own `env` tags are not used, because they read the process's environment, which tests can't share.
func Options(environ []string) []kong.Option {
	known, variables := names(), readVariables(environ)
	var mistyped, wrong Errors
	resolving := false
	// A flag whose text is no value of its type keeps its default, and is reported with all others.
	report := func(value *kong.Value, err error) error {
		if resolving || value == nil || value.Flag == nil || !slices.Contains(known, value.Name) {
			return err
		}
		mistyped.add(refuse("--"+value.Name, "%s", err))
		return nil
	}

	return []kong.Option{
		kong.WithBeforeResolve(func() error { wrong = slices.Concat(mistyped, variables.unknown(known)); return nil }),
		kong.Resolvers(kong.ResolverFunc(func(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
			if !slices.Contains(known, flag.Name) {
				return nil, nil
			}

			resolving = true
			value, err := variables.value(flag)
			resolving = false
			if value == "" || err != nil {
				wrong.add(err)
				return nil, nil
			}

			return value, nil
		})),
		kong.WithBeforeApply(func(command *kong.Context) error {
			if len(wrong) == 0 {
				return nil // kong goes on, and validates
			}
			return wrong.with(command)
		}),
		kong.TypeMapper(reflect.TypeFor[time.Duration](), mapper(ParseDuration, report)),
		kong.TypeMapper(reflect.TypeFor[netip.Prefix](), mapper(parseNetwork, report)),
		kong.TypeMapper(reflect.TypeFor[Limit](), mapper(parseLimit, report)),
		kong.TypeMapper(reflect.TypeFor[int](), mapper(parseNumber, report)),
		kong.ValueFormatter(func(value *kong.Value) string {
			if value.Flag == nil || !slices.Contains(known, value.Name) {
				return value.Help
			}
			return value.Help + " ($" + variable(value.Name) + ")"
		}),
	}
}

// names lists the names of the settings' flags: those of the server, and those of an operator's commands.
func names() []string {
	var list []string
	for _, settings := range []reflect.Type{reflect.TypeFor[Settings](), reflect.TypeFor[Acting]()} {
		for i := range settings.NumField() {
			list = append(list, settings.Field(i).Tag.Get("name"))
		}
	}
	return list
}

// mapper parses the value of a flag. It hands errors to report, and returns those that report returns; kong puts the
// flag's name before them.
func mapper[T any](parse func(text string) (T, error), report func(value *kong.Value, err error) error) kong.Mapper {
	return kong.MapperFunc(func(ctx *kong.DecodeContext, target reflect.Value) error {
		var text string
		if err := ctx.Scan.PopValueInto("value", &text); err != nil {
			return err
		}

		value, err := parse(text)
		if err != nil {
			return report(ctx.Value, err)
		}

		target.Set(reflect.ValueOf(value))

		return nil
	})
}

func parseNetwork(text string) (netip.Prefix, error) {
	network, err := netip.ParsePrefix(text)
	if err != nil {
		return network, fmt.Errorf("must be a network such as 10.0.0.0/8; it is %q", repeatable(text))
	}
	return network, nil
}

func parseLimit(text string) (limit Limit, err error) {
	err = limit.UnmarshalText([]byte(text))
	return limit, err
}

func parseNumber(text string) (int, error) {
	number, err := strconv.Atoi(text)
	if err != nil {
		return 0, fmt.Errorf("must be a whole number; it is %q", repeatable(text))
	}
	return number, nil
}

// ParseDuration parses everything that time.ParseDuration does, and whole days before it: 90d, 1d12h.
func ParseDuration(text string) (time.Duration, error) {
	const day = 24 * time.Hour
	wrong := fmt.Errorf("must be a time such as 90d, 12h or 15m; it is %q", repeatable(text))
	count, rest, hasDays := strings.Cut(text, "d")
	if !hasDays {
		duration, err := time.ParseDuration(text)
		if err != nil {
			return 0, wrong
		}
		return duration, nil
	}

	days, err := strconv.ParseUint(count, 10, 32)
	if err != nil {
		return 0, wrong
	}

	var more time.Duration
	if rest != "" {
		if more, err = time.ParseDuration(rest); err != nil || more < 0 {
			return 0, wrong
		}
	}

	if days > uint64((math.MaxInt64-more)/day) {
		return 0, errors.New("is longer than 292 years")
	}

	return time.Duration(days)*day + more, nil
}
