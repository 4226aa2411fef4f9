// Drives a real OpenID provider against the real binary: node check.mjs BINARY.
// Every operation that takes an external token is called with one, and the
// tokens that prove nothing are refused. It ends with 1 at the first surprise.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHmac, createPublicKey, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { page, resource, start } from './provider.mjs';

if (process.argv.length !== 3) {
  console.error('usage: node check.mjs BINARY');
  process.exit(2);
}
const binary = resolve(process.argv[2]);
const address = 'http://127.0.0.1:18081';
const key = 'ak_development_do-not-use-this-key-outside-your-own-machine';

const directory = mkdtempSync(join(tmpdir(), 'accountql-oidc-'));
// Where the account page takes customers back.
const returns = `${address}/account/return`;
const provider = await start(['shop', 'elsewhere', 'sibling', page('shop page', returns)]);
const stranger = await start(['shop']);
writeFileSync(join(directory, 'providers.json'), JSON.stringify([{
  provider: 'OAUTH', issuer: provider.issuer, audiences: ['shop', 'shop page'],
  page: { clientId: 'shop page', authorizationUrl: `${provider.issuer}/auth`, name: 'Shop ID' },
}]));
writeFileSync(join(directory, 'tokens.json'), JSON.stringify([{ provider: 'OAUTH', issuer: provider.issuer, audiences: [resource], createAccounts: true }]));

const server = spawn(binary, [
  '--listen', new URL(address).host, '--identity-providers', 'providers.json', '--customer-tokens', 'tokens.json',
], { cwd: directory, stdio: ['ignore', 'ignore', 'pipe'] });
let log = '';
server.stderr.on('data', (text) => { log += text; });

// refusal is the message of the last refusal.
let refusal;

// call sends an operation and returns its payload, or the code that it was refused with.
async function call(document, input, bearer) {
  const answer = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json', Accept: 'application/graphql-response+json', 'X-Api-Key': key, ...(bearer && { Authorization: `Bearer ${bearer}` }),
    },
    body: JSON.stringify({ query: document, variables: input && { input } }),
  });
  const { data, errors } = await answer.json();
  refusal = errors?.[0].message;
  return errors ? errors[0].extensions.code : Object.values(data)[0];
}

const mutation = (name, fields) => (input, bearer) => {
  const type = name[0].toUpperCase() + name.slice(1);
  return call(`mutation ($input: ${type}Input!) { ${name}(input: $input) { ${fields} } }`, input, bearer);
};
const owner = 'account { id email emailVerified phone identities { identityProvider issuer } }';
const signIn = mutation('signIn', 'session { token }');
const signInWithIdentityProvider = mutation('signInWithIdentityProvider', `session { token } ${owner}`);
const linkIdentityProvider = mutation('linkIdentityProvider', owner);
const unlinkIdentityProvider = mutation('unlinkIdentityProvider', owner);
const requestEmailChange = mutation('requestEmailChange', 'pending { destination }');
const confirmEmailChange = mutation('confirmEmailChange', 'email');
const requestPhoneUpdate = mutation('requestPhoneUpdate', 'pending { challengeId }');
const confirmPhoneUpdate = mutation('confirmPhoneUpdate', 'phone');
const updateAccount = mutation('updateAccount', `${owner}`);
const deleteAccount = mutation('deleteAccount', 'deletedAt');
const changePassword = mutation('changePassword', 'revokedSessions');
const signOut = mutation('signOut', 'revokedSessions');
const proveIdentity = mutation('proveIdentity', 'session { token }');
const account = (bearer) => call('{ account { id email identities { issuer } } }', undefined, bearer);

// external is an ID token of a fresh sign-in, as operations take it.
const external = async (customer, application = 'shop', at = provider) => ({
  identityProvider: 'OAUTH', externalToken: (await at.signIn(application, customer)).idToken,
});

// button is what the account page's button for the provider asks for a customer: it returns the fields with which the
// browser comes back to the page, and what it began with.
async function button(customer, asked) {
  const [{ page: { authorizationUrl, clientId } }] = (await call('{ settings { identityProviders { page { authorizationUrl clientId name } } } }')).identityProviders;
  const began = { state: randomUUID(), nonce: randomUUID() };
  const { location, form } = await provider.visit(`${authorizationUrl}?${new URLSearchParams({
    client_id: clientId, redirect_uri: returns, scope: 'openid email profile', login_hint: customer, ...began, ...asked,
  })}`, returns);
  const back = location ? new URL(location) : await posted(form);
  assert.equal(back.origin + back.pathname + back.search, returns);
  const shown = await fetch(back);
  assert.equal(shown.status, 200);
  assert((await shown.text()).includes('<meta name="config"'), 'it is not the account page');
  return { began, form, answer: Object.fromEntries(new URLSearchParams(back.hash.slice(1))) };
}

// posted sends a form from the provider's page, as a browser does, and returns where that leads.
async function posted(form) {
  const answer = await fetch(returns, {
    method: 'POST', body: form, redirect: 'manual', headers: { Origin: provider.issuer, 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate' },
  });
  assert.equal(answer.status, 303);
  assert.equal(answer.headers.get('cache-control'), 'no-store');
  assert.equal(answer.headers.get('referrer-policy'), 'no-referrer');
  return new URL(answer.headers.get('location'), returns);
}

// claims are those of a token, as the page decodes them.
const claims = (token) => JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));

// message is the newest one of a kind to somebody.
async function message(kind, to) {
  const messages = await (await fetch(`${address}/inbox.json`)).json();
  const found = messages.find((one) => one.kind === kind && one.to === to);
  assert(found, `no ${kind} to ${to}`);
  return found;
}

async function step(name, check) {
  await check();
  console.log(`ok  ${name}`);
}

try {
  for (let tries = 0; !(await fetch(`${address}/readyz`).then((answer) => answer.ok, () => false)); tries++) {
    assert(tries < 200 && server.exitCode === null, `the server does not start: ${log}`);
    await new Promise((then) => { setTimeout(then, 50); });
  }

  let ada;
  await step('a new subject gets an account, and a token signs in once', async () => {
    const token = await external('ada');
    ada = await signInWithIdentityProvider(token);
    assert.equal(ada.account.email, 'ada@example.com');
    assert.equal(ada.account.emailVerified, true);
    assert.deepEqual(ada.account.identities, [{ identityProvider: 'OAUTH', issuer: provider.issuer }]);
    assert.equal(await signInWithIdentityProvider(token), 'INVALID_CREDENTIALS');
    const again = await signInWithIdentityProvider(await external('ada'));
    assert.equal(again.account.id, ada.account.id);
  });

  await step('tokens that prove nothing', async () => {
    assert.equal(await signInWithIdentityProvider(await external('ada', 'elsewhere')), 'INVALID_CREDENTIALS');
    assert.equal(await signInWithIdentityProvider(await external('ada', 'shop', stranger)), 'INVALID_CREDENTIALS');
    const { idToken, accessToken } = await provider.signIn('shop', 'ada', { resource });
    const [head, body, signature] = idToken.split('.');
    const encode = (part) => Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url');
    const { keys: [published] } = await (await fetch(`${provider.issuer}/jwks`)).json();
    const pem = createPublicKey({ key: published, format: 'jwk' }).export({ format: 'pem', type: 'spki' });
    const mine = generateKeyPairSync('rsa', { modulusLength: 2048 });
    // A token of our own, whose header says where to find the key that has signed it.
    const own = (header) => {
      const signed = `${encode({ typ: 'JWT', ...header })}.${body}`;
      return `${signed}.${sign('sha256', Buffer.from(signed), mine.privateKey).toString('base64url')}`;
    };
    const shared = `${encode({ alg: 'HS256', typ: 'JWT', kid: published.kid })}.${body}`;
    const known = { ...mine.publicKey.export({ format: 'jwk' }), kid: 'mine', use: 'sig', alg: 'RS256' };
    let seen = 0;
    const sink = createServer((_, response) => { seen++; response.end(JSON.stringify({ keys: [known] })); });
    await new Promise((then) => { sink.listen(0, '127.0.0.1', then); });
    const lure = `http://127.0.0.1:${sink.address().port}/jwks`;
    for (const [name, token] of Object.entries({
      'an access token': accessToken,
      'another signature': `${head}.${body}.${signature.slice(0, -6)}AAAAAA`,
      'no signature': `${encode({ alg: 'none', typ: 'JWT' })}.${body}.`,
      'alg none with a signature': `${encode({ alg: 'none', typ: 'JWT' })}.${body}.${signature}`,
      'HS256 with the public key': `${shared}.${createHmac('sha256', pem).update(shared).digest('base64url')}`,
      jku: own({ alg: 'RS256', kid: 'mine', jku: lure, x5u: lure }),
      jwk: own({ alg: 'RS256', jwk: known }),
      'kid as an address': own({ alg: 'RS256', kid: lure }),
      'kid as a path': own({ alg: 'RS256', kid: '../../../../etc/passwd' }),
      'the kid of the provider': own({ alg: 'RS256', kid: published.kid }),
    })) {
      assert.equal(await signInWithIdentityProvider({ identityProvider: 'OAUTH', externalToken: token }), 'INVALID_CREDENTIALS', name);
    }
    sink.close();
    assert.equal(seen, 0, 'a header of a token led to a request');
    assert.equal(await signInWithIdentityProvider(await external('doubtful')), 'INVALID_INPUT');
    assert.equal(await signInWithIdentityProvider({ identityProvider: 'GOOGLE', externalToken: idToken }), 'IDENTITY_PROVIDER_UNAVAILABLE');
  });

  for (const [name, asked] of [
    ['a fragment', { response_type: 'id_token', response_mode: 'fragment' }],
    ['a form', { response_type: 'code id_token', response_mode: 'form_post' }],
  ]) {
    await step(`the account page's button, answered by ${name}`, async () => {
      const { began, form, answer } = await button('ada', asked);
      assert.equal(Boolean(form?.get('code')), asked.response_mode === 'form_post');
      assert.equal(answer.state, began.state);
      assert.equal(claims(answer.id_token).nonce, began.nonce);
      assert.equal(answer.code, undefined, 'a code is handed on');
      const signedIn = await signInWithIdentityProvider({ identityProvider: 'OAUTH', externalToken: answer.id_token });
      assert.equal(signedIn.account.id, ada.account.id);

      const proof = await button('ada', { ...asked, prompt: 'login', max_age: '0' });
      assert(claims(proof.answer.id_token).auth_time > 0);
      assert((await proveIdentity({ identityProvider: 'OAUTH', externalToken: proof.answer.id_token }, signedIn.session.token)).session.token);

      const refused = await button('nobody', asked);
      assert.equal(refused.answer.error, 'access_denied');
      assert.equal(refused.answer.state, refused.began.state);
      assert.equal(refused.answer.error_description === undefined, Boolean(form), 'what the page reads of a form is handed on, and no more');
    });
  }

  let demo;
  await step('link and unlink', async () => {
    assert.equal(await signInWithIdentityProvider(await external('demo')), 'EMAIL_UNAVAILABLE');
    demo = (await signIn({ email: 'demo@example.com', password: 'correct horse battery staple' })).session.token;
    const { answer } = await button('demo', { response_type: 'id_token', response_mode: 'fragment', prompt: 'login', max_age: '0' });
    const linked = await linkIdentityProvider({ identityProvider: 'OAUTH', externalToken: answer.id_token, password: 'correct horse battery staple' }, demo);
    assert.equal(linked.account.identities.length, 1);
    assert.equal((await signInWithIdentityProvider(await external('demo'))).account.email, 'demo@example.com');
    const unlinked = await unlinkIdentityProvider(await external('demo'), demo);
    assert.deepEqual(unlinked.account.identities, []);
    // The last way in stays.
    assert.equal(await unlinkIdentityProvider(await external('ada'), ada.session.token), 'INVALID_INPUT');
  });

  await step('requestEmailChange and updateAccount, with a token as proof', async () => {
    assert.equal(await requestEmailChange({ email: 'ada@new.example', ...await external('demo') }, ada.session.token), 'INVALID_CREDENTIALS');
    assert((await requestEmailChange({ email: 'ada@new.example', ...await external('ada') }, ada.session.token)).pending);
    const changed = await confirmEmailChange({ token: (await message('EMAIL_CHANGE', 'ada@new.example')).token, newsletterAgreement: true }, ada.session.token);
    assert.equal(changed.email, 'ada@new.example');
    assert.equal(await updateAccount({ email: 'ada@newer.example' }, ada.session.token), 'REAUTHENTICATION_REQUIRED');
    assert((await updateAccount({ email: 'ada@newer.example', ...await external('ada') }, ada.session.token)).account);
    await message('EMAIL_CHANGE', 'ada@newer.example');
  });

  await step('requestPhoneUpdate, with a token as proof and no session', async () => {
    const asked = await requestPhoneUpdate({ phone: '+48512345678', accountEmail: 'ada@new.example', ...await external('ada') });
    const { code } = await message('PHONE_CODE', '+48512345678');
    const confirmed = await confirmPhoneUpdate({ phone: '+48512345678', confirmationCode: code, smsAgreement: false, challengeId: asked.pending.challengeId });
    assert.equal(confirmed.phone, '+48512345678');
  });

  // After a key that was not found, the service asks for none for ten seconds: strangers can't drive its requests.
  const quiet = () => new Promise((then) => { setTimeout(then, 10_500); });

  await step('keys are rotated', async () => {
    await quiet();
    const old = await external('ada');
    provider.rotate();
    assert.equal((await signInWithIdentityProvider(await external('ada'))).account.id, ada.account.id);
    assert.equal(await signInWithIdentityProvider(old), 'INVALID_CREDENTIALS');
  });

  await step('deleteAccount, with a token as factor', async () => {
    const foreign = await external('demo');
    assert.equal(await deleteAccount({ clientAuthFactor: foreign.externalToken, identityProvider: 'OAUTH' }, ada.session.token), 'INVALID_CREDENTIALS');
    const own = await external('ada');
    assert((await deleteAccount({ clientAuthFactor: own.externalToken, identityProvider: 'OAUTH' }, ada.session.token)).deletedAt);
    assert.equal(await account(ada.session.token), 'UNAUTHENTICATED');
  });

  await step("the provider's access tokens stand for a customer", async () => {
    const { idToken, accessToken } = await provider.signIn('shop', 'cleo', { resource });
    const first = await account(accessToken);
    assert.equal(first.email, 'cleo@example.com');
    assert.deepEqual(first.identities, [{ issuer: provider.issuer }]);
    const later = await provider.signIn('sibling', 'cleo', { resource });
    assert.equal((await account(later.accessToken)).id, first.id);
    assert.equal(await account(idToken), 'UNAUTHENTICATED');
    // Step-up goes by auth_time, and what only the issuer can do names it.
    assert((await requestPhoneUpdate({ phone: '+48512345679' }, accessToken)).pending);
    assert.equal(await changePassword({ oldPassword: 'none at all', newPassword: 'a fine new password' }, accessToken), 'INVALID_CREDENTIALS');
    assert(refusal.includes(provider.issuer), refusal);
    assert.equal(await signOut({ scope: 'THIS_SESSION' }, accessToken), 'INVALID_INPUT');
    assert((await signOut({ scope: 'ALL_SESSIONS' }, accessToken)).revokedSessions !== undefined);
    assert.equal(await account(accessToken), 'UNAUTHENTICATED');
    await new Promise((then) => { setTimeout(then, 1_100); });
    assert.equal((await account((await provider.signIn('shop', 'cleo', { resource })).accessToken)).id, first.id);
    assert.equal(await account((await stranger.signIn('shop', 'cleo', { resource })).accessToken), 'UNAUTHENTICATED');
  });

  for (const [name, fail] of [['hangs', provider.hang], ['is gone', provider.stop]]) {
    await step(`the provider ${name}`, async () => {
      // A key that nobody has fetched yet.
      provider.rotate();
      const token = await external('berta');
      const proof = await external('cleo');
      await fail();
      await quiet();
      const started = performance.now();
      assert.equal(await signInWithIdentityProvider(token), 'IDENTITY_PROVIDER_UNAVAILABLE');
      assert.equal(await requestEmailChange({ email: 'cleo@new.example', accountEmail: 'cleo@example.com', ...proof }), 'IDENTITY_PROVIDER_UNAVAILABLE');
      const spent = performance.now() - started;
      assert(spent < 5000, `it took ${spent} ms`);
      assert((await signIn({ email: 'demo@example.com', password: 'correct horse battery staple' })).session);
    });
  }
  assert(!/eyJ/.test(log), `the log holds a token: ${log}`);
  console.log('the provider and the binary understand each other');
} finally {
  server.kill('SIGTERM');
  await new Promise((then) => { server.on('exit', then); setTimeout(then, 15_000).unref(); });
  await stranger.stop();
  rmSync(directory, { recursive: true });
}
process.exit(0);
