package account

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/accountql/accountql/models"
)

// FieldPolicies are the shop's policies of the profile's fields and of the keys of the attributes (--fields). The nil
// value is that of a shop that has none: customers write every field, and any attributes.
type FieldPolicies struct {
	// profile are the policies of fields by name; a field without one is written freely.
	profile map[string]models.FieldPolicy
	// attributes are the policies of all keys that there are, by key, and keys their order.
	attributes map[string]models.FieldPolicy
	keys       []string
}

// NewFieldPolicies returns the policies of fields by name, and of the keys of attributes in the order in which pages
// show them. Of the fields, only ones of FieldsWithPolicy can have a policy.
func NewFieldPolicies(profile map[string]models.FieldPolicy, attributes []models.FieldPolicy) *FieldPolicies {
	policies := &FieldPolicies{profile: profile, attributes: make(map[string]models.FieldPolicy, len(attributes))}
	for _, policy := range attributes {
		key := policy.Field
		policy.Field = attributePath(key)
		policies.attributes[key] = policy
		policies.keys = append(policies.keys, key)
	}

	return policies
}

// FieldsWithPolicy returns the names of the profile's fields that a policy can name. The agreements can have labels
// only: a consent is the customer's to give and to withdraw.
func FieldsWithPolicy() []string {
	return slices.DeleteFunc(ProfileFields(), func(name string) bool { return name == attributesField })
}

// LabelsOnly reports whether a policy of the field can have nothing but labels.
func LabelsOnly(field string) bool { return field == agreementsField }

// attributePath returns the path of a key of the attributes in an input.
func attributePath(key string) string { return attributesField + "." + key }

// policy returns the policy of a field of the profile.
func (p *FieldPolicies) policy(field *profileField) models.FieldPolicy {
	policy := models.FieldPolicy{Access: models.AccessWrite}
	if p != nil {
		if own, found := p.profile[field.name]; found {
			policy = own
		}
	}

	policy.Field = field.name
	if field.minLength > 0 {
		policy.MinLength = &field.minLength
	}
	if field.maxLength > 0 {
		policy.MaxLength = &field.maxLength
	}

	return policy
}

// visible returns the policies of the fields that customers may read, in the order of the schema. Without policies,
// the attributes are one field, which takes any keys.
func (p *FieldPolicies) visible() []*models.FieldPolicy {
	var all []*models.FieldPolicy
	add := func(policy models.FieldPolicy) {
		if policy.Access != models.AccessHidden { // guard: a hidden field is not named
			all = append(all, &policy)
		}
	}

	for i := range profileFields {
		if field := &profileFields[i]; p == nil || field.name != attributesField {
			add(p.policy(field))
		}
	}

	if p != nil {
		for _, key := range p.keys {
			add(p.attributes[key])
		}
	}

	return all
}

// FieldsOf returns the policies of the fields that the account's customer may read. A field that is written once and
// has its value is one to read.
func (s *Service) FieldsOf(account *models.Account) []*models.FieldPolicy {
	policies := s.Settings.Fields.visible()
	for _, policy := range policies {
		if policy.Access == models.AccessOnce && filledField(account, policy.Field) {
			policy.Access = models.AccessRead
		}
	}

	return policies
}

// filledField reports whether the account has a value of the field that a path names.
func filledField(account *models.Account, path string) bool {
	for i := range profileFields {
		if field := &profileFields[i]; field.name == path {
			return field.filled != nil && field.filled(account)
		}
	}
	_, filled := account.Attributes[strings.TrimPrefix(path, attributePath(""))]

	return filled
}

// Shown returns the account as its customer may see it: without hidden fields, and without attributes that the
// policies don't know.
func (s *Service) Shown(account *models.Account) *models.Account {
	policies := s.Settings.Fields
	if policies == nil || account == nil {
		return account
	}

	shown := *account
	for i := range profileFields {
		field := &profileFields[i]
		if policies.policy(field).Access == models.AccessHidden { // guard: a hidden field is not shown
			field.clear(&shown)
		}
	}

	shown.Attributes = maps.Clone(account.Attributes)
	maps.DeleteFunc(shown.Attributes, func(key string, _ any) bool {
		policy, known := policies.attributes[key]
		return !known || policy.Access == models.AccessHidden // guard: a hidden attribute is not shown
	})

	return &shown
}

// checkOwnFields returns INVALID_INPUT for each given field that the account's customer may not write: FIELD_READ_ONLY,
// FIELD_ALREADY_SET, UNKNOWN_ATTRIBUTE, or REQUIRED if a required value would be removed. What is given as it is
// already is no change, and is allowed where the customer can read it.
func (s *Service) checkOwnFields(account *models.Account, input *ProfileInput) error {
	policies := s.Settings.Fields
	if policies == nil {
		return nil
	}

	var wrong models.Errors
	for i := range profileFields {
		if field := &profileFields[i]; field.filled != nil {
			wrong.Add(s.checkOwnField(field, account, input))
		}
	}
	if given := input.Attributes.Value; given != nil && models.ParseAttributes(attributesField, *given) == nil {
		wrong.Add(policies.checkOwnAttributes(account.Attributes, *given))
	}

	return wrong.OrNil()
}

func (s *Service) checkOwnField(field *profileField, account *models.Account, input *ProfileInput) error {
	policy := s.Settings.Fields.policy(field)
	if policy.Access == models.AccessWrite && !policy.Required {
		return nil
	}

	var changes []columnUpdate
	var invalid models.Errors
	field.decide(s, input, &changes, &invalid)
	if len(changes)+len(invalid) == 0 {
		return nil // it is not given
	}

	after, changed := *account, len(invalid) > 0
	for _, change := range changes {
		other, err := change.apply(&after)
		changed = changed || other || err != nil
	}

	return checkWrite(policy, ownWrite{
		filled: field.filled(account), changed: changed, removed: len(invalid) == 0 && !field.filled(&after),
	})
}

func (p *FieldPolicies) checkOwnAttributes(stored, given models.JSONObject) error {
	if err := checkAttributeCount(given); err != nil {
		return err
	}

	var wrong models.Errors
	for _, key := range slices.Sorted(maps.Keys(given)) {
		policy, known := p.attributes[key]
		if !known || policy.Access == models.AccessHidden { // guard: a hidden attribute is like one that is not there
			wrong.Add(errUnknownAttribute(key))
			continue
		}

		former, filled := stored[key]
		value, err := parseAttribute(policy, given[key])
		wrong.Add(checkWrite(policy, ownWrite{
			filled: filled, changed: err != nil || !sameAttribute(former, value), removed: value == nil && err == nil,
		}))
	}

	return wrong.OrNil()
}

// sameAttribute reports whether a given value is the stored one. Nil is the value of a key that is missing.
func sameAttribute(stored, given any) bool {
	merged, err := models.MergeAttributes(attributesField, nil, models.JSONObject{"": given})
	return err == nil && reflect.DeepEqual(stored, merged[""])
}

// ownWrite is what a customer's input would do with a field: whether it has a value, gets another one, or loses it.
type ownWrite struct{ filled, changed, removed bool }

// checkWrite returns INVALID_INPUT if the policy does not let the customer write that.
func checkWrite(policy models.FieldPolicy, write ownWrite) error {
	switch {
	// guard: a hidden field is not written, nor guessed
	case policy.Access == models.AccessHidden || policy.Access == models.AccessRead && write.changed:
		return models.InvalidInput(policy.Field, models.ReasonFieldReadOnly, 0, "can't be written by customers")
	case policy.Access == models.AccessOnce && write.changed && write.filled: // guard: a field is written once
		return models.InvalidInput(policy.Field, models.ReasonFieldAlreadySet, 0,
			"is set already, and can't be changed any more")
	case policy.Required && write.filled && write.removed: // guard: a required field stays
		return models.InvalidInput(policy.Field, models.ReasonRequired, 0, "can be changed, but not removed")
	}
	return nil
}

// checkRequired returns INVALID_INPUT for each required field that a registration leaves out. The account has the
// valid fields of the input.
func (p *FieldPolicies) checkRequired(account *models.Account, input *ProfileInput) error {
	if p == nil {
		return nil
	}

	var wrong models.Errors
	for i := range profileFields {
		if field := &profileFields[i]; p.policy(field).Required && !field.filled(account) {
			wrong.Add(errFieldMissing(field.name))
		}
	}

	var given models.JSONObject
	if input.Attributes.Value != nil {
		given = *input.Attributes.Value
	}
	for _, key := range p.keys {
		if p.attributes[key].Required && given[key] == nil {
			wrong.Add(errFieldMissing(attributePath(key)))
		}
	}

	return wrong.OrNil()
}

func errFieldMissing(field string) error {
	return models.InvalidInput(field, models.ReasonRequired, 0, "must be given")
}
