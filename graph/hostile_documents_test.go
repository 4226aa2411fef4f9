package graph_test

import (
	"encoding/json"
	"fmt"
	"strings"
)

// The codes that refuse the attacks.
const (
	tooLarge   = "REQUEST_TOO_LARGE"
	tooComplex = "QUERY_TOO_COMPLEX"
	unparsable = "GRAPHQL_PARSE_FAILED"
	invalid    = "GRAPHQL_VALIDATION_FAILED"
	badRequest = "BAD_REQUEST"
	// invalidInput is the service's own refusal, with data: null as for every operation that was executed.
	invalidInput = "INVALID_INPUT"
)

// attacks returns all attacks that consist of a request's body.
func attacks() []attack {
	var all []attack
	for _, group := range [][]attack{deepAttacks, wideAttacks, fragmentAttacks, longAttacks, variableAttacks} {
		all = append(all, group...)
	}
	return all
}

// repeated returns a function that repeats a text n times between a beginning and an end.
func repeated(begin, unit, end string) func(int) string {
	return func(n int) string { return begin + strings.Repeat(unit, n) + end }
}

// numbered returns a function that writes n units, each with its number instead of %d.
func numbered(begin, unit, end string) func(int) string {
	return func(n int) string {
		var text strings.Builder
		text.WriteString(begin)
		for i := range n {
			text.WriteString(strings.ReplaceAll(unit, "%d", fmt.Sprint(i)))
		}
		return text.String() + end
	}
}

// nested returns a function that writes a text within n pairs of brackets.
func nested(begin, opening, inside, closing, end string) func(int) string {
	return func(n int) string {
		return begin + strings.Repeat(opening, n) + inside + strings.Repeat(closing, n) + end
	}
}

// chain returns a query whose fragments spread each other in a row: F0 has n-1 levels below it. spread is the
// content of each fragment, with the next one's name instead of %s; leaf is the content of the last.
func chain(query, on, spread, leaf string) func(int) string {
	return func(n int) string {
		var text strings.Builder
		text.WriteString(query)

		for i := range n {
			inside := strings.ReplaceAll(spread, "%s", fmt.Sprintf("%s%d", marker, i+1))
			if i == n-1 {
				inside = leaf
			}
			fmt.Fprintf(&text, " fragment %s%d on %s { %s }", marker, i, on, inside)
		}

		return text.String()
	}
}

// longString is a string literal of nearly the maximum size of a request.
var longString = `"` + strings.Repeat(marker, 9000) + `"`

// deepAttacks are nested: the parser and the rules would take a stack frame for each bracket (docs/hostile.md, D1
// and D5).
var deepAttacks = []attack{
	{name: "D1 lists, 1 MB", size: 1_000_000, code: tooLarge, document: repeated("{find("+marker+":", "[", "")},
	{name: "D1 lists", size: 30_000, code: tooComplex, document: repeated("{find("+marker+":", "[", "")},
	{name: "D1 selection sets", size: 15_000, code: tooComplex, document: repeated("{"+marker, "{a", "")},
	{name: "D1 aliases", size: 10_000, code: tooComplex, document: repeated("{"+marker, "{a:", "")},
	{name: "D1 inline fragments", size: 10_000, code: tooComplex, document: repeated("{"+marker, "{...", "")},
	{name: "D1 objects", size: 15_000, code: tooComplex, document: repeated("{a("+marker+":", "{a:", "")},
	{name: "D1 types", size: 30_000, code: tooComplex, document: repeated("query($"+marker+":", "[", "")},
	{name: "D1 default values", size: 30_000, code: tooComplex, document: repeated("query($"+marker+":A=", "[", "")},
	{name: "D1 directives", size: 10_000, code: tooComplex, document: repeated("{"+marker, "@a(a:[", "")},
	{name: "selection sets below the cap of tokens",
		size: 240, code: tooComplex, document: nested("{", marker+"{", "id", "}", "}")},
	{name: "inline fragments below the cap of tokens",
		size: 150, code: tooComplex, document: nested("{", "...{", marker, "}", "}")},
	{name: "types below the cap of tokens", size: 240, code: invalid, document: nested("query($"+marker+":", "[", "Int",
		"]", "){__typename}")},
	{name: "D5 list in an argument", size: 30_000, code: tooComplex, document: nested("{account("+marker+":", "[", "1",
		"]", "){id}}")},
	{name: "D5 list below the cap of tokens", size: 240,
		code: tooComplex, document: nested("mutation{signIn(input:", "[", longString, "]", "){account{id}}}")},
	{name: "D5 list in a field", size: 240, code: tooComplex,
		document: nested("mutation{signIn(input:{password:", "[", longString, "]", "}){account{id}}}")},
	{name: "D5 object", size: 160, code: tooComplex, document: nested("mutation{signIn(input:", "{email:", longString,
		"}", "){account{id}}}")},
	{name: "D5 default value", size: 240, code: tooComplex, document: nested("query($a:[[Int]]=", "[", longString, "]",
		"){account{id}}")},
	{name: "D5 directive", size: 240, code: tooComplex, document: nested("{account@skip(if:", "[", longString, "]",
		"){id}}")},
}

// wideAttacks repeat parts: several rules compare each with each (D4).
var wideAttacks = []attack{
	{name: "D4 10,000 equal fields", size: 10_000, code: tooComplex, document: repeated("{account{"+marker+" ", "id ",
		"}}")},
	{name: "D4 below the cap of tokens", size: 400, code: tooComplex, document: repeated("{account{"+marker+" ", "id ",
		"}}")},
	{name: "D4 below the cap of fields",
		capped: true, size: 120, code: invalid, document: repeated("{account{"+marker+" ", "id ", "}}")},
	{name: "D4 with arguments", capped: true, size: 60, code: invalid, document: repeated("{account{"+marker+" ",
		"id(a:1)", "}}")},
	{name: "D4 in introspection", introspective: true,
		size: 450, code: tooComplex, document: repeated("{__schema{"+marker+" types{", "name ", "}}}")},
	{name: "D4 in introspection below the cap of fields", capped: true, introspective: true,
		size: 120, code: invalid, document: repeated("{__schema{"+marker+" types{", "name ", "}}}")},
	{name: "D4 pairs in pairs in introspection", capped: true, introspective: true, size: 3, code: invalid,
		document: func(n int) string {
			inside := marker
			for range n {
				inside = "ofType{" + inside + "}ofType{" + inside + "}"
			}
			return "{__schema{types{" + inside + "}}}"
		}},
	{name: "10,000 aliases", size: 10_000, code: tooComplex, document: repeated("{account{"+marker, ":id a", ":id}}")},
	{name: "30 aliases", size: 15, code: tooComplex, document: numbered("{account{", marker+"%d:id ", marker+":id}}")},
	{name: "10,000 directives", size: 10_000, code: tooComplex, document: repeated("{account{id @"+marker, "@a", "}}")},
	{name: "100 directives", size: 50, code: tooComplex, document: repeated("{account{id @"+marker, "@skip(if:false)",
		"}}")},
	{name: "20 directives on a query", size: 10, code: tooComplex, document: repeated("query @"+marker, "@"+marker,
		"{account{id}}")},
	{name: "20 directives on a variable", size: 10, code: tooComplex, document: repeated("query($a:Int@"+marker,
		"@"+marker, "){account{id}}")},
	{name: "20 directives on fragments", size: 10, code: tooComplex,
		document: repeated("query{...F@"+marker+"} fragment F on Query@"+marker, "@"+marker, "{account{id}}")},
	{name: "10,000 unknown fields", size: 10_000, code: tooComplex, document: repeated("{account{"+marker+" ", "a1 ",
		"}}")},
	{name: "unknown fields below the cap", size: 120, code: invalid, document: numbered("{account{", marker+"%d ",
		"}}")},
	{name: "root fields", size: 11, code: tooComplex, document: numbered("{", marker+"%d ", "}")},
	{name: "mutations in one document", size: 2, code: tooComplex, document: repeated("mutation "+marker+"{",
		"signOut{revokedSessions}", "}")},
	{name: "mutations by a fragment", size: 2, code: tooComplex, document: repeated("mutation "+marker+"{", "...F ",
		"} fragment F on Mutation{signOut{revokedSessions}}")},
	{name: "unknown arguments", size: 240, code: invalid, document: repeated("{account("+marker+":1 ", "a:1",
		"){id}}")},
	{name: "distinct unknown arguments", size: 150, code: invalid, document: numbered("{account(", marker+"%d:1 ",
		"){id}}")},
	{name: "equal input fields", size: 150, code: invalid, document: repeated("mutation{signIn(input:{"+marker+":1 ",
		"email:1 ", "}){account{id}}}")},
	{name: "unknown input fields", size: 150, code: invalid, document: numbered("mutation{signIn(input:{",
		marker+"%d:1 ", "}){account{id}}}")},
	{name: "a list where a string belongs", size: 450, code: invalid,
		document: repeated("mutation{signIn(input:{email:\"a\" password:[\""+marker+"\"", " 1", "]}){account{id}}}")},
	{name: "many variables", size: 100, code: invalid, document: numbered("query(", "$"+marker+"%d:Int ",
		"){account{id}}")},
	{name: "many equal variables", size: 100, code: invalid, document: repeated("query($"+marker+":Int ",
		"$"+marker+":Int ", "){account{id}}")},
	{name: "many unknown types", size: 100, code: invalid, document: numbered("query(", "$a%d:"+marker+"%d ",
		"){account{id}}")},
	{name: "many unknown variables", size: 100, code: invalid, document: numbered("{account(", "a%d:$"+marker+"%d ",
		"){id}}")},
	{name: "operations", size: 60, code: invalid, document: numbered("", "query "+marker+"%d{__typename}", "")},
	{name: "equal operations", size: 60, code: invalid, document: repeated("", "query "+marker+"{__typename}", "")},
	{name: "anonymous operations", size: 60, code: invalid, document: repeated("query "+marker+"{__typename}",
		"{__typename}", "")},
	{name: "subscriptions", size: 30, code: invalid, document: numbered("", "subscription "+marker+"%d{__typename}",
		"")},
	{name: "type definitions", size: 30, code: unparsable, document: numbered("", "type "+marker+"%d{a:Int}", "")},
}

// fragmentAttacks multiply (D2 and D3): 25 and 50 levels are 2^25 and 2^50 fields, 8 levels of ten 10^8.
var fragmentAttacks = []attack{
	{name: "D2 introspection, two ways", introspective: true, size: 25, code: tooComplex,
		document: chain("{__schema{types{..."+marker+"0}}}", "__Type", "ofType{...%s}b:ofType{...%s}", "name")},
	{name: "D2 introspection without aliases", introspective: true, size: 20, code: tooComplex,
		document: chain("{__type(name:\"Query\"){..."+marker+"0}}", "__Type", "ofType{...%s ...%s}", "name")},
	{name: "D2 within 20 fragments", introspective: true, size: 10, code: tooComplex,
		document: chain("{__type(name:\"Query\"){..."+marker+"0}}", "__Type", "...%s ...%s ...%s", "name")},
	{name: "D3 two ways", size: 25, code: tooComplex, document: chain("{..."+marker+"0}", "Query", "...%s ...%s",
		"account{id}")},
	{name: "D3 40 deep", size: 40, code: tooComplex, document: chain("{account{..."+marker+"0}}", "Account",
		"...%s ...%s", "id")},
	{name: "D3 by fields", size: 20, code: tooComplex, document: chain("{account{..."+marker+"0}}", "Account",
		"identities{...%s}b:identities{...%s}", "id")},
	{name: "10 ways, 8 levels", size: 8, code: tooComplex, document: chain("{..."+marker+"0}", "Query",
		strings.Repeat("...%s ", 10), "account{id}")},
	{name: "10 ways, 8 levels, __typename", size: 8, code: tooComplex, document: chain("{..."+marker+"0}", "Query",
		strings.Repeat("...%s ", 10), "__typename")},
	{name: "10 ways, 8 levels, in introspection", introspective: true, size: 8, code: tooComplex,
		document: chain("{__schema{..."+marker+"0}}", "__Schema", strings.Repeat("...%s ", 10), "types{name}")},
	{name: "10 ways, 8 levels, around introspection", introspective: true, size: 8, code: tooComplex,
		document: chain("{..."+marker+"0}", "Query", strings.Repeat("...%s ", 10), "__schema{types{name}}")},
	{name: "10 ways, 8 levels, inline", size: 8, code: tooComplex, document: chain("{..."+marker+"0}", "Query",
		strings.Repeat("...{...%s} ", 10), "account{id}")},
	{name: "10 ways, 8 levels, unknown leaf", size: 8, code: invalid, document: chain("{..."+marker+"0}", "Query",
		strings.Repeat("...%s ", 10), "..."+marker)},
	{name: "10 ways, 8 levels, directives", size: 8, code: tooComplex, document: chain("{..."+marker+"0}", "Query",
		strings.Repeat("...%s@skip(if:true) ", 5), "account{id}")},
	{name: "fragments beside each other", size: 10, capped: true, code: invalid, document: func(n int) string {
		var spreads, text strings.Builder
		for i := range n {
			fmt.Fprintf(&spreads, "...%s%d ", marker, i)
			fmt.Fprintf(&text, " fragment %s%d on Account { %s }", marker, i, strings.Repeat("id ", 11)+marker)
		}
		return "{account{" + spreads.String() + "}}" + text.String()
	}},
	{name: "fragments beside each other in introspection", introspective: true, size: 10, capped: true, code: invalid,
		document: func(n int) string {
			var spreads, text strings.Builder
			for i := range n {
				fmt.Fprintf(&spreads, "ofType{...%s%d} ", marker, i)
				fmt.Fprintf(&text, " fragment %s%d on __Type { %s }", marker, i, strings.Repeat("name ", 11)+marker)
			}
			return "{__schema{types{" + spreads.String() + "}}}" + text.String()
		}},
	{name: "a fragment of many fields that nobody spreads",
		size: 400, code: tooComplex, document: repeated("{account{id}} fragment "+marker+" on Account{", "id ", "}")},
	{name: "a DAG of few fragments that nobody spreads",
		size: 8, code: invalid, document: chain("{account{id}}", "Account", "...%s ...%s ...%s", "id")},
	{name: "fragments of the same fields", size: 9, code: invalid, capped: true, document: func(n int) string {
		fields := numbered("", "f%d ", "")(45)
		return numbered("{account{", "..."+marker+"%d ", "}}")(n) +
			numbered("", " fragment "+marker+"%d on Account{"+fields+"}", "")(n)
	}},
	{name: "fragments of the same objects", size: 9, code: invalid, capped: true, document: func(n int) string {
		return numbered("{account{", "..."+marker+"%d ", "}}")(n) + numbered("", " fragment "+marker+
			"%d on Account{can{updateAccount{allowed reason}changePassword{allowed reason}nothing{a{b{c{d e f g}}}}}}",
			"")(n)
	}},
	{name: "the same fields in the same objects", size: 9, code: tooComplex, document: func(n int) string {
		return "{account{" + strings.Repeat("..."+marker+" ", n) + "}} fragment " + marker + " on Account{" +
			strings.Repeat("can{"+strings.Repeat("signOut{allowed}", 5)+"}", 6*n) + "}"
	}},
	{name: "large fragments that nobody spreads", size: 10, code: invalid, document: numbered("{account{id}}",
		" fragment "+marker+"%d on Account{"+strings.Repeat("id ", 40)+"}", "")},
	{name: "a DAG that nobody spreads", size: 25, code: tooComplex, document: chain("{account{id}}", "Account",
		"...%s ...%s", "id")},
	{name: "a row of 25", size: 25, code: tooComplex, document: chain("{account{..."+marker+"0}}", "Account", "...%s",
		"id")},
	{name: "a cycle", size: 10, code: invalid, document: chain("{account{..."+marker+"0}}", "Account", "...%s",
		"..."+marker+"0")},
	{name: "a cycle of all with all", size: 9, code: invalid, document: func(n int) string {
		var spreads, text strings.Builder
		for i := range n {
			fmt.Fprintf(&spreads, "...%s%d ", marker, i)
		}

		for i := range n {
			fmt.Fprintf(&text, " fragment %s%d on Account { %s }", marker, i, spreads.String())
		}

		return "{account{" + spreads.String() + "}}" + text.String()
	}},
	{name: "unused fragments", size: 60, code: tooComplex, document: numbered("{account{id}}",
		" fragment "+marker+"%d on Account {id}", "")},
	{name: "unused fragments below the cap", size: 10, code: invalid, document: numbered("{account{id}}",
		" fragment "+marker+"%d on Account {id}", "")},
	{name: "equal fragments", size: 9, code: invalid, document: repeated("{account{..."+marker+"}}",
		" fragment "+marker+" on Account {id}", "")},
	{name: "inline fragments", size: 50, code: tooComplex, document: repeated("{account{"+marker+" ", "...{id}", "}}")},
	{name: "unknown spreads", size: 240, code: invalid, document: numbered("{account{", "..."+marker+"%d ", "}}")},
	{name: "operations that share a fragment", size: 50, code: tooComplex, document: numbered("",
		"query A%d{..."+marker+"}", " fragment "+marker+" on Query{account{"+strings.Repeat("id ", 10)+"}}")},
}

// longAttacks have few tokens, and long ones.
var longAttacks = []attack{
	{name: "a long name of a field", size: 30_000, code: invalid, document: repeated("{account{"+marker, "a", "}}")},
	{name: "a long name of a type", size: 30_000, code: invalid, document: repeated("query($a:"+marker, "a",
		"){account{id}}")},
	{name: "a long name of an argument", size: 30_000, code: invalid, document: repeated("{account("+marker, "a",
		":1){id}}")},
	{name: "a long name of a directive", size: 30_000, code: invalid, document: repeated("{account @"+marker, "a",
		"{id}}")},
	{name: "a long name of a fragment", size: 30_000, code: invalid, document: repeated("{account{..."+marker, "a",
		"}}")},
	{name: "a long name of an operation", size: 30_000, code: unparsable, document: repeated("query "+marker, "a", "")},
	{name: "a long enum value", size: 30_000, code: invalid, document: repeated("mutation{signOut(input:{scope:"+marker,
		"a", "}){revokedSessions}}")},
	{name: "a long string for an enum", size: 30_000,
		code: invalid, document: repeated("mutation{signOut(input:{scope:\""+marker, "a", "\"}){revokedSessions}}")},
	{name: "a long name of an input field", size: 30_000,
		code: invalid, document: repeated("mutation{signOut(input:{"+marker, "a", ":1}){revokedSessions}}")},
	{name: "many long names of fields", size: 60, code: invalid, document: numbered("{account{",
		strings.Repeat(marker, 100)+"%d ", "}}")},
	{name: "many long names of types", size: 60, code: invalid, document: numbered("query(",
		"$a%d:"+strings.Repeat(marker, 90)+"%d ", "){account{id}}")},
	{name: "a long number", size: 30_000, code: invalid, document: repeated(
		"mutation{updateAccount(input:{firstName:\""+marker+"\" expectedVersion:1", "0", "}){account{id}}}",
	)},
	{name: "an unfinished string", size: 30_000, code: unparsable, document: repeated("{account(a:\""+marker, "a", "")},
	{name: "an unfinished block string", size: 15_000, code: unparsable, document: repeated("{account(a:\"\"\""+marker,
		"\n ", "")},
	{name: "a block string of lines", size: 15_000, code: invalid, document: repeated("{account(a:\"\"\""+marker, "\n",
		"\"\"\"){id}}")},
	{name: "escapes", size: 4_000, code: invalid, document: repeated("{account(a:\""+marker, `\u00e9`, "\"){id}}")},
	{name: "comments", size: 15_000, code: tooComplex, document: repeated("{account{"+marker+" ", "#\n", "}}")},
	{name: "a long comment", size: 30_000, code: invalid, document: repeated("{account{"+marker+" #", "#", "\n}}")},
	{name: "white space", size: 30_000, code: invalid, document: repeated("{account{"+marker, " ", "}}")},
	{name: "commas", size: 30_000, code: invalid, document: repeated("{account{"+marker, ",", "}}")},
	{name: "byte order marks", size: 9_000, code: invalid, document: repeated("", "\ufeff", "{"+marker+"}")},
	{name: "nothing", size: 1, code: unparsable, document: repeated("#"+marker, " ", "")},
}

// withInput returns a request of an operation with a JSON input.
func withInput(operation, input, selection string, value func(int) string) func(int) string {
	query, _ := json.Marshal("mutation($input:" + input + "!){" + operation + "(input:$input){" + selection + "}}")
	return func(n int) string {
		return `{"` + marker + `":"` + marker + `","query":` + string(query) + `,"variables":{"` + marker +
			`":1,"input":` + value(n) + `}}`
	}
}

func updating(value func(int) string) func(int) string {
	return withInput("updateAccount", "UpdateAccountInput", "account{id}", value)
}

// variableAttacks hide in the JSON outside the document.
var variableAttacks = []attack{
	{name: "D6 malformed JSON",
		size: 5_000, code: badRequest, body: repeated(`{"query":"`+marker+`","variables":{"password":"`, marker, `"`)},
	{name: "D6 no JSON", size: 5_000, code: badRequest, body: repeated(``, marker, ``)},
	{name: "a list of 100,000", size: 100_000, code: tooLarge, body: updating(repeated(`[1`, `,1`, `]`))},
	{name: "a list of 15,000", size: 15_000, code: invalid, body: updating(repeated(`[1`, `,1`, `]`))},
	{name: "a list for a string",
		size: 15_000, code: invalid, body: updating(repeated(`{"firstName":["`+marker+`"`, `,1`, `]}`))},
	{name: "deep objects", size: 5_000, code: badRequest, body: updating(nested(``, `{"a":`, `"`+marker+`"`, `}`, ``))},
	{name: "deep lists", size: 15_000, code: badRequest, body: updating(nested(``, `[`, `"`+marker+`"`, `]`, ``))},
	{name: "deep beside the request",
		size: 15_000, code: badRequest, body: nested(`{"query":"{`+marker+`}","`+marker+`":`, `[`, `1`, `]`, `}`)},
	{name: "unfinished lists", size: 60_000, code: badRequest, body: repeated(`{"query":"{`+marker+`}","a":`, `[`, ``)},
	{name: "a key of 1 MB", size: 1_000_000, code: tooLarge, body: updating(repeated(`{"`+marker, `a`, `":1}`))},
	{name: "a key of 30 kB", size: 30_000, code: invalid, body: updating(repeated(`{"`+marker, `a`, `":1}`))},
	{name: "many unknown keys",
		size: 2_500, code: invalid, body: updating(numbered(`{`, `"`+marker+`%d":1,`, `"a":1}`))},
	{name: "many unknown keys beside the request", size: 2_500, code: invalid, body: numbered(`{`, `"`+marker+`%d":1,`,
		`"query":"{a}"}`)},
	{name: "many variables beyond the document's",
		size: 2_500, code: invalid, body: numbered(`{"query":"{a}","variables":{`, `"`+marker+`%d":1,`, `"a":1}}`)},
	{name: "many attributes",
		size: 2_000, code: invalidInput, body: updating(numbered(`{"attributes":{`, `"`+marker+`%d":1,`, `"a":1}}`))},
	{name: "wide attributes",
		size: 15_000, code: invalidInput, body: updating(repeated(`{"attributes":{"`+marker+`":[1`, `,1`, `]}}`))},
	{name: "long attributes",
		size: 30_000, code: invalidInput, body: updating(repeated(`{"attributes":{"a":"`+marker, `a`, `"}}`))},
	{name: "a long name of a person",
		size: 30_000, code: invalidInput, body: updating(repeated(`{"firstName":"`+marker, `a`, `"}`))},
	{name: "a long URL",
		size: 30_000, code: invalidInput, body: updating(repeated(`{"avatarUrl":"https://`+marker, `a`, `"}`))},
	{name: "a long date",
		size: 30_000, code: invalidInput, body: updating(repeated(`{"birthDate":"2000-01-01`+marker, `1`, `"}`))},
	{name: "a long number for an Int", size: 30_000,
		code: invalid, body: updating(repeated(`{"firstName":"`+marker+`","expectedVersion":1`, `0`, `}`))},
	{name: "a long exponent for an Int", size: 30_000,
		code: invalid, body: updating(repeated(`{"firstName":"`+marker+`","expectedVersion":1e9`, `9`, `}`))},
	{name: "a long enum", size: 30_000, code: invalid, body: updating(repeated(`{"sex":"`+marker, `a`, `"}`))},
	{name: "a long e-mail address", size: 15_000, code: invalidInput, body: withInput("requestPasswordReset",
		"RequestPasswordResetInput", "accepted", repeated(`{"email":"`+marker+`@`, `a.`, `example"}`))},
	{name: "a long phone number", size: 30_000, code: invalidInput, body: withInput("requestPhoneUpdate",
		"RequestPhoneUpdateInput", "pending{challengeId}",
		repeated(`{"password":"`+marker+`","phone":"+4`, `8`, `"}`))},
	{name: "a long password", size: 30_000, code: invalidInput, body: withInput("signIn", "SignInInput", "account{id}",
		repeated(`{"email":"`+marker+`@example.com","password":"`, `a`, `"}`))},
	{name: "a long token", size: 30_000, code: invalidInput, body: withInput("confirmPasswordReset",
		"ConfirmPasswordResetInput", "revokedSessions",
		repeated(`{"password":"a fine new one","token":"`+marker, `a`, `"}`))},
	{name: "a long name of the operation",
		size: 30_000, code: invalid, body: repeated(`{"query":"{__typename}","operationName":"`+marker, `a`, `"}`)},
	{name: "a long documentId", size: 30_000, code: badRequest, body: repeated(`{"documentId":"sha256:`+marker, `a`,
		`"}`)},
	{name: "escapes in JSON", size: 5_000, code: unparsable, body: repeated(`{"query":"`+marker, `\u00e9`, `"}`)},
	{name: "an array of operations", size: 500, code: badRequest, body: repeated(`[`, `{"query":"{`+marker+`}"},`,
		`{"query":"{`+marker+`}"}]`)},
}
