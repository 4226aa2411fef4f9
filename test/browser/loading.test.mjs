// How the page comes: what is loaded for which screen, that nothing jumps meanwhile, and what stands there where
// something can't be loaded.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start } from './binary.mjs';
import { accessible, browser, desktop, fits, phone, picture, Visitor } from './visitor.mjs';

const password = 'correct horse battery staple';

let server, chrome;
before(async () => {
  [server, chrome] = await Promise.all([start('--rate-limits', 'off'), browser()]);
});
after(async () => {
  await chrome?.close();
  await server?.stop();
});

/** A visitor whose browser saves data, so that nothing is loaded before it is wanted; where others don't. */
async function arrive({ saveData = true, ...options } = {}) {
  const visitor = await Visitor.arrive(chrome, server.address, options);
  await visitor.context.addInitScript(saves => {
    Object.defineProperty(Navigator.prototype, 'connection', { configurable: true, get: () => ({ saveData: saves }) });
    // How far things that were there before have moved by themselves, as browsers measure it.
    globalThis.shifts = [];
    new PerformanceObserver(list => {
      for (const { value, hadRecentInput, sources } of list.getEntries()) {
        if (!hadRecentInput) {
          globalThis.shifts.push(`${value} ${sources.map(({ node }) => node?.outerHTML?.slice(0, 80) ?? node?.textContent)}`);
        }
      }
    }).observe({ type: 'layout-shift', buffered: true });
  }, saveData);
  const loaded = [];
  visitor.context.on('request', request => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/account')) {
      loaded.push(pathname.replace(/^\/account\/(?:assets\/)?/, '').replace(/-[\w-]{8}(?=\.)/, ''));
    }
  });
  return { visitor, loaded };
}

const heading = (page, name) => page.getByRole('heading', { name, level: 1 }).waitFor();
const link = (page, name) => page.getByRole('navigation', { name: 'Your account' }).getByRole('link', { name });
const screens = loaded => loaded.filter(name => /^[A-Z]\w+\.js$|^links\.js$/.test(name));

test('the sign-in loads nothing of the account, and each screen only what it needs', async () => {
  const { visitor, loaded } = await arrive();
  const page = await visitor.open('/account');
  await heading(page, 'Sign in');
  await page.waitForLoadState('networkidle');
  assert.deepEqual([...new Set(loaded)].sort(), ['/account', 'first.css', 'first.js', 'icon.svg', 'start.js', 'words-en-start.js']);

  // By the keyboard, for the pointer would rest where the menu is afterwards.
  await page.getByLabel('E-mail').fill('demo@example.com');
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
  await heading(page, /^Hello/);
  assert.deepEqual(screens(loaded), ['Overview.js']);
  await link(page, 'Devices').focus();
  await page.waitForLoadState('networkidle');
  assert.deepEqual(screens(loaded), ['Overview.js', 'Sessions.js']);
  await link(page, 'Devices').click();
  await heading(page, 'Devices');
  await link(page, 'Addresses').hover();
  await page.waitForLoadState('networkidle');
  assert.deepEqual(screens(loaded), ['Overview.js', 'Sessions.js', 'Addresses.js']);
  assert.equal(loaded.filter(name => name.startsWith('shared')).length, 1);
  await visitor.leave();
});

test('a browser that need not save data has the next screens before they are wanted', async () => {
  const { visitor, loaded } = await arrive({ saveData: false });
  const page = await visitor.open('/account');
  await heading(page, 'Sign in');
  const come = names => page.waitForFunction(names => names.every(name => performance.getEntriesByType('resource').some(({ name: url }) => url.includes(`/${name}-`))), names);
  await come(['Overview']);
  assert.deepEqual(screens(loaded), ['Overview.js']);
  await visitor.signIn(page, 'demo@example.com', password);
  await come(['Profile', 'Addresses', 'Email', 'Phone', 'Password', 'Passkeys', 'Agreements', 'Sessions', 'Activity', 'Data', 'Delete']);
  await visitor.leave();
});

test('a screen that can’t be loaded says so, and is there once it can be', async () => {
  const { visitor } = await arrive();
  visitor.cutOff = true;
  const page = await visitor.open('/account');
  await heading(page, 'Sign in');
  await visitor.signIn(page, 'demo@example.com', password);
  await page.route('**/Addresses-*.js', route => route.abort());
  await link(page, 'Addresses').click();
  await heading(page, 'Addresses');
  await page.getByText('This screen couldn’t be loaded.').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Addresses');
  await fits(page, 'a screen that is missing');
  await accessible(page, 'a screen that is missing');
  await picture(page, 'screen-missing');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('This screen couldn’t be loaded.').waitFor();

  // The menu works all the same.
  await link(page, 'Devices').click();
  await page.getByText('This device').first().waitFor();
  await link(page, 'Addresses').click();
  await page.getByText('This screen couldn’t be loaded.').waitFor();
  await page.unroute('**/Addresses-*.js');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('You have no addresses yet.').waitFor();
  await visitor.leave();
});

test('a screen that wasn’t loaded before the browser went offline comes when it is back', async () => {
  const { visitor } = await arrive();
  visitor.cutOff = true;
  const page = await visitor.open('/account');
  await heading(page, 'Sign in');
  await visitor.signIn(page, 'demo@example.com', password);
  await visitor.context.setOffline(true);
  await page.getByText('You’re offline. What you see').waitFor();
  await link(page, 'Agreements').click();
  await page.getByText('this screen isn’t on your device yet').waitFor();
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('this screen isn’t on your device yet').waitFor();
  await accessible(page, 'a screen that is missing offline');
  await picture(page, 'screen-missing-offline');
  await visitor.context.setOffline(false);
  await page.getByRole('switch', { name: /Newsletters/ }).waitFor();
  await visitor.leave();
});

test('a page whose scripts can’t be loaded says so', async () => {
  const { visitor } = await arrive({ viewport: phone });
  visitor.cutOff = true;
  const page = await visitor.context.newPage();
  await page.route('**/start-*.js', route => route.abort());
  await page.goto(`${server.address}/account`);
  await page.getByText('This page couldn’t be loaded.').waitFor();
  await heading(page, 'Your account');
  await accessible(page, 'a page without its scripts');
  await picture(page, 'page-missing');
  await page.unroute('**/start-*.js');
  await page.getByRole('button', { name: 'Try again' }).click();
  await heading(page, 'Sign in');
  await visitor.leave();
});

for (const [device, viewport] of Object.entries({ desktop, phone })) {
  test(`nothing jumps while the page comes on a ${device}`, async () => {
    const { visitor } = await arrive({ viewport });
    const page = await visitor.context.newPage();
    const hold = [];
    await page.route('**/assets/start-*.js', route => new Promise(resolve => hold.push(resolve)).then(() => route.continue()));
    const held = async () => {
      while (!hold.length) {
        await page.waitForTimeout(20);
      }
    };
    const release = () => hold.splice(0).forEach(go => go());
    const place = element => element.evaluate(({ offsetLeft, offsetTop }) => [offsetLeft, offsetTop]);

    await page.goto(`${server.address}/account`, { waitUntil: 'commit' });
    await held();
    await heading(page, 'Your account');
    const [brand, title] = [await place(page.locator('.brand')), await place(page.locator('h1'))];
    await accessible(page, 'the outline');
    await page.waitForTimeout(700);
    await picture(page, `outline-${device}`);
    release();
    await heading(page, 'Sign in');
    assert.deepEqual([await place(page.locator('.brand')), await place(page.locator('h1'))], [brand, title]);

    // In the account, where the first script is there before the others.
    await page.unroute('**/assets/start-*.js');
    await visitor.signIn(page, 'demo@example.com', password);
    await page.route('**/assets/{start,Sessions}-*.js', route => new Promise(resolve => hold.push(resolve)).then(() => route.continue()));
    await page.goto(`${server.address}/account/sessions`, { waitUntil: 'commit' });
    await held();
    await page.locator('.page.account').waitFor();
    const [brandThen, titleThen] = [await place(page.locator('.brand')), await place(page.locator('h1'))];
    await page.waitForTimeout(700);
    await picture(page, `outline-account-${device}`);
    release();
    await page.getByText('This device').first().waitFor();
    assert.deepEqual([await place(page.locator('.brand')), await place(page.locator('h1'))], [brandThen, titleThen]);
    assert.deepEqual(await page.evaluate(() => globalThis.shifts), []);
    await visitor.leave();
  });
}

test('without scripts the page has its name, and says what it needs', async () => {
  for (const colorScheme of ['light', 'dark']) {
    const visitor = await Visitor.arrive(chrome, server.address, { javaScriptEnabled: false, colorScheme });
    const page = await visitor.open('/account');
    await heading(page, 'Your account');
    await page.locator('noscript p').filter({ hasText: 'works with JavaScript only' }).waitFor();
    assert.equal(await page.locator('.brand').textContent(), 'AccountQL');
    assert.deepEqual(await page.locator('.outline > span').evaluateAll(bars => bars.filter(bar => bar.checkVisibility()).length), 0);
    await picture(page, `without-scripts-${colorScheme}`);
    await visitor.leave();
  }
});
