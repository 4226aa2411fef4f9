// Package models holds the types of AccountQL's domain and the rules that make a value valid. It imports only the
// standard library and golang.org/x/text, so every other package may import it. GORM tags are strings and are
// allowed.
package models
