// The account page in production, in a shop's brand: what a customer sees, reads in the mails, and does.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { mailTo, openShop } from './shop.mjs';
import { accessible, browser, desktop, fits, phone, picture, Visitor } from './visitor.mjs';

const brand = path.join(import.meta.dirname, '../../examples/brand/shop.json');
const password = 'blaue Fjorde im November';

let shop, chrome;
before(async () => {
  shop = await openShop('--brand', brand);
  chrome = await browser();
});
after(async () => {
  await chrome?.close();
  await shop?.close();
});

const arrive = options => Visitor.arrive(chrome, shop.address, { ignoreHTTPSErrors: true, ...options });

const registrations = [
  { locale: 'ja-JP', timezoneId: 'Asia/Tokyo', offset: 'UTC+9', greeting: 'ようこそ', subject: 'メールアドレスの確認' },
  { locale: 'de-DE', timezoneId: 'Africa/Windhoek', offset: 'UTC+2', greeting: 'Willkommen', subject: 'Bestätigen Sie Ihre E-Mail-Adresse' },
  { locale: 'fr-FR', timezoneId: 'America/Guadeloupe', offset: 'UTC-4', greeting: 'Bienvenue', subject: 'Confirmez' },
];
for (const { locale, timezoneId, offset, greeting, subject } of registrations) {
  test(`who registers in ${locale} gets the page and the first mail in that language, with times in ${timezoneId}`, async () => {
    const email = `${locale.toLowerCase()}@example.com`;
    const visitor = await arrive({ locale, timezoneId });
    const page = await visitor.open('/account/register');
    await page.locator('input[type=email]').fill(email);
    await page.locator('input[type=password]').fill(password);
    await page.locator('form button[type=submit]').click();
    await page.getByRole('heading', { name: greeting, level: 1 }).waitFor();
    const { text, html } = await mailTo(shop, email, /#token=/);
    assert.ok(html.includes(subject), text);
    assert.ok(text.includes(offset), text);
    await visitor.leave();
  });
}

test('who registers with a time zone that only the browser knows gets an account without one', async () => {
  const visitor = await arrive();
  await visitor.context.addInitScript(() => {
    Intl.supportedValuesOf = () => ['Mars/Olympus'];
    const known = Intl.DateTimeFormat.prototype.resolvedOptions;
    Intl.DateTimeFormat.prototype.resolvedOptions = function () {
      return { ...known.call(this), timeZone: 'Mars/Olympus' };
    };
  });
  const asked = [];
  visitor.context.on('request', request => {
    const { variables } = (request.method() === 'POST' && request.url().endsWith('/graphql') && request.postDataJSON()) || {};
    return variables?.input?.password !== undefined && asked.push(variables.input.timeZone);
  });
  const page = await visitor.open('/account/register');
  await page.getByLabel('E-mail').fill('mars@example.com');
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('heading', { name: 'Welcome', level: 1 }).waitFor();
  assert.deepEqual(asked.slice(0, 2), ['Mars/Olympus', undefined]);
  assert.ok((await mailTo(shop, 'mars@example.com', /#token=/)).text.includes(' UTC'));
  await visitor.leave();
});

for (const [name, viewport] of Object.entries({ desktop, phone })) {
  test(`a customer registers, confirms, signs in and changes something, on a ${name}`, async () => {
    const email = `${name}@example.com`;
    const visitor = await arrive({ viewport });
    const page = await visitor.open('/account');
    await page.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor();
    await page.getByRole('img', { name: 'Nordlicht' }).waitFor();
    assert.equal(await page.getByText(/demo customer|Development mode/).count(), 0, 'production shows what is for developers');
    assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector('.button.primary')).backgroundColor), 'rgb(91, 63, 196)');
    assert.equal(await page.getByRole('contentinfo').getByRole('link', { name: 'Privacy' }).getAttribute('href'), 'https://nordlicht.example/datenschutz');
    await accessible(page, 'the sign-in');
    await fits(page, 'the sign-in');
    await picture(page, `production-sign-in-${name}`);

    await page.getByRole('link', { name: 'Create an account' }).click();
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByRole('heading', { name: 'Welcome', level: 1 }).waitFor();

    const mail = await mailTo(shop, email, /#token=/);
    const [link] = mail.text.match(/https:\/\/localhost:\d+\/account\/activate#token=\S+/);
    for (const words of ['Nordlicht', 'hilfe@nordlicht.example', 'https://nordlicht.example/impressum']) {
      assert.ok(mail.text.includes(words) || mail.html.includes(words), `the mail lacks ${words}:\n${mail.text}`);
    }
    assert.match(mail.head, /From: "?Nordlicht"? <no-reply@nordlicht\.example>/);
    await page.close();

    const confirm = await visitor.context.newPage();
    await confirm.goto(link);
    await confirm.getByRole('button', { name: /Confirm/ }).click();
    await confirm.getByText(/confirmed/i).first().waitFor();

    // The cookie signs another tab in; and whoever signs out and in again is back.
    const again = await visitor.open('/account/profile');
    await again.getByRole('heading', { name: 'Profile', level: 1 }).waitFor();
    await again.getByRole('button', { name: 'Sign out' }).click();
    await again.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor();
    await again.goto(`${shop.address}/account/profile`);
    await visitor.signIn(again, email, password, 'Profile');
    await again.getByLabel('First name').fill('Anna');
    await again.getByRole('button', { name: 'Save' }).click();
    await again.getByText('Your profile is saved').first().waitFor();
    await accessible(again, 'the profile');
    await fits(again, 'the profile');

    await again.goto(`${shop.address}/account/addresses`);
    await again.getByRole('button', { name: 'Add an address' }).click();
    await again.getByText('DE +49', { exact: true }).waitFor();

    const overview = await visitor.open('/account');
    await overview.getByRole('heading', { name: 'Hello, Anna', level: 1 }).waitFor();
    await accessible(overview, 'the overview');
    await picture(overview, `production-overview-${name}`);

    const cookies = await visitor.context.cookies();
    assert.ok(cookies.some(({ httpOnly, secure, sameSite }) => httpOnly && secure && sameSite !== 'None'), JSON.stringify(cookies));
    assert.equal(await overview.evaluate(() => sessionStorage.getItem('accountql.session')?.includes('at_') ?? false), false, 'a script has the token');
    await visitor.leave();
  });
}

test('the dark scheme is the brand’s as well', async () => {
  const visitor = await arrive({ colorScheme: 'dark' });
  const page = await visitor.open('/account');
  await page.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor();
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(20, 17, 32)');
  assert.match(await page.getByRole('img', { name: 'Nordlicht' }).evaluate(image => image.currentSrc), /logo-dark-[0-9a-f]+\.svg$/);
  await accessible(page, 'the dark sign-in');
  await picture(page, 'production-sign-in-dark');
  await visitor.leave();
});

test('the page’s key takes the page’s documents only', async () => {
  const { apiKey, trustedDocuments, cookies, demo, inbox } = await fetchJSON('/account/config.json');
  assert.deepEqual({ trustedDocuments, cookies, demo, inbox }, { trustedDocuments: true, cookies: true, demo: undefined, inbox: undefined });
  const visitor = await arrive();
  const { request } = visitor.context;
  const answer = await request.post(`${shop.address}/graphql`, { headers: { 'X-Api-Key': apiKey, 'Content-Type': 'application/json' }, data: { query: '{ settings { maxAge } }' } });
  assert.match(await answer.text(), /only trusted documents/i);
  for (const closed of ['/', '/inbox', '/inbox.json', '/documents.json', '/llms.txt', '/graphiql/']) {
    assert.equal((await request.get(shop.address + closed)).status(), 404, closed);
  }
  assert.ok(!shop.log().includes(apiKey), 'the log has the key');
  await visitor.leave();
});

test('an open tab whose key has ended goes on with the next one', async () => {
  const visitor = await arrive();
  const page = await visitor.context.newPage();
  // The tab of last month has a key that is none any more.
  await page.route(`${shop.address}/account`, async route => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace(/ak_page-\d+_[\w-]+/, 'ak_page-0_ended') });
  });
  const asked = [];
  page.on('response', response => response.url().endsWith('/graphql') && asked.push(response.status()));
  await page.goto(`${shop.address}/account`);
  await page.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor();
  await page.getByLabel('E-mail').fill('nobody@example.com');
  await page.getByLabel('Password', { exact: true }).fill('wrong horse battery');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByText(/Wrong|isn’t right|don’t match|not right|doesn’t match/i).first().waitFor();
  assert.ok(asked.includes(401), `the old key was taken: ${asked}`);
  await visitor.leave();
});

async function fetchJSON(where) {
  const visitor = await arrive();
  const answer = await visitor.context.request.get(shop.address + where);
  const json = await answer.json();
  await visitor.leave();
  return json;
}
