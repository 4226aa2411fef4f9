// How the parts look in a shop's page: the element in a plain page, whose opinions don't reach it, and the components in a page
// that gives them its own colours. Each picture is kept as test/browser/looks.test.mjs keeps those of the page, in looks.json.
// After a change that is meant to be seen: UPDATE_LOOKS=1 test/react/run looks.test.mjs, look at
// screenshots/looks/index.html, and commit looks.json.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start } from '../browser/binary.mjs';
import { openLooks } from '../browser/looks.mjs';
import { browser, desktop, fits, phone, Visitor } from '../browser/visitor.mjs';
import { startShop } from './shops.mjs';

const password = 'correct horse battery staple';
const sizes = { desktop, phone };

/** The pictures: whose part, which screen (own: of the account), the language, the window and the scheme. */
const element = [
  ['/account', 'sign-in', 'en', 'phone', 'light'],
  ['/account', 'sign-in', 'ar', 'desktop', 'dark'],
  ['/account', 'overview', 'de', 'desktop', 'light', { own: true }],
  ['/account', 'overview', 'ar', 'phone', 'dark', { own: true }],
  ['/account/profile', 'profile', 'en', 'desktop', 'dark', { own: true }],
  ['/', 'password', 'de', 'phone', 'light', { own: true, screen: 'password' }],
];
const components = [
  ['/own', 'sign-in', 'de', 'desktop', 'dark'],
  ['/own', 'overview', 'en', 'desktop', 'light', { own: true }],
  ['/own', 'overview', 'de', 'phone', 'dark', { own: true }],
  ['/own/sessions', 'sessions', 'ar', 'desktop', 'light', { own: true }],
  ['/own', 'column-sign-in', 'en', 'desktop', 'light', { screen: 'profile' }],
  ['/own', 'column-profile', 'de', 'desktop', 'dark', { own: true, screen: 'profile' }],
  ['/own', 'column-sessions', 'en', 'desktop', 'light', { own: true, screen: 'sessions' }],
];

let chrome, shop, api, apiKey, looks, operator;
before(async () => {
  [chrome, shop] = await Promise.all([browser(), startShop(process.env.WORK)]);
  api = await start('--allowed-origins', shop.address, '--rate-limits', 'off');
  ({ apiKey } = await (await fetch(`${api.address}/account/config.json`)).json());
  operator = await Visitor.arrive(chrome, api.address);
  looks = await openLooks(chrome, import.meta.dirname);
});
after(async () => {
  await looks?.close(index());
  await chrome?.close();
  await shop?.stop();
  await api?.stop();
});

const nameOf = (kind, [, screen, language, size, scheme]) => `${kind}-${screen}-${language}-${size}-${scheme}`;

for (const [kind, pictures] of Object.entries({ element, components })) {
  for (const one of pictures) {
    test(`${nameOf(kind, one)} looks as it did, and fits`, () => look(kind, one));
  }
}

async function look(kind, one) {
  const [where, , language, size, colorScheme, { own = false, screen } = {}] = one;
  const name = nameOf(kind, one);
  const visitor = await Visitor.arrive(chrome, shop.address, { viewport: sizes[size], colorScheme, locale: language, bypassCSP: true });
  visitor.alsoAsks(api.address);
  const page = await visitor.context.newPage();
  const attributes = kind === 'element' ? { 'api-key': apiKey, ...(screen === undefined && { base: '/account' }) } : { apiKey };
  await page.goto(`${shop.address}${where}?${new URLSearchParams({ url: `${api.address}/graphql`, ...attributes, ...(screen && { screen }) })}`);
  if (own) {
    await signIn(page, `${name}@example.com`);
  }
  await settled(page, kind);

  await looks.take(page, name);
  await fits(page, name);
  const [needed, width] = await page.locator('.accountql').evaluate(part => [part.scrollWidth, part.clientWidth]);
  assert.ok(needed <= width, `the part is ${needed} wide in a place of ${width}`);
  await looks.asBefore(taken => taken === name);
  await visitor.leave();
}

async function signIn(page, email) {
  await operator.register({ email, password, firstName: 'Ada', lastName: 'Lovelace' });
  await page.locator('input[name=email]').fill(email);
  await page.locator('input[name=password]').fill(password);
  await page.keyboard.press('Enter');
  await page.locator('input[name=email][type=email]').waitFor({ state: 'detached' });
}

async function settled(page, kind) {
  await page.locator('.accountql h1').waitFor();
  await page.waitForLoadState('networkidle');
  // The font of every machine that runs this, whatever else is installed there; the shop with looks of its own names one.
  if (kind === 'element') {
    await page.addStyleTag({ content: 'body, header h1 { font-family: "DejaVu Sans" !important }' });
  }
  await page.evaluate(() => document.fonts.ready);
}

/** All pictures. */
function index() {
  const figures = Object.entries({ element, components }).flatMap(([kind, pictures]) => pictures.map(one => `<figure><img src="${nameOf(kind, one)}.png" height="480" alt=""><figcaption>${nameOf(kind, one)}</figcaption></figure>`));
  return `<!doctype html><meta charset="utf-8"><title>How the parts look</title><style>body{display:flex;flex-wrap:wrap;font:14px sans-serif;background:#999}</style>${figures.join('\n')}\n`;
}
