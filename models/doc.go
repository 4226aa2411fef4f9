// Package models holds the nouns of AccountQL and the rules that make one valid.
// It imports nothing but the standard library and golang.org/x/text, so every
// other package may stand on it. GORM tags are strings and are allowed.
package models
