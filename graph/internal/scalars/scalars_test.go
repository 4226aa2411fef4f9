package scalars

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/accountql/accountql/models"
)

// TestJSONObjectIsAnsweredAsItWasWritten guards that numbers keep their digits, and that nil is answered as an
// empty object.
func TestJSONObjectIsAnsweredAsItWasWritten(t *testing.T) {
	const text = `{"a":12345678901234567890,"b":2.50,"c":1e400}`
	var object models.JSONObject
	if err := object.Scan(text); err != nil {
		t.Fatal(err)
	}

	for want, given := range map[string]models.JSONObject{text: object, "{}": nil} {
		var out strings.Builder
		MarshalJSONObject(given).MarshalGQL(&out)
		if out.String() != want {
			t.Errorf("answered as %s, want %s", out.String(), want)
		}
	}
}

// TestOnlyStringsAreTexts guards R-GQL11: values of other types are not converted to strings.
func TestOnlyStringsAreTexts(t *testing.T) {
	if text, err := UnmarshalString("x"); err != nil || text != "x" {
		t.Errorf("a text is %q, %v", text, err)
	}

	for _, wrong := range []any{nil, json.Number("1"), int64(1), 1.5, true, []any{"x"}, map[string]any{}} {
		if _, err := UnmarshalString(wrong); models.CodeOf(err) != models.CodeInvalidInput {
			t.Errorf("%T was taken for a text: %v", wrong, err)
		}
	}
}

// TestUnknownProviderIsNoInput guards that UNKNOWN and other names are refused, and so are values that are not
// names.
func TestUnknownProviderIsNoInput(t *testing.T) {
	if provider, err := UnmarshalIdentityProvider("GOOGLE"); err != nil || provider != models.ProviderGoogle {
		t.Errorf("GOOGLE is %q, %v", provider, err)
	}

	for _, wrong := range []any{"UNKNOWN", "google", 1, nil} {
		if _, err := UnmarshalIdentityProvider(wrong); models.CodeOf(err) != models.CodeInvalidInput {
			t.Errorf("%v was taken for a provider: %v", wrong, err)
		}
	}
}
