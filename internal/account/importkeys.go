package account

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"slices"
)

// importKeys are the values, by field, that no two lines may share. They are hashes, because a file may have
// millions.
type importKeys map[string][]importKey

type importKey struct {
	sum  [16]byte
	line uint32
	// claimed is 1 for a value that is not proven: it loses against a proven one.
	claimed uint8
}

// repeated is a field of a line whose value belongs to another line, which proved it or comes first.
type repeated struct {
	field       string
	line, first int
}

func (k importKeys) add(customer *imported) {
	put := func(field, value string, proven bool) {
		sum := sha256.Sum256([]byte(value))
		key := importKey{sum: [16]byte(sum[:]), line: uint32(customer.line)} //nolint:gosec // no file has so many lines
		if !proven {
			key.claimed = 1
		}
		k[field] = append(k[field], key)
	}

	put("email", string(customer.account.Email), false)
	if customer.given["id"] {
		put("id", customer.account.ID, false)
	}
	if customer.account.Phone != nil {
		put("phone", string(*customer.account.Phone), customer.account.PhoneVerified())
	}

	for _, identity := range customer.identities {
		put("identities", identityKey(identity), false)
	}
}

// duplicates returns every field that repeats another line's value, ordered by line.
func (k importKeys) duplicates() []repeated {
	var all []repeated
	for field, keys := range k {
		slices.SortFunc(keys, func(a, b importKey) int {
			return cmp.Or(
				// guard: a proven phone goes before a claimed one
				bytes.Compare(a.sum[:], b.sum[:]), cmp.Compare(a.claimed, b.claimed), cmp.Compare(a.line, b.line),
			)
		})
		first := 0
		for i := 1; i < len(keys); i++ {
			if keys[i].sum != keys[first].sum { // guard: an import finds what stands twice
				first = i
				continue
			}
			all = append(all, repeated{field, int(keys[i].line), int(keys[first].line)})
		}
	}

	slices.SortFunc(all, func(a, b repeated) int {
		return cmp.Or(cmp.Compare(a.line, b.line), cmp.Compare(a.field, b.field))
	})

	return all
}
