// What a customer agreed to, on the account page: in words, with what a yes waits for, and with the history of the answers.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { start } from './binary.mjs';
import { accessible, browser, fits, inSight, phone, picture, Visitor } from './visitor.mjs';

const password = 'a walk along the river';
const update = 'mutation ($input: UpdateAccountInput!) { updateAccount(input: $input) { account { id } } }';

let server, chrome, folder, customers = 0;
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'accountql-consents-'));
  const wordings = path.join(folder, 'wordings.json');
  await writeFile(wordings, JSON.stringify({ email: [{ version: '2026-11', texts: { en: 'Send me offers by e-mail.' } }] }));
  [server, chrome] = await Promise.all([start('--rate-limits', 'off', '--double-opt-in', '--consent-wordings', wordings, '--global-privacy-control'), browser()]);
});
after(async () => {
  await chrome?.close();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

const inbox = async at => (await fetch(`${at.address}/inbox.json`)).json();

/** The screen of a new customer, who has confirmed the address or not, and answered before. */
async function arrive({ confirmed = true, answers = [], at = server, ...others } = {}) {
  const visitor = await Visitor.arrive(chrome, at.address, others);
  const email = `consents-${++customers}@example.com`;
  const session = await visitor.register({ email, password, firstName: 'Ada' });
  if (confirmed) {
    const { token } = (await inbox(at)).find(message => message.kind === 'ACTIVATION' && message.to === email);
    await visitor.call('mutation ($input: ConfirmAccountActivationInput!) { confirmAccountActivation(input: $input) { session { id } } }', { token, password });
  }
  for (const agreements of answers) {
    await visitor.call(update, { agreements }, session);
  }

  const page = await visitor.context.newPage();
  const open = async (first = () => {}) => {
    await first(page);
    await page.goto(`${at.address}/account/agreements`);
    await visitor.signIn(page, email, password, 'Agreements');
    await page.getByRole('switch').first().waitFor();
  };
  return { visitor, email, session, page, open };
}

const row = (page, channel) => page.getByRole('listitem').filter({ has: page.getByRole('switch', { name: channel }) });
const history = page => page.locator('section').filter({ has: page.getByRole('heading', { name: 'History' }) });
const entries = page => history(page).getByRole('listitem');
const older = page => history(page).getByRole('button', { name: 'Show older' });

/** What a screen reader says of a switch after its name. */
const said = (page, channel) =>
  page.getByRole('switch', { name: channel }).evaluate(box => document.getElementById(box.getAttribute('aria-describedby')).textContent);

/** Waits until the history has so many answers. */
const counts = (page, answers) => page.waitForFunction(wanted => document.querySelectorAll('section:last-of-type time').length === wanted, answers);

test('an answer is in words, and in the history at once', async () => {
  const { visitor, page, open } = await arrive({ viewport: phone });
  await open();
  await history(page).getByText('You haven’t been asked yet.').waitFor();
  assert.equal(await said(page, /Wi-Fi/), 'You haven’t been asked yet.');
  assert.equal(await page.getByRole('switch', { name: /WhatsApp|RCS/ }).count(), 0, 'a channel that few shops use is offered');

  await page.getByRole('switch', { name: /Wi-Fi/ }).check();
  await entries(page).filter({ hasText: /^Wi-Fi Yes.*Chosen in your account$/ }).waitFor();
  assert.match(await said(page, /Wi-Fi/), /^Yes · \d+ \w+ \d{4}$/);
  await page.getByRole('switch', { name: /Wi-Fi/ }).uncheck();
  await counts(page, 2);
  assert.match(await entries(page).first().textContent(), /^Wi-Fi No/, 'the newest answer is first');
  assert.match(await said(page, /Wi-Fi/), /^No · \d+ \w+ \d{4}$/);

  await fits(page, 'the history');
  await accessible(page, 'the history');
  await picture(page, 'consents');
  await visitor.leave();
});

test('a yes to text messages says that it waits for a number, and leads there', async () => {
  const { visitor, page, open } = await arrive({ answers: [{ sms: true, whatsapp: true }] });
  await open();
  assert.ok(await page.getByRole('switch', { name: /Text messages/ }).isChecked(), 'a yes that waits is off');
  assert.equal(await said(page, /Text messages/), 'You said yes. It counts once you have added your phone number and confirmed it.');
  assert.equal(await said(page, /WhatsApp/), 'You said yes. It counts once you have added your phone number and confirmed it.');
  await entries(page).filter({ hasText: 'WhatsApp Yes, not confirmed yet' }).waitFor();
  await accessible(page, 'answers that wait');
  await picture(page, 'consents-waiting');

  await row(page, /Text messages/).getByRole('link', { name: 'added your phone number' }).click();
  await page.getByLabel('New number').waitFor();
  await page.goBack();

  // A number that nobody has confirmed is confirmed on the same screen.
  await page.route('**/graphql', async (route, request) => {
    if (!request.postDataJSON().query.includes('fragment Consents')) {
      return route.fallback();
    }
    const response = await route.fetch();
    const json = await response.json();
    Object.assign(json.data.account, { phone: '+48512345678', phoneVerified: false });
    return route.fulfill({ response, json });
  });
  await page.reload();
  await row(page, /Text messages/).getByRole('link', { name: 'confirmed your phone number' }).click();
  await page.getByLabel('New number').waitFor();
  await page.unroute('**/graphql');

  // Who takes a yes back that waits, waits for nothing.
  await page.goBack();
  await page.getByRole('switch', { name: /Text messages/ }).uncheck();
  await page.waitForFunction(() => document.querySelector('[name=sms]')?.closest('li').textContent.includes('No · '));
  await visitor.leave();
});

test('a yes to newsletters waits for the address, and then for the link of the mail', async () => {
  const unconfirmed = await arrive({ confirmed: false, answers: [{ email: true }] });
  await unconfirmed.open();
  assert.equal(await said(unconfirmed.page, /Newsletters/), 'You said yes. It counts once you have confirmed your e-mail.');
  await row(unconfirmed.page, /Newsletters/).getByRole('link', { name: 'confirmed your e-mail' }).click();
  await unconfirmed.page.getByRole('heading', { name: 'Your address', exact: true }).waitFor();

  // An address that the shop brought along needn't be confirmed before.
  await unconfirmed.page.route('**/graphql', async (route, request) => {
    if (!request.postDataJSON().query.includes('fragment Consents')) {
      return route.fallback();
    }
    const response = await route.fetch();
    const json = await response.json();
    json.data.account.emailVouched = true;
    return route.fulfill({ response, json });
  });
  await unconfirmed.page.goto(`${server.address}/account/agreements`);
  await row(unconfirmed.page, /Newsletters/).getByText('It counts once you have opened the link in our mail.').waitFor();
  await row(unconfirmed.page, /Newsletters/).getByRole('button', { name: 'Send the mail again' }).waitFor();
  await unconfirmed.visitor.leave();

  const { visitor, email, page, open } = await arrive();
  const mails = async () => (await inbox(server)).filter(({ kind, to }) => kind === 'CONSENT_CONFIRM' && to === email);
  await open();
  await page.getByRole('switch', { name: /Newsletters/ }).check();
  const waits = row(page, /Newsletters/).getByText('It counts once you have opened the link in our mail.');
  await waits.waitFor();
  assert.equal((await mails()).length, 1);
  await row(page, /Newsletters/).getByRole('button', { name: 'Send the mail again' }).click();
  await row(page, /Newsletters/).getByText('We’ll send it if it’s due.').waitFor();
  assert.equal((await mails()).length, 2, 'the mail isn’t sent again');
  await fits(page, 'newsletters that wait');
  await accessible(page, 'newsletters that wait');
  await picture(page, 'consents-opt-in');

  // The link is opened elsewhere, and the screen learns of it by itself.
  const [{ token }] = await mails();
  const answer = await fetch(`${server.address}/consent/${token}`, { method: 'POST', headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: 'confirm=yes' });
  assert.equal(answer.status, 200);
  await waits.waitFor({ state: 'detached' });
  await entries(page).filter({ hasText: 'You confirmed that you want newsletters' }).waitFor();
  assert.match(await said(page, /Newsletters/), /^Yes · /);
  assert.match(await entries(page).first().textContent(), /^Newsletters Yes[^,].* · Wording 2026-11$/);
  assert.match(await entries(page).nth(1).textContent(), /^Newsletters Yes, not confirmed yet/);
  await visitor.leave();
});

test('the history says by what an answer came', async () => {
  const { visitor, page, open } = await arrive();
  const sources = {
    registerAccount: 'Your account was registered', confirmPhoneUpdate: 'Your phone number was changed', withdrawConsent: 'A consent was withdrawn with the link of a message',
    unsubscribe: 'You unsubscribed with the link of a message', 'account import': 'Your account was brought along by the shop', updateCustomer: 'The shop changed your account',
    'Sec-GPC': 'Your browser objected (Global Privacy Control)', 'till 7 <b>': 'Noted by the shop: till 7 <b>', account: 'Noted by the shop: account',
  };
  await open(() => page.route('**/graphql', (route, request) => {
    const { query } = request.postDataJSON();
    const node = { __typename: 'Consent', channel: 'RCS', state: 'NOT_ASKED', wording: null, recordedAt: '2026-03-01T12:00:00Z' };
    const edges = Object.keys(sources).map(source => ({ __typename: 'ConsentEdge', cursor: source, node: { ...node, source } }));
    const consentHistory = { __typename: 'ConsentConnection', edges, pageInfo: { __typename: 'PageInfo', endCursor: null, hasNextPage: false } };
    return query.includes('consentHistory') ? route.fulfill({ json: { data: { account: { __typename: 'Account', id: 'a', consentHistory } } } }) : route.fallback();
  }));
  await counts(page, Object.keys(sources).length);
  const told = await entries(page).allTextContents();
  assert.deepEqual(told.map(text => text.replace(/^RCS messages No answer1 Mar 2026, \d\d:\d\d · /, '')), Object.values(sources));
  await visitor.leave();

  // A browser that objects is believed where the shop asks for that.
  const objector = await Visitor.arrive(chrome, server.address);
  const { apiKey } = await (await fetch(`${server.address}/account/config.json`)).json();
  const registered = await fetch(`${server.address}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Api-Key': apiKey, 'Sec-GPC': '1' },
    body: JSON.stringify({ query: 'mutation ($input: RegisterAccountInput!) { registerAccount(input: $input) { accepted } }', variables: { input: { email: 'gpc@example.com', password } } }),
  });
  assert.equal(registered.status, 200);
  const tab = await objector.open('/account/agreements');
  await objector.signIn(tab, 'gpc@example.com', password, 'Agreements');
  await entries(tab).filter({ hasText: /^Newsletters No.*Your browser objected/ }).waitFor();
  await objector.leave();
});

test('older answers come twenty at a time, and a new one begins anew', async () => {
  const answers = Array.from({ length: 45 }, (_, at) => ({ wifi: at % 2 === 0 }));
  const { visitor, page, open } = await arrive({ answers, viewport: phone });
  await open();
  await counts(page, 20);
  await older(page).click();
  await counts(page, 40);

  // What can't be had is said beside the button, and what is there stays.
  await page.route('**/graphql', (route, request) =>
    request.postDataJSON().variables.after ? route.fulfill({ json: { errors: [{ message: 'something went wrong', extensions: { code: 'INTERNAL', requestId: 'req-1' } }] } }) : route.fallback(),
  );
  await older(page).click();
  await inSight(history(page).getByRole('alert').filter({ hasText: 'Something went wrong on our side.' }), 'what went wrong');
  await inSight(older(page), 'the button');
  await counts(page, 40);
  await accessible(page, 'a page that can’t be had');
  await page.unroute('**/graphql');
  await older(page).click();
  await counts(page, 45);
  assert.equal(await older(page).count(), 0, 'there is nothing older');
  await history(page).getByRole('alert').filter({ hasText: 'Something went wrong' }).waitFor({ state: 'detached' });

  await page.getByRole('switch', { name: /Push/ }).check();
  await entries(page).first().filter({ hasText: 'Push notifications' }).waitFor();
  await counts(page, 20);
  await older(page).click();
  await counts(page, 40);
  assert.equal(await entries(page).filter({ hasText: 'Push notifications' }).count(), 1, 'an answer is there twice');
  await visitor.leave();
});

test('a history that can’t be had leaves the switches alone', async () => {
  const { visitor, page, open } = await arrive();
  await open(() => page.route('**/graphql', (route, request) =>
    request.postDataJSON().query.includes('consentHistory')
      ? route.fulfill({ status: 429, json: { errors: [{ message: 'too often', extensions: { code: 'RATE_LIMITED', requestId: 'req-1', retryAfter: 30 } }] } })
      : route.fallback(),
  ));
  await history(page).getByRole('alert').filter({ hasText: 'too often' }).waitFor();
  await accessible(page, 'no history');
  await picture(page, 'consents-limited');
  await page.getByRole('switch', { name: /Push/ }).check();
  await page.getByText('Push notifications: yes. Saved.').waitFor();
  await page.unroute('**/graphql');
  const again = history(page).getByRole('button', { name: 'Try again' });
  await again.click();
  await counts(page, 1);
  assert.equal(await again.count(), 0);
  await visitor.leave();
});

test('a shop without the screen of the phone leads nowhere', async () => {
  const brand = path.join(folder, 'brand.json');
  await writeFile(brand, JSON.stringify({ name: 'Nord', screens: { phone: false } }));
  const shop = await start('--rate-limits', 'off', '--brand', brand);
  try {
    const { visitor, page, open } = await arrive({ at: shop, answers: [{ sms: true }] });
    await open();
    assert.equal(await said(page, /Text messages/), 'You said yes. It counts once you have added your phone number and confirmed it.');
    assert.equal(await row(page, /Text messages/).getByRole('link').count(), 0);
    await visitor.leave();
  } finally {
    await shop.stop();
  }
});
