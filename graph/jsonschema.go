package graph

import (
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// jsonSchema is a JSON Schema of draft 2020-12.
type jsonSchema map[string]any

// scalarSchemas are the JSON types of the scalars; scalars without an entry are strings. The description says how a
// string must look: the service accepts more than a JSON Schema format allows, because people paste values.
var scalarSchemas = map[string]jsonSchema{
	"Int":        {"type": "integer", "minimum": -1 << 31, "maximum": 1<<31 - 1},
	"Float":      {"type": "number"},
	"Boolean":    {"type": "boolean"},
	"JSONObject": {"type": "object"},
	"Date":       {"type": "string", "format": "date"},
	"DateTime":   {"type": "string", "format": "date-time"},
}

// variablesSchema returns the schema of an operation's variables. A value that it accepts fits the types of the
// document; the service's own rules apply in addition.
func variablesSchema(schema *ast.Schema, operation *ast.OperationDefinition) jsonSchema {
	writer := &schemaWriter{schema: schema, definitions: jsonSchema{}}
	properties, required := jsonSchema{}, []string{}
	for _, variable := range operation.VariableDefinitions {
		property := writer.property(variable.Type, variable.Description, variable.DefaultValue)
		properties[variable.Variable] = property
		// guard: a required variable is required in its schema
		if variable.Type.NonNull && variable.DefaultValue == nil {
			required = append(required, variable.Variable)
		}
	}

	written := object(properties, required)
	written["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	if len(writer.definitions) > 0 {
		written["$defs"] = writer.definitions
	}

	return written
}

func object(properties jsonSchema, required []string) jsonSchema {
	// guard: an unknown variable's key is none in its schema
	written := jsonSchema{"type": "object", "properties": properties, "additionalProperties": false}
	if len(required) > 0 {
		written["required"] = required
	}
	return written
}

// schemaWriter converts types; each input object and enum becomes one definition, so that they may refer to each
// other.
type schemaWriter struct {
	schema      *ast.Schema
	definitions jsonSchema
}

// property returns the schema of a variable or an input field.
func (w *schemaWriter) property(of *ast.Type, description string, preset *ast.Value) jsonSchema {
	written := w.nullable(of)
	if description = strings.TrimSpace(description); description != "" {
		written["description"] = description
	}

	if preset != nil {
		if value, err := preset.Value(nil); err == nil {
			written["default"] = value
		}
	}

	return written
}

// nullable returns the schema of a type, which allows null unless the type is non-null.
func (w *schemaWriter) nullable(of *ast.Type) jsonSchema {
	written := w.nonNull(of)
	if of.NonNull {
		return written
	}
	if kind, isPlain := written["type"].(string); isPlain {
		written["type"] = []string{kind, "null"}
		return written
	}

	return jsonSchema{"anyOf": []jsonSchema{written, {"type": "null"}}}
}

func (w *schemaWriter) nonNull(of *ast.Type) jsonSchema {
	if of.Elem != nil {
		return jsonSchema{"type": "array", "items": w.nullable(of.Elem)}
	}

	definition := w.schema.Types[of.NamedType]
	if definition.Kind == ast.Scalar {
		return scalarSchema(definition)
	}
	if _, written := w.definitions[definition.Name]; !written {
		w.definitions[definition.Name] = nil // it may refer to itself
		w.definitions[definition.Name] = w.define(definition)
	}

	return jsonSchema{"$ref": "#/$defs/" + definition.Name}
}

func scalarSchema(definition *ast.Definition) jsonSchema {
	written := jsonSchema{"type": "string"}
	if known := scalarSchemas[definition.Name]; known != nil {
		written = jsonSchema{}
		for keyword, value := range known {
			written[keyword] = value
		}
	}

	if !definition.BuiltIn && definition.Description != "" {
		written["description"] = strings.TrimSpace(definition.Description)
	}

	return written
}

// define returns the schema of an enum or an input object.
func (w *schemaWriter) define(definition *ast.Definition) jsonSchema {
	if definition.Kind == ast.Enum {
		return w.enum(definition)
	}

	properties, required := jsonSchema{}, []string{}
	for _, field := range definition.Fields {
		properties[field.Name] = w.property(field.Type, field.Description, field.DefaultValue)
		if field.Type.NonNull && field.DefaultValue == nil {
			required = append(required, field.Name)
		}
	}

	slices.Sort(required)
	written := object(properties, required)
	if description := strings.TrimSpace(definition.Description); description != "" {
		written["description"] = description
	}

	return written
}

func (w *schemaWriter) enum(definition *ast.Definition) jsonSchema {
	var names, meanings []string
	for _, value := range definition.EnumValues {
		names = append(names, value.Name)
		if text := strings.TrimSpace(value.Description); text != "" {
			meanings = append(meanings, value.Name+": "+text)
		}
	}

	description := strings.TrimSpace(definition.Description + "\n\n" + strings.Join(meanings, "\n"))
	written := jsonSchema{"type": "string", "enum": names}
	if description != "" {
		written["description"] = description
	}

	return written
}
