package account

import (
	"reflect"

	"github.com/accountql/accountql/models"
)

// decide adds the change of one given field: null clears the field, a value is parsed.
func decide[T comparable](
	changes *[]columnUpdate, wrong *models.Errors, column string, given models.Optional[T],
	parse func(T) (T, error), target func(*models.Account) **T,
) {
	if !given.Set {
		return
	}

	value := given.Value
	if value != nil {
		parsed, err := parse(*value)
		if err != nil {
			wrong.Add(err)
			return
		}
		value = &parsed
	}

	*changes = append(*changes,
		columnUpdate{[]string{column}, func(a *models.Account) (bool, error) { return assign(target(a), value), nil }})
}

// assign sets an optional value, and reports whether there was another one.
func assign[T comparable](target **T, value *T) bool {
	former := *target
	*target = value
	if former == nil || value == nil {
		return former != value
	}

	return *former != *value
}

func decideSex(changes *[]columnUpdate, given models.Optional[models.Sex]) {
	if !given.Set {
		return
	}

	sex := models.SexNotSpecified
	if given.Value != nil {
		sex = *given.Value
	}

	*changes = append(*changes,
		columnUpdate{[]string{"sex"}, func(a *models.Account) (bool, error) {
			changed := a.Sex != sex
			a.Sex = sex
			return changed, nil
		}})
}

func (s *Service) decideAttributes(
	changes *[]columnUpdate, wrong *models.Errors, given models.Optional[models.JSONObject],
) {
	if !given.Set {
		return
	}

	if given.Value == nil {
		wrong.Add(models.InvalidInput("attributes", models.ReasonRequired, 0,
			"must not be null; set the keys in it to null"))
		return
	}

	parsed, err := s.Settings.Fields.parseAttributes(*given.Value)
	if err != nil {
		wrong.Add(err)
		return
	}

	*changes = append(*changes, columnUpdate{[]string{"attributes"}, func(a *models.Account) (changed bool, err error) {
		former := a.Attributes
		a.Attributes, err = models.MergeAttributes(attributesField, former, parsed)
		return !reflect.DeepEqual(former, a.Attributes), err
	}})
}
