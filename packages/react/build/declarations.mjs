// The types of the package, as it is packed: in terms of what a shop has, and no more of them than it can reach.
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const types = resolve(root, 'dist/types');

// The types of the documents name a package that only their generator needs; urql, which every page has, has the same type.
const file = resolve(types, 'gql/graphql.d.ts');
const [generator, urql] = ["'@graphql-typed-document-node/core'", "'@urql/core'"];

const text = readFileSync(file, 'utf8');
if (!text.includes(generator)) {
  throw new Error(`${file} doesn't name ${generator}: this step is needed no more`);
}
writeFileSync(file, text.replace(generator, urql));

// tsc writes the types of every module that a screen is made of, and those of the entries need few of them.
const { exports } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8'));
const reached = new Set();
for (const { types: entry } of Object.values(exports)) {
  if (entry !== undefined) {
    follow(resolve(root, entry));
  }
}
for (const entry of readdirSync(types, { recursive: true, withFileTypes: true })) {
  const path = resolve(entry.parentPath, entry.name);
  if (entry.isFile() && !reached.has(path)) {
    rmSync(path);
  }
}

function follow(declaration) {
  if (reached.has(declaration)) {
    return;
  }
  reached.add(declaration);
  for (const [, specifier] of readFileSync(declaration, 'utf8').matchAll(/(?:\bfrom |\bimport\(|\bimport )['"](\.[^'"]+)['"]/g)) {
    const path = resolve(dirname(declaration), specifier);
    follow([`${path}.d.ts`, resolve(path, 'index.d.ts')].find(existsSync) ?? unreadable(declaration, specifier));
  }
}

function unreadable(declaration, specifier) {
  throw new Error(`${declaration} names ${specifier}, of which there are no types`);
}
