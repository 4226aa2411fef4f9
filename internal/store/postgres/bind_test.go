package postgres

import "testing"

func TestBindNumbersValues(t *testing.T) {
	for statement, want := range map[string]string{
		"SELECT 1":                        "SELECT 1",
		"UPDATE t SET a = ?, b = ?":       "UPDATE t SET a = $1, b = $2",
		"(?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ": "($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ",
	} {
		if got := (&Engine{}).Bind(statement); got != want {
			t.Errorf("%q is bound as %q", statement, got)
		}
	}
}
