// Relay's compiler and runtime.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Environment, Network, RecordSource, Store, fetchQuery } from 'relay-runtime';
import { ask, build, email, headers, input, manifest, serve, serveOnly, token } from './servers.mjs';

const artifact = async name => (await import(build(`relay/${name}.graphql.js`))).default;

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
    const documents = manifest('relay-documents.json');
    const relay = environment(url, await token(url), ({ id }) => ({ query: documents[id] }));
    await nextPage(relay);
  });

  test('does so with documents of its own manifest only', async () => {
    const url = await serveOnly('relay-documents.json');
    const signedIn = environment(url, undefined, ({ id }) => ({ documentId: id }));
    let session;
    for (let i = 0; i < 2; i++) {
      const { signIn } = await mutate(url, 'pageSignInMutation', { input });
      session = signIn.session.token;
    }
    await assert.rejects(fetchQuery(signedIn, await artifact('pageQuery'), {}).toPromise(), /sign in first/i);
    await nextPage(environment(url, session, ({ id }) => ({ documentId: id })));

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
async function nextPage(relay) {
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
}
