package models

// FieldAccess is what a customer may do with a field of the own profile. The shop may do everything with it.
type FieldAccess string

// What customers may do with a field.
const (
	AccessWrite FieldAccess = "WRITE"
	// AccessOnce lets a customer write the field while it is empty, and then only read it.
	AccessOnce FieldAccess = "ONCE"
	AccessRead FieldAccess = "READ"
	// AccessHidden neither shows the field to its customer nor lets the customer write it. No answer has this value.
	AccessHidden FieldAccess = "HIDDEN"
)

// FieldType is the type of a key of the attributes.
type FieldType string

// The types of attributes.
const (
	FieldText    FieldType = "TEXT"
	FieldInteger FieldType = "INTEGER"
	FieldNumber  FieldType = "NUMBER"
	FieldBoolean FieldType = "BOOLEAN"
	FieldDate    FieldType = "DATE"
	FieldChoice  FieldType = "CHOICE"
)

// FieldPolicy is what the shop has decided about one field of the profile, or one key of the attributes.
type FieldPolicy struct {
	// Field is the path of the field in an input, such as birthDate or attributes.tier.
	Field  string
	Access FieldAccess
	// Required is true if a registration must have the field, and its customer can't remove it.
	Required bool
	// Labels are what people call the field.
	Labels []Label
	// Type is the type of a key of the attributes; nil for a field of the profile, whose type the schema has.
	Type *FieldType
	// MinLength and MaxLength limit a text, in code points; nil means no limit of the field's own.
	MinLength, MaxLength *int
	// Minimum and Maximum limit a number, and are whole numbers; nil means no limit.
	Minimum, Maximum *float64
	// Earliest and Latest limit a date; nil means no limit.
	Earliest, Latest *Date
	// Options are the values of a choice.
	Options []FieldOption
}

// FieldOption is a value that a choice can have.
type FieldOption struct {
	Value  string
	Labels []Label
}

// Label is what people who read a language call something.
type Label struct {
	Language LanguageCode
	Text     string
}
