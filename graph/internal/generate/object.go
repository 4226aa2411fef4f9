package main

import (
	"fmt"
	"go/ast"
)

// object is an object type of the schema.
type object struct {
	name string
	// table is true if some of its fields can be appended without gqlgen (table.go).
	table bool
}

const (
	collectArguments = 3
	// objectEnd is the number of statements at the end of an object's function: count the deferred fields, start
	// them, return the object.
	objectEnd = 3
)

// shorten makes fastexec collect and encode the object in the function
//
//	fields := graphql.CollectFields(ec.OperationContext, sel, accountImplementors)
//	… the values of the fields
//	atomic.AddInt32(&ec.Deferred, …)
//	ec.ProcessDeferredGroup(…)
//	return out
//
// and makes the statements about deferred fields conditional. If the object has a table, fastexec may return the whole
// object before that.
func (o object) shorten(methods methods) error {
	found, err := methods.find("_"+o.name, "which answers an object of type "+o.name)
	if err != nil {
		return err
	}

	list := found.Body.List
	if len(list) <= objectEnd {
		return found.errorf("has only %d statements", len(list))
	}

	collect, ok := assignedCall(list[0])
	if !ok || found.text(collect.Fun) != "graphql.CollectFields" || len(collect.Args) != collectArguments {
		return found.errorf("does not begin with graphql.CollectFields with %d arguments", collectArguments)
	}

	end := list[len(list)-objectEnd:]
	if found.called(end[0]) != "atomic.AddInt32" || found.called(end[1]) != "ec.ProcessDeferredGroup" ||
		found.text(end[2]) != "return out" {
		return found.errorf("does not end with atomic.AddInt32, ec.ProcessDeferredGroup and return out")
	}

	if o.table {
		found.insert(list[0], fmt.Sprintf("if whole := fastexec.Whole(ctx, ec.OperationContext, sel, %s, obj); "+
			"whole != nil {\nreturn whole\n}\n", tableName(o.name)))
	}

	found.replace(collect.Fun, "fastexec.CollectFields")
	found.insert(collect.Args[0], "ctx, ")
	found.replaceAll(end, fmt.Sprintf(
		"if len(deferLabelToView) > 0 {\n%s\n%s\n}\nreturn fastexec.Object{Fields: fields, Values: out.Values}",
		found.text(end[0]), found.text(end[1])))
	found.imports(fastexec)

	return nil
}

// assignedCall returns the call of `name := call(…)`.
func assignedCall(statement ast.Stmt) (*ast.CallExpr, bool) {
	assignment, ok := statement.(*ast.AssignStmt)
	if !ok || len(assignment.Rhs) != 1 {
		return nil, false
	}
	call, ok := assignment.Rhs[0].(*ast.CallExpr)
	return call, ok
}
