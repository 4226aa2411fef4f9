package graph

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"

	"github.com/accountql/accountql/graph/internal/gen"
)

// DescribedOperation is an operation of a trusted document, with everything that a program needs to offer it: an
// agent as a tool, a code generator as a function.
type DescribedOperation struct {
	// ID is the documentId of a request: the manifest's own id, or "sha256:" and the hash of the text.
	ID string `json:"id"`
	// Name is the operation's name, or the name of its first field.
	Name string `json:"name"`
	// OperationName is the operationName of a request if the document has several operations, otherwise "".
	OperationName string `json:"operationName,omitempty"`
	Description   string `json:"description"`
	// Type is query or mutation.
	Type string `json:"type"`
	Text string `json:"text"`
	// Variables is a JSON Schema (2020-12) of the request's variables.
	Variables jsonSchema `json:"variables"`
}

// DescribeDocuments describes every operation of the documents, sorted by name and id. It returns an error if a
// document does not fit the schema.
func DescribeDocuments(documents TrustedDocuments) ([]DescribedOperation, error) {
	schema := gen.NewExecutableSchema(gen.Config{}).Schema()
	described := []DescribedOperation{}
	for _, id := range shownIDs(documents) {
		parsed, err := parser.ParseQuery(&ast.Source{Input: documents[id]})
		if err != nil {
			return nil, fmt.Errorf("describe %s: %w", id, err)
		}
		if list := validator.ValidateWithRules(schema, parsed, newRules(false)); len(list) > 0 {
			return nil, fmt.Errorf("describe %s: %w", id, list)
		}

		for _, operation := range parsed.Operations {
			one := describeOperation(schema, operation)
			one.ID, one.Text = id, documents[id]
			if len(parsed.Operations) > 1 {
				one.OperationName = operation.Name
			}
			described = append(described, one)
		}
	}

	slices.SortFunc(described, func(a, b DescribedOperation) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.ID, b.ID))
	})

	return described, nil
}

// shownIDs returns the ids of the documents as their manifest has them: a hash only if the text has no other id.
func shownIDs(documents TrustedDocuments) []string {
	named := map[string]bool{}
	for id, text := range documents {
		if !strings.HasPrefix(id, documentIDPrefix) {
			named[text] = true
		}
	}

	return slices.DeleteFunc(slices.Sorted(maps.Keys(documents)), func(id string) bool {
		return strings.HasPrefix(id, documentIDPrefix) && named[documents[id]]
	})
}

func describeOperation(schema *ast.Schema, operation *ast.OperationDefinition) DescribedOperation {
	described := DescribedOperation{
		Name: operation.Name, Type: string(operation.Operation), Description: strings.TrimSpace(operation.Description),
		Variables: variablesSchema(schema, operation),
	}
	fields := rootFields(operation.SelectionSet, nil)
	if described.Name == "" && len(fields) > 0 {
		described.Name = fields[0].Name
	}

	described.Name = cmp.Or(described.Name, described.Type)
	if described.Description == "" {
		described.Description = commentText(operation.Comment)
	}
	if described.Description == "" {
		described.Description = fieldDescriptions(fields)
	}

	return described
}

// rootFields returns the root fields of an operation, including those in its fragments.
func rootFields(set ast.SelectionSet, found []*ast.Field) []*ast.Field {
	for _, selection := range set {
		switch selection := selection.(type) {
		case *ast.Field:
			if !strings.HasPrefix(selection.Name, "__") {
				found = append(found, selection)
			}
		case *ast.InlineFragment:
			found = rootFields(selection.SelectionSet, found)
		case *ast.FragmentSpread:
			found = rootFields(selection.Definition.SelectionSet, found)
		}
	}
	return found
}

// commentText returns the text of the comment before an operation.
func commentText(group *ast.CommentGroup) string {
	if group == nil {
		return ""
	}

	var lines []string
	for _, comment := range group.List {
		lines = append(lines, strings.TrimSpace(strings.TrimLeft(comment.Value, "#")))
	}

	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// fieldDescriptions returns the schema's descriptions of the fields, each description once.
func fieldDescriptions(fields []*ast.Field) string {
	var texts []string
	for _, field := range fields {
		if text := strings.TrimSpace(field.Definition.Description); text != "" && !slices.Contains(texts, text) {
			texts = append(texts, text)
		}
	}
	return strings.Join(texts, "\n\n")
}
