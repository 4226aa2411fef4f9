// What the overview says: where the customer is signed in, who they are, and what waits for them.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { start } from './binary.mjs';
import { accessible, browser, desktop, fits, phone, picture, prove, Visitor } from './visitor.mjs';

const password = 'correct horse battery staple';

let server, chrome;
before(async () => {
  [server, chrome] = await Promise.all([start('--rate-limits', 'off'), browser()]);
});
after(async () => {
  await chrome?.close();
  await server?.stop();
});

const fact = (page, name) => page.getByRole('main').getByRole('link', { name: new RegExp(`^${name} `) });
const task = (page, title) => page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title, level: 3 }) });

for (const [device, viewport] of Object.entries({ desktop, phone })) {
  test(`the overview says what is and what waits on a ${device}`, async () => {
    const visitor = await Visitor.arrive(chrome, server.address, { viewport });
    const email = `overview-${device}@example.com`;
    await visitor.register({ email, password, firstName: 'Ada', lastName: 'Lovelace', city: 'London', countryCode: 'GB' });
    const page = await visitor.open('/account');
    await visitor.signIn(page, email, password, 'Hello, Ada');
    const look = async name => {
      await fits(page, name);
      await accessible(page, name);
      await picture(page, `overview-${name}-${device}`);
      await page.emulateMedia({ colorScheme: 'dark' });
      await accessible(page, `${name} in the dark`, ['color-contrast', 'link-in-text-block']);
      await picture(page, `overview-${name}-${device}-dark`);
      await page.emulateMedia({ colorScheme: 'light' });
    };

    // A customer who just registered, and is signed in by a script, too.
    await task(page, 'Confirm your e-mail').getByRole('button', { name: 'Send the mail again' }).waitFor();
    assert.match(await fact(page, 'This device').textContent(), /Chrome on Linux.*Signed in just now/);
    assert.match(await fact(page, 'Signed in elsewhere').textContent(), /Node\.js.*Used just now/);
    assert.match(await fact(page, 'Ways in').textContent(), /Password/);
    assert.match(await fact(page, 'Name').textContent(), /Ada Lovelace.*London, United Kingdom/);
    assert.match(await fact(page, 'E-mail').textContent(), new RegExp(`${email}.*Not confirmed`));
    await look('new');
    assert.equal(await page.getByRole('region', { name: 'Screens' }).isVisible(), device === 'phone');

    // It is confirmed in another tab, and all is well.
    const { token } = (await (await fetch(`${server.address}/inbox.json`)).json()).find(({ kind, to }) => kind === 'ACTIVATION' && to === email);
    await visitor.call('mutation ($input: ConfirmAccountActivationInput!) { confirmAccountActivation(input: $input) { session { id } } }', { token, password });
    await page.getByText('All is in order.').waitFor();
    assert.equal(await page.getByRole('heading', { name: 'To do' }).count(), 0);
    await look('well');

    // The other sessions end, and the overview knows.
    await fact(page, 'Signed in elsewhere').click();
    await page.getByRole('button', { name: 'Sign out all other devices' }).click();
    await page.getByText(/signed out$/).waitFor();
    await page.goBack();
    await fact(page, 'Signed in elsewhere').filter({ hasText: 'Nowhere' }).waitFor();
    await visitor.leave();
  });
}

test('what isn’t done yet waits on the overview', async () => {
  const visitor = await Visitor.arrive(chrome, server.address);
  const page = await visitor.open('/account/email');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await visitor.signIn(page, 'demo@example.com', password, 'E-mail');
  const menu = name => page.getByRole('navigation', { name: 'Your account' }).getByRole('link', { name, exact: true });
  await page.getByLabel('New e-mail').fill('new@example.com');
  await page.getByRole('button', { name: 'Send the link' }).click();
  await prove(page, password);
  await page.getByText('Waiting for you to confirm').waitFor();
  await menu('Phone').click();
  await page.getByLabel('New number').fill('+48512345678');
  await page.getByRole('button', { name: 'Send the code' }).click();
  await page.getByText('Enter your code').waitFor();
  await menu('Profile').click();
  await page.getByLabel('Company').fill('Mill');
  await menu('Overview').click();

  await task(page, 'Confirm your new e-mail').waitFor();
  assert.match(await task(page, 'Confirm your new e-mail').textContent(), /n.*@example\.com/);
  await task(page, 'Confirm your new number').waitFor();
  await accessible(page, 'the tasks');
  await picture(page, 'overview-tasks');
  await task(page, 'Save your profile').getByRole('link', { name: 'Go on with it' }).click();
  await page.getByRole('button', { name: 'Discard' }).click();
  await menu('Overview').click();
  await task(page, 'Confirm your new number').getByRole('link', { name: 'Enter the code' }).click();
  await page.getByRole('button', { name: 'Cancel the change' }).click();
  await page.getByText('The change is cancelled').waitFor();
  await menu('Overview').click();
  await task(page, 'Confirm your new e-mail').getByRole('link').click();
  await page.getByRole('button', { name: 'Cancel the change' }).click();
  await page.getByText('The change is cancelled').waitFor();
  await menu('Overview').click();
  await page.getByText('All is in order.').waitFor();
  await visitor.leave();
});

test('who has no passkey is offered one, where the browser has them', async () => {
  const address = server.address.replace('127.0.0.1', 'localhost');
  const visitor = await Visitor.arrive(chrome, address);
  const page = await visitor.open('/account');
  await visitor.signIn(page, 'demo@example.com', password);
  await page.getByRole('heading', { name: 'Worth a minute' }).waitFor();
  await picture(page, 'overview-offer');
  await task(page, 'Sign in without a password').getByRole('link', { name: 'Add a passkey' }).click();
  await page.getByRole('button', { name: 'Add a passkey' }).waitFor();
  await visitor.leave();
});

test('on paper there is what the screens tell, in black on white, and nothing to press', async () => {
  const visitor = await Visitor.arrive(chrome, server.address, { colorScheme: 'dark' });
  const page = await visitor.open('/account');
  await visitor.signIn(page, 'demo@example.com', password);
  for (const [path, ready] of [['', 'All is in order.'], ['/sessions', 'This device'], ['/activity', 'You signed in'], ['/agreements', 'Newsletters']]) {
    await page.goto(`${server.address}/account${path}`);
    await page.getByText(ready).first().waitFor();
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await page.getByText(ready).first().waitFor();
    for (const name of ['Sign out', /^Sign out all/]) {
      assert.equal(await page.getByRole('button', { name }).filter({ visible: true }).count(), 0, `${path}: ${name}`);
    }
    assert.equal(await page.getByRole('navigation').filter({ visible: true }).count(), 0, path);
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(255, 255, 255)');
    await accessible(page, `${path} on paper`, ['color-contrast']);
    await picture(page, `print${path.replace('/', '-') || '-overview'}`);
    await page.emulateMedia({ media: 'screen' });
  }
  await visitor.leave();
});

test('nothing is offered that the shop has no screen for', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'accountql-brand-'));
  const file = path.join(folder, 'shop.json');
  await writeFile(file, JSON.stringify({ name: 'Nordlicht', screens: { passkeys: false } }));
  const shop = await start('--brand', file);
  const visitor = await Visitor.arrive(chrome, shop.address.replace('127.0.0.1', 'localhost'));
  const page = await visitor.open('/account');
  await visitor.signIn(page, 'demo@example.com', password, 'Hello, Demo');
  await page.getByText('All is in order. Nothing waits for you.').waitFor();
  assert.equal(await page.getByRole('link', { name: 'Passkeys' }).count(), 0);
  await visitor.leave();
  await shop.stop();
  await rm(folder, { recursive: true });
});
