// What docs/clients.md tells to write stands in what runs: every piece of code in a row that is marked ✓.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';

const root = new URL('../../', import.meta.url);
const read = file => readFileSync(new URL(file, root), 'utf8');
const bare = text => text.replaceAll(/\s+/g, '');

const files = folder =>
  readdirSync(new URL(folder, root), { withFileTypes: true })
    .filter(entry => entry.isFile() && /\.(mjs|js|ts|json|sh|go|yaml)$/.test(entry.name) && entry.name !== 'docs.test.mjs')
    .map(({ name }) => folder + name);
const folders = ['test/clients/', 'test/clients/codegen/', 'test/clients/tada/', 'test/clients/relay/', 'examples/go/', 'examples/go/accountql/'];
const sources = bare([...folders.flatMap(files), 'graph/example_test.go'].map(read).join('\n'));

test('every snippet of docs/clients.md is run', () => {
  const rows = read('docs/clients.md').split('\n').filter(line => line.startsWith('| ') && line.endsWith('✓ |'));
  assert.ok(rows.length > 10, rows.length);
  for (const row of rows) {
    const [, needs] = row.split(' | ');
    for (const [, code] of needs.matchAll(/`([^`]+)`/g)) {
      // The test of urql takes the keys from the page itself.
      assert.ok(code.startsWith('keys: ') || sources.includes(bare(code)), `no test runs \`${code}\``);
    }
  }
});
