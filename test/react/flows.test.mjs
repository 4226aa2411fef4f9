// Flows on hooks alone, live: a deletion that is called off in its grace period, a proof by a passkey, and documents of the shop's own.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { start } from '../browser/binary.mjs';
import { browser, Visitor } from '../browser/visitor.mjs';
import { startShop } from './shops.mjs';

const work = process.env.WORK;
const documents = path.join(work, 'node_modules/@accountql/react/dist/documents.json');
let chrome, shop, named;
const servers = [];

before(async () => {
  [chrome, shop] = await Promise.all([browser(), startShop(work)]);
  // Passkeys are for names: 127.0.0.1 is none.
  named = shop.address.replace('127.0.0.1', 'localhost');
});

after(async () => {
  await chrome?.close();
  await shop?.stop();
  await Promise.all(servers.map(api => api.stop()));
});

/** A visitor of one of the shop's pages, beside a binary with these settings, and the operations that the page asks for. */
async function arrive(name, ...settings) {
  const api = await start('--allowed-origins', named, ...settings);
  servers.push(api);
  const { apiKey } = await (await fetch(`${api.address}/account/config.json`)).json();
  const visitor = await Visitor.arrive(chrome, named);
  visitor.alsoAsks(api.address);

  const asked = [];
  visitor.context.on('request', request => request.url().endsWith('/graphql') && request.method() === 'POST' && asked.push(request.postDataJSON()));
  const times = operation => asked.filter(({ operationName }) => operationName === operation).length;

  const page = await visitor.context.newPage();
  const open = () => page.goto(`${named}/vite/${name}.html?${new URLSearchParams({ url: `${api.address}/graphql`, apiKey })}`);
  const press = button => page.getByRole('button', { name: button, exact: true }).click();
  const says = text => page.getByText(text).waitFor();

  return { visitor, page, open, press, says, asked, times, leave: () => visitor.leave() };
}

test('a customer deletes the account, and keeps it in the grace period', async () => {
  const { page, open, press, says, times, leave } = await arrive('flows', '--deletion-grace', '30d');
  await open();
  await says('step: credentials');
  await press('Sign in');
  await says('signed-in, no farewell');
  await says('0 passkeys');

  await press('Delete the account');
  await says('signed-out, closed');
  await press('Sign in');
  await says('step: grace-period');
  assert.equal(times('CancelAccountDeletion'), 0);
  await press('Keep the account');
  await says('signed-in, no farewell');
  assert.equal(times('CancelAccountDeletion'), 1);

  await press('Sign out');
  await says('signed-out, signed-out');
  await press('Sign in');
  await says('signed-in, no farewell');
  assert.equal(await page.getByRole('alert').count(), 0);
  await leave();
});

/** A customer with a passkey, in a session that has proved nothing yet, who is asked for a proof before the e-mail changes. */
async function askedForProof() {
  const visit = await arrive('flows', '--passkey-origins', named);
  const { visitor, page, open, press, says } = visit;
  const devtools = await visitor.context.newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
  const verifies = isUserVerified => devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });

  await open();
  await press('Sign in');
  await says('0 passkeys');
  await press('Add a passkey');
  await says('ways: password');
  await press('By password');
  await says('1 passkeys, no change waits');

  await press('Sign out');
  await press('Sign in');
  await says('1 passkeys, no change waits');
  await press('Change the e-mail');
  await says('ways: passkey, password');
  return { ...visit, verifies };
}

/** How many proofs by a passkey were sent. */
const proofs = asked => asked.filter(({ variables }) => variables?.input?.passkey).length;

test('a passkey proves who the customer is, and the change that waited for it is made once', async () => {
  const { page, press, says, asked, times, verifies, leave } = await askedForProof();
  await verifies(false);
  await press('By passkey');
  await page.locator('button[aria-busy="false"]', { hasText: 'By passkey' }).waitFor();
  assert.equal(proofs(asked), 0, 'no passkey was used, and something was sent');
  assert.equal(await page.getByRole('alert').count(), 0);

  await verifies(true);
  await press('By passkey');
  await says('1 passkeys, a change waits');
  assert.equal(await page.getByRole('region', { name: 'Is it you?' }).count(), 0);
  assert.equal(proofs(asked), 1);
  assert.equal(times('RequestEmailChange'), 1);
  await leave();
});

test('a passkey that signs something else proves nothing', async () => {
  const { page, press, says, asked, times, leave } = await askedForProof();
  await page.evaluate(() => {
    const get = navigator.credentials.get.bind(navigator.credentials);
    navigator.credentials.get = options => get({ ...options, publicKey: { ...options.publicKey, challenge: new Uint8Array(32) } });
  });
  await press('By passkey');
  await says(/^INVALID_CREDENTIALS: This passkey isn’t accepted/);
  assert.equal(proofs(asked), 1);
  await press('Cancel');
  await page.getByRole('region', { name: 'Is it you?' }).waitFor({ state: 'detached' });
  await says('1 passkeys, no change waits');
  assert.equal(times('RequestEmailChange'), 0);
  await leave();
});

test('beside trusted documents, those of the shop are sent as they are', async () => {
  const { page, open, press, says, asked, leave } = await arrive('documents', '--trusted-documents', documents);
  await open();
  await press('Sign in');
  await says(/^1 sessions, since \d/);
  await press('Name the company');
  await page.locator('output', { hasText: 'Nordlicht' }).waitFor();

  const own = new Set(asked.filter(({ query }) => query !== undefined).map(({ operationName }) => operationName));
  assert.deepEqual([...own].sort(), ['Company', 'Since']);
  assert.ok(asked.some(({ documentId }) => documentId?.startsWith('sha256:')));
  await leave();
});

test('where the server takes trusted documents alone, it refuses those of the shop, and the others go on', async () => {
  const { page, open, press, says, leave } = await arrive('documents', '--trusted-documents', documents, '--trusted-documents-only');
  await open();
  await press('Sign in');
  await says('1 sessions, since nobody knows when');
  await page.getByRole('alert').filter({ hasText: 'only trusted documents are taken here' }).waitFor();
  await press('Name the company');
  await says('problem: BAD_REQUEST');
  await leave();
});
