package store

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/accountql/accountql/models"
)

// searched is an index of accounts in which a search looks. The expression and the condition are those of the index.
type searched struct {
	expression, condition string
	// beginnings are what the search looks for in it.
	beginnings func(wanted models.AccountSearch) []string
	// value returns what the expression yields of an account.
	value func(account *models.Account) string
}

var allSearched = []searched{
	{"id", "TRUE", func(wanted models.AccountSearch) []string { return wanted.IDs },
		func(a *models.Account) string { return a.ID }},
	{"email", "TRUE", func(wanted models.AccountSearch) []string { return wanted.Emails },
		func(a *models.Account) string { return string(a.Email) }},
	{"phone", "TRUE", func(wanted models.AccountSearch) []string { return wanted.Phones },
		func(a *models.Account) string { return text(a.Phone) }},
	{"uuid", "uuid IS NOT NULL", func(wanted models.AccountSearch) []string { return wanted.UUIDs },
		func(a *models.Account) string { return text(a.UUID) }},
	{"lower(custom_id)", "custom_id IS NOT NULL", names,
		func(a *models.Account) string { return models.LowerASCII(text(a.CustomID)) }},
	{"lower(first_name || coalesce(' ' || last_name, ''))", "first_name IS NOT NULL", names,
		func(a *models.Account) string { return bothNames(a.FirstName, a.LastName) }},
	{"lower(last_name || coalesce(' ' || first_name, ''))", "last_name IS NOT NULL", names,
		func(a *models.Account) string { return bothNames(a.LastName, a.FirstName) }},
	{"lower(display_name)", "display_name IS NOT NULL", names,
		func(a *models.Account) string { return models.LowerASCII(text(a.DisplayName)) }},
	{"lower(company)", "company IS NOT NULL", names,
		func(a *models.Account) string { return models.LowerASCII(text(a.Company)) }},
}

func names(wanted models.AccountSearch) []string { return wanted.Names }

// text returns an optional text, or "".
func text[T ~string](optional *T) string {
	if optional == nil {
		return ""
	}
	return string(*optional)
}

// bothNames returns "" without the first of the two names: the index has no such account.
func bothNames(first, second *string) string {
	switch {
	case first == nil:
		return ""
	case second == nil:
		return models.LowerASCII(*first)
	}
	return models.LowerASCII(*first + " " + *second)
}

// afterAll follows every text in the byte order: it is no character.
const afterAll = "\U0010FFFF"

// SearchAccounts returns up to limit found accounts behind a place, in their order. The same account is found once, at
// its first place. Each index is read for as many rows as the answer has, however many accounts begin so.
func (s *Store) SearchAccounts(
	ctx context.Context, wanted models.AccountSearch, after models.AccountPlace, limit int,
) ([]models.FoundAccount, error) {
	if len(wanted.IDs)+len(wanted.Emails)+len(wanted.Phones)+len(wanted.UUIDs)+len(wanted.Names) == 0 {
		wanted.IDs = []string{""} // every id begins so
	}

	var found []models.FoundAccount
	for {
		places, err := s.searchPlaces(ctx, wanted, after, limit)
		if err != nil {
			return nil, err
		}

		more, err := s.accountsAt(ctx, wanted, places)
		if err != nil {
			return nil, err
		}

		found = append(found, more...)
		if len(found) >= limit || len(places) < limit {
			return found[:min(len(found), limit)], nil
		}

		after = places[len(places)-1]
	}
}

// searchPlaces returns the next limit places of all indexes. An account can be at several of them.
func (s *Store) searchPlaces(
	ctx context.Context, wanted models.AccountSearch, after models.AccountPlace, limit int,
) ([]models.AccountPlace, error) {
	var places []models.AccountPlace
	for _, index := range allSearched {
		for _, beginning := range index.beginnings(wanted) {
			read, err := s.searchIndex(ctx, index, beginning, after, limit)
			if err != nil {
				return nil, err
			}
			places = append(places, read...)
		}
	}

	slices.SortFunc(places, comparePlaces)

	return places[:min(len(places), limit)], nil
}

func comparePlaces(a, b models.AccountPlace) int {
	return cmp.Or(strings.Compare(a.Found, b.Found), strings.Compare(a.ID, b.ID))
}

// searchIndex returns the next places of one index.
func (s *Store) searchIndex(
	ctx context.Context, index searched, beginning string, after models.AccountPlace, limit int,
) ([]models.AccountPlace, error) {
	end := beginning + afterAll
	read := func(places []models.AccountPlace, within string, values ...any) ([]models.AccountPlace, error) {
		more, err := find[models.AccountPlace](s.read.WithContext(ctx).Table("accounts").
			Select(index.expression+" AS found, id").Where(index.condition+" AND "+within, values...).
			Order(index.expression + ", id").Limit(limit - len(places)))
		return append(places, more...), s.translate(err)
	}

	switch {
	case after.Found >= end:
		return nil, nil
	case after.Found < beginning:
		return read(nil, index.expression+" >= ? AND "+index.expression+" < ?", beginning, end)
	}

	// Both are ranges of the index; a comparison of pairs is none on SQLite.
	places, err := read(nil, index.expression+" = ? AND id > ?", after.Found, after.ID)
	if err != nil || len(places) == limit {
		return places, err
	}

	return read(places, index.expression+" > ? AND "+index.expression+" < ?", after.Found, end)
}

// accountsAt returns the accounts whose first place is among the places.
func (s *Store) accountsAt(
	ctx context.Context, wanted models.AccountSearch, places []models.AccountPlace,
) ([]models.FoundAccount, error) {
	ids := make([]string, len(places))
	for i, place := range places {
		ids[i] = place.ID
	}

	accounts, err := find[models.Account](s.read.WithContext(ctx).Where("id IN ?", ids))
	if err != nil {
		return nil, s.translate(err)
	}

	byID := make(map[string]*models.Account, len(accounts))
	for i := range accounts {
		byID[accounts[i].ID] = &accounts[i]
	}

	var found []models.FoundAccount
	for i, place := range places {
		account := byID[place.ID]
		repeated := i > 0 && places[i-1] == place
		if account == nil || repeated || firstPlace(account, wanted) != place.Found {
			continue
		}
		found = append(found, models.FoundAccount{Account: account, Place: place})
	}

	return found, nil
}

// firstPlace returns the least of an account's values that begin as wanted, or "".
func firstPlace(account *models.Account, wanted models.AccountSearch) string {
	first := ""
	for _, index := range allSearched {
		value := index.value(account)
		if value == "" || first != "" && value >= first {
			continue
		}
		if slices.ContainsFunc(index.beginnings(wanted), func(beginning string) bool {
			return strings.HasPrefix(value, beginning)
		}) {
			first = value
		}
	}

	return first
}

// AccountsByCustomID returns up to limit accounts with the shop's number, of which there is usually one.
func (s *Store) AccountsByCustomID(ctx context.Context, customID string, limit int) ([]models.Account, error) {
	accounts, err := find[models.Account](s.read.WithContext(ctx).
		Where("custom_id IS NOT NULL AND lower(custom_id) = ? AND custom_id = ?", models.LowerASCII(customID), customID).
		Order("lower(custom_id), id").Limit(limit))
	return accounts, s.translate(err)
}
