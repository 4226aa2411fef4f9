package graph

import (
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/accountql/accountql/models"
)

// The limits on a document (CONTRACT.md, Limits), counted after fragments are expanded.
const (
	maxTokens     = 1000
	maxRootFields = 10
)

// cost is what a part of a document amounts to. Sums saturate at saturated, so
// that fragments that multiply each other can't overflow them.
type cost struct {
	depth      int
	fields     int
	aliases    int
	directives int
}

// saturated is beyond every limit.
const saturated = 1 << 20

// The limits of an operation, and those of its introspection fields: the
// query that tools send is deeper and wider than any of ours.
var (
	operationLimits     = cost{depth: 10, fields: 250, aliases: 15, directives: 10}
	introspectionLimits = cost{depth: 20, fields: 1000, aliases: 15, directives: 10}
	maxFragments        = 20
)

func (c cost) exceeds(limits cost) bool {
	return c.depth > limits.depth || c.fields > limits.fields || c.aliases > limits.aliases || c.directives > limits.directives
}

// beside adds the cost of a sibling.
func (c cost) beside(other cost) cost {
	return cost{
		depth:      max(c.depth, other.depth),
		fields:     min(c.fields+other.fields, saturated),
		aliases:    min(c.aliases+other.aliases, saturated),
		directives: min(c.directives+other.directives, saturated),
	}
}

// measurement is one linear pass over a document: each fragment is measured
// once, however often it is spread.
type measurement struct {
	document *ast.QueryDocument
	// fragments holds what is measured; a nil entry is being measured right now.
	fragments map[string]*measured
	inline    int
	cyclic    bool
}

// measured is the cost of a selection set, apart for introspection, and its root fields.
type measured struct {
	plain         cost
	introspection cost
	// rootFields counts fields of the selection set itself, fragments flattened, without __typename.
	rootFields int
	introspect bool
}

func (m measured) beside(other measured) measured {
	return measured{
		plain:         m.plain.beside(other.plain),
		introspection: m.introspection.beside(other.introspection),
		rootFields:    min(m.rootFields+other.rootFields, saturated),
		introspect:    m.introspect || other.introspect,
	}
}

// checkLimits refuses a document that is too large in any way, in time linear
// in its size and before any rule of validation looks at it: several of those
// take quadratic or exponential time (SECURITY.md, D2 to D4).
func checkLimits(document *ast.QueryDocument, introspection bool) *models.Error {
	tooComplex := func(message string) *models.Error { return models.NewError(models.CodeQueryTooComplex, message) }
	m := &measurement{document: document, fragments: map[string]*measured{}}
	var total measured
	for _, fragment := range document.Fragments {
		m.fragment(fragment.Name)
	}
	for _, operation := range document.Operations {
		part := m.selections(operation.SelectionSet)
		part.plain.directives += len(operation.Directives)
		for _, variable := range operation.VariableDefinitions {
			part.plain.directives += len(variable.Directives)
		}
		switch {
		case operation.Operation == ast.Mutation && part.rootFields != 1:
			return tooComplex("a mutation must have exactly one field")
		case part.rootFields > maxRootFields:
			return tooComplex("a query must not have more than 10 fields at its root")
		}
		total = total.beside(part)
	}
	for _, fragment := range m.fragments {
		if fragment != nil && (fragment.plain.exceeds(operationLimits) || fragment.introspection.exceeds(introspectionLimits)) {
			total = total.beside(*fragment)
		}
	}
	switch {
	case m.cyclic:
		return models.NewError(models.CodeGraphQLValidationFailed, "a fragment must not spread itself")
	case len(document.Fragments)+m.inline > maxFragments:
		return tooComplex("the document must not have more than 20 fragments")
	case total.introspect && !introspection:
		return models.NewError(models.CodeGraphQLValidationFailed, "introspection is off; the schema is published with the service")
	case total.plain.exceeds(operationLimits), total.introspection.exceeds(introspectionLimits):
		return tooComplex("the document must not exceed depth 10, 250 fields, 15 aliases and 10 directives, with its fragments expanded")
	}
	return nil
}

// selections measures a selection set.
func (m *measurement) selections(set ast.SelectionSet) measured {
	var sum measured
	for _, selection := range set {
		switch selection := selection.(type) {
		case *ast.Field:
			sum = sum.beside(m.field(selection))
		case *ast.InlineFragment:
			m.inline++
			part := m.selections(selection.SelectionSet)
			part.plain.directives += len(selection.Directives)
			sum = sum.beside(part)
		case *ast.FragmentSpread:
			part := m.fragment(selection.Name)
			part.plain.directives += len(selection.Directives)
			sum = sum.beside(part)
		}
	}
	return sum
}

func (m *measurement) field(field *ast.Field) measured {
	inner := m.selections(field.SelectionSet)
	own := cost{depth: 1, fields: 1, directives: len(field.Directives)}
	if field.Alias != field.Name {
		own.aliases = 1
	}
	result := measured{rootFields: 1}
	switch field.Name {
	case "__schema", "__type":
		// What lies below is measured by the limits of introspection.
		below := inner.plain.beside(inner.introspection)
		below.depth++
		result.introspection, result.introspect = below.beside(own), true
		return result
	case "__typename":
		result.rootFields = 0
	}
	inner.plain.depth++
	inner.introspection.depth = min(inner.introspection.depth+1, saturated)
	result.plain, result.introspection, result.introspect = inner.plain.beside(own), inner.introspection, inner.introspect
	if inner.introspection.fields == 0 {
		result.introspection.depth = 0
	}
	return result
}

// fragment measures a fragment once. An unknown one counts nothing: validation reports it.
func (m *measurement) fragment(name string) measured {
	known, seen := m.fragments[name]
	if seen {
		if known == nil {
			m.cyclic = true
			return measured{}
		}
		return *known
	}
	definition := m.document.Fragments.ForName(name)
	if definition == nil {
		return measured{}
	}
	m.fragments[name] = nil
	result := m.selections(definition.SelectionSet)
	result.plain.directives += len(definition.Directives)
	m.fragments[name] = &result
	return result
}
