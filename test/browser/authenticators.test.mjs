// The second step: a customer sets up an authenticator, keeps the recovery codes, signs in with a code, with a recovery
// code, proves who they are with two factors, resets the password, and removes it all again.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { App } from './app.mjs';
import { start } from './binary.mjs';
import { accessible, browser, desktop, fits, phone, picture, Visitor } from './visitor.mjs';

const password = 'a walk along the river';

let server, chrome;
before(async () => {
  [server, chrome] = await Promise.all([start('--rate-limits', 'off', '--second-factor', 'optional', '--sign-in-code', 'on'), browser()]);
});
after(async () => {
  await chrome?.close();
  await server?.stop();
});

const says = (page, text) => page.getByText(text).first().waitFor();

/** A new customer with a proven address, on the screen of the second step. */
async function arrive(name, options = {}) {
  const visitor = await Visitor.arrive(chrome, server.address, options);
  const email = `${name}@example.com`;
  await visitor.register({ email, password, firstName: 'Ada' });
  const messages = await (await fetch(`${server.address}/inbox.json`)).json();
  const { token } = messages.find(({ kind, to }) => kind === 'ACTIVATION' && to === email);
  await visitor.call('mutation ($input: ConfirmAccountActivationInput!) { confirmAccountActivation(input: $input) { session { id } } }', { token, password });
  const page = await visitor.open('/account/authenticators');
  await visitor.signIn(page, email, password, 'Second step');
  const look = async what => {
    await fits(page, what);
    await accessible(page, what);
    await picture(page, `authenticators-${name}-${what}`);
    await page.emulateMedia({ colorScheme: 'dark' });
    await accessible(page, `${what} in the dark`, ['color-contrast', 'link-in-text-block']);
    await picture(page, `authenticators-${name}-${what}-dark`);
    await page.emulateMedia({ colorScheme: 'light' });
  };
  return { visitor, page, email, look };
}

/** Answers "Is it you?" where one factor is enough, and where two are needed. */
async function proveBy(page, code) {
  const question = page.getByRole('dialog', { name: 'Is it you?' });
  await question.getByLabel('Current password', { exact: true }).fill(password);
  if (code) {
    await question.getByLabel('Code of your authenticator').fill(code);
  }
  await question.getByRole('button', { name: 'Continue' }).click();
}

/** Adds the first authenticator without looking; returns the app and the recovery codes. */
async function enrol(page) {
  await page.getByRole('button', { name: 'Set it up' }).click();
  await proveBy(page);
  const app = new App(await page.locator('.key').textContent());
  await page.getByLabel('Code', { exact: true }).fill(await app.code());
  await says(page, 'Your recovery codes');
  const codes = await page.locator('.recovery code').allTextContents();
  assert.equal(new Set(codes).size, 10);
  return { app, codes };
}

async function firstStep(page, email) {
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { name: 'Enter your code' }).waitFor();
  await page.waitForFunction(() => document.activeElement?.name === 'code');
}

for (const [device, viewport] of Object.entries({ desktop, phone })) {
  test(`a customer sets up an authenticator, signs in with its code, and removes it, on a ${device}`, async () => {
    const { visitor, page, email, look } = await arrive(`step-${device}`, { viewport });
    await visitor.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await says(page, 'You have no authenticator yet.');
    await look('none');

    // The picture holds the address of the key, and a wrong code adds nothing.
    await page.getByRole('button', { name: 'Set it up' }).click();
    await proveBy(page);
    await page.getByRole('img', { name: /QR code/ }).waitFor();
    await look('setup');
    const secret = (await page.locator('.key').textContent()).replace(/\s/g, '');
    assert.match(await page.getByRole('link', { name: 'open your authenticator' }).getAttribute('href'), new RegExp(`^otpauth://totp/.*secret=${secret}`));
    await page.getByRole('button', { name: 'Copy the key' }).click();
    await says(page, 'The key is copied');
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), secret);
    const app = new App(secret);
    const code = page.getByLabel('Code', { exact: true });
    await code.fill(app.at(1));
    await says(page, 'This code isn’t right.');
    assert.ok(await code.evaluate(box => box === document.activeElement));
    await page.getByLabel('Name', { exact: true }).fill('My phone');
    const right = await app.code();
    // What is pasted may have a space in it, and goes off by itself.
    await page.evaluate(text => navigator.clipboard.writeText(text), `${right.slice(0, 3)} ${right.slice(3)}`);
    await code.fill('');
    await code.focus();
    await page.keyboard.press('ControlOrMeta+V');

    // The recovery codes: copied, saved, printed, and never shown again.
    await says(page, 'Your recovery codes');
    const codes = await page.locator('.recovery code').allTextContents();
    assert.equal(codes.length, 10);
    assert.equal(await page.getByText('Earlier recovery codes').count(), 0);
    await look('codes');
    await page.getByRole('button', { name: 'Copy' }).click();
    await says(page, 'The codes are copied');
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), codes.join('\n'));
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download' }).click()]);
    const kept = await readFile(await file.path(), 'utf8');
    assert.deepEqual(codes.filter(one => !kept.includes(one)), []);
    await page.evaluate(() => { globalThis.print = () => (globalThis.printed = true); });
    await page.getByRole('button', { name: 'Print' }).click();
    assert.equal(await page.evaluate(() => globalThis.printed), true);
    await page.getByRole('button', { name: 'I have kept them' }).click();
    await says(page, 'My phone');
    await says(page, '10 of 10 left');
    assert.equal(await page.locator('.recovery').count(), 0);
    await look('list');

    // Another browser signs in: password and code.
    const other = await Visitor.arrive(chrome, server.address, { viewport });
    const there = await other.open('/account');
    await firstStep(there, email);
    await accessible(there, 'the second step');
    await fits(there, 'the second step');
    await picture(there, `second-step-${device}`);
    await there.getByLabel('Code of your authenticator').fill(app.at(1));
    await says(there, 'This code isn’t right, or was used already.');
    await there.getByLabel('Code of your authenticator').fill(await app.code());
    await there.getByRole('heading', { name: 'Hello, Ada' }).waitFor();
    await says(there, 'Password with a second step');
    await other.leave();

    // The only one goes with both factors, whatever was proved before.
    await page.getByRole('button', { name: 'Remove My phone' }).click();
    const question = page.getByRole('dialog', { name: 'Remove your only authenticator?' });
    await accessible(page, 'the question');
    await picture(page, `authenticators-last-${device}`, false);
    await question.getByLabel('Current password', { exact: true }).fill(password);
    await question.getByRole('button', { name: 'Remove', exact: true }).click();
    await says(page, 'Code of your authenticator must be filled in.');
    await question.getByLabel('Code of your authenticator').fill(await app.code());
    await question.getByRole('button', { name: 'Remove', exact: true }).click();
    await says(page, 'You have no authenticator yet.');
    await visitor.leave();
  });
}

test('a recovery code signs in once, and a sign-in can begin again', async () => {
  const { visitor, page, email } = await arrive('recovers');
  const { codes } = await enrol(page);
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await firstStep(page, email);
  await page.getByRole('button', { name: 'Sign in as somebody else' }).click();
  await firstStep(page, email);
  await page.getByRole('button', { name: 'Use a recovery code' }).click();
  await page.waitForFunction(() => document.activeElement?.name === 'recoveryCode');
  await accessible(page, 'the box for a recovery code');
  await picture(page, 'second-step-recovery');
  await page.getByLabel('Recovery code').fill('AAAAA-AAAAA');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await says(page, 'This is none of your recovery codes');
  await page.getByLabel('Recovery code').fill(` ${codes[0].toLowerCase()} `);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { name: 'Second step' }).waitFor();
  await says(page, '9 of 10 left');

  // The same one isn't taken again, and five wrong codes end the sign-in.
  await page.getByRole('button', { name: 'Sign out' }).click();
  await firstStep(page, email);
  await page.getByRole('button', { name: 'Use a recovery code' }).click();
  for (let tries = 0; tries < 5; tries++) {
    await page.getByLabel('Recovery code').fill(codes[0]);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await says(page, 'This is none of your recovery codes');
    await page.getByLabel('Recovery code').fill('');
    await page.getByText('This is none of your recovery codes').waitFor({ state: 'detached' });
  }
  await page.getByLabel('Recovery code').fill(codes[1]);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await says(page, 'Please sign in again.');
  await visitor.leave();
});

test('a sign-in by mailed code asks for the second step, too', async () => {
  const { visitor, page, email } = await arrive('mailed');
  const { app } = await enrol(page);
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('link', { name: 'Send me a code' }).click();
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('button', { name: 'Send me a code' }).click();
  await page.getByRole('heading', { name: 'Check your mail' }).waitFor();
  const messages = await (await fetch(`${server.address}/inbox.json`)).json();
  await page.getByLabel('Code').fill(messages.find(({ kind, to, code }) => code && to === email && /SIGN_IN/.test(kind)).code);
  await page.getByRole('heading', { name: 'Enter your code' }).waitFor();
  await page.getByLabel('Code of your authenticator').fill(await app.code());
  await page.getByRole('heading', { name: 'Hello, Ada' }).waitFor();
  await visitor.leave();
});

test('two factors are asked for where one was, and new recovery codes void the old', async () => {
  const { visitor, page, email } = await arrive('proves');
  const { app, codes } = await enrol(page);
  await page.getByRole('button', { name: 'I have kept them' }).click();
  const menu = name => page.getByRole('navigation', { name: 'Your account' }).getByRole('link', { name, exact: true }).click();

  // A sign-in is no proof for this, and the question asks for both factors.
  await page.getByRole('button', { name: 'Sign out' }).click();
  await firstStep(page, email);
  await page.getByLabel('Code of your authenticator').fill(await app.code());
  await page.getByRole('button', { name: 'Make new recovery codes' }).click();
  await page.getByRole('dialog').getByLabel('Code of your authenticator').waitFor();
  await accessible(page, 'the question for two factors');
  await picture(page, 'authenticators-proof', false);

  // Each question, and in it each form, begins with the authenticator, whatever was chosen before.
  const question = page.getByRole('dialog', { name: 'Is it you?' });
  const chooseRecoveryCode = async () => {
    await question.getByRole('button', { name: 'Use a recovery code' }).click();
    await question.getByLabel('Recovery code').waitFor();
  };
  await chooseRecoveryCode();
  await question.getByRole('button', { name: 'Send me a code' }).click();
  await question.getByLabel('Code', { exact: true }).waitFor();
  await question.getByLabel('Code of your authenticator').waitFor();
  await chooseRecoveryCode();
  await question.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Make new recovery codes' }).click();
  await question.getByLabel('Code of your authenticator').waitFor();
  await proveBy(page, app.at(1));
  await says(page, 'This code isn’t right, or was used already.');
  await page.getByRole('dialog').getByLabel('Code of your authenticator').fill(await app.code());
  await page.getByRole('dialog').getByRole('button', { name: 'Continue' }).click();
  await says(page, 'Earlier recovery codes don’t work any more.');
  const fresh = await page.locator('.recovery code').allTextContents();
  assert.deepEqual(fresh.filter(code => codes.includes(code)), []);
  await page.getByRole('button', { name: 'I have kept them' }).click();

  // A new password takes the old one and a code.
  await menu('Password');
  await page.getByLabel('Current password', { exact: true }).fill(password);
  await page.getByLabel('New password', { exact: true }).fill('two walks along the river');
  await page.getByLabel('Code of your authenticator').fill(await app.code());
  await page.getByRole('button', { name: 'Change password' }).click();
  await says(page, 'Your password is changed.');

  // The mail for a new password isn't enough either; an old recovery code isn't, and a new one is.
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('link', { name: 'Forgot your password?' }).click();
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('button', { name: 'Send the link' }).click();
  const reset = await visitor.follow(/password/i);
  await reset.getByLabel('New password', { exact: true }).fill('three walks along the river');
  await reset.getByRole('button', { name: 'Set new password' }).click();
  await says(reset, 'Your account asks for this, too.');
  await accessible(reset, 'a reset that asks for the second step');
  await picture(reset, 'reset-second-step');
  await reset.getByRole('button', { name: 'Use a recovery code' }).click();
  await reset.getByLabel('Recovery code').fill(codes[2]);
  await reset.getByRole('button', { name: 'Set new password' }).click();
  await says(reset, 'This is none of your recovery codes');
  await reset.getByLabel('Recovery code').fill(fresh[0]);
  await reset.getByRole('button', { name: 'Set new password' }).click();
  await says(reset, 'Your new password is set');
  await visitor.leave();
});

test('an authenticator beside another one goes after one proof, and the deletion takes two factors', async () => {
  const { visitor, page } = await arrive('pair');
  const { app } = await enrol(page);
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByRole('button', { name: 'Add another one' }).click();
  const second = new App(await page.locator('.key').textContent());
  await page.getByLabel('Name', { exact: true }).fill('Second');
  await page.getByLabel('Code', { exact: true }).fill(await second.code());
  await page.getByRole('button', { name: 'Remove Second' }).click();
  const question = page.getByRole('dialog', { name: 'Remove this authenticator?' });
  await question.getByRole('button', { name: 'Remove' }).click();
  await says(page, 'Second is removed');
  await page.getByRole('button', { name: 'Remove Second' }).waitFor({ state: 'detached' });

  await page.goto(`${server.address}/account/delete`);
  await page.getByLabel('Current password', { exact: true }).fill(password);
  await page.getByLabel('Code of your authenticator').fill(await app.code());
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Delete account' }).click();
  await page.getByRole('button', { name: 'Yes, delete it' }).click();
  await says(page, 'Your account and your personal data are deleted.');
  await visitor.leave();
});

test('a shop without second factors has no screen for them', async () => {
  const plain = await start('--second-factor', 'off');
  const visitor = await Visitor.arrive(chrome, plain.address);
  const page = await visitor.open('/account');
  await visitor.signIn(page, 'demo@example.com', 'correct horse battery staple');
  await page.getByRole('navigation', { name: 'Your account' }).getByRole('link', { name: 'Devices' }).waitFor();
  assert.equal(await page.getByRole('link', { name: 'Second step' }).count(), 0);
  await page.goto(`${plain.address}/account/authenticators`);
  await says(page, 'Authenticators can’t be added here.');
  await visitor.leave();
  await plain.stop();
});

test('a customer who has lost all asks for the removal of the second step, and keeps it by the mail', async () => {
  const { visitor, page, email, look } = await arrive('lost');
  await enrol(page);
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await firstStep(page, email);
  await page.getByRole('button', { name: 'Use a recovery code' }).click();
  await page.getByRole('button', { name: 'I have lost my authenticator and my recovery codes' }).click();
  await says(page, 'We sent you a mail.');
  await look('lost');

  // The link of the mail removes nothing before three days are over, and keeps all at any time.
  const messages = await (await fetch(`${server.address}/inbox.json`)).json();
  const { token } = messages.find(({ kind, to }) => kind === 'FACTOR_RESET_REQUESTED' && to === email);
  await page.goto(`${server.address}/account/reset-factor#token=${token}`);
  await page.getByRole('button', { name: 'Remove my second factor' }).click();
  await says(page, 'It can be removed from');
  await look('reset');
  await page.getByRole('button', { name: 'Keep my second factor' }).click();
  await page.getByRole('heading', { name: 'Your second factor stays' }).waitFor();
  await visitor.leave();
});

test('where a second step is required, a sign-in sets it up', async () => {
  const strict = await start('--rate-limits', 'off', '--second-factor', 'required');
  try {
    const visitor = await Visitor.arrive(chrome, strict.address);
    const email = 'required@example.com';
    await visitor.call('mutation ($input: RegisterAccountInput!) { registerAccount(input: $input) { accepted } }', { email, password, firstName: 'Ada' });
    const messages = await (await fetch(`${strict.address}/inbox.json`)).json();
    const { token } = messages.find(({ kind, to }) => kind === 'ACTIVATION' && to === email);
    const page = await visitor.open(`/account/activate#token=${token}`);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Confirm e-mail' }).click();
    await says(page, 'Your account is active.');
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();

    await page.getByRole('heading', { name: 'Set up your second step' }).waitFor();
    await fits(page, 'enrollment');
    await accessible(page, 'enrollment');
    await picture(page, 'authenticators-required');
    await page.getByRole('button', { name: 'Set it up' }).click();
    const app = new App(await page.locator('.key').textContent());
    await page.getByLabel('Code', { exact: true }).fill(await app.code());
    await says(page, 'Your recovery codes');
    assert.equal(await page.locator('.recovery code').count(), 10);
    await page.getByRole('button', { name: 'I have kept them' }).click();
    await page.getByRole('heading', { level: 1 }).filter({ hasText: 'Ada' }).or(page.getByRole('heading', { name: 'Your account' })).first().waitFor();

    // Whoever opens that screen without a sign-in begins with one.
    await page.goto(`${strict.address}/account/set-up-second-step`);
    await page.waitForURL(url => !url.pathname.endsWith('set-up-second-step'));
    await visitor.leave();
  } finally {
    await strict.stop();
  }
});
