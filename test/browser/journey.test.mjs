// A customer's life with the account page and the inbox, all by clicks: the ten operations and what
// belongs to them, in the order in which somebody would meet them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start } from './binary.mjs';
import { browser, phone, picture, prove, Visitor } from './visitor.mjs';

const first = 'a walk along the river';
const second = 'a walk along the coast';
const third = 'the sea is calm tonight';

let server, chrome, ada, page;
before(async () => {
  [server, chrome] = await Promise.all([start(), browser()]);
  ada = await Visitor.arrive(chrome, server.address);
});
after(async () => {
  await chrome?.close();
  await server?.stop();
});

const heading = (on, name) => on.getByRole('heading', { name, level: 1 });
const says = (on, text) => on.getByText(text).first().waitFor();
const menu = async (name, title = name) => {
  await page.getByRole('navigation').getByRole('link', { name }).click();
  await heading(page, title).waitFor();
};
const overview = () => menu('Overview', 'Hello, Ada');

/** The pictures of the README: a customer's account on a desktop and, dark, on a phone. */
async function pictures() {
  for (const [name, viewport, colorScheme] of [['account', { width: 1180, height: 700 }, 'light'], ['account-phone', phone, 'dark']]) {
    const visitor = await Visitor.arrive(chrome, server.address, { viewport, colorScheme, deviceScaleFactor: 2 });
    const tab = await visitor.open('/account');
    await visitor.signIn(tab, 'lovelace@example.com', second);
    await says(tab, '2 of 6 given');
    await tab.mouse.move(0, 0);
    await picture(tab, name, false);
    await visitor.leave();
  }
}

test('registers, and confirms the e-mail by the link in the inbox', async () => {
  page = await ada.open('/account');
  await page.getByRole('link', { name: 'Create an account' }).click();
  await page.getByRole('button', { name: 'Create account' }).click();
  await says(page, 'E-mail must be filled in.');
  await page.getByLabel('First name').fill('Ada');
  await page.getByLabel('E-mail').fill('ada@example.com');
  await page.getByLabel('Password', { exact: true }).fill('password1');
  await says(page, 'Very easy to guess');
  await page.getByRole('button', { name: 'Create account' }).click();
  await says(page, /^Password is one of the passwords that are tried first/);
  await page.getByLabel('Password', { exact: true }).fill(first);
  await says(page, 'Very good');
  await page.getByRole('button', { name: 'Create account' }).click();

  await heading(page, 'Hello, Ada').waitFor();
  await says(page, 'Confirm your e-mail');
  const opened = await ada.follow(/confirm/i);
  await opened.getByRole('button', { name: 'Confirm e-mail' }).click();
  await heading(opened, 'Your e-mail is confirmed').waitFor();
  assert.ok(!opened.url().includes('token'), 'the address still holds the token');
  await opened.close();
  await page.getByText('Confirm your e-mail').waitFor({ state: 'hidden' });
  ada.fine();
});

test('account and updateAccount: the profile, its wrong fields and a change in between', async () => {
  await menu('Profile');
  await page.getByLabel('Picture').fill('http://example.com/ada.png');
  await page.getByLabel('Postal code').fill('!');
  await page.getByLabel('City').fill('Kraków');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await says(page, /^Postal code must have at least 2 characters/);
  await says(page, /^Picture must be an absolute https address/);
  assert.equal(await page.evaluate(() => document.activeElement.name), 'avatarUrl', 'the first wrong field has the focus');

  await page.getByLabel('Picture').fill('');
  await page.getByLabel('Postal code').fill('３０－００１');
  await page.getByLabel('Country', { exact: true }).selectOption('Poland');
  await page.getByLabel('Date of birth').fill('1990-12-10');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await says(page, 'Your profile is saved');

  // Another tab saves while something is typed here: nothing is lost on either side.
  await page.getByLabel('Company').fill('Analytical Engines');
  const other = await ada.open('/account/profile');
  await other.getByLabel('Last name').fill('Lovelace');
  await other.getByRole('button', { name: 'Save changes' }).click();
  await says(other, 'Your profile is saved');
  await other.close();
  await page.getByRole('button', { name: 'Save changes' }).click();
  await says(page, 'changed somewhere else');
  await page.getByRole('button', { name: /Load the latest/ }).click();
  await page.waitForFunction(() => document.querySelector('[name=lastName]').value === 'Lovelace');
  assert.equal(await page.getByLabel('Company').inputValue(), 'Analytical Engines');
  // The tab believes that the draft is not saved, as after a reload in the middle of a save: it is no draft any more.
  const draft = await page.evaluate(() => sessionStorage.getItem('accountql.draft'));
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.waitForFunction(() => sessionStorage.getItem('accountql.draft') === null);
  await page.evaluate(kept => sessionStorage.setItem('accountql.draft', kept), draft);
  await page.reload();
  await page.waitForFunction(() => sessionStorage.getItem('accountql.draft') === null);
  await page.waitForFunction(() => document.querySelector('[name=city]')?.value === 'Kraków');
  assert.equal(await page.getByLabel('Company').inputValue(), 'Analytical Engines');
  assert.equal(await page.getByLabel('Postal code').inputValue(), '30-001');
  await overview();
  await says(page, 'Ada Lovelace');
  await says(page, 'Kraków, Poland');
  ada.fine();
});

test('changePassword: the strength, the old one wrong, another device signed out', async () => {
  const elsewhere = await Visitor.arrive(chrome, server.address);
  const tablet = await elsewhere.open('/account');
  await elsewhere.signIn(tablet, 'ada@example.com', first);

  await menu('Password');
  await page.getByLabel('Current password', { exact: true }).fill('not the one');
  await page.getByLabel('New password', { exact: true }).fill(second);
  await says(page, 'Very good');
  await page.getByRole('button', { name: 'Change password' }).click();
  await says(page, 'This isn’t your current password.');
  await page.getByLabel('Current password', { exact: true }).fill(first);
  await page.getByRole('button', { name: 'Change password' }).click();
  await says(page, 'Your other device was signed out.');

  await tablet.getByRole('link', { name: 'Activity' }).first().click();
  await says(tablet, 'Your session has ended.');
  await elsewhere.leave();
  ada.fine();
});

test('requestEmailChange and confirmEmailChange: pending, send again, cancel, confirm by the link', async () => {
  await menu('E-mail');
  await page.getByLabel('New e-mail').fill('ada@analytical.example');
  await page.getByRole('button', { name: 'Send the link' }).click();
  await prove(page, 'not the one');
  await says(page, 'This isn’t your current password.');
  await prove(page, second);
  await says(page, 'a•••@analytical.example');
  await says(page, /Send again in 0:\d\d/);
  await page.getByRole('button', { name: 'Cancel the change' }).click();
  await says(page, 'The change is cancelled');

  // One proof is enough for both.
  await page.getByLabel('New e-mail').fill('lovelace@example.com');
  await page.getByRole('button', { name: 'Send the link' }).click();
  await says(page, 'Waiting for you to confirm');
  // The form that had the focus is gone, and the focus isn't lost.
  await page.waitForFunction(() => document.activeElement.tagName === 'H1');
  const opened = await ada.follow(/new e-mail/i);
  await opened.getByRole('button', { name: 'Confirm new e-mail' }).click();
  await says(opened, 'Your answer is missing.');
  await opened.getByLabel('No', { exact: true }).check();
  await opened.getByRole('button', { name: 'Confirm new e-mail' }).click();
  await says(opened, 'From now on you sign in with lovelace@example.com');
  await opened.getByRole('link', { name: 'Go to your account' }).click();
  await heading(opened, 'Hello, Ada').waitFor();
  await opened.close();
  await overview();
  await says(page, 'lovelace@example.com');
  ada.fine();
});

test('requestPhoneUpdate and confirmPhoneUpdate: pending, the timer, a wrong code, the code of the inbox', async () => {
  await menu('Phone');
  await page.getByLabel('New number').fill('12');
  await page.getByRole('button', { name: 'Send the code' }).click();
  await says(page, /^New number must be a phone number in international form/);
  await page.getByLabel('New number').fill('+48 512 345 678');
  await page.getByRole('button', { name: 'Send the code' }).click();
  await heading(page, 'Phone').waitFor();
  await says(page, /Send again in 0:\d\d/);

  const { inbox, message } = await ada.message('Text message');
  const code = await message.locator('.secret code').textContent();
  await inbox.close();
  await page.getByLabel('Code', { exact: true }).fill(code === '000000' ? '111111' : '000000');
  await page.getByLabel('Yes', { exact: true }).check();
  await page.getByRole('button', { name: 'Confirm number' }).click();
  await says(page, /^This code isn’t right/);
  // As a phone shows it, with a no-break space. All else is filled in, so it goes off by itself.
  await page.getByLabel('Code', { exact: true }).fill(`${code.slice(0, 3)}\u00a0${code.slice(3)}`);
  await says(page, 'Your new number is confirmed');
  await says(page, '+48512345678');
  ada.fine();
});

test('the resend timer runs out, and the server has the last word', async () => {
  // The tab's own clock is put forward; the server's isn't.
  const tab = await ada.context.newPage();
  ada.clockIsSet = true;
  await tab.clock.install();
  await tab.goto(`${server.address}/account/phone`);
  await tab.getByLabel('New number').fill('+48 512 345 679');
  await tab.getByRole('button', { name: 'Send the code' }).click();
  const again = tab.getByRole('button', { name: /^Send again/ });
  await tab.getByText(/Send again in 0:\d\d/).waitFor();
  assert.equal(await again.getAttribute('aria-disabled'), 'true');
  await tab.clock.fastForward(61_000);
  await tab.getByRole('button', { name: 'Send again', exact: true }).and(tab.locator('[aria-disabled=false]')).click();
  await says(tab, 'it was too often in a short time');
  await says(tab, /Try again in 0:\d\d/);
  // The whole number is remembered by the tab, so a reload needn't ask for it again.
  await tab.reload();
  await says(tab, '•••••••79');
  assert.equal(await tab.getByLabel('The new number').count(), 0);
  await tab.getByRole('button', { name: 'Cancel the change' }).click();
  await says(tab, 'The change is cancelled');
  await tab.close();
  ada.fine();
});

test('agreements, devices and activity', async () => {
  await menu('Agreements');
  assert.equal(await page.getByRole('switch', { name: /Newsletters/ }).isChecked(), false, 'the answer given with the new e-mail');
  assert.equal(await page.getByRole('switch', { name: /Text messages/ }).isChecked(), true, 'the answer given with the phone');
  await page.getByRole('switch', { name: /Push/ }).check();
  await says(page, 'Push notifications: yes. Saved.');
  await page.reload();
  await page.waitForFunction(() => document.querySelector('[name=push]')?.checked);

  const elsewhere = await Visitor.arrive(chrome, server.address);
  for (const one of [1, 2, 3]) {
    const other = await Visitor.arrive(chrome, server.address);
    const tab = await other.open('/account');
    await other.signIn(tab, 'lovelace@example.com', second);
    await (one === 3 ? tab.close() : other.leave());
  }
  await menu('Devices');
  await says(page, 'This device');
  const signOut = page.getByRole('button', { name: /^Sign out Chrome on Linux/ });
  assert.equal(await signOut.count(), 3);
  await signOut.first().click();
  await says(page, 'Chrome on Linux is signed out');
  await page.waitForFunction(() => document.querySelector('.rows').children.length === 3);
  await page.getByRole('button', { name: 'Sign out all other devices' }).click();
  await says(page, '2 devices are signed out');
  await page.waitForFunction(() => document.querySelector('.rows').children.length === 1);
  await elsewhere.leave();

  await overview();
  await says(page, '2 of 6 given');
  await pictures();

  await menu('Activity');
  await says(page, 'You signed in');
  await page.getByRole('button', { name: 'Show more' }).click();
  await page.waitForFunction(() => document.querySelectorAll('.rows > li').length > 20);
  ada.fine();
});

test('requestPasswordReset and confirmPasswordReset by the link in the inbox', async () => {
  await page.getByRole('button', { name: 'Sign out' }).click();
  await says(page, 'You’re signed out.');
  await page.getByLabel('E-mail').fill('lovelace@example.com');
  await page.getByLabel('Password', { exact: true }).fill('forgotten');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await says(page, 'The e-mail or the password isn’t right.');
  await page.getByRole('link', { name: 'Forgot your password?' }).click();
  await page.getByLabel('E-mail').fill('lovelace@example.com');
  await page.getByRole('button', { name: 'Send the link' }).click();
  await says(page, 'If there is an account for');

  const opened = await ada.follow(/password/i);
  await opened.getByLabel('New password', { exact: true }).fill('password1');
  await opened.getByRole('button', { name: 'Set new password' }).click();
  await says(opened, /^New password is one of the passwords/);
  await opened.getByLabel('New password', { exact: true }).fill(third);
  await opened.getByRole('button', { name: 'Set new password' }).click();
  await heading(opened, 'Your new password is set').waitFor();
  await opened.close();

  const used = await ada.follow(/choose|reset/i);
  await used.getByLabel('New password', { exact: true }).fill(second);
  await used.getByRole('button', { name: 'Set new password' }).click();
  await says(used, 'This link can’t be used');
  await used.close();

  await page.getByRole('link', { name: 'Back to the sign-in' }).click();
  await ada.signIn(page, 'lovelace@example.com', third);
  ada.fine();
});

test('a change of e-mail that is undone by the link to the former address', async () => {
  await menu('E-mail');
  await page.getByLabel('New e-mail').fill('mallory@example.com');
  await page.getByRole('button', { name: 'Send the link' }).click();
  await prove(page, third);
  await says(page, 'Waiting for you to confirm');
  const opened = await ada.follow('A change of your e-mail address was requested');
  await opened.getByRole('button', { name: 'Undo the change' }).click();
  await says(opened, 'The e-mail of your account is lovelace@example.com.');
  await opened.close();
  // This tab learns by itself that its session has ended.
  await says(page, 'Your session has ended.');
  await ada.signIn(page, 'lovelace@example.com', third, 'E-mail');
  ada.fine();
});

test('deleteAccount, and nothing is left to sign in to', async () => {
  await menu('Delete account');
  await page.getByLabel('Current password', { exact: true }).fill('not the one');
  await page.getByRole('button', { name: 'Delete account' }).click();
  await says(page, 'This box must be ticked.');
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Delete account' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Keep my account' }).click();
  await page.getByRole('button', { name: 'Delete account' }).click();
  await page.getByRole('button', { name: 'Yes, delete it' }).click();
  await says(page, 'This isn’t your current password.');
  await page.getByLabel('Current password', { exact: true }).fill(third);
  await page.getByRole('button', { name: 'Delete account' }).click();
  await page.getByRole('button', { name: 'Yes, delete it' }).click();
  await says(page, 'Your account and your personal data are deleted.');
  assert.deepEqual(await page.evaluate(() => ({ ...sessionStorage })), {});
  await page.getByLabel('E-mail').fill('lovelace@example.com');
  await page.getByLabel('Password', { exact: true }).fill(third);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await says(page, 'The e-mail or the password isn’t right.');
  await ada.leave();
});
