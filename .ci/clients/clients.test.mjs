// The clients that people use, set up as docs/clients.md says, on the real binary. Each asserts data.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { ApolloClient, ApolloLink, CombinedGraphQLErrors, HttpLink, InMemoryCache, gql } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { RetryLink } from '@apollo/client/link/retry';
import { Client, cacheExchange, fetchExchange } from '@urql/core';
import { cacheExchange as graphcache } from '@urql/exchange-graphcache';
import { persistedExchange } from '@urql/exchange-persisted';
import { GraphQLClient } from 'graphql-request';
import { Environment, Network, RecordSource, Store, fetchQuery } from 'relay-runtime';
import { start } from '../browser/binary.mjs';

const key = 'ak_development_do-not-use-this-key-outside-your-own-machine';
const signIn = 'mutation ($input: SignInInput!) { signIn(input: $input) { session { token } account { id } } }';
const input = { email: 'demo@example.com', password: 'correct horse battery staple' };
const email = 'query Email { account { email } }';
const everything = `query Everything {
  apiKey { name }
  account {
    id email city agreements { email } identities { issuer } pendingEmailChange { destination } sessions { id }
    can { signOut { allowed } } activity(first: 1) { edges { cursor node { at } } pageInfo { endCursor } }
  }
}`;
const build = file => new URL(`build/${file}`, import.meta.url);
const sha256 = async text => Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(text))).toString('hex');

/** The lines that differ from what every client does by itself. */
const headers = token => ({ 'X-Api-Key': key, ...(token && { Authorization: `Bearer ${token}` }) });

let open, trusting, url, named;
before(async () => {
  const manifest = which => ['--trusted-documents', build(which).pathname, '--trusted-documents-only'];
  [open, ...trusting] = await Promise.all([start(), start(...manifest('relay-documents.json')), start(...manifest('apollo-documents.json'))]);
  url = `${open.address}/graphql`;
  named = trusting.map(({ address }) => `${address}/graphql`);
});
after(() => Promise.all([open, ...(trusting ?? [])].map(server => server?.stop())));

/** A session, by plain fetch. */
async function token(of = url, body = { query: signIn, variables: { input } }) {
  const answer = await fetch(of, { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers() }, body: JSON.stringify(body) });
  return (await answer.json()).data.signIn.session.token;
}

/** Counts the requests that a client sends. */
function counted() {
  const sent = [];
  return { sent, fetch: (to, options) => (sent.push({ to: String(to), ...options }), fetch(to, options)) };
}

describe('Apollo Client', () => {
  const client = (link, options = {}) => new ApolloClient({ link, cache: new InMemoryCache(), ...options });

  test('in its default form', async () => {
    const plain = client(new HttpLink({ uri: url, headers: headers() }));
    const { data } = await plain.mutate({ mutation: gql(signIn), variables: { input } });
    assert.match(data.signIn.session.token, /^as_/);
    const signedIn = client(new HttpLink({ uri: url, headers: headers(data.signIn.session.token) }));
    assert.equal((await signedIn.query({ query: gql(email) })).data.account.email, input.email);
  });

  test('sees the code of a refusal', async () => {
    const refused = client(new HttpLink({ uri: url, headers: headers() })).query({ query: gql(email) });
    await assert.rejects(refused, error => CombinedGraphQLErrors.is(error) && error.errors[0].extensions.code === 'UNAUTHENTICATED');
  });

  test('with retries, client awareness, and persisted queries in their default form', async () => {
    const { sent, fetch } = counted();
    const link = ApolloLink.from([new RetryLink(), new PersistedQueryLink({ sha256 }), new HttpLink({ uri: url, headers: headers(await token()), fetch })]);
    const aware = client(link, { clientAwareness: { name: 'shop', version: '1' } });
    assert.equal((await aware.query({ query: gql(email) })).data.account.email, input.email);
    assert.equal((await aware.query({ query: gql('query Id { account { id email } }') })).data.account.email, input.email);
    // The first query learned that hashes are not kept; the second was sent at once.
    assert.deepEqual(sent.map(({ body }) => 'query' in JSON.parse(body)), [false, true, true]);
    assert.equal(sent[0].headers['apollographql-client-name'], 'shop');
  });

  test('with documents of its own manifest only', async () => {
    const { operations } = JSON.parse(readFileSync(build('apollo-documents.json')));
    const page = operations.find(({ name }) => name === 'ApolloPage');
    const link = ApolloLink.from([
      new PersistedQueryLink({ generateHash: () => page.id }),
      new HttpLink({ uri: named[1], headers: headers() }),
    ]);
    assert.equal((await client(link).query({ query: gql(page.body) })).data.apiKey.name, 'development');
  });
});

describe('urql', () => {
  const client = async (exchanges, options = {}) =>
    new Client({ url, exchanges, fetchOptions: { headers: headers(await token()) }, preferGetMethod: false, ...options });

  test('with the one setting', async () => {
    const urql = await client([cacheExchange, fetchExchange]);
    const { data, error } = await urql.query(email, {}).toPromise();
    assert.equal(data?.account.email, input.email, error);
    const changed = await urql.mutation('mutation ($input: UpdateAccountInput!) { updateAccount(input: $input) { account { city } } }', { input: { city: 'Halfway' } }).toPromise();
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
    const changed = await urql.mutation('mutation ($input: UpdateAccountInput!) { updateAccount(input: $input) { account { id city } } }', { input: { city: 'Anoka' } }).toPromise();
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

test('graphql-request', async () => {
  const client = new GraphQLClient(url, { headers: headers(await token()) });
  assert.equal((await client.request(email)).account.email, input.email);
  await assert.rejects(client.request('{ account { activity(first: 0) { edges { cursor } } } }'), error => error.response.errors[0].extensions.field === 'first');
});

describe('Relay', () => {
  const artifact = async name => (await import(build(`relay/${name}.graphql.js`))).default;

  /** An environment whose network sends what body makes of an operation. */
  const environment = (to, token, body) =>
    new Environment({
      store: new Store(new RecordSource()),
      network: Network.create(async (operation, variables) => {
        const answer = await fetch(to, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', ...headers(token) },
          body: JSON.stringify({ ...body(operation), variables }),
        });
        return answer.json();
      }),
    });

  test('reads the next page of a refetchable fragment', async () => {
    await token(); // another event
    const documents = JSON.parse(readFileSync(build('relay-documents.json')));
    const relay = environment(url, await token(), ({ id }) => ({ query: documents[id] }));
    const { account } = await fetchQuery(relay, await artifact('pageQuery'), {}).toPromise();
    assert.equal(account.email, input.email);

    const fragment = await artifact('page_activity');
    assert.equal(fragment.metadata.refetch.identifierInfo.identifierField, 'id');
    const record = typename => Object.values(relay.getStore().getSource().toJSON()).filter(({ __typename }) => __typename === typename);
    const after = record('PageInfo')[0].endCursor;
    await fetchQuery(relay, await artifact('pageActivityQuery'), { id: account.id, first: 1, after }).toPromise();
    const cursors = record('ActivityEdge').map(({ cursor }) => cursor);
    assert.ok(new Set(cursors).size >= 2 && cursors.includes(after), JSON.stringify(cursors));
    assert.ok(record('ActivityEvent').every(({ operation }) => operation !== undefined));
  });

  test('names documents by the ids of its own manifest', async () => {
    const relay = environment(named[0], undefined, ({ id }) => ({ documentId: id }));
    assert.equal((await fetchQuery(relay, await artifact('pageKeyQuery'), {}).toPromise()).apiKey.name, 'development');
    const unknown = environment(named[0], undefined, () => ({ query: email }));
    await assert.rejects(fetchQuery(unknown, await artifact('pageQuery'), {}).toPromise(), /only trusted documents/i);
  });
});
