// One customer's story of every way in: an account, a passkey in place of the password, an authenticator and its recovery
// codes, one proof for a new e-mail and a new number, the devices in words, and "this wasn't me" from the mail of a second browser.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { App } from './app.mjs';
import { start } from './binary.mjs';
import { accessible, browser, desktop, fits, phone, picture, prove, Visitor } from './visitor.mjs';

const [email, moved, number, password] = ['grace@example.com', 'grace@example.org', '+48 512 345 670', 'a walk along the river'];

let server, chrome, named;
before(async () => {
  [server, chrome] = await Promise.all([start('--rate-limits', 'off', '--second-factor', 'optional'), browser()]);
  // Passkeys are for names: 127.0.0.1 is none.
  named = server.address.replace('127.0.0.1', 'localhost');
});
after(async () => {
  await chrome?.close();
  await server?.stop();
});

const says = (page, text) => page.getByText(text).first().waitFor();
const heading = (page, name) => page.getByRole('heading', { name, level: 1 }).waitFor();

/** What keeps a browser's passkeys, and makes and uses them without a word. */
async function keychain(visitor, page) {
  const devtools = await visitor.context.newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
  return { devtools, authenticatorId };
}

/** From now on nothing signs in before a button is pressed. */
function withoutAutofill(visitor) {
  return visitor.context.addInitScript(() => {
    if ('PublicKeyCredential' in globalThis) {
      PublicKeyCredential.isConditionalMediationAvailable = async () => false;
    }
  });
}

/** The secret of the newest message of a kind. */
async function sent(kind, what) {
  const messages = await (await fetch(`${server.address}/inbox.json`)).json();
  return messages.find(message => message.kind === kind)[what];
}

for (const [device, viewport] of Object.entries({ desktop, phone })) {
  test(`a customer finds every way in, on a ${device}`, async () => {
    const [old, next, to] = [`${device}-${email}`, `${device}-${moved}`, device === 'phone' ? number.replace(/0$/, '9') : number];
    const grace = await Visitor.arrive(chrome, named, { viewport });
    await withoutAutofill(grace);
    const page = await grace.open('/account');
    const go = async (path, name) => {
      await page.goto(`${named}/account${path}`);
      await heading(page, name);
    };
    const look = async what => {
      await fits(page, what);
      await accessible(page, what);
      await picture(page, `waysin-${device}-${what}`);
    };
    const mine = await keychain(grace, page);

    // An account, whose address the customer proves.
    await page.getByRole('link', { name: 'Create an account' }).click();
    await page.getByLabel('First name').fill('Grace');
    await page.getByLabel('E-mail').fill(old);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Create account' }).click();
    await heading(page, 'Hello, Grace');
    await page.goto(`${named}/account/activate#token=${await sent('ACTIVATION', 'token')}`);
    await page.getByRole('button', { name: 'Confirm e-mail' }).click();
    await heading(page, 'Your e-mail is confirmed');

    // A passkey, and no password any more.
    await go('/passkeys', 'Passkeys');
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await prove(page, password);
    await says(page, 'The passkey is added');
    await go('/password', 'Password');
    await page.getByLabel('Your password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Remove password' }).click();
    await says(page, 'Your password is removed.');

    // Signs in with the passkey.
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await says(page, 'You’re signed out.');
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await heading(page, 'Password');

    // An authenticator, after a proof by the passkey; its recovery codes are kept in a file.
    await go('/authenticators', 'Second step');
    await page.getByRole('button', { name: 'Set it up' }).click();
    const question = page.getByRole('dialog', { name: 'Is it you?' });
    await question.waitFor();
    await look('proof');
    await question.getByRole('button', { name: /passkey/ }).click();
    const app = new App(await page.locator('.key').textContent());
    await page.getByLabel('Code', { exact: true }).fill(await app.code());
    await says(page, 'Your recovery codes');
    const codes = await page.locator('.recovery code').allTextContents();
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download' }).click()]);
    const kept = await readFile(await file.path(), 'utf8');
    assert.deepEqual(codes.filter(code => !kept.includes(code)), []);
    await page.getByRole('button', { name: 'I have kept them' }).click();
    await says(page, '10 of 10 left');

    // That proof is enough for the e-mail and the phone, too: nothing is asked again.
    await go('/email', 'E-mail');
    await page.getByLabel('New e-mail').fill(next);
    await page.getByRole('button', { name: 'Send the link' }).click();
    await says(page, 'We write to the new address');
    await go('/phone', 'Phone');
    await page.getByLabel('New number').fill(to);
    await page.getByRole('button', { name: 'Send the code' }).click();
    await says(page, 'We text a code to the new number');
    assert.equal(await question.count(), 0, 'asked twice who it is');
    await page.getByLabel('Code', { exact: true }).fill(await sent('PHONE_CODE', 'code'));
    await page.getByRole('radio', { name: 'No', exact: true }).check();
    await page.getByRole('button', { name: 'Confirm number' }).click();
    await says(page, 'Your new number is confirmed');
    await look('phone');
    await page.goto(`${named}/account/confirm-email#token=${await sent('EMAIL_CHANGE', 'token')}`);
    await page.getByRole('radio', { name: 'No', exact: true }).check();
    await page.getByRole('button', { name: /Confirm/ }).click();
    await says(page, next);

    // The devices in words, and a second browser with a copy of the passkey.
    await go('/sessions', 'Devices');
    await says(page, /Chrom(e|ium).* on /);
    await look('devices');
    const stranger = await Visitor.arrive(chrome, named, { viewport });
    await withoutAutofill(stranger);
    const there = await stranger.open('/account');
    const copy = await keychain(stranger, there);
    for (const credential of (await mine.devtools.send('WebAuthn.getCredentials', { authenticatorId: mine.authenticatorId })).credentials) {
      await copy.devtools.send('WebAuthn.addCredential', { authenticatorId: copy.authenticatorId, credential: { ...credential, signCount: credential.signCount + 10 } });
    }
    await there.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await heading(there, 'Hello, Grace');

    // The mail of it, and "this wasn't me".
    await page.goto(`${named}/account/secure-account#token=${await sent('NEW_DEVICE', 'token')}`);
    await page.getByRole('button', { name: 'Secure my account' }).click();
    await heading(page, 'Your account is secured');
    await look('secured');
    await there.reload();
    await there.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
    await stranger.leave();
    await grace.leave();
  });
}
