// What corpus.mjs shows to graphql-js.

const after = (literal) => `{account{activity(after:${literal}){edges{cursor}}}}`;

// Bodies of texts: every kind of escape, whole and broken.
const bodies = [
  '', 'a', 'żółć', '😀', '\\"', '\\\\', '\\/', '\\b\\f\\n\\r\\t', '\\a', '\\x41', '\\u0041', '\\u00e9', '\\u0000', '\\u{0}', '\\u{41}', '\\u{1F600}',
  '\\u{1f600}', '\\u{10FFFF}', '\\u{110000}', '\\u{000041}', '\\u{00000041}', '\\u{000000041}', '\\u{}', '\\u{', '\\u{G}', '\\u{41', '\\u{ 41}',
  '\\u{D800}', '\\u{DFFF}', '\\u{D83D}\\u{DE00}', '\\uD83D\\uDE00', '\\ud83d\\ude00', '\\uD83D', '\\uDE00', '\\uD83Dx', '\\uD83D\\n', '\\uD83D\\u0041',
  '\\uD83D\\uD83D\\uDE00', '\\uDE00\\uD83D', '\\uD83D\\uDE00\\uDE01', '\\uD83D\\uDE00\\uD83D\\uDE01', '\\\\uD83D', '\\\\\\uD83D', '\\\\\\uD83D\\uDE00',
  '\\uD83D\\u{DE00}', '\\u{D83D}\\uDE00', '\\uD83D \\uDE00', '\\uFFFD', '\ufffd', '\\uFFFE', '\\uD7FF', '\\uE000', '\\u004', '\\u', '\\uZZZZ', '\\U0041',
  '\\u 041', '\\uD83D\\uDE0', '\\uD83D\\', '\\', 'tab\there', 'bell\u0007', 'del\u007f', 'nul\u0000', 'nel\u0085', 'ls\u2028', 'line\nbreak', 'line\rbreak',
  '#', '# \\uD83D', "it's", '${x}', '\u00a0', '\ufeff', '\u200d', 'e\u0301', 'horse battery \\uD83D\\uDE00\\uD83D\\uDE01', 'horse battery \\u{1F600}\\u{1F601}',
];

// Bodies of block strings.
const blocks = [
  '', 'a', '\n a\n  b\n', '\n\n  a\n', ' a\n b', '\ta\n\tb', 'a\r\nb', 'a\rb', '\\"""', 'a\\"""b', '\\n', '\\uD83D', '\\u{1F600}', '"', '""', ' " ', '\\\\"""', '#',
  '\n    a\n\n    b\n   ', '  \n  ', 'bell\u0007', 'nul\u0000', '😀', '\\', '\\\\', 'a\\', 'e\u0301',
];

export const texts = [
  ...bodies.map((body) => after(`"${body}"`)),
  ...blocks.map((body) => after(`"""${body}"""`)),
  after('"a" "b"'), after('"\\uD83D" "\\uDE00"'), after('"""'), after('"'), after('""""'), after('""""a"""'), after('"""a""""'), after('"""a"""""'), after('"""a""""""'), after('"""\\""""""'), after('""""""'), after('"a'),
  `${after('"a"')}# \\uD83D "`, `# "\\uD83D\n${after('"a"')}`, `{account{id}} # "`, `{account{id}} """`, `"""d"""query A${after('"\\u{1F600}"')}`,
  'mutation{signIn(input:{email:"a@example.com",password:"\\uD83D\\uDE00\\uD83D\\uDE01"}){session{id}}}',
  'mutation{signIn(input:{email:"a@example.com",password:"\\uD83D\\uDE00\\uD83D"}){session{id}}}',
  'mutation{signIn(input:{email:"a@example.com",password:"""\\uD83D"""}){session{id}}}',
  'mutation{updateAccount(input:{attributes:{a:"\\uDE00"}}){account{attributes}}}',
  'query($a:String="\\uD83D"){account{activity(after:$a){edges{cursor}}}}', 'query($a:String="\\u{1F600}"){account{activity(after:$a){edges{cursor}}}}',
  '{account{id @include(if:true) @deprecated(reason:"\\uD83D")}}',
];

export const documents = [
  // The first twelve are taken apart, too.
  '{account{id email}}',
  'query A($first:Int!=20,$after:String){account{activity(first:$first,after:$after){edges{cursor node{at}}pageInfo{endCursor}}}}',
  'mutation M($input:UpdateAccountInput!){updateAccount(input:$input){account{...F}}}fragment F on Account{id version agreements{email}}',
  '"""What it does."""query A("Why."$a:Boolean!){apiKey@include(if:$a){name}}',
  'mutation{signOut(input:{scope:ALL_SESSIONS}){revokedSessions}}',
  'mutation{signOut{revokedSessions}}',
  'mutation{updateAccount(input:{firstName:"A",sex:null,attributes:{a:[1,2.5,true,null,{b:"c"}]}}){account{attributes}}}',
  '{a:account{...on Account{id}...@skip(if:false){email}__typename}}',
  'query A{account{id}}query B{apiKey{name}}',
  'mutation($e:EmailAddress="a@example.com"){requestPasswordReset(input:{email:$e}){accepted}}',
  '{account{activity(first:10,after:null){edges{node{outcome}}}}}',
  '{__schema{types{name fields(includeDeprecated:true){name}}}__type(name:"Account"){kind}}',

  // Descriptions, of September 2025.
  '"d"query A{account{id}}', '"d"{account{id}}', '"""d"""{account{id}}', '"d"mutation A{signOut{revokedSessions}}', '"d""e"query A{account{id}}',
  '{account{...F}}"d"fragment F on Account{id}', 'query A("d"$a:String){account{activity(after:$a){edges{cursor}}}}', 'query A($a:"d"String){account{id}}',
  'query"d"A{account{id}}', 'query A"d"{account{id}}', '"d"', '"d"query', '{"d"account{id}}', '{account{"d"id}}', '{account{activity("d"first:1){edges{cursor}}}}',
  '"\\uD83D"query A{account{id}}', '"\\u{1F600}"query A{account{id}}', '"""d\n"""\nquery A{account{id}}', '# c\n"d"# c\nquery A{account{id}}',
  'query A("d"$a:String,"e"$b:Int!){account{activity(after:$a,first:$b){edges{cursor}}}}', '"d"subscription A{a}', '"d"type A{a:Int}', '"d"query A{account{id}}"d"',

  // Numbers and names.
  ...['0', '-0', '00', '01', '1.', '.1', '1.0', '1e0', '1e', '-', '--1', '+1', '1_0', '0x1', '2147483647', '2147483648', '-2147483648', '-2147483649', '1a', '1.0a', '1e1.', '9'.repeat(30)]
    .map((number) => `{account{activity(first:${number}){edges{cursor}}}}`),
  ...['1e999', '-1e999', '9'.repeat(25), '1.5', '-0.0', '1e5', 'NaN', 'Infinity'].map((number) => `mutation{updateAccount(input:{attributes:{a:${number}}}){account{id}}}`),
  ...['2147483648', '1.0', '"1"', 'true', 'A', '{}', '[]', '[1]', 'null'].map((value) => `mutation{updateAccount(input:{expectedVersion:${value}}){account{id}}}`),
  ...['1', 'true', 'A', '"A"', '[]', '["A"]', '{}', 'null', '1.5'].map((value) => `mutation{updateAccount(input:{firstName:${value}}){account{id}}}`),
  ...['MALE', '"MALE"', 'male', 'X', '1', '[MALE]', 'null', 'true'].map((value) => `mutation{updateAccount(input:{sex:${value}}){account{id}}}`),
  ...['true', '1', '"true"', 'null', 'T'].map((value) => `mutation{updateAccount(input:{agreements:{email:${value}}}){account{id}}}`),
  ...['"a"', '1', '-1', '1.5', 'true', 'A', 'null', '99999999999999999999'].map((value) => `mutation{revokeSession(input:{id:${value}}){revokedSessions}}`),
  ...['null', '{}', '{scope:null}', '{scope:THIS_SESSION,scope:THIS_SESSION}', '{a:1}', '[]', '[{}]', '"a"'].map((value) => `mutation{signOut(input:${value}){revokedSessions}}`),

  // Variables and directives.
  'query($a:Boolean){apiKey@include(if:$a){name}}', 'query($a:Boolean=true){apiKey@include(if:$a){name}}', 'query($a:Boolean=null){apiKey@include(if:$a){name}}',
  'query($a:Boolean!){apiKey@include(if:$a)@skip(if:$a){name}}', '{apiKey@include{name}}', '{apiKey@include(if:null){name}}', '{apiKey@include(if:"true"){name}}',
  '{apiKey@include(if:true)@include(if:true){name}}', '{apiKey@nothing{name}}', 'query@include(if:true){apiKey{name}}', '{apiKey@include(if:true,a:1){name}}',
  'query($a:Int){account{activity(first:$a){edges{cursor}}}}', 'query($a:Int=null){account{activity(first:$a){edges{cursor}}}}', 'query($a:String){account{activity(first:$a){edges{cursor}}}}',
  'query($a:[Int]){account{activity(first:$a){edges{cursor}}}}', 'query($a:Int!,$a:Int!){account{activity(first:$a){edges{cursor}}}}', 'query($a:Int!){account{id}}', '{account{activity(first:$a){edges{cursor}}}}',
  'query($a:Account){account{id}}', 'query($a:Nothing){account{id}}', 'query($a:Int!=1){account{activity(first:$a){edges{cursor}}}}', 'query($a:Int="1"){account{activity(first:$a){edges{cursor}}}}',
  'query($a:Int=2147483648){account{activity(first:$a){edges{cursor}}}}', 'query($a:Int=$b,$b:Int){account{activity(first:$a){edges{cursor}}}}', 'mutation($a:SignOutScope){signOut(input:{scope:$a}){revokedSessions}}',
  'mutation($a:EmailAddress){requestPasswordReset(input:{email:$a}){accepted}}', 'mutation($a:String!){requestPasswordReset(input:{email:$a}){accepted}}', 'mutation($a:SignOutInput={scope:null}){signOut(input:$a){revokedSessions}}',
  'mutation($a:JSONObject){updateAccount(input:{attributes:$a}){account{id}}}', 'mutation($a:String){updateAccount(input:{attributes:{a:$a}}){account{id}}}', 'mutation($a:UpdateAccountInput){updateAccount(input:$a){account{id}}}',
  'query A($a:Boolean!){...F}query B{...F}fragment F on Query{apiKey@include(if:$a){name}}', 'query A($a:Boolean!){...F}fragment F on Query{apiKey@include(if:$a){name}}',

  // Selections and fragments.
  '{}', '{account}', '{account{}}', '{account{id{a}}}', '{nothing}', '{account{nothing}}', '{account(a:1){id}}', '{account{activity(first:1,first:1){edges{cursor}}}}', '{account{id:email id}}', '{account{a:id a:id}}',
  '{account{a:activity(first:1){edges{cursor}}a:activity(first:2){edges{cursor}}}}', '{account{...on Session{id}}}', '{account{...on Nothing{id}}}', '{account{...on String{id}}}', '{account{...F}}', '{account{...F}}fragment F on Account{...F}',
  '{account{id}}fragment F on Account{id}', '{account{...F}}fragment F on Account{id}fragment F on Account{email}', '{account{...F}}fragment F on Session{id}', '{account{...F}}fragment on on Account{id}', '{account{...on}}', '{...on Query{account{id}}}',
  '{account{...F}}fragment F on Account{...G}fragment G on Account{...F}', '{...{account{id}}}', 'query A{account{id}}query A{account{id}}', '{account{id}}{account{id}}', '{account{id}}query A{account{id}}', 'subscription{a}', 'mutation{nothing}', 'mutation{__typename}',
  '{__typename}', '{__typename{a}}', '{account{__typename}}', '{__schema}', '{account{__schema{types{name}}}}', '{__type{name}}', '{__type(name:1){name}}', '{account{__type(name:"A"){name}}}', '{account{a:sessions{id}a:identities{issuer}}}',
  '{account{a:sessions{id}...on Account{a:sessions{current}}}}', '{account{can{signOut{allowed}}can{signOut{reason}}}}', '{account{phone emailVerified:phoneVerified}}', '{account{a:id}b:account{a:email}}',

  // Lexical odds and ends.
  '', ' ', '# only a comment', ',', '{,account,{,id,},}', '\ufeff{account{id}}', '{account{id}}\ufeff', '{account\u00a0{id}}', '{account\u2028{id}}', '{account{id}}\u0000', '{account{\u0007id}}', '{accounté{id}}', '{account{id}}}', '{{account{id}}', '{account{id}};',
  '{account{id}}?', '{account{id}}&', '{account{id}}|', '{account{id}}%', '{account{..F}}', '{account{....F}}', '{account{id}}\r\n', '{account\r{id}}', "{account{activity(after:'a'){edges{cursor}}}}", '{account{activity(after:`a`){edges{cursor}}}}', '{account:{id}}',
  '{:account{id}}', '{a:b:account{id}}', '{account{id}@a}', 'query query{account{id}}', 'query on{account{id}}', '{fragment{id}}', '{query:account{mutation:id true:email null:phone}}', 'query($true:Boolean!){apiKey@skip(if:$true){name}}', 'query(){account{id}}',
  '{account(){id}}', '{account{activity(first:){edges{cursor}}}}', '{account{activity(:1){edges{cursor}}}}', '{account{activity(first 1){edges{cursor}}}}', 'query($:Int){account{id}}', 'query(a:Int){account{id}}', 'query($a){account{id}}', 'query($a:){account{id}}',
  'query($a:Int!!){account{id}}', 'query($a:[Int){account{id}}', 'query($a:Int]){account{id}}', 'type A{a:Int}', 'extend type Account{a:Int}', 'schema{query:Query}', 'scalar A', '{account{id}}type A{a:Int}', 'fragment F($a:Int) on Account{id}', 'fragment F on Account{id}', 'Query{account{id}}',
  'query A:{account{id}}', '@a{account{id}}', '{account@{id}}', '{account@include(){id}}', '{account{id}}"', '{account{id}}"""', '{account{activity(after:"a\\'.concat('"){edges{cursor}}}}'),
];

const page = 'query($n:Int=1,$a:String){account{activity(first:$n,after:$a){edges{cursor}}}}';
const profile = 'mutation($i:UpdateAccountInput!){updateAccount(input:$i){account{id}}}';

// Documents with variables.
export const requests = [
  ...['{}', '{"n":2}', '{"n":5.0}', '{"n":5e0}', '{"n":50e-1}', '{"n":1.5}', '{"n":"1"}', '{"n":null}', '{"n":true}', '{"n":[1]}', '{"n":{}}', '{"n":2147483648}', '{"n":2147483648.0}', '{"n":1e999}', '{"a":null}', '{"a":"NQ"}', '{"a":1}',
    '{"b":1}'].map((variables) => [page, variables]),
  ...['{"a":true}', '{"a":null}', '{}', '{"a":1}', '{"a":"true"}'].map((variables) => ['query($a:Boolean=true){apiKey@include(if:$a){name}}', variables]),
  ...['{"a":true}', '{"a":null}', '{}'].map((variables) => ['query($a:Boolean!){apiKey@skip(if:$a){name}}', variables]),
  ...['{"a":true}', '{"a":null}', '{}'].map((variables) => ['mutation($a:Boolean=false){updateAccount(input:{city:"A"}){account{id@skip(if:$a)}}}', variables]),
  ...['{"s":"THIS_SESSION"}', '{"s":null}', '{}', '{"s":"this_session"}', '{"s":1}'].map((variables) => ['mutation($s:SignOutScope){signOut(input:{scope:$s}){revokedSessions}}', variables]),
  ...['{"s":"ALL_SESSIONS"}', '{"s":null}', '{}'].map((variables) => ['mutation($s:SignOutScope=THIS_SESSION){signOut(input:{scope:$s}){revokedSessions}}', variables]),
  ...['{"i":{"scope":"THIS_SESSION"}}', '{"i":{}}', '{"i":null}', '{}', '{"i":{"scope":null}}', '{"i":{"a":1}}', '{"i":[]}', '{"i":"a"}'].map((variables) => ['mutation($i:SignOutInput){signOut(input:$i){revokedSessions}}', variables]),
  ...['{"e":"a@example.com"}', '{"e":null}', '{}'].map((variables) => ['mutation($e:EmailAddress="b@example.com"){requestPasswordReset(input:{email:$e}){accepted}}', variables]),
  ...['{"i":"a"}', '{"i":1}', '{"i":1.0}', '{"i":1.5}', '{"i":true}', '{"i":null}', '{}'].map((variables) => ['mutation($i:ID!){revokeSession(input:{id:$i}){revokedSessions}}', variables]),
  ...['{"i":{}}', '{"i":{"firstName":"A"}}', '{"i":{"firstName":1}}', '{"i":{"firstName":null}}', '{"i":{"firstName":["A"]}}', '{"i":{"sex":"MALE"}}', '{"i":{"sex":"male"}}', '{"i":{"expectedVersion":1.0}}', '{"i":{"expectedVersion":1.5}}', '{"i":{"expectedVersion":-0}}', '{"i":{"expectedVersion":0.0}}', '{"i":{"expectedVersion":"1"}}',
    '{"i":{"agreements":{"email":true}}}', '{"i":{"agreements":{"email":"true"}}}', '{"i":{"agreements":null}}', '{"i":{"nothing":1}}', '{"i":null}', '{}'].map((variables) => [profile, variables]),
  ...['{"n":null}', '{"n":"Account"}', '{}'].map((variables) => ['query($n:String="Account"){__type(name:$n){name}}', variables]),
];
