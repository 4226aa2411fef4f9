package main

// The code generator is pinned by the `tool` line of go.mod, and every other
// tool by the Makefile; this line is all there is to run it with.
//
//go:generate go tool gqlgen generate
