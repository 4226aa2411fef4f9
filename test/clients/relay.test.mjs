// Relay's compiler and runtime.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Environment, Network, RecordSource, Store, fetchQuery } from 'relay-runtime';
import { ask, build, email, headers, input, serve, serveOnly, token } from './servers.mjs';

/** What the compiler made of a document, by itself or with persistConfig. */
const artifact = async (name, folder = 'relay') => (await import(build(`${folder}/${name}.graphql.js`))).default;

/** An environment whose network sends what body makes of an operation. */
const environment = (url, token, body) =>
  new Environment({
    store: new Store(new RecordSource()),
    network: Network.create((operation, variables) => ask(url, { ...body(operation), variables }, headers(token))),
  });

describe('Relay', async () => {
  test('reads the next page of a refetchable fragment', async () => {
    const url = await serve();
    await token(url); // another event
    const relay = environment(url, await token(url), operation => ({ query: operation.text }));
    await nextPage(relay, 'relay-plain');
  });

  test('does so with documents of its own manifest only', async () => {
    const url = await serveOnly('relay-documents.json');
    const sign = () => mutate(url, 'pageSignInMutation', { input });
    await sign(); // another event
    const session = (await sign()).signIn.session.token;
    const named = token => environment(url, token, operation => ({ documentId: operation.id }));
    await assert.rejects(fetchQuery(named(), await artifact('pageQuery'), {}).toPromise(), /sign in first/i);
    await nextPage(named(session), 'relay');

    const unknown = environment(url, session, () => ({ query: email }));
    await assert.rejects(fetchQuery(unknown, await artifact('pageQuery'), {}).toPromise(), /only trusted documents/i);
  });
});

/** Names a mutation by its id and returns its data. */
async function mutate(url, name, variables) {
  const { params } = await artifact(name);
  const { data, errors } = await ask(url, { documentId: params.id, variables });
  assert.ok(data, JSON.stringify(errors));
  return data;
}

/** Reads the account and the first event, and then the next one through node(id:). */
async function nextPage(relay, folder) {
  const { account } = await fetchQuery(relay, await artifact('pageQuery', folder), {}).toPromise();
  assert.equal(account.email, input.email);

  const fragment = await artifact('page_activity', folder);
  assert.equal(fragment.metadata.refetch.identifierInfo.identifierField, 'id');
  const record = typename => Object.values(relay.getStore().getSource().toJSON()).filter(({ __typename }) => __typename === typename);
  const after = record('PageInfo')[0].endCursor;
  await fetchQuery(relay, await artifact('pageActivityQuery', folder), { id: account.id, first: 1, after }).toPromise();

  const cursors = record('ActivityEdge').map(({ cursor }) => cursor);
  assert.ok(new Set(cursors).size >= 2 && cursors.includes(after), JSON.stringify(cursors));
  assert.ok(record('ActivityEvent').every(({ operation }) => operation !== undefined));
}
