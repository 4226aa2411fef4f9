package web

import (
	"os"
	"regexp"
	"testing"
)

// TestCatalogHasEveryError checks that the page has a sentence for every code and every reason of the schema; that the
// other catalogs have the same keys, TestCatalogs checks.
func TestCatalogHasEveryError(t *testing.T) {
	schema, err := os.ReadFile("../schema.graphqls")
	if err != nil {
		t.Fatal(err)
	}
	catalog := readCatalog(t, "en")

	for enum, begins := range map[string]string{"ErrorCode": "error.", "ErrorReason": "reason."} {
		body := regexp.MustCompile(`(?s)enum ` + enum + ` \{(.*?)\n\}`).FindSubmatch(schema)
		if body == nil {
			t.Fatalf("the schema has no enum %s", enum)
		}
		values := regexp.MustCompile(`(?m)^  ([A-Z_]+)$`).FindAllSubmatch(body[1], -1)
		if len(values) < 25 {
			t.Errorf("%s has %d values", enum, len(values))
		}
		for _, value := range values {
			if catalog[begins+string(value[1])] == "" {
				t.Errorf("the page has no sentence for %s", value[1])
			}
		}
	}
}
