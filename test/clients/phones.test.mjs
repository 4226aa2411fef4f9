// Clients that don't run here, for their languages are not: the requests that they send by default, as their
// sources and documents have them (Apollo iOS 1 and 2, Apollo Kotlin 4, gql_http_link, which ferry and
// graphql_flutter are made on). It shows that these requests are answered with data, not that the clients work.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { ask, build, headers, input, serve, serveOnly, token } from './servers.mjs';

const query = 'query Page {\n  account {\n    __typename\n    id\n    email\n  }\n}';
const named = 'query Key {\n  apiKey {\n    __typename\n    name\n  }\n}';
const sha256Hash = createHash('sha256').update(named).digest('hex');

// The manifest of Apollo Kotlin's `persistedQueryManifest` and Apollo iOS's `.persistedQueries`.
const operations = [{ id: sha256Hash, body: named, name: 'Key', type: 'query' }];
writeFileSync(build('phone-documents.json'), JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations }));

const deferred = 'multipart/mixed;deferSpec=20220824,application/graphql-response+json,application/json';

const clients = {
  'Apollo iOS': {
    headers: {
      Accept: deferred,
      'X-APOLLO-OPERATION-NAME': 'Page',
      'X-APOLLO-OPERATION-TYPE': 'query',
      'X-APOLLO-OPERATION-ID': sha256Hash,
      'apollographql-client-name': 'example.shop-apollo-ios',
      'apollographql-client-version': '1.0-1',
    },
    more: { variables: null, extensions: { clientLibrary: { name: 'apollo-ios', version: '2.0.0' } } },
    media: 'application/graphql-response+json',
  },
  'Apollo Kotlin': {
    headers: { Accept: deferred.replaceAll(',', ', '), 'User-Agent': 'okhttp/4.12.0' },
    more: { variables: {}, extensions: { clientLibrary: { name: 'apollo-kotlin', version: '4.3.0' } } },
    media: 'application/graphql-response+json',
  },
  'Dart (gql_http_link)': {
    headers: { Accept: '*/*', 'User-Agent': 'Dart/3.9 (dart:io)' },
    more: { variables: {}, extensions: null },
    media: 'application/json',
  },
};

for (const [client, { headers: own, more, media }] of Object.entries(clients)) {
  describe(client, async () => {
    const url = await serve();
    const send = async (body, signedIn = true) => ask(url, body, { ...own, ...headers(signedIn && (await token(url))) });

    test('sends a query', async () => {
      const { status, headers, data } = await send({ ...more, operationName: 'Page', query });
      assert.equal(status, 200);
      assert.equal(headers.get('Content-Type'), `${media}; charset=utf-8`);
      assert.equal(data.account.email, input.email);
    });

    test('names a document of its manifest by the hash', async () => {
      const extensions = { ...more.extensions, persistedQuery: { version: 1, sha256Hash } };
      const { data } = await ask(await serveOnly('phone-documents.json'), { ...more, operationName: 'Key', extensions }, { ...own, ...headers() });
      assert.equal(data.apiKey.name, 'development');
    });

    test('reads the code of a refusal', async () => {
      const { data, errors } = await send({ ...more, operationName: 'Page', query }, false);
      assert.equal(data, null);
      assert.equal(errors[0].extensions.code, 'UNAUTHENTICATED');
    });
  });
}
