// The inbox of development: the list with the chosen message beside it, or in its place on a phone; by the mouse, by the
// keyboard, by the address; with a search, a thousand messages, and messages that arrive meanwhile.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start } from './binary.mjs';
import { accessible, browser, desktop, fits, inSight, phone, picture, rows, Visitor } from './visitor.mjs';

let server, chrome;
before(async () => {
  [server, chrome] = await Promise.all([start('--rate-limits', 'off'), browser()]);
});
after(async () => {
  await chrome?.close();
  await server?.stop();
});

const messages = async () => (await fetch(`${server.address}/inbox.json`)).json();
const heading = (page, name) => page.getByRole('article').getByRole('heading', { name });
const row = (page, to) => rows(page).filter({ hasText: to });
const isSelected = locator => locator.and(locator.page().locator('[aria-selected=true]'));
/** Waits until the element has the focus. */
const focused = locator => locator.and(locator.page().locator(':focus')).waitFor();

/** Sends a mail to a new address, which it returns. */
async function mail(visitor, name) {
  await visitor.call('mutation ($input: RegisterAccountInput!) { registerAccount(input: $input) { accepted } }', { email: `${name}@example.com`, password: 'a walk along the river' });
  return `${name}@example.com`;
}

/** Four mails: to one, two, three and four, of which the last is the newest. */
async function four(visitor, prefix) {
  const sent = [];
  for (const name of ['one', 'two', 'three', 'four']) {
    sent.push(await mail(visitor, `${prefix}-${name}`));
  }
  return sent;
}

test('a message is read beside the list, by clicks, by the address, back and forward', async () => {
  const visitor = await Visitor.arrive(chrome, server.address);
  const [one, two, three, four_] = await four(visitor, 'click');
  const page = await visitor.open('/inbox');

  // The newest is there at once, and read; the others are not.
  await isSelected(row(page, four_)).waitFor();
  await page.getByRole('article').getByText(four_).waitFor();
  assert.equal(await row(page, four_).getByText('Unread').count(), 0);
  assert.equal(await row(page, one).getByText('Unread').count(), 1);
  const unread = Number((await page.title()).match(/^\((\d+)\) Inbox/)[1]);

  await row(page, one).click();
  await page.getByRole('article').getByText(one).waitFor();
  assert.equal(await page.getByRole('article').count(), 1);
  assert.equal(await row(page, one).getByText('Unread').count(), 0);
  assert.equal(Number((await page.title()).match(/^\((\d+)\) Inbox/)[1]), unread - 1);
  const address = page.url();
  const { id } = (await messages()).find(({ to }) => to === one);
  assert.equal(address, `${server.address}/inbox#${id}`);

  await row(page, two).click();
  await page.getByRole('article').getByText(two).waitFor();
  await page.goBack();
  await page.getByRole('article').getByText(one).waitFor();
  await isSelected(row(page, one)).waitFor();
  assert.equal(page.url(), address);
  await page.goBack();
  await page.getByRole('article').getByText(four_).waitFor();
  await page.goForward();
  await page.getByRole('article').getByText(one).waitFor();

  // A reload and another tab stay at the message, and know what was read.
  await page.reload();
  await isSelected(row(page, one)).waitFor();
  await page.getByRole('article').getByText(one).waitFor();
  assert.equal(await row(page, two).getByText('Unread').count(), 0);
  assert.equal(await row(page, three).getByText('Unread').count(), 1);
  const other = await visitor.open(`/inbox#${id}`);
  await other.getByRole('article').getByText(one).waitFor();
  await row(other, three).click();
  await row(page, three).and(page.locator(':not(.unread)')).waitFor();
  assert.equal(page.url(), address);
  await visitor.leave();
});

test('the keyboard alone walks through the messages', async () => {
  const visitor = await Visitor.arrive(chrome, server.address);
  const [one, two, three, four_] = await four(visitor, 'keys');
  const page = await visitor.open('/inbox');
  await isSelected(row(page, four_)).waitFor();
  const entries = () => page.evaluate(() => history.length);

  // One stop of the Tab key is the whole list; in it the arrows move, and what they reach is shown.
  await page.getByLabel('Kind').focus();
  await page.keyboard.press('Tab');
  await focused(row(page, four_));
  await page.keyboard.press('ArrowDown');
  await focused(row(page, three));
  await page.getByRole('article').getByText(three).waitFor();
  const before = await entries();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await isSelected(row(page, one)).waitFor();
  await page.getByRole('article').getByText(one).waitFor();
  await page.keyboard.press('ArrowUp');
  await focused(row(page, two));
  assert.equal(await rows(page).and(page.locator('[tabindex="0"]')).count(), 1);
  assert.equal(await entries(), before, 'a walk is one step back');
  await page.keyboard.press('Home');
  await focused(rows(page).first());
  await page.keyboard.press('ArrowUp');
  await focused(rows(page).first());
  await page.keyboard.press('End');
  await focused(rows(page).last());
  assert.equal(await rows(page).last().getAttribute('aria-posinset'), await rows(page).last().getAttribute('aria-setsize'));
  await inSight(rows(page).last(), 'the row with the focus');

  // Enter goes on to the message, Escape comes back, and from the search the arrow leads to the list.
  await page.keyboard.press('Enter');
  await focused(page.getByRole('article').getByRole('heading'));
  await page.keyboard.press('Tab');
  await focused(page.getByRole('button', { name: 'Copy token' }));
  await page.keyboard.press('Escape');
  await focused(rows(page).last());
  await page.getByRole('searchbox').fill(two);
  await page.keyboard.press('ArrowDown');
  await focused(row(page, two));
  await page.keyboard.press(' ');
  await page.getByRole('article').getByText(two).waitFor();
  await page.keyboard.press('Shift+Tab');
  await visitor.leave();
});

test('what arrives meanwhile changes neither the choice nor the focus', async () => {
  const visitor = await Visitor.arrive(chrome, server.address);
  const [one, two] = await four(visitor, 'meanwhile');
  const page = await visitor.open('/inbox');
  await row(page, one).click();
  const frame = page.getByRole('article').locator('iframe');
  await page.getByRole('article').getByText(one).waitFor();
  await frame.evaluate(element => (element.dataset.same = 'yes'));
  const address = page.url();

  const late = await mail(visitor, 'meanwhile-late');
  await row(page, late).and(page.locator('.unread.new')).waitFor();
  await isSelected(row(page, one)).waitFor();
  await focused(row(page, one));
  assert.equal(page.url(), address);
  assert.equal(await frame.getAttribute('data-same'), 'yes', 'the mail was loaded again');
  assert.equal(await rows(page).first().and(row(page, late)).count(), 1);
  assert.equal(await page.locator('.row.new').count(), 1);

  // What isn't found is still read, and is found again.
  await page.getByRole('searchbox').fill(two);
  await page.getByText(/^1 of \d+ messages/).waitFor();
  await page.getByRole('article').getByText(one).waitFor();
  await page.getByRole('searchbox').fill('');
  await isSelected(row(page, one)).waitFor();
  await visitor.leave();
});

test('on a phone the message takes the place of the list, with a way back', async () => {
  const visitor = await Visitor.arrive(chrome, server.address, { viewport: phone });
  const [one, two] = await four(visitor, 'phone');
  const page = await visitor.open('/inbox');
  await row(page, one).waitFor();
  assert.equal(await page.getByRole('article').count(), 0);
  assert.equal(page.url(), `${server.address}/inbox`);
  await fits(page, 'the list');
  await accessible(page, 'the list');

  await row(page, one).click();
  await focused(heading(page, /./));
  assert.equal(await rows(page).first().isVisible(), false);
  await fits(page, 'the message');
  await accessible(page, 'the message');
  await picture(page, 'inbox-phone-message');

  // The link, the browser's button and Escape lead to the row from which one came.
  const length = () => page.evaluate(() => history.length);
  const entries = await length();
  await page.getByRole('link', { name: 'All messages' }).click();
  await focused(row(page, one));
  assert.equal(page.url(), `${server.address}/inbox`);
  await page.goForward();
  await page.getByRole('article').getByText(one).waitFor();
  await page.goBack();
  await focused(row(page, one));
  assert.equal(await length(), entries, 'the way back makes no new entry');
  await page.keyboard.press('ArrowUp');
  await focused(row(page, two));
  assert.equal(await page.getByRole('article').count(), 0, 'an arrow opens nothing where the list would be gone');
  await page.keyboard.press('Enter');
  await page.getByRole('article').getByText(two).waitFor();
  await page.keyboard.press('Escape');
  await focused(row(page, two));

  // Who comes by the address of a message finds a way to the list, too.
  const { id } = (await messages()).find(({ to }) => to === one);
  const other = await visitor.open(`/inbox#${id}`);
  await other.getByRole('article').getByText(one).waitFor();
  await other.getByRole('link', { name: 'All messages' }).click();
  await focused(row(other, one));
  await other.goBack();
  await other.getByRole('article').getByText(one).waitFor();

  // A wider window shows both.
  await other.setViewportSize(desktop);
  await row(other, two).waitFor();
  await isSelected(row(other, one)).waitFor();
  await visitor.leave();
});

test('a mail is seen in light and dark and as text, in a frame that may do nothing', async () => {
  const visitor = await Visitor.arrive(chrome, server.address);
  await visitor.call('mutation ($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { accepted } }', { email: 'demo@example.com' });
  const { inbox, message } = await visitor.message(/password/i);
  assert.equal(await message.locator('iframe').getAttribute('sandbox'), 'allow-popups allow-popups-to-escape-sandbox');
  const mail = message.frameLocator('iframe').locator('body');
  const background = () => mail.evaluate(body => getComputedStyle(body).backgroundColor);
  const light = await background();
  await message.getByRole('radio', { name: 'Dark' }).check();
  await message.locator('iframe.dark').waitFor();
  const dark = await background();
  assert.notEqual(dark, light);
  await picture(inbox, 'inbox-dark-mail', false);
  await inbox.emulateMedia({ colorScheme: 'dark' });
  await message.getByRole('radio', { name: 'Light' }).check();
  await message.locator('iframe.light').waitFor();
  assert.equal(await background(), light);
  await message.getByRole('radio', { name: 'Auto' }).check();
  await message.locator('iframe.auto').waitFor();
  assert.equal(await background(), dark);

  // What was chosen is chosen for the next mail, too.
  await message.getByRole('radio', { name: 'Text' }).check();
  await message.getByText('Choose a new password here:').waitFor();
  await accessible(inbox, 'a mail as text');
  await inbox.reload();
  await message.getByText('Choose a new password here:').waitFor();
  assert.equal(await message.locator('iframe').count(), 0);
  await visitor.leave();
});

test('a message that is gone leaves words, and the list', async () => {
  for (const viewport of [desktop, phone]) {
    const visitor = await Visitor.arrive(chrome, server.address, { viewport });
    await mail(visitor, 'gone');
    const page = await visitor.open('/inbox#of-an-earlier-server');
    await page.getByText('This message is gone.').waitFor();
    assert.equal(await page.getByRole('article').count(), 0);
    await accessible(page, 'no message');
    if (viewport === phone) {
      await page.getByRole('link', { name: 'All messages' }).click();
    }
    await rows(page).first().click();
    await page.getByRole('article').waitFor();
    assert.equal(await page.getByText('This message is gone.').isVisible(), false);
    await visitor.leave();
  }
});

test('an empty inbox says how it is filled, and shows the first message', async () => {
  const empty = await start();
  try {
    for (const [width, viewport] of Object.entries({ desktop, phone })) {
      const visitor = await Visitor.arrive(chrome, empty.address, { viewport });
      const page = await visitor.context.newPage();
      let list = [];
      await page.route('**/inbox.json', route => route.fulfill({ json: list, headers: { ETag: `"${list.length}"` } }));
      await page.goto(`${empty.address}/inbox`);
      await page.getByRole('heading', { name: 'No messages yet' }).waitFor();
      await fits(page, 'the empty inbox');
      await accessible(page, 'the empty inbox');
      await picture(page, `inbox-empty-${width}`, false);
      list = [{ id: 'first', channel: 'SMS', to: '+48512345111', subject: '', text: '123456 is your code.', html: '', kind: 'PHONE_CODE', token: null, code: '123456', createdAt: new Date().toISOString() }];
      await row(page, '+48512345111').waitFor();
      assert.equal(await page.getByRole('article').count(), viewport === desktop ? 1 : 0);
      await visitor.leave();
    }
  } finally {
    await empty.stop();
  }
});

for (const [name, viewport] of Object.entries({ phone: { width: 390, height: 844 }, desktop })) {
  test(`the inbox stays usable with a thousand messages on a ${name}`, async () => {
    const visitor = await Visitor.arrive(chrome, server.address, { viewport });
    // A thousand real ones would be a thousand hashes of passwords; one is real, and gives its words to the others.
    await visitor.call('mutation ($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { accepted } }', { email: 'demo@example.com' });
    const [real] = (await messages()).filter(({ kind }) => kind === 'PASSWORD_RESET');
    const many = Array.from({ length: 1000 }, (_, at) => ({ ...real, id: `${at}`, to: `${at % 10 ? 'demo' : 'ada'}@example.com`, kind: at % 2 ? 'ACTIVATION' : real.kind, createdAt: new Date(Date.now() - at * 60_000) }));
    const page = await visitor.context.newPage();
    let sent = 0;
    await page.route('**/inbox.json', async (route, request) => {
      const known = request.headers()['if-none-match'] === '"many"';
      sent += known ? 0 : 1;
      await (known ? route.fulfill({ status: 304 }) : route.fulfill({ json: many, headers: { ETag: '"many"' } }));
    });
    await page.goto(`${server.address}/inbox`);
    await page.getByText(/^1000 messages, newest first; the latest 30 are shown$/).waitFor();
    assert.equal(await rows(page).count(), 30);
    await fits(page, 'the inbox');
    await accessible(page, 'the inbox');
    await picture(page, `inbox-thousand-${name}`, false);
    await page.getByRole('button', { name: 'Show more' }).click();
    await focused(rows(page).nth(30));
    assert.equal(await rows(page).count(), 60);

    // Another look costs nothing, for nothing is new, and shows what it showed.
    await page.waitForRequest('**/inbox.json');
    await page.waitForRequest('**/inbox.json');
    assert.equal(sent, 1);
    assert.equal(await rows(page).count(), 60);

    await page.getByLabel('Kind').selectOption('PASSWORD_RESET');
    await page.getByRole('searchbox', { name: 'Search' }).fill('nobody@');
    await page.getByText(/^0 of 1000 messages/).waitFor();
    await accessible(page, 'nothing found');
    await page.getByRole('searchbox', { name: 'Search' }).fill('DEMO@');
    await rows(page).first().click();
    const article = page.getByRole('article');
    // HTML first: what customers see is what one sees.
    await article.frameLocator('iframe').getByRole('link', { name: 'Choose a new password' }).waitFor();
    await accessible(page, 'an open mail');
    await picture(page, `inbox-filtered-${name}`, false);

    // The address of an old message opens the list as far as to it.
    await page.goto(`${server.address}/inbox#777`);
    await page.reload();
    await page.getByRole('article').waitFor();
    assert.equal(await page.locator('.row').count(), 780);
    if (name === 'desktop') {
      await inSight(page.locator('#row-777'), 'the chosen row');
    }
    await visitor.leave();
  });
}

test('the inbox finds by recipient, words and kind', async () => {
  const visitor = await Visitor.arrive(chrome, server.address);
  const token = await visitor.register({ email: 'finder@example.com', password: 'a walk along the river' });
  await visitor.call('mutation ($input: RequestPhoneUpdateInput!) { requestPhoneUpdate(input: $input) { pending { challengeId } } }', { phone: '+48512345111' }, token);
  const page = await visitor.open('/inbox');
  const search = page.getByRole('searchbox', { name: 'Search' });
  await search.fill('finder@');
  await page.getByText(/^1 of \d+ messages/).waitFor();
  await search.fill('FINDER@ confirm address');
  await page.getByText(/^1 of \d+ messages/).waitFor();
  await search.fill('finder@ zebra');
  await page.getByText(/^0 of \d+ messages/).waitFor();
  assert.equal(await rows(page).count(), 0);
  await search.fill('');
  await page.getByLabel('Kind').selectOption('PHONE_CODE');
  const sms = row(page, '+48512345111');
  await sms.getByText(/is your code/).waitFor();
  assert.equal(await sms.locator('.channel').textContent(), 'Text message');
  await sms.click();
  const article = page.getByRole('article').filter({ hasText: '+48512345111' });
  await article.getByText(/is your code/).waitFor();
  assert.match(await article.locator('.secret code').textContent(), /^\d{6}$/);
  assert.equal(await article.getByRole('radio').count(), 0);
  await accessible(page, 'a text message');
  await picture(page, 'inbox-sms', false);
  await visitor.leave();
});
