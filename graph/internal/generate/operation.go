package main

import (
	"errors"
	"go/ast"
	"slices"
)

// The statements of Exec and of the root types that are changed.
const (
	makesRootContext = "innerCtx := graphql.WithRootFieldContext"
	makesInputMap    = "inputUnmarshalMap := graphql.BuildUnmarshalerMap"
	usesInputMap     = "ctx = graphql.WithUnmarshalerMap(ctx, inputUnmarshalMap)"
	makesBuffer      = "var buf bytes.Buffer"
	fillsBuffer      = "data.MarshalGQL(&buf)"
	growsBuffer      = "\nbuf.Grow(1 << 10)"
)

// shortenOperations changes the function that runs an operation:
//
//	inputUnmarshalMap := graphql.BuildUnmarshalerMap(…)
//	switch opCtx.Operation.Operation {
//	case ast.Query:
//		… ctx = graphql.WithUnmarshalerMap(ctx, inputUnmarshalMap)
//		… var buf bytes.Buffer
//		data.MarshalGQL(&buf)
//
// It removes the map, and makes the buffer start with a kilobyte. And the root fields get no context of their own
// besides the usual one of a field: only extensions would read it.
func shortenOperations(methods methods, operations []string) error {
	exec, err := methods.find("Exec", "which runs an operation")
	if err != nil {
		return err
	}

	var problems []error
	made := slices.IndexFunc(exec.Body.List, func(statement ast.Stmt) bool {
		call, ok := assignedCall(statement)
		return ok && exec.textBetween(statement.Pos(), call.Lparen) == makesInputMap
	})
	if made < 0 {
		problems = append(problems, exec.errorf("does not make the map of inputs: %s", makesInputMap))
	} else {
		exec.removeLines(exec.Body.List[made])
	}

	for _, name := range operations {
		problems = append(problems, shortenOperation(exec, name), shortenRoot(methods, name))
	}

	return errors.Join(problems...)
}

// shortenOperation changes the case for one kind of operation.
func shortenOperation(exec method, name string) error {
	body := exec.caseOf("ast." + name)
	if body == nil {
		return exec.errorf("has no case for ast.%s", name)
	}

	var inputs, buffers []ast.Stmt
	ast.Inspect(body, func(node ast.Node) bool {
		block, ok := node.(*ast.BlockStmt)
		if !ok {
			return true
		}

		for i, statement := range block.List {
			switch {
			case exec.text(statement) == usesInputMap:
				inputs = append(inputs, statement)
			case exec.text(statement) == makesBuffer && i+1 < len(block.List) &&
				exec.text(block.List[i+1]) == fillsBuffer:
				buffers = append(buffers, statement)
			}
		}

		return true
	})
	if len(inputs) != 1 {
		return exec.errorf("uses the map of inputs %d times for ast.%s, not once: %s", len(inputs), name, usesInputMap)
	}
	if len(buffers) != 1 {
		return exec.errorf("makes a buffer and fills it %d times for ast.%s, not once: %s", len(buffers), name,
			makesBuffer)
	}

	exec.removeLines(inputs[0])
	exec.insertAfter(buffers[0], growsBuffer)

	return nil
}

// shortenRoot changes the function that answers a root type:
//
//	for i, field := range fields {
//		innerCtx := graphql.WithRootFieldContext(ctx, …)
func shortenRoot(methods methods, name string) error {
	root, err := methods.find("_"+name, "which answers the root type "+name)
	if err != nil {
		return err
	}

	var made []*ast.CallExpr
	ast.Inspect(root.Body, func(node ast.Node) bool {
		statement, ok := node.(ast.Stmt)
		if !ok {
			return true
		}
		if call, ok := assignedCall(statement); ok &&
			root.textBetween(statement.Pos(), call.Lparen) == makesRootContext {
			made = append(made, call)
		}
		return true
	})
	if len(made) != 1 {
		return root.errorf("makes the context of a root field %d times, not once: %s", len(made), makesRootContext)
	}

	root.replace(made[0], "ctx")

	return nil
}

// caseOf returns the case with the value in a switch of the method, or nil.
func (m method) caseOf(value string) (found ast.Node) {
	ast.Inspect(m.Body, func(node ast.Node) bool {
		if clause, ok := node.(*ast.CaseClause); ok && len(clause.List) == 1 && m.text(clause.List[0]) == value {
			found = clause
		}
		return found == nil
	})
	return found
}
