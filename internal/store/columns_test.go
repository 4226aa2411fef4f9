package store

import (
	"encoding/json"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/store/engine"
	"github.com/accountql/accountql/models"
)

// TestSimpleTexts compares the fast list reader with encoding/json: it may give up, but must never return another
// result.
func TestSimpleTexts(t *testing.T) {
	read := 0
	for _, stored := range []string{
		`["a"]`, `["a","b","c"]`, `[""]`, `["",""]`, `["ä","日本"]`, `[]`, `null`, ``, `["a]`, `a"]`, `["]`, `["a" ,"b"]`,
		`[ "a"]`,
		`["a\"b"]`, `["a\",\"b"]`, `["a","b\\"]`, `["\u0041"]`, `["a""b"]`, `["a",b"]`, `["a","]`, `["a",1]`, `[["a"]]`,
		`["a,b"]`, `["x\"]`,
	} {
		texts, simple := simpleTexts[string](stored)
		if !simple {
			continue
		}

		read++
		var want []string
		if err := json.Unmarshal([]byte(stored), &want); err != nil || !slices.Equal(texts, want) {
			t.Errorf("%s is read as %q, want %q (%v)", stored, texts, want, err)
		}
	}

	if read < 6 {
		t.Errorf("only %d lists were simple", read)
	}
}

// TestScannedRowsKeepNothing guards that a reused row holds no data of an earlier read.
func TestScannedRowsKeepNothing(t *testing.T) {
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "test.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	row := s.reader.rows.Get().(*scannedRow)
	for i := range row.Values {
		row.Values[i] = engine.Value{Kind: engine.KindText, Text: "a secret"}
	}

	row.key.row.Name, row.session.row.ID, row.account.row.ID = "a secret", "a secret", "a secret"
	row.account.optional.texts.add("a secret")

	s.reader.release(row)

	for i, value := range row.Values {
		if value != (engine.Value{}) {
			t.Fatalf("column %d holds %v after the release", i, value)
		}
	}

	for _, kept := range []any{row.key.row, row.session.row, row.account.row} {
		if !reflect.ValueOf(kept).IsZero() {
			t.Errorf("%+v stays after the release", kept)
		}
	}
	if kept := row.account.optional.texts.values; kept != nil {
		t.Errorf("%q stays after the release", kept)
	}
}

// everyKind has a field of each type that a column can be read into.
type everyKind struct {
	ID         string `gorm:"primaryKey"`
	Email      models.EmailAddress
	Phone      *models.PhoneNumber
	Name       *string
	Hash       []byte
	At         time.Time
	Until      *time.Time
	Vouched    bool
	Answer     *bool
	Version    int
	Tags       []string `gorm:"serializer:json"`
	Attributes models.JSONObject
	Agreements models.Agreements `gorm:"embedded;embeddedPrefix:agreement_"`
	Token      string            `gorm:"-"`
}

// TestColumnsComeFromTheModel reads a model that the store does not know.
func TestColumnsComeFromTheModel(t *testing.T) {
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "test.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	columns, err := parseColumns[everyKind](s.read)
	if err != nil {
		t.Fatal(err)
	}

	const want = "k.id, k.email, k.phone, k.name, k.hash, k.at, k.until, k.vouched, k.answer, k.version, k.tags, k.attributes, " +
		"k.agreement_email, k.agreement_sms, k.agreement_push, k.agreement_bluetooth, k.agreement_rfid, k.agreement_wifi, " +
		"k.agreement_whatsapp, k.agreement_rcs"
	if got := columns.list("k"); got != want {
		t.Fatalf("the columns are %s", got)
	}

	at, phone, name, answer := time.Now().UTC().Truncate(time.Microsecond), models.PhoneNumber("+49"), "Ada", true
	text := func(text string) engine.Value { return engine.Value{Kind: engine.KindText, Text: text} }
	timed, yes := engine.TimeValue(at), engine.Value{Kind: engine.KindBoolean, Integer: 1}
	full := []engine.Value{
		text("id"), text("a@example.com"), text("+49"), text("Ada"), {Kind: engine.KindBytes, Text: "hash"}, timed,
		timed, yes, yes, {Kind: engine.KindInteger, Integer: 3}, text(`["a"]`), text(`{"a":"b"}`),
		{}, {}, {}, {}, {}, yes, {}, {},
	}
	row := newTemplate(columns)
	for _, c := range []struct {
		stored []engine.Value
		want   everyKind
	}{
		{full, everyKind{
			ID: "id", Email: "a@example.com", Phone: &phone, Name: &name, Hash: []byte("hash"), At: at, Until: &at,
			Vouched: true, Answer: &answer, Version: 3, Tags: []string{"a"}, Attributes: models.JSONObject{"a": "b"},
			Agreements: models.Agreements{Wifi: &answer},
		}},
		{make([]engine.Value, len(columns)), everyKind{}},
	} {
		if got, err := row.read(c.stored); err != nil || !reflect.DeepEqual(*got, c.want) {
			t.Errorf("read %+v, %v", got, err)
		}
		row.clear()
	}

	for i, column := range columns {
		stored := make([]engine.Value, len(columns))
		stored[i].Kind = engine.KindBytes
		if column.DBName == "hash" {
			stored[i].Kind = engine.KindText
		}
		if _, err := row.read(stored); err == nil || !strings.Contains(err.Error(), column.DBName) {
			t.Errorf("%s holds a value of another kind: %v", column.DBName, err)
		}
		row.clear()
	}
}

// TestPermissionsAreThoseOfTheKey reads keys in turn on one row, whose reader remembers the last permissions.
func TestPermissionsAreThoseOfTheKey(t *testing.T) {
	var got []models.Permission
	read := permissionsReader(&got)
	for _, text := range []string{`["a","b"]`, `["a","b"]`, `[]`, `["a"]`, `["a","b"]`, `["a\u0062"]`, `[]`} {
		var want []models.Permission
		if err := json.Unmarshal([]byte(text), &want); err != nil {
			t.Fatal(err)
		}
		if err := read(engine.Value{Kind: engine.KindText, Text: text}); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s is read as %q, %v", text, got, err)
		}
	}

	if err := read(engine.Value{Kind: engine.KindText, Text: "["}); err == nil {
		t.Error("half a list was read")
	}
	if err := read(engine.Value{Kind: engine.KindText, Text: `["a"]`}); err != nil || !slices.Equal(got, []models.Permission{"a"}) {
		t.Errorf("after half a list: %q, %v", got, err)
	}
}

// TestColumnsOfAnUnknownTypeAreRefused guards that opening the store fails if a field has no reader.
func TestColumnsOfAnUnknownTypeAreRefused(t *testing.T) {
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "test.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	type unread struct {
		ID    string `gorm:"primaryKey"`
		Share float64
	}
	if _, err := parseColumns[unread](s.read); err == nil ||
		!strings.Contains(err.Error(), "unreads.share, a float64") {
		t.Errorf("got %v", err)
	}
}
