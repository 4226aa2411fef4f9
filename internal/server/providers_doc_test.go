package server

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/accountql/accountql/internal/identity"
)

var (
	// providerBlocks matches the files in docs/identity.md.
	providerBlocks = regexp.MustCompile("(?s)```json (identity-providers|customer-tokens)\n(.*?)```")
	// graphqlBlocks matches the operations in it.
	graphqlBlocks = regexp.MustCompile("(?s)```graphql\n(.*?)```")
)

// TestIdentityDocument guards that each file in docs/identity.md can be copied unchanged, for production, and that
// each operation is valid.
func TestIdentityDocument(t *testing.T) {
	text, err := os.ReadFile("docs/identity.md")
	if err != nil {
		t.Fatal(err)
	}

	named := map[string]bool{}
	for _, block := range providerBlocks.FindAllStringSubmatch(string(text), -1) {
		file := map[string]identity.File{
			"identity-providers": identity.Providers, "customer-tokens": identity.CustomerTokens,
		}[block[1]]
		entries, err := identity.ReadEntries(file, strings.NewReader(block[2]), false)
		if err != nil {
			t.Errorf("%v in\n%s", err, block[2])
		}

		for _, entry := range entries {
			named[block[1]+" "+string(entry.Provider)] = true
		}
	}

	for _, wanted := range []string{"identity-providers GOOGLE", "identity-providers APPLE",
		"identity-providers FACEBOOK", "identity-providers OAUTH", "customer-tokens OAUTH"} {
		if !named[wanted] {
			t.Errorf("no file shows %s", wanted)
		}
	}

	sdl, err := os.ReadFile("schema.graphqls")
	if err != nil {
		t.Fatal(err)
	}

	schema, err := gqlparser.LoadSchema(&ast.Source{Input: string(sdl)})
	if err != nil {
		t.Fatal(err)
	}

	operations := graphqlBlocks.FindAllStringSubmatch(string(text), -1)
	if len(operations) < 3 {
		t.Errorf("only %d operations were found", len(operations))
	}

	for _, block := range operations {
		if _, err := gqlparser.LoadQuery(schema, block[1]); err != nil { //nolint:staticcheck // the rules are the parser's own
			t.Errorf("%v in\n%s", err, block[1])
		}
	}
}
