// What a customer does with a passkey, by the code of docs/ways-in.md and Chromium's virtual authenticator: adds one, signs in
// without saying who, proves with it, and can't any more once it is removed.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { start } from './binary.mjs';
import { browser } from './visitor.mjs';

const documentation = path.resolve(import.meta.dirname, '../../docs/ways-in.md');
const password = 'correct horse battery staple';

let server, chrome, code, key, sister, stranger;
before(async () => {
  [sister, stranger] = await Promise.all([front(), front()]);
  [server, chrome] = await Promise.all([start('--passkey-origins', sister.origin), browser()]);
  code = (await readFile(documentation, 'utf8')).split('```js\n')[1].split('```')[0];
  ({ apiKey: key } = await (await fetch(`${server.address}/graphiql/config.json`)).json());
});
after(async () => {
  await chrome?.close();
  await server?.stop();
  sister?.stop();
  stranger?.stop();
});

/** An empty page on an origin of its own, behind which is the same API. */
async function front() {
  const web = createServer((asked, answer) => {
    if (asked.url !== '/graphql') {
      answer.setHeader('Content-Type', 'text/html').end('<!doctype html><link rel="icon" href="data:,"><title>Another page</title>');
      return;
    }
    asked.pipe(request(`${server.address}/graphql`, { method: asked.method, headers: asked.headers }, response => {
      answer.writeHead(response.statusCode, response.headers);
      response.pipe(answer);
    }));
  });
  await new Promise(resolve => web.listen(0, '127.0.0.1', resolve));
  return { origin: `http://localhost:${web.address().port}`, stop: () => web.close() };
}

/** A page of the shop, by default at localhost, with the code of the documentation, and an authenticator. */
async function customer(settings = {}, where) {
  const context = await chrome.newContext();
  const page = await context.newPage();
  // Passkeys are for names: 127.0.0.1 is none. The page's own sign-in would ask for one, too, so it is another screen.
  await page.goto(where ?? `${server.address.replace('127.0.0.1', 'localhost')}/account/forgot-password`);
  const devtools = await context.newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
      ...settings,
    },
  });

  /** Runs an expression in the page, where call is that of a small shop. Its policy forbids eval, but not what a test evaluates. */
  const run = expression =>
    page.evaluate(`(async () => {
      const call = async (query, input) => {
        const headers = { 'Content-Type': 'application/json', 'X-Api-Key': ${JSON.stringify(key)} };
        if (window.shop) {
          headers.Authorization = 'Bearer ' + window.shop;
        }
        const response = await fetch('/graphql', { method: 'POST', headers, body: JSON.stringify({ query, variables: { input } }) });
        const { data, errors } = await response.json();
        if (errors) {
          throw new Error(errors[0].extensions.code);
        }
        const [answer] = Object.values(data);
        window.shop = answer.session?.token ?? window.shop;
        return answer;
      };
      ${code}
      return ${expression};
    })()`);

  return { run, devtools, authenticatorId, leave: () => context.close() };
}

const signIn = `call('mutation ($input: SignInInput!) { signIn(input: $input) { session { token } } }', { email: 'demo@example.com', password: ${JSON.stringify(password)} })`;
const add = `addPasskey(call, { password: ${JSON.stringify(password)} })`;
const remove = id =>
  `call('mutation ($input: RemovePasskeyInput!) { removePasskey(input: $input) { account { passkeys { id } passkeySignals { allAcceptedCredentials currentUserDetails } } } }', { id: ${JSON.stringify(id)}, password: ${JSON.stringify(password)} })`;

test('a passkey signs in, proves, and does neither once it is removed', async () => {
  const { run, devtools, authenticatorId, leave } = await customer();
  await run(signIn);
  const made = await run(add);
  assert.equal(typeof made.id, 'string');
  assert.equal(made.synced, false);

  const { credentials } = await devtools.send('WebAuthn.getCredentials', { authenticatorId });
  assert.equal(credentials.length, 1);
  assert.equal(credentials[0].rpId, 'localhost');
  assert.equal(credentials[0].isResidentCredential, true);

  const { account, session } = await run('(window.shop = undefined, signInWithPasskey(call))');
  assert.equal(account.email, 'demo@example.com');
  assert.match(session.token, /^as_/);
  await run(`signInWithPasskey(call, { email: 'demo@example.com' })`);
  const proved = await run(`provePasskey(call, 'requestEmailChange').then(passkey =>
    call('mutation ($input: RequestEmailChangeInput!) { requestEmailChange(input: $input) { pending { destination } } }', { email: 'ada@example.com', passkey }))`);
  assert.equal(proved.pending.destination, 'a•••@example.com');

  await assert.rejects(run(add), /InvalidStateError/);

  const { account: left } = await run(remove(made.id));
  assert.deepEqual(left.passkeys, []);
  // Chromium's authenticator forgets what the signals leave out, where it knows them; an authenticator that does not is refused.
  const offered = (await devtools.send('WebAuthn.getCredentials', { authenticatorId })).credentials;
  await devtools.send('WebAuthn.clearCredentials', { authenticatorId });
  for (const credential of offered.length > 0 ? offered : credentials) {
    await devtools.send('WebAuthn.addCredential', { authenticatorId, credential: { ...credential, signCount: credential.signCount + 10 } });
  }
  await assert.rejects(run('(window.shop = undefined, signInWithPasskey(call))'), /INVALID_CREDENTIALS/);
  await leave();
});

test('a passkey in the autofill of a field signs in', async () => {
  const { run, leave } = await customer();
  await run(signIn);
  const made = await run(add);
  const { account } = await run(`(window.shop = undefined, signInWithPasskey(call, { mediation: 'conditional' }))`);
  assert.equal(account.email, 'demo@example.com');
  await run(signIn);
  await run(remove(made.id));
  await leave();
});

test('an authenticator that can’t verify its user, or holds no keys, makes no passkey', async () => {
  for (const settings of [{ hasUserVerification: false, isUserVerified: false }, { hasResidentKey: false }, { isUserVerified: false }]) {
    const { run, leave } = await customer(settings);
    await run(signIn);
    await assert.rejects(run(add), /NotAllowedError|ConstraintError/, JSON.stringify(settings));
    await leave();
  }
});

test('a passkey whose count goes back signs nobody in', async () => {
  const { run, devtools, authenticatorId, leave } = await customer();
  await run(signIn);
  const made = await run(add);
  await run('signInWithPasskey(call)');
  const [credential] = (await devtools.send('WebAuthn.getCredentials', { authenticatorId })).credentials;
  assert.ok(credential.signCount > 1);
  await devtools.send('WebAuthn.clearCredentials', { authenticatorId });
  await devtools.send('WebAuthn.addCredential', { authenticatorId, credential: { ...credential, signCount: 0 } });
  await assert.rejects(run('signInWithPasskey(call)'), /INVALID_CREDENTIALS/);
  await run(signIn);
  await run(remove(made.id));
  await leave();
});

test('a passkey works on the origins that are the shop’s, and on no other', async () => {
  const there = await customer({}, sister.origin);
  await there.run(signIn);
  const made = await there.run(add);
  const { account } = await there.run('(window.shop = undefined, signInWithPasskey(call))');
  assert.equal(account.email, 'demo@example.com');
  const { credentials } = await there.devtools.send('WebAuthn.getCredentials', { authenticatorId: there.authenticatorId });

  // The same passkey, on the page of --public-url and on one that nobody knows, whose browser thinks it is the same domain.
  const [own, foreign] = await Promise.all([customer(), customer({}, stranger.origin)]);
  for (const { devtools, authenticatorId } of [own, foreign]) {
    await devtools.send('WebAuthn.addCredential', { authenticatorId, credential: { ...credentials[0], signCount: credentials[0].signCount + 10 } });
  }
  await assert.rejects(foreign.run('signInWithPasskey(call)'), /INVALID_CREDENTIALS/);
  await foreign.run(signIn);
  await foreign.devtools.send('WebAuthn.clearCredentials', { authenticatorId: foreign.authenticatorId });
  await assert.rejects(foreign.run(add), /INVALID_INPUT/);
  assert.equal((await own.run('signInWithPasskey(call)')).account.email, 'demo@example.com');
  await own.run(remove(made.id));
  await Promise.all([there, own, foreign].map(({ leave }) => leave()));
});
