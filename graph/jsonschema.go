package graph

import (
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// jsonSchema is a JSON Schema of draft 2020-12.
type jsonSchema map[string]any

// scalarSchemas say which JSON the scalars are written as; the others are texts. What a text must look like is said by
// its description: the doors take more than a format allows, as people paste it.
var scalarSchemas = map[string]jsonSchema{
	"Int":        {"type": "integer", "minimum": -1 << 31, "maximum": 1<<31 - 1},
	"Float":      {"type": "number"},
	"Boolean":    {"type": "boolean"},
	"JSONObject": {"type": "object"},
	"Date":       {"type": "string", "format": "date"},
	"DateTime":   {"type": "string", "format": "date-time"},
}

// variablesSchema is the schema of the variables of an operation. What it accepts fits the types of the document;
// the rules of the service come on top.
func variablesSchema(schema *ast.Schema, operation *ast.OperationDefinition) jsonSchema {
	writer := &schemaWriter{schema: schema, definitions: jsonSchema{}}
	properties, required := jsonSchema{}, []string{}
	for _, variable := range operation.VariableDefinitions {
		property := writer.property(variable.Type, variable.Description, variable.DefaultValue)
		properties[variable.Variable] = property
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
	written := jsonSchema{"type": "object", "properties": properties, "additionalProperties": false}
	if len(required) > 0 {
		written["required"] = required
	}
	return written
}

// schemaWriter writes types; input objects and enums become definitions, each once, so that they may hold each other.
type schemaWriter struct {
	schema      *ast.Schema
	definitions jsonSchema
}

// property writes a variable or an input field.
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

// nullable writes a type; null is allowed unless it is non-null.
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
		w.definitions[definition.Name] = nil // it may hold itself
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

// define writes an enum or an input object.
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
