// The mail of a sign-in from a new device, and what its link does (R-WAY5): a second browser signs in, the customer says
// that it was somebody else, and chooses a new password; and the customer's devices, which they can forget.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start } from './binary.mjs';
import { accessible, browser, fits, phone, picture, rows, Visitor } from './visitor.mjs';

const [email, password, chosen] = ['ada@example.com', 'a walk along the river', 'a walk along the coast'];

let server, chrome;
before(async () => {
  [server, chrome] = await Promise.all([start('--rate-limits', 'off'), browser()]);
});
after(async () => {
  await chrome?.close();
  await server?.stop();
});

async function look(page, name) {
  await fits(page, name);
  await accessible(page, name);
  await picture(page, `devices-${name}`);
}

test('a customer who was not it secures the account from the mail of a second browser', async () => {
  const ada = await Visitor.arrive(chrome, server.address);
  await ada.register({ email: 'other@example.com', password });
  await ada.call('mutation ($input: RegisterAccountInput!) { registerAccount(input: $input) { accepted } }', { email, password });
  const confirmed = await ada.follow(/confirm/i);
  await confirmed.getByLabel('Password', { exact: true }).fill(password);
  await confirmed.getByRole('button', { name: 'Confirm e-mail' }).click();
  await confirmed.getByText('you’re signed in').first().waitFor();
  const inbox = await ada.open('/inbox');
  await rows(inbox).first().waitFor();
  assert.equal(await rows(inbox).filter({ hasText: 'new device' }).count(), 0, 'a first sign-in is told');
  await inbox.close();

  // The same browser again is no news; another one is.
  const page = await ada.open('/account/sessions');
  const devices = page.getByRole('heading', { name: 'Known devices' }).locator('..');
  await devices.getByText('This device').waitFor();
  const thief = await Visitor.arrive(chrome, server.address, { viewport: phone });
  const stolen = await thief.open('/account');
  await thief.signIn(stolen, email, password);
  await page.reload();
  await devices.getByRole('listitem').nth(1).waitFor();
  assert.equal(await devices.getByText('This device').count(), 1);
  await look(page, 'known-desktop');

  // What is forgotten is news again.
  await devices.getByRole('listitem').nth(1).getByRole('button', { name: /^Forget/ }).click();
  await devices.getByRole('listitem').nth(1).waitFor({ state: 'detached' });
  await stolen.goto(`${server.address}/account/sessions`);
  await stolen.getByRole('heading', { name: 'Known devices' }).waitFor();
  await look(stolen, 'known-phone');

  // Opening the link changes nothing, because scanners open links, too: the button does.
  const secure = await ada.follow(/new device/i);
  const press = secure.getByRole('button', { name: 'Secure my account' });
  await press.waitFor();
  await look(secure, 'question-desktop');
  await secure.setViewportSize(phone);
  await look(secure, 'question-phone');
  await stolen.reload();
  await stolen.getByRole('heading', { name: 'Known devices' }).waitFor();

  await press.click();
  await secure.getByRole('heading', { name: 'Your account is secured' }).waitFor();
  await secure.getByText('2 devices were signed out.').waitFor();
  await look(secure, 'secured-phone');
  await secure.setViewportSize({ width: 1280, height: 860 });
  await look(secure, 'secured-desktop');
  await stolen.reload();
  await stolen.getByRole('button', { name: 'Sign in' }).waitFor();
  await stolen.getByLabel('E-mail').fill(email);
  await stolen.getByLabel('Password', { exact: true }).fill(password);
  await stolen.getByRole('button', { name: 'Sign in' }).click();
  await stolen.getByText('The e-mail or the password isn’t right').first().waitFor();

  // The mail for a new password works at once, and everything else about signing in waits.
  const reset = await ada.follow(/account is secured/i);
  await reset.getByLabel('New password', { exact: true }).fill(chosen);
  await reset.getByRole('button', { name: 'Set new password' }).click();
  await reset.waitForLoadState('networkidle');
  const again = await ada.open('/account');
  await ada.signIn(again, email, chosen);
  await again.getByText('This account was secured').waitFor();
  await again.waitForLoadState('networkidle');
  await look(again, 'paused-desktop');
  await again.goto(`${server.address}/account/email`);
  await again.getByText('That has to wait').first().waitFor();
  await thief.leave();
  await ada.leave();
});
