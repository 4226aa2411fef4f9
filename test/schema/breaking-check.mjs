// Compares schema.graphqls with released.graphqls, which `run` explains.
import { readFile } from 'node:fs/promises';
import { unnamed } from './breaking.mjs';

const read = (name) => readFile(new URL(name, import.meta.url), 'utf8');
const changes = await unnamed(await read('released.graphqls'), await read('../../schema.graphqls'), await read('../../CHANGELOG.md'));
for (const change of changes) {
  console.error(`breaks clients: ${change.message}\n  If that is meant, write under "## Unreleased", "### API" of CHANGELOG.md: - Breaking: \`${change.path}\` …`);
}
if (changes.length > 0) process.exit(1);
console.log('schema.graphqls: nothing breaks clients of the last release unannounced');
