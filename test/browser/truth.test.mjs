// What the page says is so, and what it asks is safe: first focus, errors in sight, promises of mails,
// states that change elsewhere, words that were typed.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start } from './binary.mjs';
import { accessible, browser, inSight, picture, prove, Visitor } from './visitor.mjs';

const password = 'a walk along the river';
const widths = [
  { width: 390, height: 844 },
  { width: 820, height: 1180 },
  { width: 1440, height: 900 },
];

let server, chrome, number = 0;
before(async () => {
  [server, chrome] = await Promise.all([start('--support-contact', 'help@shop.example'), browser()]);
});
after(async () => {
  await chrome?.close();
  await server?.stop();
});

/** A new customer with a signed-in page. */
async function customer(path = '/account', options = {}) {
  const visitor = await Visitor.arrive(chrome, server.address, options);
  visitor.email = `customer-${++number}@example.com`;
  await visitor.register({ email: visitor.email, password, firstName: 'Ada' });
  const page = await visitor.open(path);
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await visitor.signIn(page, visitor.email, password, /./);
  await page.getByRole('navigation', { name: 'Your account' }).or(page.getByRole('link', { name: 'Your account' })).first().waitFor();
  return { visitor, page };
}

const says = (on, text) => on.getByText(text).first().waitFor();
const focused = page => page.evaluate(() => document.activeElement.textContent.trim() || document.activeElement.name);
const go = (page, name) => page.getByRole('navigation', { name: 'Your account' }).getByRole('link', { name }).click();

test('Enter twice does not delete the account', async () => {
  const { visitor, page } = await customer('/account/delete');
  await page.getByLabel('Current password', { exact: true }).fill(password);
  await page.getByRole('checkbox').check();
  await page.getByLabel('Current password', { exact: true }).press('Enter');
  await page.getByRole('dialog').waitFor();
  assert.equal(await focused(page), 'Keep my account');
  await accessible(page, 'the question');
  await picture(page, 'delete-question', false);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.reload();
  await page.getByRole('heading', { name: 'Delete account' }).waitFor();
  await visitor.leave();
});

for (const viewport of widths) {
  test(`an error that is about no field is in sight, ${viewport.width} px wide`, async () => {
    const { visitor, page } = await customer('/account/profile', { viewport });
    await page.getByLabel('Company').fill('Analytical Engines');
    await visitor.call('mutation ($input: UpdateAccountInput!) { updateAccount(input: $input) { account { id } } }', { city: 'London' }, await page.evaluate(() => sessionStorage.getItem('accountql.session')));
    await page.getByRole('button', { name: 'Save changes' }).click();
    await inSight(page.getByRole('alert').filter({ hasText: 'changed somewhere else' }), 'a conflict');
    await picture(page, `conflict-${viewport.width}`, false);

    visitor.cutOff = true;
    await page.route('**/graphql', route => route.abort());
    for (const [path, press] of [
      ['/profile', async () => {
        await page.getByLabel('Company').fill('Engines');
        await page.getByRole('button', { name: 'Save changes' }).click();
      }],
      ['/agreements', () => page.getByRole('switch', { name: /Wi-Fi/ }).click()],
      ['/password', async () => {
        await page.getByLabel('Current password', { exact: true }).fill(password);
        await page.getByLabel('New password', { exact: true }).fill('a walk along the coast');
        await page.getByRole('button', { name: 'Change password' }).click();
      }],
    ]) {
      await page.unroute('**/graphql');
      await page.goto(`${server.address}/account${path}`);
      await page.getByRole('main').locator('input:visible').first().waitFor();
      await page.route('**/graphql', route => route.abort());
      await press();
      await inSight(page.getByRole('alert').filter({ hasText: 'The server doesn’t answer' }), path);
    }
    await visitor.context.close();
  });
}

test('a field that is corrected is not called wrong any more', async () => {
  const { visitor, page } = await customer('/account/profile');
  await page.getByLabel('Postal code').fill('!');
  await page.getByLabel('Picture').fill('http://example.com');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await says(page, /^Postal code must have/);
  await page.getByLabel('Postal code').fill('3');
  await page.getByText(/^Postal code must have/).waitFor({ state: 'detached' });
  assert.equal(await page.getByLabel('Postal code').getAttribute('aria-invalid'), null);
  assert.equal(await page.evaluate(() => document.activeElement.name), 'zipCode', 'typing moved the focus');
  await says(page, /^Picture must be/);
  await visitor.leave();
});

test('the other field can be corrected while one is empty', async () => {
  const visitor = await Visitor.arrive(chrome, server.address);
  const page = await visitor.open('/account');
  await page.getByLabel('E-mail').fill('ada@example.co');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await says(page, 'Password must be filled in');
  await page.getByLabel('E-mail').press('End');
  await page.keyboard.type('m');
  assert.equal(await page.evaluate(() => document.activeElement.name), 'email', 'typing moved the focus');
  assert.equal(await page.getByLabel('E-mail').inputValue(), 'ada@example.com');
  await visitor.leave();
});

test('the greeting has no ring after a reload, and a screen one goes to has the focus', async () => {
  const { visitor, page } = await customer();
  await page.keyboard.press('Tab');
  await page.reload();
  await page.getByRole('heading', { name: 'Hello, Ada' }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'BODY');
  await go(page, 'Profile');
  await page.getByRole('heading', { name: 'Profile', level: 1 }).waitFor();
  assert.equal(await focused(page), 'Profile');
  assert.equal(await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle), 'none');
  await visitor.leave();
});

test('an e-mail change that is confirmed by another browser is over here, too', async () => {
  const { visitor, page } = await customer('/account/email');
  await page.getByLabel('New e-mail').fill(`moved-${visitor.email}`);
  await page.getByRole('button', { name: 'Send the link' }).click();
  await prove(page, password);
  await says(page, 'Waiting for you to confirm');
  const messages = await (await fetch(`${server.address}/inbox.json`)).json();
  const { token } = messages.find(({ kind, to }) => kind === 'EMAIL_CHANGE' && to === `moved-${visitor.email}`);
  const elsewhere = await Visitor.arrive(chrome, server.address);
  const opened = await elsewhere.open(`/account/confirm-email#token=${token}`);
  await opened.getByLabel('No', { exact: true }).check();
  await opened.getByRole('button', { name: 'Confirm new e-mail' }).click();
  await says(opened, 'From now on you sign in with');
  // The change signs all other devices out, and this page says so by itself.
  await page.getByText('Waiting for you to confirm').waitFor({ state: 'detached' });
  await says(page, 'Your session has ended.');
  await elsewhere.leave();
  await visitor.leave();
});

test('a phone change that is confirmed in another tab is over here, too', async () => {
  const { visitor, page } = await customer('/account/phone');
  await page.getByLabel('New number').fill('+48 512 345 600');
  await page.getByRole('button', { name: 'Send the code' }).click();
  await says(page, 'Enter your code');
  const other = await visitor.open('/account/phone');
  await other.getByLabel('The new number').fill('+48 512 345 600');
  const { message, inbox } = await visitor.message('Text message');
  await other.getByLabel('Code', { exact: true }).fill(await message.locator('.secret code').textContent());
  await inbox.close();
  await other.getByLabel('No', { exact: true }).check();
  await other.getByRole('button', { name: 'Confirm number' }).click();
  await says(other, 'Your new number is confirmed');
  await page.getByText('Enter your code').waitFor({ state: 'detached' });
  await says(page, '+48512345600');
  await visitor.leave();
});

test('a void undo link leads on', async () => {
  const visitor = await Visitor.arrive(chrome, server.address);
  const page = await visitor.open('/account/undo-email#token=used');
  await page.getByRole('button', { name: 'Undo the change' }).click();
  await says(page, 'This link can’t be used');
  assert.equal(await page.getByRole('link', { name: 'help@shop.example' }).getAttribute('href'), 'mailto:help@shop.example');
  await accessible(page, 'the void link');
  await picture(page, 'undo-void');
  await page.getByRole('link', { name: 'Choose a new password' }).click();
  await page.getByRole('heading', { name: 'Forgot your password?' }).waitFor();
  await visitor.leave();
});

test('a link that a mail program cut can be pasted, and no mail asks for a token to be copied', async () => {
  const { visitor } = await customer();
  const messages = await (await fetch(`${server.address}/inbox.json`)).json();
  const mail = messages.find(({ kind, to }) => kind === 'ACTIVATION' && to === visitor.email);
  const link = mail.text.match(/http\S+/)[0];
  // The token stands in the link, which is in the text once and in the HTML as a button and as text.
  assert.equal(mail.text.split(mail.token).length, 2);
  assert.equal(mail.html.split(mail.token).length, 4);
  assert.ok(!/token/i.test(mail.text.replace(link, '')), mail.text);
  assert.ok(mail.text.trim().endsWith('/account'), 'the mail leads to the account');

  const page = await visitor.open('/account/activate');
  await says(page, 'holds no token');
  await accessible(page, 'the screen to paste a link');
  await page.getByRole('button', { name: 'Go on' }).click();
  await says(page, 'Link from the mail must be filled in.');
  await page.getByLabel('Link from the mail').fill(` <${link}> `);
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('button', { name: 'Confirm e-mail' }).click();
  await says(page, 'you’re signed in');
  await visitor.leave();
});

test('what was typed into the profile is kept over other screens, a reload and the end of the session', async () => {
  const { visitor, page } = await customer('/account/profile');
  await page.getByLabel('Company').fill('Analytical Engines');
  await go(page, 'Overview');
  await says(page, 'Not saved');
  await picture(page, 'draft');
  await go(page, 'Profile');
  await says(page, 'not saved yet');
  assert.equal(await page.getByLabel('Company').inputValue(), 'Analytical Engines');
  await page.reload();
  await says(page, 'not saved yet');
  assert.equal(await page.getByLabel('Company').inputValue(), 'Analytical Engines');

  // The session ends elsewhere, in the middle of it.
  await visitor.call('mutation { signOut(input: { scope: ALL_SESSIONS }) { revokedSessions } }', undefined, await page.evaluate(() => sessionStorage.getItem('accountql.session')));
  await page.getByRole('button', { name: 'Save changes' }).click();
  await says(page, 'Your session has ended.');
  await visitor.signIn(page, visitor.email, password, 'Profile');
  assert.equal(await page.getByLabel('Company').inputValue(), 'Analytical Engines');

  // Signing out throws it away, so it is asked first.
  await page.getByRole('button', { name: 'Sign out' }).click();
  await says(page, 'Sign out without saving?');
  assert.equal(await focused(page), 'Stay here');
  await accessible(page, 'the question');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Save changes' }).click();
  await says(page, 'Your profile is saved');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await says(page, 'You’re signed out.');
  await visitor.leave();
});

test('signing out asks for what another tab has not saved, too', async () => {
  const { visitor, page } = await customer('/account/profile');
  await page.getByLabel('Company').fill('Analytical Engines');
  const other = await visitor.open('/account');
  await other.getByRole('heading', { name: 'Hello, Ada' }).waitFor();
  await other.getByRole('button', { name: 'Sign out' }).click();
  await says(other, 'Sign out without saving?');
  await other.getByRole('button', { name: 'Stay here' }).click();
  assert.equal(await page.getByLabel('Company').inputValue(), 'Analytical Engines');
  await page.getByRole('button', { name: 'Discard' }).click();
  await other.getByRole('button', { name: 'Sign out' }).click();
  await says(other, 'You’re signed out.');
  await says(page, 'You’re signed out.');
  await visitor.leave();
});

test('a draft is never shown to another customer', async () => {
  const { visitor, page } = await customer('/account/profile');
  await page.getByLabel('Company').fill('Analytical Engines');
  await visitor.call('mutation { signOut(input: { scope: ALL_SESSIONS }) { revokedSessions } }', undefined, await page.evaluate(() => sessionStorage.getItem('accountql.session')));
  await page.getByRole('button', { name: 'Save changes' }).click();
  await says(page, 'Your session has ended.');
  await visitor.signIn(page, 'demo@example.com', 'correct horse battery staple', 'Profile');
  assert.notEqual(await page.getByLabel('Company').inputValue(), 'Analytical Engines');
  assert.ok(!JSON.stringify(await page.evaluate(() => ({ ...sessionStorage }))).includes('Analytical'));
  await visitor.leave();
});

test('closing the page with something unsaved is asked about', async () => {
  const { visitor, page } = await customer('/account/profile');
  const unsaved = () => page.evaluate(() => !dispatchEvent(new Event('beforeunload', { cancelable: true })));
  assert.equal(await unsaved(), false);
  await page.getByLabel('Company').fill('Analytical Engines');
  assert.equal(await unsaved(), true);
  await page.getByRole('button', { name: 'Discard' }).click();
  assert.equal(await unsaved(), false);
  await visitor.leave();
});

test('Forgot takes over what was typed, and so does the reset for the password manager', async () => {
  const visitor = await Visitor.arrive(chrome, server.address);
  const page = await visitor.open('/account');
  await page.getByLabel('E-mail').fill('demo@example.com');
  await page.getByRole('link', { name: 'Forgot your password?' }).click();
  assert.equal(await page.getByLabel('E-mail').inputValue(), 'demo@example.com');
  await page.getByRole('button', { name: 'Send the link' }).click();
  await says(page, 'If there is an account for');
  const opened = await visitor.follow(/password/i);
  const username = opened.locator('input[autocomplete=username]');
  await opened.waitForFunction(() => document.querySelector('input[autocomplete=username]')?.value === 'demo@example.com');
  assert.ok(await username.isVisible());
  await opened.close();
  await page.getByRole('link', { name: 'Back to the sign-in' }).click();
  assert.equal(await page.getByLabel('E-mail').inputValue(), 'demo@example.com');
  await visitor.leave();
});

test('the activity is grouped by day, does not alarm, and leads on', async () => {
  const { visitor, page } = await customer('/account/profile');
  await page.getByLabel('Postal code').fill('!');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await says(page, /^Postal code must have/);
  await page.getByRole('button', { name: 'Discard' }).click();
  await go(page, 'Activity');
  await page.getByRole('heading', { name: 'Today', level: 2 }).waitFor();
  const typo = page.getByRole('listitem').filter({ hasText: 'A change of your profile didn’t go through: something that was filled in had to be corrected' });
  await typo.waitFor();
  assert.equal(await typo.locator('.icon').count(), 0, 'a typo is an alarm');
  assert.equal(await page.getByText('tried, and refused').count(), 0);
  await page.getByRole('listitem').filter({ hasText: 'You signed in' }).first().getByText('This wasn’t me').click();
  await page.getByRole('link', { name: 'Choose a new password' }).first().waitFor();
  await accessible(page, 'activity');
  await picture(page, 'activity-not-me', false);
  await page.getByRole('link', { name: 'Choose a new password' }).first().click();
  await page.getByRole('heading', { name: 'Password', level: 1 }).waitFor();
  await visitor.leave();
});

test('“just now” ages while a screen stands open, and “Today” is over at midnight', async () => {
  const { visitor, page } = await customer('/account/sessions');
  const tab = await visitor.context.newPage();
  await tab.clock.install();
  await tab.goto(`${server.address}/account/sessions`);
  await tab.getByText('This device').first().waitFor();
  await says(tab, 'Used just now');
  await tab.clock.runFor(5 * 60_000);
  await tab.getByText('Used just now').first().waitFor({ state: 'detached' });
  await tab.goto(`${server.address}/account/activity`);
  await tab.getByRole('heading', { name: 'Today', level: 2 }).waitFor();
  await tab.clock.fastForward('24:00:00');
  await tab.getByRole('heading', { name: 'Yesterday', level: 2 }).waitFor();
  await page.close();
  await visitor.leave();
});

test('a shop that sends no text messages says so, and offers no form that waits for a code', async () => {
  const { visitor, page } = await customer('/account/phone');
  await page.getByLabel('New number').waitFor();
  await page.route('**/graphql', async route => {
    const response = await route.fetch();
    const answer = await response.json();
    const forecast = answer.data?.account?.can?.requestPhoneUpdate;
    if (forecast) {
      Object.assign(forecast, { allowed: false, reason: 'MESSAGE_CHANNEL_UNAVAILABLE' });
    }
    await route.fulfill({ response, json: answer });
  });
  await page.reload();
  await says(page, 'We don’t send text messages at the moment');
  assert.equal(await page.getByLabel('New number').count(), 0);
  assert.equal(await page.getByRole('button', { name: 'Send the code' }).count(), 0);
  await accessible(page, 'phone without text messages');
  await visitor.leave();
});

test('autocomplete fits each control', async () => {
  const { visitor, page } = await customer('/account/profile');
  assert.equal(await page.getByLabel('Street and number').getAttribute('autocomplete'), 'address-line1');
  await visitor.leave();
});

test('/.well-known/change-password leads to the screen for it', async () => {
  const { visitor, page } = await customer();
  await page.goto(`${server.address}/.well-known/change-password`);
  await page.getByRole('heading', { name: 'Password', level: 1 }).waitFor();
  await visitor.leave();
});
