// urql, its normalized cache, and its persisted queries.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { Client, cacheExchange, fetchExchange } from '@urql/core';
import { cacheExchange as graphcache } from '@urql/exchange-graphcache';
import { persistedExchange } from '@urql/exchange-persisted';
import { counted, email, headers, input, serve, token, updateAccount } from './servers.mjs';

const everything = `query Everything {
  apiKey { name }
  account {
    id email city agreements { email } identities { issuer } pendingEmailChange { destination } sessions { id }
    can { signOut { allowed } } activity(first: 1) { edges { cursor node { at } } pageInfo { endCursor } }
  }
}`;

describe('urql', async () => {
  const url = await serve();
  const client = async (exchanges, options = {}) =>
    new Client({ url, exchanges, fetchOptions: { headers: headers(await token(url)) }, preferGetMethod: false, ...options });

  test('with the one setting', async () => {
    const urql = await client([cacheExchange, fetchExchange]);
    const { data, error } = await urql.query(email, {}).toPromise();
    assert.equal(data?.account.email, input.email, error);
    const changed = await urql.mutation(updateAccount, { input: { city: 'Halfway' } }).toPromise();
    assert.equal(changed.data?.updateAccount.account.city, 'Halfway', changed.error);
  });

  test('in its default form is told the setting', async () => {
    const { error } = await (await client([fetchExchange], { preferGetMethod: undefined })).query(email, {}).toPromise();
    assert.match(error.message, /preferGetMethod: false/);
  });

  test('with graphcache and the keys of docs/clients.md', async t => {
    const warned = t.mock.method(console, 'warn', () => {});
    const line = readFileSync(new URL('../../docs/clients.md', import.meta.url), 'utf8').match(/`keys: (\{.*?\})`/)[1];
    const keys = Object.fromEntries([...line.matchAll(/(\w+): \(\) => null/g)].map(([, type]) => [type, () => null]));
    const urql = await client([graphcache({ keys }), fetchExchange]);
    const { data, error } = await urql.query(everything, {}).toPromise();
    assert.equal(data?.account.email, input.email, error);
    const changed = await urql.mutation(updateAccount, { input: { city: 'Anoka' } }).toPromise();
    assert.equal(changed.data?.updateAccount.account.city, 'Anoka', changed.error);
    // What the mutation answered is what the next read of the cache shows.
    assert.equal((await urql.query(everything, {}, { requestPolicy: 'cache-only' }).toPromise()).data?.account.city, 'Anoka');
    assert.deepEqual(warned.mock.calls.map(({ arguments: [text] }) => text), []);
  });

  test('with persisted queries and the one setting', async () => {
    const { sent, fetch } = counted();
    const urql = await client([persistedExchange({ preferGetForPersistedQueries: false }), fetchExchange], { fetch });
    const { data, error } = await urql.query(email, {}).toPromise();
    assert.equal(data?.account.email, input.email, error);
    assert.deepEqual(sent.map(({ body }) => 'query' in JSON.parse(body)), [false, true]);
  });

  test('with persisted queries in their default form is told the setting', async () => {
    const { error } = await (await client([persistedExchange(), fetchExchange])).query(email, {}).toPromise();
    assert.match(error.message, /preferGetForPersistedQueries: false/);
  });
});
