package graph

import (
	"github.com/vektah/gqlparser/v2/ast"
)

// maxRepetition is how many times the limit on fields a document may have before the fields that several fragments
// select are merged. It equals the limit on fragments.
const maxRepetition = 20

// merged returns the cost of a selection set if a field that several fragments select in the same way counts once,
// because the response has it once. It counts again only what would otherwise be refused. In the worst case it
// visits each selection of the document once for each allowed field, because it stops at the limit.
func (m *analyzer) merged(
	part selectionCost, set ast.SelectionSet, rootFields int, plain, introspection cost,
) selectionCost {
	tooMany := part.rootFields > rootFields || part.plain.fields > plain.fields ||
		part.introspection.fields > introspection.fields ||
		part.plain.aliases > plain.aliases || part.introspection.aliases > introspection.aliases
	repeated := part.plain.fields <= maxRepetition*plain.fields &&
		part.introspection.fields <= maxRepetition*introspection.fields
	if !tooMany || !repeated || m.cyclic || m.unknown {
		return part
	}

	count := &mergedCount{document: m.document, left: plain.fields + introspection.fields}
	root := count.selections([]ast.SelectionSet{set}, false)
	if count.left < 0 {
		return part // guard: what is counted as merged ends at the limit
	}

	m.repetitive = true
	part.rootFields = root.repeated + len(root.fields)
	if root.byKey[fieldKey{"__typename", "__typename"}] != nil {
		part.rootFields--
	}

	part.plain.fields, part.plain.aliases = count.plain.fields, count.plain.aliases
	part.introspection.fields, part.introspection.aliases = count.introspection.fields, count.introspection.aliases

	return part
}

// mergedCount counts fields as they appear in the response.
type mergedCount struct {
	document             *ast.QueryDocument
	plain, introspection cost
	// left is how many fields may still be counted before counting stops.
	left int
}

// mergedField is a field of a response: its first selection, and everything that all its selections select below.
type mergedField struct {
	field *ast.Field
	below []ast.SelectionSet
}

// fieldKey identifies a field of a response: two fields of different names share an alias only in a document that
// is refused.
type fieldKey struct{ alias, name string }

// mergedObject holds the fields of one object of a response, in the order of their first selection.
type mergedObject struct {
	fields  []*mergedField
	byKey   map[fieldKey]*mergedField
	visited map[string]bool
	// repeated counts the fields that a single selection set repeats: each repetition counts, because a validation
	// rule compares each with each.
	repeated int
}

// selections counts the fields of one object that several selection sets select.
func (c *mergedCount) selections(sets []ast.SelectionSet, inIntrospection bool) *mergedObject {
	object := &mergedObject{byKey: map[fieldKey]*mergedField{}, visited: map[string]bool{}}
	for _, set := range sets {
		c.collect(object, set)
	}

	c.add(cost{fields: object.repeated}, inIntrospection)

	for _, merged := range object.fields {
		inside := inIntrospection || merged.field.Name == "__schema" || merged.field.Name == "__type"
		own := cost{fields: 1}
		if merged.field.Alias != merged.field.Name {
			own.aliases = 1
		}

		c.add(own, inside)
		if c.left < 0 {
			return object
		}

		c.selections(merged.below, inside)
	}

	return object
}

func (c *mergedCount) add(own cost, inIntrospection bool) {
	c.left -= own.fields
	if inIntrospection {
		c.introspection = c.introspection.plus(own)
		return
	}
	c.plain = c.plain.plus(own)
}

// collect adds the fields of a selection set to those of an object; each fragment is added once.
func (c *mergedCount) collect(object *mergedObject, set ast.SelectionSet) {
	own := make(map[fieldKey]bool, len(set))
	for _, selection := range set {
		switch selection := selection.(type) {
		case *ast.Field:
			key := fieldKey{selection.Alias, selection.Name}
			if own[key] {
				object.repeated++ // guard: what a selection set repeats counts each time
			}
			own[key] = true
			object.add(key, selection)
		case *ast.InlineFragment:
			c.collect(object, selection.SelectionSet)
		case *ast.FragmentSpread:
			if !object.visited[selection.Name] {
				object.visited[selection.Name] = true
				c.collect(object, c.document.Fragments.ForName(selection.Name).SelectionSet)
			}
		}
	}
}

func (o *mergedObject) add(key fieldKey, field *ast.Field) {
	merged := o.byKey[key]
	if merged == nil {
		merged = &mergedField{field: field}
		o.byKey[key] = merged
		o.fields = append(o.fields, merged)
	}

	if len(field.SelectionSet) > 0 {
		merged.below = append(merged.below, field.SelectionSet)
	}
}
