// @accountql/react as npm pack makes it, in pages of a shop, beside the real binary.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { start } from '../browser/binary.mjs';
import { startIssuer } from '../browser/issuer.mjs';
import { accessible, browser, desktop, fits, phone, picture, Visitor } from '../browser/visitor.mjs';
import { build, freePort, startNext, startShop } from './shops.mjs';

const work = process.env.WORK;
const password = 'correct horse battery staple';
let chrome, api, shop, apiKey, provider;

before(async () => {
  [shop, provider] = await Promise.all([startShop(work), startIssuer()]);
  const providers = path.join(work, 'providers.json');
  writeFileSync(providers, JSON.stringify([{ ...provider.providers[0], page: { clientId: 'shop', authorizationUrl: provider.authorizationUrl, name: 'Shop ID' } }]));
  [chrome, api] = await Promise.all([browser(), start('--allowed-origins', shop.address, '--identity-providers', providers)]);
  ({ apiKey } = await (await fetch(`${api.address}/account/config.json`)).json());
  build(work, 'page', { VITE_ACCOUNTQL_URL: `${api.address}/graphql`, VITE_ACCOUNTQL_KEY: apiKey });
});

after(async () => {
  await chrome?.close();
  await shop?.stop();
  await api?.stop();
  await provider?.stop();
});

/** A visitor of the shop, whose pages ask the API at another origin. */
async function arrive(options) {
  const visitor = await Visitor.arrive(chrome, shop.address, options);
  visitor.alsoAsks(api.address);
  visitor.alsoAsks(provider.authorizationUrl);
  return visitor;
}

/** The address of the plain page, which gives the element what stands in the query. */
const plain = (attributes, at = '/') => `${at}?${new URLSearchParams({ url: `${api.address}/graphql`, 'api-key': apiKey, ...attributes })}`;

/** The address of a page that Vite built, which takes the connection from the query. */
const built = name => `/vite/${name}?${new URLSearchParams({ url: `${api.address}/graphql`, apiKey })}`;

async function signIn(page) {
  await page.getByLabel('E-mail').fill('demo@example.com');
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

for (const [size, viewport] of Object.entries({ desktop, phone })) {
  test(`plain HTML: the element signs in, goes through the screens, and signs out (${size})`, async () => {
    const visitor = await arrive({ viewport });
    const page = await visitor.open(plain({ base: '/account' }, '/account'));
    await signIn(page);
    await page.getByRole('heading', { name: 'Hello, Demo' }).waitFor();
    await accessible(page, `the element, ${size}`);
    await fits(page, 'the element');
    await picture(page, `react-element-${size}`);

    await page.getByRole('link', { name: 'Profile' }).first().click();
    await page.getByLabel('First name').waitFor();
    assert.equal(new URL(page.url()).pathname, '/account/profile');
    await page.getByLabel('Company').fill(`Nordlicht ${size}`);
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('Your profile is saved').waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'Hello, Demo' }).waitFor();

    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    assert.deepEqual(await page.evaluate(() => globalThis.told), [false, true, false]);
    assert.equal(await page.title(), 'A shop');
    await visitor.leave();
  });
}

test('plain HTML: neither styles the other', async () => {
  const visitor = await arrive();
  const page = await visitor.open(plain({ base: '/account' }, '/account'));
  const styleOf = (locator, name) => locator.evaluate((element, name) => getComputedStyle(element)[name], name);
  const [ofShop, ofElement] = [page.getByRole('heading', { name: 'A shop' }), page.getByRole('heading', { name: 'Sign in' })];
  await ofElement.waitFor();

  assert.equal(await styleOf(ofShop, 'color'), 'rgb(200, 0, 0)');
  assert.notEqual(await styleOf(ofElement, 'color'), 'rgb(200, 0, 0)');
  assert.notEqual(await styleOf(ofElement, 'fontStyle'), 'italic');
  assert.notEqual(await styleOf(page.getByLabel('E-mail'), 'borderTopStyle'), 'dotted');
  await visitor.leave();
});

test('plain HTML: the scheme is that of the page around, or the one that is asked for', async () => {
  const visitor = await arrive({ colorScheme: 'dark' });
  const ink = async attributes => {
    const page = await visitor.open(plain(attributes));
    const heading = page.getByRole('heading', { name: 'Sign in' });
    return heading.evaluate(element => getComputedStyle(element).color);
  };
  const [around, dark, light] = [await ink({}), await ink({ theme: 'dark' }), await ink({ theme: 'light' })];
  assert.equal(around, dark);
  assert.notEqual(dark, light);
  await visitor.leave();
});

test('plain HTML: what stands at an edge stands at the other one from right to left', async () => {
  const visitor = await arrive({ locale: 'ar' });
  const page = await visitor.open(plain({}));
  const arrow = await page.getByRole('combobox').evaluate(choice => getComputedStyle(choice).backgroundPositionX);
  assert.match(arrow, /^(left )?14px/);
  await visitor.leave();
});

test('Vite: what the shop says of its headings and paragraphs is not for the parts, and its font is', async () => {
  const visitor = await arrive();
  const page = await visitor.open(`/own?${new URLSearchParams({ url: `${api.address}/graphql`, apiKey })}`);
  const look = locator => locator.evaluate(element => {
    const { color, fontFamily, textTransform, letterSpacing } = getComputedStyle(element);
    return { color, fontFamily, textTransform, letterSpacing };
  });
  const [ofShop, heading, label] = await Promise.all([page.getByRole('heading', { name: 'Nordlicht' }), page.getByRole('heading', { name: 'Sign in' }), page.locator('.accountql label').first()].map(look));
  const ink = 'rgb(43, 29, 22)';
  assert.equal(heading.fontFamily, ofShop.fontFamily);
  assert.deepEqual([ofShop.textTransform, heading.textTransform, heading.color], ['uppercase', 'none', ink]);
  assert.deepEqual(label, { color: ink, fontFamily: ofShop.fontFamily, textTransform: 'none', letterSpacing: 'normal' });
  await visitor.leave();
});

test('plain HTML: one screen by itself, without addresses', async () => {
  const visitor = await arrive();
  const page = await visitor.open(plain({ screen: 'password' }));
  await signIn(page);
  await page.getByRole('heading', { name: 'Password', exact: true }).waitFor();
  assert.equal(new URL(page.url()).pathname, '/');
  assert.equal(await page.getByRole('navigation').count(), 0);

  await page.getByRole('button', { name: 'Change password' }).click();
  await page.getByText('must be filled in').first().waitFor();
  await accessible(page, 'one screen');
  await visitor.leave();
});

test('plain HTML: an element that is taken away and comes back goes on', async () => {
  const visitor = await arrive();
  const page = await visitor.open(plain({}));
  await signIn(page);
  await page.getByRole('heading', { name: 'Hello, Demo' }).waitFor();
  await page.evaluate(() => {
    const element = document.querySelector('accountql-account');
    element.remove();
    document.querySelector('main').append(element);
    element.setAttribute('language', 'de');
  });
  await page.getByRole('heading', { name: 'Hello, Demo' }).waitFor();
  await visitor.leave();
});

test('Vite: the components have the colours of the shop, and leave its own looks alone', async () => {
  const visitor = await arrive();
  const page = await visitor.open(built(''));
  await page.goto(`${shop.address}/vite/account`);
  await signIn(page);
  await page.getByRole('heading', { name: 'Hello, Demo' }).waitFor();
  const colour = name => page.getByRole('heading', { name }).evaluate(element => getComputedStyle(element).color);
  assert.equal(await colour('A shop'), 'rgb(200, 0, 0)');

  const current = page.locator('.accountql nav [aria-current]');
  await page.getByRole('link', { name: 'Devices' }).first().click();
  await page.getByRole('heading', { name: 'Devices', exact: true }).waitFor();
  assert.equal(new URL(page.url()).pathname, '/vite/account/sessions');
  assert.equal(await current.textContent(), 'Devices');
  assert.equal(await page.locator('.accountql .back, .accountql main').count(), 1, 'a part is no main part of the page');
  await accessible(page, 'the components');
  await visitor.leave();
});

test('Vite: a shop that uses hooks alone gets no screen', () => {
  const manifest = JSON.parse(readFileSync(path.join(work, 'vite/dist/.vite/manifest.json'), 'utf8'));
  const reached = entry => {
    const seen = new Set();
    (function follow(key) {
      if (!seen.has(key)) {
        seen.add(key);
        [...(manifest[key].imports ?? []), ...(manifest[key].dynamicImports ?? [])].forEach(follow);
      }
    })(entry);
    return [...seen].map(key => readFileSync(path.join(work, 'vite/dist', manifest[key].file), 'utf8')).join('\n');
  };
  const markup = 'row-detail';
  assert.ok(reached('index.html').includes(markup));
  assert.ok(!reached('hooks.html').includes(markup), 'hooks alone bring markup along');
});

test('Vite: hooks alone, in StrictMode, sign in by a token of another service, once', async () => {
  const visitor = await arrive();
  const page = await visitor.open(`${built('hooks.html')}#${provider.token('bert', { email: 'bert@provider.example', email_verified: true })}`);
  await page.getByText('signed-out, no sessions').waitFor();
  const button = page.getByRole('button', { name: 'Sign in by another service' });
  await button.click();
  await page.getByText('signed-in, 1 sessions').waitFor();
  await button.click();
  await page.getByRole('alert').waitFor();
  await visitor.leave();
});

/** Signs in at the provider's page, as somebody it vouches for. */
async function continueAt(page, customer) {
  Object.assign(provider, { customer, claims: { email: `${customer}@provider.example`, email_verified: true } });
  await page.getByRole('button', { name: 'Continue with Shop ID' }).click();
  await page.getByRole('heading', { name: 'Shop ID' }).waitFor();
  await page.getByRole('link', { name: 'Continue' }).click();
}

test('Vite: hooks alone, in StrictMode, sign in at the page of another service, once', async () => {
  const visitor = await arrive();
  let times = 0;
  visitor.context.on('request', request => (times += Number(request.postData()?.includes('mutation SignInWithIdentityProvider') ?? false)));
  const page = await visitor.open(built('hooks.html'));
  await continueAt(page, 'emil');
  await page.getByText('done: Shop ID, /vite/hooks.html').waitFor();
  await page.getByText('signed-in, 1 sessions').waitFor();
  assert.equal(new URL(page.url()).hash, '');
  assert.equal(times, 1);
  await visitor.leave();
});

test('Vite: what was begun in one account can’t be gone on with in another', async () => {
  const visitor = await arrive();
  const sent = [];
  visitor.context.on('request', request => request.postData()?.includes('mutation ProveIdentity') && sent.push(request));
  const page = await visitor.open(`${built('hooks.html')}#${provider.token('gustav', { email: 'gustav@provider.example', email_verified: true })}`);
  await page.getByRole('button', { name: 'Sign in by another service' }).click();
  await page.getByText('signed-in, 1 sessions').waitFor();

  const pending = { identityProvider: 'OAUTH', issuer: provider.issuer, name: 'Shop ID', purpose: 'prove', accountId: 'somebody-elses', path: '/vite/hooks.html', state: 'state', nonce: 'nonce', leftAt: Date.now() };
  await page.evaluate(pending => sessionStorage.setItem('accountql.redirect', pending), JSON.stringify(pending));
  await page.goto(`${shop.address}/vite/hooks.html#${new URLSearchParams({ state: 'state', id_token: provider.token('helga', { nonce: 'nonce' }) })}`);
  await page.getByText('failed: Shop ID, /vite/hooks.html other-account').waitFor();
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByText('signed-out, no sessions').waitFor();
  assert.deepEqual(sent, []);
  await visitor.leave();
});

test('Vite: the components come back from the page of another service to the screen that was left', async () => {
  const visitor = await arrive();
  const page = await visitor.open(built(''));
  await page.goto(`${shop.address}/vite/account/agreements`);
  await continueAt(page, 'fritz');
  await page.getByRole('heading', { name: 'Agreements', exact: true }).waitFor();
  assert.equal(page.url(), `${shop.address}/vite/account/agreements`);
  await page.getByRole('heading', { name: 'A shop' }).waitFor();
  assert.equal(provider.asked.at(-1).redirect_uri, `${shop.address}/vite/account/return`);
  await visitor.leave();
});

test('Vite: one screen alone takes what another service sends back', async () => {
  const visitor = await arrive();
  const page = await visitor.open(`/own?${new URLSearchParams({ url: `${api.address}/graphql`, apiKey, screen: 'phone' })}`);
  await continueAt(page, 'gerda');
  await page.getByRole('heading', { name: 'Phone', exact: true }).waitFor();
  assert.equal(page.url(), `${shop.address}/own`);
  await visitor.leave();
});

test('Vite: hooks show nobody what was the one’s before, and ask nothing for nobody', async () => {
  const visitor = await arrive();
  const [asked, ofNobody] = [[], []];
  visitor.context.on('request', request => {
    const operation = request.postData()?.match(/"query":"(?:query|mutation) (\w+)/)?.[1];
    (request.headers()['authorization'] === undefined ? ofNobody : asked).push(operation);
  });
  const token = who => provider.token(who, { email: `${who}@provider.example`, email_verified: true });
  const page = await visitor.open(`${built('hooks.html')}#${token('cleo')}`);
  const signIn = page.getByRole('button', { name: 'Sign in by another service' });
  await page.getByText('signed-out, no sessions').waitFor();
  await page.evaluate(() => dispatchEvent(new Event('focus')));
  await page.getByRole('button', { name: 'Forgot it' }).click();
  await page.getByRole('button', { name: 'A mail is sent' }).waitFor();
  await signIn.click();
  await page.getByText('signed-in, 1 sessions').waitFor();
  await page.waitForFunction(() => globalThis.seen.at(-1) === 'signed-in: cleo@provider.example, 1');

  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByText('signed-out, no sessions').waitFor();
  await page.evaluate(token => {
    globalThis.seen = [];
    location.hash = token;
  }, token('dora'));
  await signIn.click();
  await page.waitForFunction(() => globalThis.seen.at(-1) === 'signed-in: dora@provider.example, 1');
  const seen = await page.evaluate(() => globalThis.seen);
  assert.deepEqual(seen.filter(line => line.includes('cleo')), []);

  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByText('signed-out, no sessions').waitFor();
  const register = page.getByRole('button', { name: 'Register' });
  let again = 0;
  await page.route(`${api.address}/graphql`, async route => {
    // It is pressed once more when the account is made, and its customer not signed in yet.
    if (/mutation SignIn\(/.test(route.request().postData()) && ++again === 1) {
      await register.click();
    }
    await route.continue();
  });
  await register.click();
  await page.waitForFunction(() => globalThis.seen.at(-1) === 'signed-in: dora@example.com, 1');
  assert.equal(again, 1);
  assert.equal(ofNobody.filter(name => name === 'Register').length, 1);
  assert.ok(asked.includes('Sessions') && asked.includes('Email'));
  assert.deepEqual(ofNobody.filter(name => name === 'Sessions' || name === 'Email'), [], 'it was asked for what is nobody’s');
  await visitor.leave();
});

test('Vite: the page in a hundred lines signs in, asks who it is, and changes the e-mail once', async () => {
  const visitor = await arrive();
  const asked = [];
  visitor.context.on('request', request => asked.push(request.postData()?.match(/mutation (\w+)/)?.[1]));
  const page = await visitor.open('/page/');
  await page.getByLabel('E-mail', { exact: true }).fill('demo@example.com');
  await page.getByLabel('Password').fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').filter({ hasText: 'isn’t right' }).waitFor();
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'demo@example.com' }).waitFor();
  await accessible(page, 'the page in a hundred lines');

  const change = page.getByRole('button', { name: 'Change your e-mail' });
  const dialog = page.getByRole('dialog');
  await page.getByLabel('New e-mail').fill('demo@nordlicht.example');
  await change.click();
  await dialog.waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await change.click();
  await dialog.getByLabel('Password').fill(password);
  await dialog.getByRole('button', { name: 'Is it you?' }).click();
  await page.getByText('Please open the link that we sent to').waitFor();
  assert.equal(asked.filter(name => name === 'RequestEmailChange').length, 1);

  await page.getByText('(this one)').waitFor();
  await page.getByRole('button', { name: 'Sign out' }).last().click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await visitor.leave();
});

test('Next.js: the server renders the outline, and the browser the account, with a cookie that no script reads', async () => {
  const [apiPort, shopPort] = [await freePort(), await freePort()];
  const next = await startNext(path.join(work, 'nextjs'), shopPort, `http://127.0.0.1:${apiPort}`, apiKey);
  const behind = await start('--listen', `127.0.0.1:${apiPort}`, '--cookies', '--allowed-origins', next.address);
  try {
    const html = await (await fetch(`${next.address}/konto/profile`)).text();
    assert.match(html, /A shop/);
    assert.match(html, /Your account is being opened\./);
    assert.ok(!html.includes('<h1'), 'a server knows nobody');

    const visitor = await Visitor.arrive(chrome, next.address);
    const page = await visitor.open('/');
    await page.getByRole('link', { name: 'Your account' }).click();
    await signIn(page);
    await page.getByRole('heading', { name: 'Hello, Demo' }).waitFor();
    const [{ httpOnly }] = await visitor.context.cookies();
    assert.ok(httpOnly);
    assert.equal(await page.evaluate(() => Object.values(sessionStorage).some(value => value.startsWith('as_'))), false);

    await page.goto(`${next.address}/konto/profile`);
    await page.getByLabel('First name').waitFor();
    await accessible(page, 'the account in Next.js');
    // The element in such a page is there for the browser alone.
    const rendered = await (await fetch(`${next.address}/element`)).text();
    assert.match(rendered, /<accountql-account [^>]*url="\/graphql"[^>]*><\/accountql-account>/);
    await page.goto(`${next.address}/element`);
    await page.getByRole('heading', { name: 'Hello, Demo' }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    assert.deepEqual(await visitor.context.cookies().then(cookies => cookies.filter(({ name }) => name === '__Host-accountql')), []);
    await visitor.leave();
  } finally {
    await next.stop();
    await behind.stop();
  }
});
