package web

import (
	"embed"
	"path"
	"slices"
	"strings"
)

//go:embed graphiql/operations/*.graphql
var operationFiles embed.FS

// Operations returns the documents of GraphiQL's tabs, one for each operation of the API, without the comments
// before them, which are for readers in GraphiQL.
func Operations() []string {
	const folder = "graphiql/operations"
	entries, err := operationFiles.ReadDir(folder)
	if err != nil {
		return nil
	}

	var documents []string
	for _, entry := range entries {
		text, err := operationFiles.ReadFile(path.Join(folder, entry.Name()))
		if err != nil {
			continue
		}
		lines := strings.Split(strings.TrimSpace(string(text)), "\n")
		first := slices.IndexFunc(lines, func(line string) bool { return !strings.HasPrefix(line, "#") })
		documents = append(documents, strings.Join(lines[max(first, 0):], "\n")+"\n")
	}

	return documents
}
