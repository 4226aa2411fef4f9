// A provider of identities, as far as AccountQL and its page ask one: its keys, its page where customers sign in, and the
// tokens that it gives them along.
import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { createServer } from 'node:http';

/** Starts a provider on a free port of loopback. */
export async function startIssuer() {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const keys = [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'RS256' }];
  const provider = { customer: 'anna', claims: {}, asked: [], tamper: fields => fields };
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url, issuer);
    const answer = { '/keys': () => ({ keys }), '/debug_token': () => accessToken(searchParams.get('input_token')), '/authorize': () => signInPage(provider, Object.fromEntries(searchParams), token) }[pathname];
    const body = answer?.() ?? { issuer, jwks_uri: `${issuer}/keys` };
    response.setHeader('Content-Type', typeof body === 'string' ? 'text/html; charset=utf-8' : 'application/json');
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  const issuer = `http://127.0.0.1:${port}`;
  // For a browser it is another site than the shop's, which is at an address and not at a name.
  const authorizationUrl = `http://localhost:${port}/authorize`;

  /** An ID token of somebody who has just signed in there. */
  function token(subject, claims = {}) {
    const now = Math.floor(Date.now() / 1000);
    const part = value => Buffer.from(JSON.stringify(value)).toString('base64url');
    const told = { iss: issuer, aud: 'shop', sub: subject, iat: now, auth_time: now, exp: now + 300, jti: randomUUID(), ...claims };
    const text = `${part({ alg: 'RS256', kid: 'one', typ: 'JWT' })}.${part(told)}`;
    return `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`;
  }

  const stop = () => new Promise(resolve => server.close(resolve).closeAllConnections());
  return Object.assign(provider, { issuer, authorizationUrl, token, stop, providers: [{ provider: 'OAUTH', issuer, audiences: ['shop'] }] });
}

/** What Facebook says of a page's access token, which has the customer's name in it here: not when they signed in. */
const accessToken = token => ({ data: { app_id: 'shop', type: 'USER', user_id: token.replace(/-.*/, ''), is_valid: true, expires_at: Math.floor(Date.now() / 1000) + 3600 } });

/**
 * The page where somebody signs in, or doesn't, as the provider's `customer` with its `claims`. What was asked for is in `asked`;
 * `tamper` changes the answer, as somebody could who wants a customer of the shop to be signed in as somebody else.
 */
function signInPage(provider, asked, token) {
  provider.asked.push(asked);
  const { redirect_uri: to, response_type: type, response_mode: mode, state, nonce } = asked;
  const given = type === 'token' ? { access_token: `${provider.customer}-${randomUUID()}` } : { id_token: token(provider.customer, { nonce, auth_time: signedInAt(asked), ...provider.claims }) };
  const answers = { 'Continue': provider.tamper({ ...given, state }), 'Cancel': { error: 'access_denied', state }, 'Fail': { error: 'server_error', state }, 'Leave': {} };
  const ways = Object.entries(answers).map(([name, fields]) => (mode === 'form_post' ? form(name, to, fields) : link(name, to, fields, type)));
  return `<!doctype html><html lang="en"><title>Shop ID</title><h1>Shop ID</h1>${ways.join('\n')}`;
}

/** When the customer signed in there, in seconds: an hour ago, unless they are asked to do it now, as Apple always does. */
const signedInAt = ({ prompt, response_mode: mode }) => Math.floor(Date.now() / 1000) - (prompt === 'login' || mode === 'form_post' ? 0 : 3600);

/** Facebook says in a query that somebody didn't want to. */
const link = (name, to, fields, type) => `<a href="${to}${type === 'token' && fields.error ? '?' : '#'}${new URLSearchParams(fields)}">${name}</a>`;

function form(name, to, fields) {
  const inputs = Object.entries({ ...fields, code: 'unused', user: '{"name":{"firstName":"Anna"}}' }).map(([field, value]) => `<input type="hidden" name="${field}" value='${value}'>`);
  return `<form method="post" action="${to}">${inputs.join('')}<button>${name}</button></form>`;
}
