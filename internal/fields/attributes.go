package fields

import (
	"slices"

	"github.com/accountql/accountql/models"
)

// types are the types of attributes by their names in the file, and the limits that each can have.
var types = map[string]struct {
	is     models.FieldType
	limits []string
}{
	"text":    {models.FieldText, []string{"minLength", "maxLength"}},
	"integer": {models.FieldInteger, []string{"minimum", "maximum"}},
	"number":  {models.FieldNumber, []string{"minimum", "maximum"}},
	"boolean": {models.FieldBoolean, nil},
	"date":    {models.FieldDate, []string{"earliest", "latest"}},
	"choice":  {models.FieldChoice, []string{"options"}},
}

// readAttributes reads the policies of the keys of the attributes.
func (r *reader) readAttributes(of node, path string) {
	if len(of.members) > models.MaxAttributeKeys {
		r.wrong.add(of.line, path, "must not have more than %d keys", models.MaxAttributeKeys)
		return
	}

	r.each(of, path, func(one member, path string) {
		if _, err := models.ParseText("", one.name, models.MaxAttributeKey); err != nil {
			r.wrong.add(one.line, path, "must have a key of 1 to %d characters that can be seen", models.MaxAttributeKey)
			return
		}
		r.attributes = append(r.attributes, r.attribute(one, path))
	})
}

func (r *reader) attribute(of member, path string) models.FieldPolicy {
	policy := models.FieldPolicy{Field: of.name, Access: models.AccessWrite}
	limits := r.limits(&policy)
	readers := r.common(&policy)
	readers["type"] = func(of node, path string) {
		one := choose(r, of, path, types, types["text"])
		policy.Type = &one.is
	}
	for name, read := range limits {
		readers[name] = read
	}

	r.object(of.value, path, readers)
	r.checkAccess(of.line, path, policy)
	r.checkType(of, path, &policy)

	return policy
}

// limits returns the readers of the limits of all types.
func (r *reader) limits(policy *models.FieldPolicy) map[string]func(node, string) {
	length := func(target **int) func(node, string) {
		return func(of node, path string) {
			if number, ok := r.whole(of, path, 1, longestText); ok {
				length := int(number)
				*target = &length
			}
		}
	}
	bound := func(target **float64) func(node, string) {
		return func(of node, path string) {
			if number, ok := r.whole(of, path, -exact, exact); ok {
				*target = &number
			}
		}
	}
	day := func(target **models.Date) func(node, string) {
		return func(of node, path string) {
			date, err := models.ParseDate("", models.Date(of.text))
			if of.kind != '"' || err != nil {
				r.wrong.add(of.line, path, "must be a date such as 2026-01-31")
				return
			}
			*target = &date
		}
	}

	return map[string]func(node, string){
		"minLength": length(&policy.MinLength), "maxLength": length(&policy.MaxLength),
		"minimum": bound(&policy.Minimum), "maximum": bound(&policy.Maximum),
		"earliest": day(&policy.Earliest), "latest": day(&policy.Latest),
		"options": func(of node, path string) { policy.Options = r.options(of, path) },
	}
}

// options reads the values of a choice, and their labels.
func (r *reader) options(of node, path string) []models.FieldOption {
	if of.kind != '[' || len(of.elements) == 0 || len(of.elements) > maxOptions {
		r.wrong.add(of.line, path, "must be a list of 1 to %d objects with value and label", maxOptions)
		return nil
	}

	var options []models.FieldOption
	for _, element := range of.elements {
		var option models.FieldOption
		given := false
		r.object(element, path, map[string]func(node, string){
			"value": func(of node, path string) {
				given = true
				option.Value, _ = r.text(of, path, maxLabel)
			},
			"label": func(of node, path string) { option.Labels = r.labels(of, path) },
		})
		switch {
		case element.kind == '{' && !given:
			r.wrong.add(element.line, path, "must have a value in each of its objects")
		case slices.ContainsFunc(options, func(one models.FieldOption) bool { return one.Value == option.Value }):
			r.wrong.add(element.line, path, "must not have the value %q twice", option.Value)
		}
		options = append(options, option)
	}

	return options
}

// checkType refuses an attribute without a type, limits of another type, and limits that nothing fits in. It sets the
// limits that a type always has.
func (r *reader) checkType(of member, path string, policy *models.FieldPolicy) {
	if policy.Type == nil {
		if !hasMember(of.value, "type") && of.value.kind == '{' {
			r.wrong.add(of.line, path+".type", "is missing: it must be one of %s", names(types))
		}
		return
	}

	for name, one := range types {
		if one.is != *policy.Type {
			continue
		}
		for _, given := range of.value.members {
			if isLimit(given.name) && !slices.Contains(one.limits, given.name) {
				r.wrong.add(given.line, path+"."+given.name, "is no limit of the type %s", name)
			}
		}
	}

	switch *policy.Type {
	case models.FieldText:
		if policy.MaxLength == nil {
			longest := defaultLength
			policy.MaxLength = &longest
		}
		r.checkBounds(of, path, "minLength", policy.MinLength != nil && *policy.MinLength > *policy.MaxLength)
	case models.FieldInteger:
		if policy.Minimum == nil {
			least := -float64(exact)
			policy.Minimum = &least
		}
		if policy.Maximum == nil {
			greatest := float64(exact)
			policy.Maximum = &greatest
		}
		r.checkBounds(of, path, "minimum", *policy.Minimum > *policy.Maximum)
	case models.FieldNumber:
		r.checkBounds(of, path, "minimum",
			policy.Minimum != nil && policy.Maximum != nil && *policy.Minimum > *policy.Maximum)
	case models.FieldDate:
		r.checkBounds(of, path, "earliest",
			policy.Earliest != nil && policy.Latest != nil && *policy.Earliest > *policy.Latest)
	case models.FieldChoice:
		if !hasMember(of.value, "options") {
			r.wrong.add(of.line, path+".options", "is missing: a choice needs its values")
		}
	}
}

func (r *reader) checkBounds(of member, path, name string, crossed bool) {
	if crossed {
		r.wrong.add(of.line, path+"."+name, "must not be above the other limit")
	}
}

func hasMember(of node, name string) bool {
	return slices.ContainsFunc(of.members, func(one member) bool { return one.name == name })
}

// isLimit reports whether a key is a limit of any type.
func isLimit(name string) bool {
	for _, one := range types {
		if slices.Contains(one.limits, name) {
			return true
		}
	}
	return false
}
