// Composes the schema of the real binary with that of another subgraph, and lets Apollo's gateway run queries over both,
// as docs/federation.md says.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { composeServices } from '@apollo/composition';
import { ApolloGateway, LocalGraphQLDataSource, RemoteGraphQLDataSource } from '@apollo/gateway';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { start } from '../browser/binary.mjs';

const key = 'ak_development_do-not-use-this-key-outside-your-own-machine';
const signIn = 'mutation ($input: SignInInput!) { signIn(input: $input) { session { token } account { id } } }';
const input = { email: 'demo@example.com', password: 'correct horse battery staple' };

/** Another service of the shop: its orders know their customer by the account's id. */
const orders = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.0", import: ["@key"])
  type Query { orders: [Order!]! }
  type Order { number: Int! buyer: Account! }
  type Account @key(fields: "id") { id: ID! orders: [Order!]! }
`);

describe('a subgraph', async () => {
  let server, gateway, schema, executor, account, token;

  /** Asks AccountQL itself. */
  async function ask(query, variables, bearer) {
    const answer = await fetch(`${server.address}/graphql`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Api-Key': key, ...(bearer && { Authorization: `Bearer ${bearer}` }) },
      body: JSON.stringify({ query, variables }),
    });
    return answer.json();
  }

  before(async () => {
    server = await start('--federation', 'on', '--introspection', 'off');
    ({ session: { token }, account } = (await ask(signIn, { input })).data.signIn);
    const { data } = await ask('{ _service { sdl } }');

    const composed = composeServices([
      { name: 'accounts', url: `${server.address}/graphql`, typeDefs: parse(data._service.sdl) },
      { name: 'orders', typeDefs: orders },
    ]);
    assert.deepEqual(composed.errors ?? [], []);

    const bought = [{ number: 1, buyer: account }, { number: 2, buyer: { id: 'somebody-else' } }, { number: 3, buyer: account }];
    const resolvers = {
      Query: { orders: () => bought },
      Account: { orders: ({ id }) => bought.filter(({ buyer }) => buyer.id === id) },
    };
    gateway = new ApolloGateway({
      supergraphSdl: composed.supergraphSdl,
      buildService: ({ name, url }) =>
        name === 'orders'
          ? new LocalGraphQLDataSource(buildSubgraphSchema({ typeDefs: orders, resolvers }))
          : new RemoteGraphQLDataSource({
              url,
              willSendRequest({ request, context }) {
                request.http.headers.set('X-Api-Key', key);
                if (context.authorization) {
                  request.http.headers.set('Authorization', context.authorization);
                }
              },
            }),
    });
    ({ schema, executor } = await gateway.load());
  });
  after(async () => {
    await gateway?.stop();
    await server?.stop();
  });

  /** Asks the gateway, in the name of the customer unless told otherwise. */
  const query = (text, authorization = `Bearer ${token}`, variables = {}) =>
    executor({
      document: parse(text),
      request: { query: text, variables },
      queryHash: text,
      context: { authorization },
      cache: { get: async () => undefined, set: async () => {}, delete: async () => {} },
      schema,
      logger: console,
      metrics: {},
      overallCachePolicy: { restrict() {} },
    });

  test('another subgraph’s orders name the customer', async () => {
    const { data, errors } = await query('{ orders { number buyer { id orders { number } } } account { email orders { number } } }');
    assert.equal(errors, undefined);
    assert.deepEqual(data.account.orders.map(({ number }) => number), [1, 3]);
    assert.equal(data.account.email, input.email);
  });

  test('entities are the customer’s own account, and nobody else’s', async () => {
    const { data, errors } = await query('{ orders { number buyer { id email } } }');
    // An order of somebody else has a buyer without an e-mail, which is not null in the schema.
    assert.equal(data, null, JSON.stringify(errors));
    const mine = await query('{ account { orders { number buyer { id email emailVerified } } } }');
    assert.deepEqual(mine.errors, undefined);
    assert.deepEqual(
      mine.data.account.orders.map(({ buyer }) => ({ ...buyer })),
      Array(2).fill({ id: account.id, email: input.email, emailVerified: true }),
    );
    const nullable = await query('{ orders { number buyer { id city } } }');
    assert.deepEqual(nullable.data.orders.map(({ buyer }) => buyer.city), [null, null, null]);
  });

  test('mutations go through', async () => {
    const { data, errors } = await query(
      'mutation ($input: UpdateAccountInput!) { updateAccount(input: $input) { account { city orders { number } } } }',
      undefined,
      { input: { city: 'Halfway' } },
    );
    assert.equal(errors, undefined);
    assert.equal(data.updateAccount.account.city, 'Halfway');
    assert.equal(data.updateAccount.account.orders.length, 2);
  });

  test('nobody’s entities are refused', async () => {
    const { data, errors } = await query('{ orders { number buyer { id city } } }', '');
    assert.equal(errors?.[0].extensions.code, 'UNAUTHENTICATED');
    assert.deepEqual(data.orders.map(({ buyer }) => buyer.city), [null, null, null]);
  });
});
