// Apollo Client 4.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { ApolloClient, ApolloLink, CombinedGraphQLErrors, HttpLink, InMemoryCache, gql } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { SetContextLink } from '@apollo/client/link/context';
import { RetryLink } from '@apollo/client/link/retry';
import { generatePersistedQueryIdsFromManifest } from '@apollo/persisted-query-lists';
import { counted, email, headers, input, manifest, serve, serveOnly, signIn, token } from './servers.mjs';

const client = (link, options = {}) => new ApolloClient({ link, cache: new InMemoryCache(), ...options });
const sha256 = async text => Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(text))).toString('hex');

describe('Apollo Client', async () => {
  const uri = await serve();

  test('in its default form', async () => {
    const plain = headers => client(new HttpLink({ uri, headers }));
    const { data } = await plain(headers()).mutate({ mutation: gql(signIn), variables: { input } });
    assert.match(data.signIn.session.token, /^as_/);
    const page = await plain(headers(data.signIn.session.token)).query({ query: gql(email) });
    assert.equal(page.data.account.email, input.email);
  });

  test('sees the code of a refusal', async () => {
    const refused = client(new HttpLink({ uri, headers: headers() })).query({ query: gql(email) });
    await assert.rejects(refused, error => CombinedGraphQLErrors.is(error) && error.errors[0].extensions.code === 'UNAUTHENTICATED');
  });

  test('with retries, client awareness, and persisted queries in their default form', async () => {
    const { sent, fetch } = counted();
    const http = new HttpLink({ uri, headers: headers(await token(uri)), fetch });
    const link = ApolloLink.from([new RetryLink(), new PersistedQueryLink({ sha256 }), http]);
    const aware = client(link, { clientAwareness: { name: 'shop', version: '1' } });
    assert.equal((await aware.query({ query: gql(email) })).data.account.email, input.email);
    assert.equal((await aware.query({ query: gql('query Id { account { id email } }') })).data.account.email, input.email);
    // The first query learned that hashes are not kept; the second was sent at once.
    assert.deepEqual(sent.map(({ body }) => 'query' in JSON.parse(body)), [false, true, true]);
    assert.equal(sent[0].headers['apollographql-client-name'], 'shop');
  });

  test('asks again after a broken connection', async () => {
    let broken = 0;
    const fetch = (to, options) => (broken++ === 0 ? Promise.reject(new TypeError('fetch failed')) : globalThis.fetch(to, options));
    const http = new HttpLink({ uri, headers: headers(await token(uri)), fetch });
    const { data } = await client(ApolloLink.from([new RetryLink(), http])).query({ query: gql(email) });
    assert.equal(data.account.email, input.email);
    assert.equal(broken, 2);
  });

  test('sends a change again whose answer was lost, and it is made once', async () => {
    const { sent, fetch: counting } = counted();
    const losing = async (to, options) => {
      const answer = await counting(to, options);
      if (sent.length === 1) {
        await answer.text();
        throw new TypeError('the connection broke');
      }
      return answer;
    };
    const link = ApolloLink.from([
      new SetContextLink(({ headers }) => ({ headers: { ...headers, 'Idempotency-Key': crypto.randomUUID() } })),
      new RetryLink(),
      new HttpLink({ uri, headers: headers(), fetch: losing }),
    ]);
    const sessions = async token => {
      const { data } = await client(new HttpLink({ uri, headers: headers(token) })).query({ query: gql('query Count { account { id sessionCount } }') });
      return data.account.sessionCount;
    };
    const before = await sessions(await token(uri));
    const { data } = await client(link).mutate({ mutation: gql(signIn), variables: { input } });
    const keys = sent.map(({ headers }) => headers['Idempotency-Key'] ?? headers['idempotency-key']);
    assert.match(keys[0], /^[0-9a-f-]{36}$/);
    assert.deepEqual(keys, [keys[0], keys[0]]);
    assert.equal(await sessions(data.signIn.session.token), before + 1);
  });
});

describe('Apollo Client, with documents of its own manifest only', async () => {
  const uri = await serveOnly('apollo-documents.json');
  const document = name => gql(readFileSync(new URL(`apollo/${name}.graphql`, import.meta.url), 'utf8'));

  test('names them', async () => {
    const { sent, fetch } = counted();
    const loadManifest = () => manifest('apollo-documents.json');
    const named = token =>
      client(
        ApolloLink.from([
          new PersistedQueryLink(generatePersistedQueryIdsFromManifest({ loadManifest })),
          new HttpLink({ uri, headers: headers(token), fetch }),
        ]),
      );

    const { data } = await named().mutate({ mutation: document('sign-in'), variables: { input } });
    const page = await named(data.signIn.session.token).query({ query: document('page') });
    assert.equal(page.data.account.email, input.email);
    assert.deepEqual(sent.map(({ body }) => 'query' in JSON.parse(body)), [false, false]);
  });

  test('is refused another one', async () => {
    const other = client(new HttpLink({ uri, headers: headers() })).query({ query: gql(email) });
    await assert.rejects(other, /only trusted documents/i);
  });
});
