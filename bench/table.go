package main

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
)

// turns are the measurements of one target, one for each round.
type turns []turn

// series holds the measurements of all targets.
type series map[string]turns

func (t turns) column(of func(turn) float64) []float64 {
	values := make([]float64, len(t))
	for i, one := range t {
		values[i] = of(one)
	}
	return values
}

func (t turns) rates() []float64 { return t.column(func(one turn) float64 { return one.rate }) }
func (t turns) cpus() []float64  { return t.column(func(one turn) float64 { return one.cpu }) }
func (t turns) p50s() []float64  { return t.column(func(one turn) float64 { return one.p50 }) }
func (t turns) p99s() []float64  { return t.column(func(one turn) float64 { return one.p99 }) }

// compare returns the cells for one target against another: each figure, and its ratio within the rounds.
func (s series) compare(one, other string) []string {
	a, b := s[one], s[other]
	return []string{
		spread(a.rates()), ratio(a.rates(), b.rates()), spread(a.cpus()), ratio(a.cpus(), b.cpus()),
		milli(a.p50s()), ratio(a.p50s(), b.p50s()), milli(a.p99s()), ratio(a.p99s(), b.p99s()),
	}
}

func median(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}

	sorted := slices.Sorted(slices.Values(values))
	middle := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[middle]
	}

	return (sorted[middle-1] + sorted[middle]) / 2
}

// spread formats the median, with the minimum and the maximum in parentheses.
func spread(values []float64) string {
	if len(values) == 0 {
		return ""
	}

	const small = 100
	format := "%.0f (%.0f–%.0f)"
	if median(values) < small {
		format = "%.1f (%.1f–%.1f)"
	}

	return fmt.Sprintf(format, median(values), slices.Min(values), slices.Max(values))
}

// milli formats the median of microseconds in milliseconds.
func milli(values []float64) string { return fmt.Sprintf("%.2f", median(values)/1000) }

// ratios returns the ratios within the rounds.
func ratios(a, b []float64) (all []float64) {
	for i := range min(len(a), len(b)) {
		all = append(all, a[i]/b[i]) //nolint:gosec // i is less than both lengths
	}
	return all
}

// ratio formats the median of the rounds' ratios, with the minimum and the maximum in parentheses.
func ratio(a, b []float64) string {
	all := ratios(a, b)
	if len(all) == 0 {
		return ""
	}

	return fmt.Sprintf("**%.2f** (%.2f–%.2f)", median(all), slices.Min(all), slices.Max(all))
}

// table is a Markdown table.
type table struct {
	out   io.Writer
	lines []string
}

func (b *bench) table(title string, columns ...string) *table {
	t := &table{out: b.out, lines: []string{"### " + title, ""}}
	t.row(columns...)
	t.lines = append(t.lines, "|"+strings.Repeat("---|", len(columns)))
	return t
}

func (t *table) row(cells ...string) {
	t.lines = append(t.lines, "| "+strings.Join(cells, " | ")+" |")
}

func (t *table) print() error {
	_, err := fmt.Fprintln(t.out, strings.Join(t.lines, "\n")+"\n")
	return err
}

// machine describes the machine and the run.
func machine(o options) string {
	model := "an unknown processor"
	if text, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		if _, rest, found := strings.Cut(string(text), "model name"); found {
			name, _, _ := strings.Cut(rest, "\n")
			model = strings.Trim(name, "\t :")
		}
	}

	return fmt.Sprintf("%d cores of %s, %s, %s/%s; %d rounds of %s a turn; median (least–most); the driver shares the cores.",
		runtime.NumCPU(), model, runtime.Version(), runtime.GOOS, runtime.GOARCH, o.rounds, o.lasting)
}
