package main

// go.mod pins the code generator in its `tool` line, and the Makefile pins every other tool. graph/internal/generate
// runs the generator and shortens what it wrote; bench/baseline keeps the code as gqlgen writes it.
//
//go:generate go run ./graph/internal/generate
