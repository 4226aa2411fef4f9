package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Parts of gqlgen's code, and error messages that several changes of it cause.
const (
	seriesName = "_Series_name(ctx context.Context, field graphql.CollectedField, obj *shelf.Series) " +
		"(ret graphql.Marshaler) {\n"
	seriesCollect = "\tfields := graphql.CollectFields(ec.OperationContext, sel, seriesImplementors)"
	bookEnd       = "\treturn out\n}\n\nvar mutationImplementors"
	useInputs     = "\t\t\tctx = graphql.WithUnmarshalerMap(ctx, inputUnmarshalMap)\n"
	fillBuffer    = "\t\t\tdata.MarshalGQL(&buf)\n"
	rootField     = "(ctx, &graphql.RootFieldContext{\n\t\t\tObject: field.Name,\n\t\t\tField:  field,\n\t\t})\n\n"
	queryName     = "\t\tswitch field.Name {\n\t\tcase \"__typename\":\n" +
		"\t\t\tout.Values[i] = graphql.MarshalString(\"Query\")"

	notOneCall = "schema.generated.go: _Series_name is not one call of graphql.ResolveField with 9 arguments"
	notTitle   = "schema.generated.go: _Book_title does not read obj.Title"
	otherBegin = "schema.generated.go: _Series does not begin with graphql.CollectFields with 3 arguments"
	otherEnd   = "schema.generated.go: _Book does not end with " +
		"atomic.AddInt32, ec.ProcessDeferredGroup and return out"
)

// unexpected lists changes of gqlgen's code, each of which must fail with its error message. A message that no
// change causes would belong to an expectation that is never checked.
var unexpected = []struct{ name, old, replacement, want string }{
	{"a leaf has no function",
		") _Book_title(", ") _Book_name(",
		"there are 0 methods _Book_title, which answers Book.title, not one"},
	{"a leaf has two functions",
		") _Book_summary(", ") _Book_title(",
		"there are 2 methods _Book_title, which answers Book.title, not one"},
	{"a leaf is more than a call",
		seriesName, seriesName + "\t_ = obj\n",
		notOneCall},
	{"a leaf calls something else",
		seriesName + "\treturn graphql.ResolveField(", seriesName + "\treturn graphql.ResolveFieldStream(",
		notOneCall},
	{"a leaf has another argument",
		"return obj.Name, nil\n\t\t},\n", "return obj.Name, nil\n\t\t},\n\t\tnil,\n",
		notOneCall},
	{"a leaf reads something else",
		"return obj.Title, nil", "return obj.Name, nil",
		notTitle},
	{"a leaf reads in two steps",
		"return obj.Title, nil", "title := obj.Title\n\t\t\treturn title, nil",
		notTitle},
	{"a leaf has a directive",
		"return obj.Title, nil\n\t\t},\n\t\tnil,", "return obj.Title, nil\n\t\t},\n\t\tcheck,",
		"schema.generated.go: _Book_title has a directive, and is a leaf by the schema"},
	{"a leaf is written in another way",
		"return ec.marshalOInt2ᚖint(ctx, selections, v)", "return ec.marshalInt(ctx, selections, v)",
		"schema.generated.go: _Book_pages does not write with ec.marshalOInt2ᚖint"},

	{"an object has no function",
		") _Series(", ") _Shelves(",
		"there are 0 methods _Series, which answers an object of type Series, not one"},
	{"an object is short",
		") _Series(", ") _Series() { return }\nfunc (ec *executionContext) _other(",
		"schema.generated.go: _Series has only 1 statements"},
	{"an object's fields are collected in another way",
		seriesCollect, "\tfields := graphql.Collect(ec.OperationContext, sel, seriesImplementors)",
		otherBegin},
	{"an object's fields are collected of something else",
		seriesCollect, "\tfields := graphql.CollectFields(sel)",
		otherBegin},
	{"an object's fields are collected later",
		seriesCollect, "\tdefer leave()\n" + seriesCollect,
		otherBegin},
	{"an object ends in another way",
		bookEnd, "\treturn out.Finish()\n}\n\nvar mutationImplementors",
		otherEnd},
	{"an object does more at its end",
		bookEnd, "\tdone()\n" + bookEnd,
		otherEnd},

	{"nothing runs an operation",
		") Exec(", ") Execute(",
		"there are 0 methods Exec, which runs an operation, not one"},
	{"no map of inputs is made",
		makesInputMap, "inputs := graphql.BuildUnmarshalerMap",
		"root_.generated.go: Exec does not make the map of inputs: " + makesInputMap},
	{"no case is for queries",
		"case ast.Query:", "case ast.Read:",
		"root_.generated.go: Exec has no case for ast.Query"},
	{"no case is for mutations",
		"case ast.Mutation:", "case ast.Write:",
		"root_.generated.go: Exec has no case for ast.Mutation"},
	{"a query does not use the map",
		"\t" + useInputs + "\t\t\t\tdata = ec._Query", "\t\t\t\tdata = ec._Query",
		"root_.generated.go: Exec uses the map of inputs 0 times for ast.Query, not once: " + usesInputMap},
	{"a mutation uses the map twice",
		useInputs + "\t\t\tdata := ec._Mutation", useInputs + useInputs + "\t\t\tdata := ec._Mutation",
		"root_.generated.go: Exec uses the map of inputs 2 times for ast.Mutation, not once: " + usesInputMap},
	{"a query has another buffer",
		makesBuffer + "\n" + fillBuffer + "\t\t\tresponse.Data",
		"buf := pooled()\n" + fillBuffer + "\t\t\tresponse.Data",
		"root_.generated.go: Exec makes a buffer and fills it 0 times for ast.Query, not once: " + makesBuffer},
	{"a buffer is not filled at once",
		makesBuffer + "\n" + fillBuffer + "\n", makesBuffer + "\n\t\t\tlook(data)\n" + fillBuffer + "\n",
		"root_.generated.go: Exec makes a buffer and fills it 0 times for ast.Mutation, not once: " + makesBuffer},
	{"a query's fields have another context",
		makesRootContext + rootField + queryName, "innerCtx := enter(ctx)\n\n" + queryName,
		"schema.generated.go: _Query makes the context of a root field 0 times, not once: " + makesRootContext},
}

func TestWhatIsUnexpectedIsNamed(t *testing.T) {
	expected := shelfPlan(t)
	for _, test := range unexpected {
		t.Run(test.name, func(t *testing.T) {
			err := change(shelfFiles(t, test.old, test.replacement), expected)
			if err == nil || err.Error() != test.want {
				t.Errorf("%v\nwant %s", err, test.want)
			}
		})
	}
}

// TestEachIsNamed guards that whoever adapts this command to another version of gqlgen sees everything that has to
// be done.
func TestEachIsNamed(t *testing.T) {
	expected := shelfPlan(t)
	one, err := parse("empty.generated.go", []byte("package gqlgen"))
	if err != nil {
		t.Fatal(err)
	}

	err = change([]*file{one}, expected)
	if err == nil {
		t.Fatal("no error")
	}

	lines := strings.Count(err.Error(), "\n") + 1
	if want := len(expected.leaves) + len(expected.objects) + 1; lines != want {
		t.Errorf("%d lines, want %d:\n%v", lines, want, err)
	}
}

// TestNothingIsWrittenInPart guards against partial changes: gqlgen's own code is correct, only slower, but half of
// a change might be incorrect.
func TestNothingIsWrittenInPart(t *testing.T) {
	dir := t.TempDir()
	before := map[string][]byte{}
	for _, one := range shelfFiles(t, "case ast.Query:", "case ast.Read:") {
		name := filepath.Join(dir, filepath.Base(one.name))
		before[name] = one.source
		if err := os.WriteFile(name, one.source, 0o600); err != nil {
			t.Fatal(err)
		}
	}

	err := shorten(dir, shelfPlan(t))
	const want = "its own code was left as it is:\nroot_.generated.go: Exec has no case for ast.Query"
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("%v", err)
	}

	for name, source := range before {
		if after, err := os.ReadFile(name); err != nil || !bytes.Equal(after, source) {
			t.Errorf("%s was changed (%v)", name, err)
		}
	}
}
