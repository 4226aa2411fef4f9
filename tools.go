package main

// The code generator is pinned by the `tool` line of go.mod, and every other
// tool by the Makefile; these lines are all there is to run it with. What it
// writes for the leaves of the schema is shortened then: see graph/internal/leaves.
//
//go:generate go tool gqlgen generate
//go:generate go run ./graph/internal/leaves graph/internal/gen
