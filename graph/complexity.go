package graph

import (
	"fmt"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/accountql/accountql/models"
)

// limits are the limits of a document, counted after its fragments are expanded.
type limits struct {
	tokens, rootFields, fragments int
	// operation is the limit of everything outside introspection.
	operation, introspection cost
}

// sentLimits are the limits of the documents that clients send. The introspection query of the usual tools is
// deeper than any of our operations and has some 230 fields. With higher limits, the rule for overlapping fields
// would take its quadratic time.
var sentLimits = limits{
	tokens: 1000, rootFields: 10, fragments: 20,
	operation:     cost{depth: 10, fields: 250, aliases: 15, directives: 10},
	introspection: cost{depth: 20, fields: 300, aliases: 15, directives: 10},
}

// maxLiteralDepth is how deep a value in a document may be nested; the limit for variables is maxJSONDepth.
const maxLiteralDepth = maxJSONDepth

// times returns the limits multiplied by n.
func (l limits) times(n int) limits {
	return limits{
		tokens: l.tokens * n, rootFields: l.rootFields * n, fragments: l.fragments * n,
		operation: l.operation.times(n), introspection: l.introspection.times(n),
	}
}

// cost is the size of a part of a document. Sums stop at saturated, so that fragments that multiply each other
// can't overflow.
type cost struct {
	depth      int
	fields     int
	aliases    int
	directives int
}

// saturated is above every limit.
const saturated = 1 << 20

func (c cost) times(n int) cost {
	return cost{depth: c.depth * n, fields: c.fields * n, aliases: c.aliases * n, directives: c.directives * n}
}

// firstExceeded returns a description of the first limit that the cost exceeds, with the count, or "" if it exceeds
// no limit.
func (c cost) firstExceeded(limits cost) string {
	for _, part := range []struct {
		name           string
		counted, limit int
	}{
		{"levels", c.depth, limits.depth}, {"fields", c.fields, limits.fields},
		{"aliases", c.aliases, limits.aliases}, {"directives", c.directives, limits.directives},
	} {
		switch {
		case part.counted >= saturated:
			return fmt.Sprintf("far more than %d %s", part.limit, part.name)
		case part.counted > part.limit:
			return fmt.Sprintf("%d %s where %d are allowed", part.counted, part.name, part.limit)
		}
	}
	return ""
}

// plus adds the cost of a sibling.
func (c cost) plus(other cost) cost {
	return cost{
		depth:      max(c.depth, other.depth),
		fields:     min(c.fields+other.fields, saturated),
		aliases:    min(c.aliases+other.aliases, saturated),
		directives: min(c.directives+other.directives, saturated),
	}
}

// analyzer measures a document in one linear pass: each fragment is measured once, however often it is spread.
type analyzer struct {
	document *ast.QueryDocument
	// fragments holds the cost of each measured fragment; the entry is nil while the fragment is being measured.
	fragments map[string]*selectionCost
	inline    int
	cyclic    bool
	unknown   bool
	// badFragment is the name of a fragment that is cyclic or unknown.
	badFragment string
	// directed is true if the document has any directive.
	directed bool
	// argued is true if the document has any argument, including arguments of directives.
	argued bool
	// repetitive is true if the document exceeds the limit on fields before the fields that several fragments share
	// are merged.
	repetitive bool
	// literal is the depth of the deepest value.
	literal int
	// steps counts the visited nodes; it grows linearly with the document.
	steps int
}

// selectionCost is the cost of a selection set, with introspection counted separately, and the number of its root
// fields.
type selectionCost struct {
	plain         cost
	introspection cost
	// rootFields counts the fields of the selection set itself, with fragments flattened and without __typename.
	rootFields int
	introspect bool
}

func (m selectionCost) plus(other selectionCost) selectionCost {
	return selectionCost{
		plain:         m.plain.plus(other.plain),
		introspection: m.introspection.plus(other.introspection),
		rootFields:    min(m.rootFields+other.rootFields, saturated),
		introspect:    m.introspect || other.introspect,
	}
}

func newAnalyzer(document *ast.QueryDocument) *analyzer {
	return &analyzer{document: document, fragments: map[string]*selectionCost{}}
}

// check returns an error if the document exceeds a limit. It takes time linear in the document's size, and runs
// before every rule of validation, because several rules take quadratic or exponential time.
func (m *analyzer) check(introspection bool, limits limits) *models.Error {
	tooComplex := func(message string) *models.Error { return models.NewError(models.CodeQueryTooComplex, message) }
	document := m.document
	for _, fragment := range document.Fragments {
		m.fragment(fragment.Name)
	}

	var total selectionCost
	for _, operation := range document.Operations {
		part := m.selections(operation.SelectionSet)
		part.plain.directives += m.directives(operation.Directives)
		for _, variable := range operation.VariableDefinitions {
			part.plain.directives += m.directives(variable.Directives)
			m.value(variable.DefaultValue, 0)
		}

		if operation.Operation == ast.Mutation && part.rootFields != 1 { // guard: a mutation has one field
			return tooComplex(fmt.Sprintf("the mutation has %d fields at its root where exactly 1 is allowed",
				part.rootFields))
		}

		part = m.merged(part, operation.SelectionSet, limits.rootFields, limits.operation, limits.introspection)
		if part.rootFields > limits.rootFields {
			return tooComplex(fmt.Sprintf("the query has %d fields at its root where %d are allowed", part.rootFields,
				limits.rootFields))
		}

		total = total.plus(part)
	}

	switch {
	case m.cyclic:
		return models.NewError(models.CodeGraphQLValidationFailed, "a fragment must not spread itself")
	case m.unknown:
		return models.NewError(models.CodeGraphQLValidationFailed, "a spread must name a fragment of the document")
	case m.literal > maxLiteralDepth:
		return tooComplex(fmt.Sprintf("a value in the document has %d levels where %d are allowed", m.literal,
			maxLiteralDepth))
	}

	if count := len(document.Fragments) + m.inline; count > limits.fragments {
		return tooComplex(fmt.Sprintf("the document has %d fragments where %d are allowed", count, limits.fragments))
	}

	for name, fragment := range m.fragments {
		// A fragment counts as part of each selection that spreads it. On its own it may be as large as
		// introspection, because the rules also check unused fragments.
		set := document.Fragments.ForName(name).SelectionSet
		alone := m.merged(*fragment, set, saturated, limits.introspection, limits.introspection)
		if exceeded := alone.plain.plus(alone.introspection).firstExceeded(limits.introspection); exceeded != "" {
			return tooComplex("a fragment, with those that it spreads expanded, has " + exceeded)
		}
	}

	if total.introspect && !introspection {
		return models.NewError(models.CodeGraphQLValidationFailed,
			"introspection is off; the schema is published with the service")
	}

	// guard: a document has so many fields
	if exceeded := total.plain.firstExceeded(limits.operation); exceeded != "" {
		return tooComplex("the document, with its fragments expanded, has " + exceeded)
	}
	if exceeded := total.introspection.firstExceeded(limits.introspection); exceeded != "" {
		return tooComplex("the document's introspection has " + exceeded)
	}

	return nil
}

// selections measures a selection set.
func (m *analyzer) selections(set ast.SelectionSet) selectionCost {
	var sum selectionCost
	for _, selection := range set {
		m.steps++
		switch selection := selection.(type) {
		case *ast.Field:
			sum = sum.plus(m.field(selection))
		case *ast.InlineFragment:
			m.inline++
			part := m.selections(selection.SelectionSet)
			part.plain.directives += m.directives(selection.Directives)
			sum = sum.plus(part)
		case *ast.FragmentSpread:
			part := m.fragment(selection.Name)
			part.plain.directives += m.directives(selection.Directives)
			sum = sum.plus(part)
		}
	}

	return sum
}

func (m *analyzer) field(field *ast.Field) selectionCost {
	inner := m.selections(field.SelectionSet)
	own := cost{depth: 1, fields: 1, directives: m.directives(field.Directives)}
	m.arguments(field.Arguments)
	if field.Alias != field.Name {
		own.aliases = 1
	}

	result := selectionCost{rootFields: 1}
	switch field.Name {
	case "__schema", "__type":
		// Everything below counts toward the limits of introspection.
		below := inner.plain.plus(inner.introspection)
		below.depth++
		result.introspection, result.introspect = below.plus(own), true
		return result
	case "__typename":
		result.rootFields = 0
	}

	inner.plain.depth++
	inner.introspection.depth = min(inner.introspection.depth+1, saturated)
	result.plain, result.introspection, result.introspect = inner.plain.plus(own), inner.introspection, inner.introspect
	if inner.introspection.fields == 0 {
		result.introspection.depth = 0
	}

	return result
}

// fragment measures a fragment once. An unknown fragment costs nothing; the document is refused.
func (m *analyzer) fragment(name string) selectionCost {
	known, seen := m.fragments[name]
	if seen {
		if known == nil {
			m.cyclic, m.badFragment = true, name
			return selectionCost{}
		}
		return *known
	}

	definition := m.document.Fragments.ForName(name)
	if definition == nil {
		m.unknown, m.badFragment = true, name
		return selectionCost{}
	}

	m.fragments[name] = nil
	result := m.selections(definition.SelectionSet)
	result.plain.directives += m.directives(definition.Directives)
	m.fragments[name] = &result

	return result
}

// directives counts the directives and measures the values of their arguments.
func (m *analyzer) directives(list ast.DirectiveList) int {
	for _, directive := range list {
		m.directed = true
		m.arguments(directive.Arguments)
	}
	return len(list)
}

func (m *analyzer) arguments(list ast.ArgumentList) {
	for _, argument := range list {
		m.argued = true
		m.value(argument.Value, 0)
	}
}

// value measures a value in the document: for each list or object that does not fit the schema, a rule prints
// everything inside it (docs/hostile.md, D5).
func (m *analyzer) value(value *ast.Value, depth int) {
	if value == nil {
		return
	}

	m.steps++
	if value.Kind == ast.ListValue || value.Kind == ast.ObjectValue {
		depth++
		m.literal = max(m.literal, depth)
	}

	for _, child := range value.Children {
		m.value(child.Value, depth)
	}
}
