// Passkeys on the account page, with Chromium's virtual authenticator: a customer adds one after one proof, signs in with it by the
// button and by the autofill, renames and removes it; and one proof is enough for several changes.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start } from './binary.mjs';
import { accessible, browser, desktop, fits, inSight, phone, picture, prove, selected, Visitor } from './visitor.mjs';

const password = 'a walk along the river';

let server, chrome, named;
before(async () => {
  [server, chrome] = await Promise.all([start('--rate-limits', 'off'), browser()]);
  // Passkeys are for names: 127.0.0.1 is none.
  named = server.address.replace('127.0.0.1', 'localhost');
});
after(async () => {
  await chrome?.close();
  await server?.stop();
});

/** A new customer with a proven address and an authenticator, on a screen of the account. */
async function arrive(name, screen, heading, options = {}) {
  const visitor = await Visitor.arrive(chrome, named, options);
  const email = `${name}@example.com`;
  const session = await visitor.register({ email, password });
  const messages = await (await fetch(`${server.address}/inbox.json`)).json();
  const { token } = messages.find(({ kind, to }) => kind === 'ACTIVATION' && to === email);
  await visitor.call('mutation ($input: ConfirmAccountActivationInput!) { confirmAccountActivation(input: $input) { session { id } } }', { token, password });
  const page = await visitor.context.newPage();
  const devtools = await visitor.context.newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
  await page.goto(`${named}/account${screen}`);
  await visitor.signIn(page, email, password, heading);
  const look = async what => {
    await fits(page, what);
    await accessible(page, what);
    await picture(page, `passkeys-${name}-${what}`);
  };
  return { visitor, page, email, session, devtools, authenticatorId, look };
}

const says = (page, text) => page.getByText(text).first().waitFor();
const add = page => page.getByRole('button', { name: 'Add a passkey' }).click();
const signOut = page => page.getByRole('button', { name: 'Sign out', exact: true }).click();
const go = (page, name) => page.getByRole('navigation', { name: 'Your account' }).getByRole('link', { name }).click();

/** From now on pages wait for no autofill. */
const withoutAutofill = visitor => visitor.context.addInitScript(() => (PublicKeyCredential.isConditionalMediationAvailable = async () => false));

for (const [device, viewport] of Object.entries({ desktop, phone })) {
  test(`a customer keeps passkeys on a ${device}`, async () => {
    const { visitor, page, devtools, authenticatorId, look } = await arrive(`keeper-${device}`, '/passkeys', 'Passkeys', { viewport });
    await says(page, 'You have no passkeys yet.');
    await look('empty');

    await add(page);
    await page.getByRole('dialog', { name: 'Is it you?' }).waitFor();
    await page.getByLabel('Current password', { exact: true }).waitFor();
    await look('proof');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Add a passkey', 'the focus is lost');
    await add(page);
    await prove(page, 'not the one');
    await says(page, 'This isn’t your current password.');
    await look('refused');
    await prove(page, password);
    await says(page, 'The passkey is added');
    await says(page, 'On one device');
    await says(page, 'not used yet');
    await says(page, 'If that device is lost, so is its passkey.');
    await look('one');

    await add(page);
    await says(page, 'This device has a passkey of your account already.');
    await devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
    await devtools.send('WebAuthn.clearCredentials', { authenticatorId });
    await add(page);
    await says(page, 'No passkey was added.');
    await devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true });

    await page.locator('summary', { hasText: 'Rename' }).click();
    await page.getByLabel('Name').fill(' ');
    await page.getByRole('button', { name: 'Save name' }).click();
    await says(page, /^Name must/);
    await page.getByLabel('Name').fill('My laptop');
    await page.getByRole('button', { name: 'Save name' }).click();
    await says(page, 'The name is saved');
    await page.locator('.row-title', { hasText: 'My laptop' }).waitFor();

    await page.getByRole('button', { name: 'Remove My laptop' }).click();
    const question = page.getByRole('dialog', { name: 'Remove this passkey?' });
    await look('question');
    await question.getByRole('button', { name: 'Keep it' }).click();
    await page.getByRole('button', { name: 'Remove My laptop' }).click();
    await question.getByRole('button', { name: 'Remove' }).click();
    await says(page, 'My laptop is removed');
    await says(page, 'You have no passkeys yet.');
    await visitor.leave();
  });

  test(`a customer with a passkey removes the password on a ${device}, and signs in without it`, async () => {
    const { visitor, page, email, look } = await arrive(`without-${device}`, '/password', 'Password', { viewport });
    await withoutAutofill(visitor);
    assert.equal(await page.getByRole('button', { name: 'Remove password' }).count(), 0, 'the last way in can go');
    await page.goto(`${named}/account/passkeys`);
    await add(page);
    await prove(page, password);
    await says(page, 'The passkey is added');

    await page.goto(`${named}/account/password`);
    await page.getByLabel('Your password', { exact: true }).fill('not the one');
    await look('password-removal');
    await page.getByRole('button', { name: 'Remove password' }).click();
    await says(page, 'This isn’t your current password.');
    await page.getByLabel('Your password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Remove password' }).click();
    await says(page, 'Your password is removed.');
    await page.getByRole('button', { name: 'Remove password' }).waitFor({ state: 'detached' });
    await says(page, 'Your account has no password: you sign in another way.');
    await look('password-removed');

    await signOut(page);
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await says(page, 'The e-mail or the password isn’t right.');
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.getByRole('heading', { name: 'Password', level: 1 }).waitFor();
    await visitor.leave();
  });

  test(`a passkey signs in by the button on a ${device}, and not any more once it is removed`, async () => {
    const { visitor, page, session, devtools, authenticatorId, look } = await arrive(`button-${device}`, '/passkeys', 'Passkeys', { viewport });
    await withoutAutofill(visitor);
    await add(page);
    await prove(page, password);
    await says(page, 'The passkey is added');
    const [credential] = (await devtools.send('WebAuthn.getCredentials', { authenticatorId })).credentials;
    await page.reload();
    await signOut(page);
    await says(page, 'You’re signed out.');
    await look('sign-in');
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.getByRole('heading', { name: 'Passkeys', level: 1 }).waitFor();
    await says(page, 'used just now');

    const { account } = await visitor.call('{ account { passkeys { id } } }', undefined, session);
    await visitor.call('mutation ($input: RemovePasskeyInput!) { removePasskey(input: $input) { account { id } } }', { id: account.passkeys[0].id, password }, session);
    // The other devices are signed out, and this one learns it.
    await page.reload();
    await says(page, 'Your session has ended.');
    // An authenticator that nobody told still offers it.
    await devtools.send('WebAuthn.clearCredentials', { authenticatorId });
    await devtools.send('WebAuthn.addCredential', { authenticatorId, credential: { ...credential, signCount: credential.signCount + 10 } });
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await inSight(page.getByRole('alert').filter({ hasText: 'This passkey doesn’t sign you in any more.' }), 'the refusal');
    await look('removed');
    await visitor.leave();
  });
}

test('a passkey signs in by the autofill of the address, and the browser is told of its removal', async () => {
  const { visitor, page, devtools, authenticatorId } = await arrive('autofill', '/passkeys', 'Passkeys');
  await add(page);
  await prove(page, password);
  await says(page, 'The passkey is added');
  await visitor.context.addInitScript(() => {
    const get = navigator.credentials.get.bind(navigator.credentials);
    navigator.credentials.get = options => {
      sessionStorage.setItem('mediation', options.mediation);
      return get(options);
    };
    const accepted = PublicKeyCredential.signalAllAcceptedCredentials.bind(PublicKeyCredential);
    PublicKeyCredential.signalAllAcceptedCredentials = signal => {
      sessionStorage.setItem('accepted', String(signal.allAcceptedCredentialIds.length));
      return accepted(signal);
    };
  });
  await page.evaluate(() => sessionStorage.clear());
  // Nothing is pressed: the authenticator is there, and its customer chooses the passkey at once.
  await page.reload();
  await says(page, 'used just now');
  assert.equal(await page.evaluate(() => sessionStorage.getItem('mediation')), 'conditional');
  await page.waitForFunction(() => sessionStorage.getItem('accepted') === '1');

  await page.getByRole('button', { name: /^Remove/ }).click();
  await page.getByRole('dialog', { name: 'Remove this passkey?' }).getByRole('button', { name: 'Remove' }).click();
  await prove(page, password);
  await says(page, 'You have no passkeys yet.');
  await page.waitForFunction(() => sessionStorage.getItem('accepted') === '0');
  await devtools.send('WebAuthn.clearCredentials', { authenticatorId });
  await signOut(page);
  await page.locator('input[autocomplete="username webauthn"]').waitFor();
  await visitor.leave();
});

test('one proof by a passkey is enough for several changes', async () => {
  const { visitor, page, email } = await arrive('once', '/passkeys', 'Passkeys');
  await withoutAutofill(visitor);
  await add(page);
  await prove(page, password);
  await says(page, 'The passkey is added');
  await page.reload();
  await signOut(page);
  await visitor.signIn(page, email, password, 'Passkeys');

  await go(page, 'E-mail');
  await page.getByLabel('New e-mail').fill('once-more@example.com');
  await page.getByRole('button', { name: 'Send the link' }).click();
  await page.getByRole('dialog', { name: 'Is it you?' }).getByRole('button', { name: 'Use a passkey' }).click();
  await says(page, 'Waiting for you to confirm');
  await page.getByRole('button', { name: 'Cancel the change' }).click();
  await page.getByLabel('New e-mail').fill('once-again@example.com');
  await page.getByRole('button', { name: 'Send the link' }).click();
  await says(page, 'Waiting for you to confirm');
  await go(page, 'Your data');
  await page.getByRole('button', { name: 'Make a copy' }).click();
  await says(page, 'We’ve sent a mail to');
  assert.equal(await page.getByRole('dialog').count(), 0);
  await visitor.leave();
});

test('a code by mail proves it, where nothing else is at hand', async () => {
  const { visitor, page, email, look } = await arrive('code', '/data', 'Your data', { viewport: phone });
  await page.getByRole('button', { name: 'Make a copy' }).click();
  const question = page.getByRole('dialog', { name: 'Is it you?' });
  await question.getByRole('button', { name: 'Send me a code by mail' }).click();
  await says(page, 'We sent it to c•••@example.com.');
  await page.waitForFunction(() => document.activeElement?.name === 'code');
  await look('code');
  await question.getByLabel('Code').fill('AAAAAAAA');
  await says(page, 'This code isn’t right');
  assert.equal(await selected(question.getByLabel('Code')), 'AAAAAAAA', 'what is refused is not selected');
  const messages = await (await fetch(`${server.address}/inbox.json`)).json();
  const { code } = messages.find(({ kind, to }) => kind === 'IDENTITY_CODE' && to === email);
  await question.getByLabel('Code').fill(`${code.slice(0, 4)} ${code.slice(4).toLowerCase()}`);
  await says(page, 'We’ve sent a mail to');
  await visitor.leave();
});

test('a customer without a password deletes the account by a passkey', async () => {
  const { visitor, page, session, look } = await arrive('deletes', '/passkeys', 'Passkeys', { viewport: phone });
  await add(page);
  await prove(page, password);
  await says(page, 'The passkey is added');
  // Without the password, the other devices are signed out; this one signs in again by the autofill.
  await visitor.call('mutation ($input: RemovePasswordInput!) { removePassword(input: $input) { account { id } } }', { password }, session);
  await page.goto(`${named}/account/delete`);
  await says(page, 'Your browser will ask for your passkey.');
  assert.equal(await page.getByLabel('Current password').count(), 0);
  await look('delete');
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Delete account' }).click();
  await page.getByRole('button', { name: 'Yes, delete it' }).click();
  await says(page, 'Your account and your personal data are deleted.');
  await visitor.leave();
});

test('where there are no passkeys, none are offered', async () => {
  // At a number, browsers have none.
  const visitor = await Visitor.arrive(chrome, server.address);
  const page = await visitor.open('/account/passkeys');
  await page.getByLabel('E-mail').waitFor();
  await page.waitForLoadState('networkidle');
  assert.equal(await page.getByRole('button', { name: 'Sign in with a passkey' }).count(), 0);
  await visitor.signIn(page, 'demo@example.com', 'correct horse battery staple', 'Passkeys');
  await says(page, 'This browser can’t add a passkey here.');
  await visitor.leave();

  // And a shop at a number has none, whatever the browser.
  const numbered = await start('--public-url', 'http://192.0.2.1');
  try {
    const other = await Visitor.arrive(chrome, numbered.address.replace('127.0.0.1', 'localhost'));
    const screen = await other.open('/account');
    await screen.waitForLoadState('networkidle');
    assert.equal(await screen.getByRole('button', { name: 'Sign in with a passkey' }).count(), 0);
    await other.leave();
  } finally {
    await numbered.stop();
  }
});
