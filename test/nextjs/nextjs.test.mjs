// examples/nextjs as it is built, beside the real binary with --cookies: pages that are rendered on the server.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { start } from '../browser/binary.mjs';
import { Visitor, browser } from '../browser/visitor.mjs';

const example = path.join(import.meta.dirname, '../../examples/nextjs');
const sessionCookie = '__Host-accountql';
let chrome, api, shop;

before(async () => {
  [chrome, api] = await Promise.all([browser(), start('--cookies', '--trusted-proxies', '127.0.0.1/32')]);
  shop = await startShop(`${api.address}/graphql`);
});

after(async () => {
  await chrome?.close();
  await shop?.stop();
  await api?.stop();
});

test('a page without a cookie leads to the sign-in', async () => {
  const answer = await load('/');
  assert.equal(answer.status, 307);
  assert.equal(answer.headers.get('Location'), '/sign-in');
  assert.equal((await load('/', `${sessionCookie}=as_dead`)).headers.get('Location'), '/sign-in');
});

test('a wrong password is told, and begins no session', async () => {
  const { visitor, page } = await signIn('not the password');
  await page.getByText('E-mail or password are wrong.').waitFor();
  assert.deepEqual(await visitor.context.cookies(), []);
  await leave(visitor);
});

test('a page is rendered on the server with the cookie of who signed in', async () => {
  const { visitor, page } = await signIn();
  await page.getByRole('heading', { name: 'Hello, Demo' }).waitFor();

  const [{ value, httpOnly, secure, sameSite, path, expires }, ...others] = await visitor.context.cookies();
  assert.deepEqual({ httpOnly, secure, sameSite, path, others }, { httpOnly: true, secure: true, sameSite: 'Lax', path: '/', others: [] });
  assert.ok(expires > Date.now() / 1000 + 24 * 60 * 60, String(expires));

  const html = await (await load('/', `${sessionCookie}=${value}`)).text();
  assert.match(html, /Hello, (<!-- -->)?Demo/);
  assert.match(html, /demo@example\.com/);
  assert.ok(!html.includes(value) && !html.includes('ak_'), 'neither the session nor the key is for scripts');
  // The proxy in front of the shop said who asked, and the shop passed it on.
  assert.match(html, /203\.0\.113\.9/);
  await leave(visitor);
});

test('a link in a mail opens the account', async () => {
  const { visitor, page } = await signIn();
  await page.getByRole('heading', { name: 'Hello, Demo' }).waitFor();

  const mail = await visitor.context.newPage();
  await mail.route('http://mail.example/', route => route.fulfill({ contentType: 'text/html', body: `<a href="${shop.address}/">Your account</a>` }));
  await mail.goto('http://mail.example/');
  await mail.getByText('Your account').click();
  await mail.getByRole('heading', { name: 'Hello, Demo' }).waitFor();
  await visitor.context.close();
});

test('a sign-out ends the session and drops the cookie', async () => {
  const { visitor, page } = await signIn();
  await page.getByRole('heading', { name: 'Hello, Demo' }).waitFor();
  const [{ value }] = await visitor.context.cookies();

  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  assert.deepEqual(await visitor.context.cookies(), []);
  assert.equal((await load('/', `${sessionCookie}=${value}`)).headers.get('Location'), '/sign-in');
  await leave(visitor);
});

test('a form of another site changes nothing', async () => {
  const { visitor, page } = await signIn();
  await page.getByRole('heading', { name: 'Hello, Demo' }).waitFor();
  const [{ value }] = await visitor.context.cookies();
  const cookie = `${sessionCookie}=${value}`;

  // The form that signs out, as a browser without scripts sends it.
  const [action] = (await (await load('/', cookie)).text()).match(/\$ACTION_ID_\w+/);
  const submit = async origin => {
    const body = new FormData();
    body.set(action, '');
    await fetch(`${shop.address}/`, { method: 'POST', redirect: 'manual', headers: { Cookie: cookie, Origin: origin }, body });
    return (await load('/', cookie)).status;
  };
  assert.equal(await submit('https://evil.example'), 200);
  assert.equal(await submit(shop.address), 307);
  await leave(visitor);
});

/** Loads a page as a browser does that follows no redirect and runs no script. */
const load = (where, cookie = '') => fetch(shop.address + where, { redirect: 'manual', headers: { Cookie: cookie } });

/** A customer who signs in, behind a proxy that says where they are. */
async function signIn(password = 'correct horse battery staple') {
  const visitor = await Visitor.arrive(chrome, shop.address, { extraHTTPHeaders: { 'X-Forwarded-For': '203.0.113.9' } });
  const page = await visitor.open('/sign-in');
  await page.getByLabel('E-mail').fill('demo@example.com');
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  return { visitor, page };
}

async function leave(visitor) {
  await visitor.context.close();
  assert.deepEqual(visitor.problems, []);
}

/** Starts the shop on a free port, and waits until it answers. */
async function startShop(url) {
  const port = await new Promise(resolve => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
  const address = `http://127.0.0.1:${port}`;
  const next = path.join(example, 'node_modules/next/dist/bin/next');
  const child = spawn(process.execPath, [next, 'start', '-H', '127.0.0.1', '-p', String(port)], {
    cwd: example,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ACCOUNTQL_URL: url, SHOP_ORIGIN: address },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  await new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', data => (log += data).includes('Ready') && resolve());
    }
    child.on('exit', () => reject(new Error(`the shop ended before it was ready:\n${log}`)));
  });

  const stop = () =>
    new Promise(resolve => {
      child.on('exit', resolve);
      child.kill('SIGTERM');
    });
  return { address, stop };
}
