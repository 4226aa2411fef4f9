// graphql-request.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GraphQLClient } from 'graphql-request';
import { email, headers, input, serve, token } from './servers.mjs';

test('graphql-request', async () => {
  const url = await serve();
  const client = new GraphQLClient(url, { headers: headers(await token(url)) });
  assert.equal((await client.request(email)).account.email, input.email);
  await assert.rejects(
    client.request('{ account { activity(first: 0) { edges { cursor } } } }'),
    error => error.response.errors[0].extensions.field === 'first',
  );
});
