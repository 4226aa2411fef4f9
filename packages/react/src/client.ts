import { cacheExchange, Client, fetchExchange, makeOperation, mapExchange, type DocumentInput, type Exchange } from '@urql/core';
import type { Config } from './config';
import { watchConnection } from './connection';
import { problemsOf } from './errors';
import { ProbeDocument } from './gql/graphql';
import { deviceMark } from './mark';
import * as session from './session';
import { sendAgain } from './steady';
import { withLiveKey } from './key';

/** A client for one customer; whoever signs in next gets another, with an empty cache. It sends the session's token, or one that is given. */
export function newClient(config: Config, given?: string): Client {
  return new Client({
    url: config.url,
    preferGetMethod: false,
    requestPolicy: 'cache-and-network',
    fetch: (input, init) => withLiveKey(config, input, init),
    fetchOptions: () => {
      const token = given ?? session.current().token;
      return {
        credentials: config.cookies ? 'include' : 'omit',
        cache: 'no-store',
        headers: {
          'X-Api-Key': config.apiKey,
          ...(config.cookies ? {} : { 'X-Device-Id': deviceMark() }),
          ...(token === null || token === session.inCookie ? {} : { Authorization: `Bearer ${token}` }),
        },
      };
    },
    exchanges: [
      ...(config.trustedDocuments ? [nameDocuments] : []),
      cacheExchange,
      renewedSessions,
      endedSessions,
      watchConnection,
      sendAgain,
      fetchExchange,
    ],
  });
}

/**
 * A cookie outlives the tab, so somebody may be signed in whom this tab doesn't know yet. Nothing in the browser says whether to
 * ask: no script sees the cookie, another page of the shop may have begun the session, and browsers drop a script's own notes
 * sooner than cookies. So everybody who isn't signed in costs one query, and the browser logs its 401.
 */
export async function findCookie(config: Config): Promise<void> {
  if (config.cookies && session.current().token === null) {
    const { data, error } = await newClient(config).query(ProbeDocument, {});
    if (error?.networkError) {
      // Nobody knows who is signed in, and to ask for a password would be to say that nobody is.
      throw error;
    }
    if (data) {
      session.start(null);
    }
  }
}

/** Whoever is told UNAUTHENTICATED is signed out: the session ended elsewhere, or of age. */
const endedSessions: Exchange = mapExchange({
  onOperation(operation) {
    return makeOperation(operation.kind, operation, { ...operation.context, sentAs: session.current().token });
  },
  onError(error, operation) {
    const { token } = session.current();
    const sentWithThisOne = token !== null && operation.context['sentAs'] === token;
    if (sentWithThisOne && problemsOf(error).some(problem => problem.code === 'UNAUTHENTICATED')) {
      session.end('ended');
    }
  },
});

/** A new token of the same session is known before the screens, which read again after each change, ask for anything with the old one. */
const renewedSessions: Exchange = mapExchange({
  onResult({ data }) {
    const renewed: { session: { token: string | null } } | undefined = data?.changePassword ?? data?.proveIdentity;
    if (renewed) {
      session.renew(renewed.session.token);
    }
  },
});

/** Sends the hash of a document that has one instead of its text; the server knows it from its manifest. */
const nameDocuments: Exchange = mapExchange({
  onOperation(operation) {
    // What the cache asks for again was named the first time.
    if ('documentId' in operation.query) {
      return operation;
    }
    const { __meta__: meta } = operation.query as DocumentInput & { __meta__?: { hash?: string } };
    // A document of the shop's own, which no manifest has to name: a server that takes others beside its trusted ones takes it by its text.
    if (meta?.hash === undefined) {
      return operation;
    }
    const named = { kind: 'Document', definitions: [], documentId: meta.hash } as unknown as typeof operation.query;
    return makeOperation(operation.kind, { ...operation, query: named }, operation.context);
  },
});
