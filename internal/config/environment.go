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

// variablePrefix begins the environment variable of every setting.
const variablePrefix = "ACCOUNTQL_"

// Options are what a kong parser needs to read settings: where a flag is not
// given, its variable of the environment counts; durations may be in days; the
// help names the variables. A variable that begins like a setting and is none
// refuses every command: it is a typing error, and what it meant to set would be left open.
//
// kong's own `env` tags are not used, for they read the process's environment,
// which no test can share.
func Options(environ []string) []kong.Option {
	known := names()
	variables := map[string]string{}
	for _, entry := range environ {
		name, value, _ := strings.Cut(entry, "=")
		if strings.HasPrefix(name, variablePrefix) {
			variables[name] = value
		}
	}
	return []kong.Option{
		kong.WithBeforeResolve(func() error { return checkVariables(variables, known) }),
		kong.Resolvers(kong.ResolverFunc(func(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
			value := variables[variable(flag.Name)]
			// An empty variable counts as left open: that is how a compose file passes on one that nobody set.
			if value == "" || !slices.Contains(known, flag.Name) {
				return nil, nil
			}
			return value, nil
		})),
		kong.TypeMapper(reflect.TypeFor[time.Duration](), mapper(ParseDuration)),
		kong.TypeMapper(reflect.TypeFor[netip.Prefix](), mapper(parseNetwork)),
		kong.ValueFormatter(func(value *kong.Value) string {
			if value.Flag == nil || !slices.Contains(known, value.Name) {
				return value.Help
			}
			return value.Help + " ($" + variable(value.Name) + ")"
		}),
	}
}

// names lists the settings as their flags are called.
func names() []string {
	settings := reflect.TypeFor[Settings]()
	list := make([]string, settings.NumField())
	for i := range list {
		list[i] = settings.Field(i).Tag.Get("name")
	}
	return list
}

// variable is the environment variable of a flag.
func variable(flag string) string {
	return variablePrefix + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

func checkVariables(variables map[string]string, known []string) error {
	var unknown []string
	for name := range variables {
		if !slices.ContainsFunc(known, func(setting string) bool { return variable(setting) == name }) {
			unknown = append(unknown, name)
		}
	}
	if len(unknown) == 0 {
		return nil
	}
	slices.Sort(unknown)
	return refuse(unknown[0], "is set in the environment, but there is no such setting")
}

// mapper reads the value of a flag, whose name kong puts before an error.
func mapper[T any](parse func(text string) (T, error)) kong.Mapper {
	return kong.MapperFunc(func(ctx *kong.DecodeContext, target reflect.Value) error {
		var text string
		if err := ctx.Scan.PopValueInto("value", &text); err != nil {
			return err
		}
		value, err := parse(text)
		if err != nil {
			return err
		}
		target.Set(reflect.ValueOf(value))
		return nil
	})
}

func parseNetwork(text string) (netip.Prefix, error) {
	network, err := netip.ParsePrefix(text)
	if err != nil {
		return network, fmt.Errorf("must be a network such as 10.0.0.0/8; it is %q", text)
	}
	return network, nil
}

// ParseDuration reads what time.ParseDuration reads, and whole days before it: 90d, 1d12h.
func ParseDuration(text string) (time.Duration, error) {
	const day = 24 * time.Hour
	wrong := fmt.Errorf("must be a time such as 90d, 12h or 15m; it is %q", text)
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
