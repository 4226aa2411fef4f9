// gql.tada, in urql. build.sh has compiled the program under strict.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { headers, input, serve, serveOnly } from './servers.mjs';
import { read, readByName } from './build/js/tada/program.js';

// Built for development, urql takes no document that is only a name.
process.env.NODE_ENV = 'production';

test('gql.tada, with typed documents', async () => {
  const account = await read(await serve(), headers(), input.email, input.password);
  seen(account);
});

test('gql.tada, with documents of its own manifest only', async () => {
  const url = await serveOnly('tada/documents.json');
  seen(await readByName(url, headers(), input.email, input.password));
  await assert.rejects(read(url, headers(), input.email, input.password), /only trusted documents/i);
});

function seen(account) {
  assert.equal(account.email, input.email);
  assert.equal(account.emailVerified, true);
  assert.deepEqual(account.activity.edges.map(({ node }) => node.outcome), ['SUCCESS']);
}
