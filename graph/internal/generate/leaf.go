package main

import (
	"fmt"
	"go/ast"
)

// leaf is a field whose value is available without a resolver and can be encoded at once. See isLeaf.
type leaf struct {
	object, field string
	// value is the expression with which gqlgen reads the field, and marshaller is the function that encodes it.
	value, marshaller string
}

// The arguments of graphql.ResolveField that describe a field.
const (
	resolveFieldArguments = 9
	readArgument          = 4
	directivesArgument    = 5
	writeArgument         = 6
)

// shorten makes the leaf's function call the marshaller instead of
//
//	return graphql.ResolveField(ctx, ec.OperationContext, field,
//		<function that makes a context>, <function that reads>, nil, <function that writes>, true, true)
func (l leaf) shorten(methods methods) error {
	found, err := methods.find("_"+l.object+"_"+l.field, "which answers "+l.object+"."+l.field)
	if err != nil {
		return err
	}

	call, ok := onlyResult(found.Body, 0, 1).(*ast.CallExpr)
	if !ok || found.text(call.Fun) != "graphql.ResolveField" || len(call.Args) != resolveFieldArguments {
		return found.errorf("is not one call of graphql.ResolveField with %d arguments", resolveFieldArguments)
	}
	if value := onlyResult(functionBody(call.Args[readArgument]), 0, 2); value == nil || found.text(value) != l.value {
		return found.errorf("does not read %s", l.value)
	}
	if found.text(call.Args[directivesArgument]) != "nil" {
		return found.errorf("has a directive, and is a leaf by the schema")
	}

	write, ok := onlyResult(functionBody(call.Args[writeArgument]), 0, 1).(*ast.CallExpr)
	if !ok || found.text(write.Fun) != l.marshaller {
		return found.errorf("does not write with %s", l.marshaller)
	}

	found.replace(call, fmt.Sprintf("%s(ctx, field.Selections, %s)", l.marshaller, l.value))

	return nil
}

// functionBody returns the body of a function literal, or nil.
func functionBody(node ast.Expr) *ast.BlockStmt {
	literal, ok := node.(*ast.FuncLit)
	if !ok {
		return nil
	}
	return literal.Body
}

// onlyResult returns the result at an index of a body that consists of one return with the given number of results,
// or nil.
func onlyResult(body *ast.BlockStmt, at, of int) ast.Expr {
	if body == nil || len(body.List) != 1 {
		return nil
	}

	returned, ok := body.List[0].(*ast.ReturnStmt)
	if !ok || len(returned.Results) != of {
		return nil
	}

	return returned.Results[at]
}
