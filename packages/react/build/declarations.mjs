// The types of the documents name a package that only their generator needs; urql, which every page has, has the same type.
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

const file = resolve(import.meta.dirname, '../dist/types/gql/graphql.d.ts');
const [generator, urql] = ["'@graphql-typed-document-node/core'", "'@urql/core'"];

const text = readFileSync(file, 'utf8');
if (!text.includes(generator)) {
  throw new Error(`${file} doesn't name ${generator}: this step is needed no more`);
}
writeFileSync(file, text.replace(generator, urql));
