// A provider of identities, as far as AccountQL asks one: its keys, and the tokens that its button would give to a page.
import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { createServer } from 'node:http';

/** Starts a provider on a free port of loopback. */
export async function startIssuer() {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const keys = [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'RS256' }];
  const server = createServer((request, response) => {
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify(request.url === '/keys' ? { keys } : { issuer, jwks_uri: `${issuer}/keys` }));
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${server.address().port}`;

  /** An ID token of somebody who has just signed in there. */
  function token(subject, claims = {}) {
    const now = Math.floor(Date.now() / 1000);
    const part = value => Buffer.from(JSON.stringify(value)).toString('base64url');
    const told = { iss: issuer, aud: 'shop', sub: subject, iat: now, auth_time: now, exp: now + 300, jti: randomUUID(), ...claims };
    const text = `${part({ alg: 'RS256', kid: 'one', typ: 'JWT' })}.${part(told)}`;
    return `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`;
  }

  const stop = () => new Promise(resolve => server.close(resolve).closeAllConnections());
  return { issuer, token, stop, providers: [{ provider: 'OAUTH', issuer, audiences: ['shop'] }] };
}
