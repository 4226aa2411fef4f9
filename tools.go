package main

// go.mod pins the code generator in its `tool` line, and the Makefile pins every other tool; these lines run the
// generator. Afterwards graph/internal/leaves shortens the code that it generates for the leaves of the schema.
//
//go:generate go tool gqlgen generate
//go:generate go run ./graph/internal/leaves graph/internal/gen
