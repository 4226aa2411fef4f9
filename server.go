// Command accountql serves customers' own accounts over GraphQL.
package main

import (
	"embed"
	"os"

	"github.com/accountql/accountql/internal/server"
)

// documents holds the schema and the documentation, which development mode serves to people and programs.
//
//go:embed README.md schema.graphqls docs/*.md docs/adr/*.md
var documents embed.FS

func main() { os.Exit(server.Main(documents)) }
