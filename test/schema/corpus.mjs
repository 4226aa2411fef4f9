// Writes graph/testdata/graphql-js/corpus.json: documents, and what graphql-js says of each. A test in Go
// compares it with what AccountQL says. Without an argument it only looks whether the file is up to date.
import { readFile, writeFile } from 'node:fs/promises';
import {
  GraphQLError, Kind, TypeInfo, buildSchema, getArgumentValues, getDirectiveValues, getVariableValues, parse,
  validate, visit, visitWithTypeInfo,
} from 'graphql';
import { documents, requests, texts } from './corpus-seeds.mjs';

const root = new URL('../../', import.meta.url);
const target = new URL('graph/testdata/graphql-js/corpus.json', root);
const schema = buildSchema(await readFile(new URL('schema.graphqls', root), 'utf8'));

// read says how far graphql-js gets with a document: refused by parse, by validate, or by none, and its texts decoded.
function read(document) {
  let parsed;
  try {
    parsed = parse(document);
  } catch (error) {
    if (error instanceof GraphQLError) return { document, refused: 'parse' };
    throw error;
  }
  const found = [];
  visit(parsed, { [Kind.STRING]: (node) => void found.push(node.value) });
  const errors = validate(schema, parsed);
  if (errors.length > 0) return { document, refused: 'validate', texts: found };
  return { document, texts: found };
}

// take says whether graphql-js takes variables, and every argument that they stand in.
function take([document, variables]) {
  const parsed = parse(document);
  const errors = validate(schema, parsed);
  if (errors.length > 0) throw new Error(`${document}: ${errors[0].message}`);
  const operation = parsed.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const { coerced, errors: wrong } = getVariableValues(schema, operation.variableDefinitions ?? [], JSON.parse(variables));
  if (wrong) return { document, variables, refused: 'variables' };
  try {
    const info = new TypeInfo(schema);
    visit(parsed, visitWithTypeInfo(info, {
      Field: (node) => void getArgumentValues(info.getFieldDef(), node, coerced),
      Directive: (node) => void getDirectiveValues(schema.getDirective(node.name.value), { directives: [node] }, coerced),
    }));
  } catch (error) {
    if (error instanceof GraphQLError) return { document, variables, refused: 'arguments' };
    throw error;
  }
  return { document, variables };
}

// mutations leave out, repeat and swap each token of a document.
function mutations(document) {
  const tokens = document.match(/"""[^]*?"""|"(?:\\.|[^"\\])*"|\.\.\.|[\w$@.-]+|\S/g);
  return tokens.flatMap((token, i) => [
    tokens.toSpliced(i, 1), tokens.toSpliced(i, 0, token), tokens.toSpliced(i, 2, tokens[i + 1] ?? '', token),
  ]).map((list) => list.join(' '));
}

const cases = [...new Set([...texts, ...documents, ...documents.slice(0, 12).flatMap(mutations)])];
const lines = (list) => `[\n${list.map((one) => JSON.stringify(one)).join(',\n')}\n]`;
const corpus = `{"documents":${lines(cases.map(read))},"requests":${lines(requests.map(take))}}\n`;

if (process.argv[2] === 'write') {
  await writeFile(target, corpus);
} else if ((await readFile(target, 'utf8')) !== corpus) {
  console.error('graph/testdata/graphql-js/corpus.json is not what graphql-js says: run node corpus.mjs write in test/schema');
  process.exit(1);
}
console.log(`${cases.length} documents and ${requests.length} requests, as graphql-js reads them`);
