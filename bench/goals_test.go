package main

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

func TestVerdict(t *testing.T) {
	rate, cost, exact := goal{direction: atLeast, must: 1.3, aim: 1.6}, goal{direction: atMost, must: 0.9, aim: 0.7},
		goal{direction: atMost, must: 402, aim: 402}
	for _, test := range []struct {
		goal   goal
		figure float64
		want   string
	}{
		{rate, 1.29, missed}, {rate, 1.3, "reached"}, {rate, 1.6, "aim reached"},
		{cost, 0.91, missed}, {cost, 0.9, "reached"}, {cost, 0.7, "aim reached"},
		{exact, 403, missed}, {exact, 402, "reached"}, {exact, 1, "reached"},
	} {
		if got := test.goal.verdict(test.figure); got != test.want {
			t.Errorf("%v %v: %q for %v, want %q", test.goal.direction, test.goal.must, got, test.figure, test.want)
		}
	}
}

func TestGoalsTable(t *testing.T) {
	var out bytes.Buffer
	b := &bench{out: &out, reasons: map[string]string{jitRate: "Node is not installed"}, figures: map[string][]float64{
		bareRate: {1.2, 1.0, 1.1}, bareCPU: {0.95, 0.91, 1}, readAllocs: {119}, writersP99: {1.234},
	}}
	if err := b.printGoals(); err != nil {
		t.Fatalf("a missed goal is an error without -gate: %v", err)
	}

	for _, row := range []string{
		"| " + bareRate + " | 1.10 (1.00–1.20) | at least 1.3 | 1.6 | **missed** |",
		"| " + bareCPU + " | 0.95 (0.91–1.00) | at most 0.9 | 0.7 | **missed** |",
		"| " + readAllocs + " | 119 | at most 120 | 80 | reached |",
		"| " + writersP99 + " | 1.23 (1.23–1.23) | at most 1.5 | 1.1 | reached |",
		"| " + jitRate + " | not measured | at least 0.8 | 1.1 | Node is not installed |",
		"| " + startTime + " | not measured | at most 50 | 30 | its part did not run |",
	} {
		if !strings.Contains(out.String(), row+"\n") {
			t.Errorf("no row %s in\n%s", row, out.String())
		}
	}

	// Requests per second depend on the moment, so only the CPU gates here.
	b.gate = true
	if err := b.printGoals(); err == nil || strings.Contains(err.Error(), bareRate) ||
		!strings.Contains(err.Error(), bareCPU) {
		t.Errorf("with -gate: %v", err)
	}
}

func TestEveryGoalIsNamedOnce(t *testing.T) {
	var names []string
	for _, one := range goals {
		names = append(names, one.name)
		if one.direction == atLeast && one.aim < one.must || one.direction == atMost && one.aim > one.must {
			t.Errorf("%s: the aim %v is easier than %v", one.name, one.aim, one.must)
		}
	}

	slices.Sort(names)
	if len(slices.Compact(names)) != len(goals) {
		t.Error("two goals have the same name")
	}
}

func TestParseAllocations(t *testing.T) {
	const output = `=== RUN   TestAllocations
    allocations_test.go:39: 269 allocations, at most 290: query Account { account { id agreements { sms } } }
    allocations_test.go:39: 575 allocations, at most 580: mutation($input: UpdateAccountInput!) { updateAccount(input: $input) { account { city } } }
--- PASS: TestAllocations (0.24s)
`
	got := parseAllocations(output)
	if len(got) != 2 || got["account"] != 269 || got["updateAccount"] != 575 {
		t.Errorf("got %v", got)
	}
}

func TestRatios(t *testing.T) {
	got := ratios([]float64{2, 9, 5}, []float64{1, 3, 5})
	if want := []float64{2, 3, 1}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if text := ratio([]float64{2, 9, 5}, []float64{1, 3, 5}); text != "**2.00** (1.00–3.00)" {
		t.Errorf("got %s", text)
	}
	if got := ratios(nil, []float64{1}); len(got) != 0 {
		t.Errorf("%v without measurements", got)
	}
}

func TestRatiosToFixedBytes(t *testing.T) {
	var out bytes.Buffer
	b := &bench{out: &out, noJIT: "Node is not installed"}
	all := map[int]series{}
	for _, count := range connections {
		all[count] = series{
			"fixed bytes": {{rate: 100, cpu: 10}, {rate: 200, cpu: 10}}, thisVersion: {{rate: 50, cpu: 30}, {rate: 50, cpu: 10}},
		}
	}

	if err := b.ratiosToFixedBytes([]target{{name: thisVersion}, {name: "fixed bytes"}}, all); err != nil {
		t.Fatal(err)
	}

	const rates, cpus, one = " **0.38** (0.25–0.50) |", " **2.00** (1.00–3.00) |", " **1.00** (1.00–1.00) |"
	for _, row := range []string{
		"| accountql |" + strings.Repeat(rates, 3) + strings.Repeat(cpus, 3) + "\n",
		"| fixed bytes |" + strings.Repeat(one, 6) + "\n", "not measured: Node is not installed",
	} {
		if !strings.Contains(out.String(), row) {
			t.Errorf("no row %sin\n%s", row, out.String())
		}
	}
}
