// graphql-codegen with the client preset. build.sh has compiled the program under strict.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { headers, input, serve, serveOnly } from './servers.mjs';
import { read, readByName } from './build/js/codegen/program.js';

test('graphql-codegen, with typed documents', async () => {
  const account = await read(await serve(), headers(), input.email, input.password);
  seen(account);
});

test('graphql-codegen, with documents of its own manifest only', async () => {
  const url = await serveOnly('codegen/gql/persisted-documents.json');
  seen(await readByName(url, headers(), input.email, input.password));
  await assert.rejects(read(url, headers(), input.email, input.password), /only trusted documents/i);
});

function seen(account) {
  assert.equal(account.email, input.email);
  assert.equal(account.emailVerified, true);
  assert.deepEqual(account.activity.edges.map(({ node }) => node.outcome), ['SUCCESS']);
}
