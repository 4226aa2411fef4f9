// Signing in by a mailed code on the account page: offered where the shop wants it, the same screen for every address, a
// code that signs in as soon as it is pasted, and a challenge that stays in the page.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start } from './binary.mjs';
import { accessible, browser, fits, inSight, phone, picture, selected, Visitor } from './visitor.mjs';

let server, chrome;
before(async () => {
  [server, chrome] = await Promise.all([start('--sign-in-code', 'on'), browser()]);
});
after(async () => {
  await chrome?.close();
  await server?.stop();
});

async function look(page, name) {
  await fits(page, name);
  await accessible(page, name);
  await picture(page, `code-${name}-light`);
  await page.emulateMedia({ colorScheme: 'dark' });
  await accessible(page, `${name} in the dark`, ['color-contrast', 'link-in-text-block']);
  await picture(page, `code-${name}-dark`);
  await page.emulateMedia({ colorScheme: 'light' });
}

async function ask(page, email) {
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('button', { name: 'Send me a code' }).click();
  await page.getByRole('heading', { name: 'Check your mail' }).waitFor();
}

/** The newest code that was mailed, out of how many. */
async function mailed() {
  const messages = await (await fetch(`${server.address}/inbox.json`)).json();
  const codes = messages.filter(({ kind }) => kind === 'SIGN_IN_CODE');
  return { code: codes[0]?.code, count: codes.length };
}

test('a customer signs in with a code that is pasted', async () => {
  const visitor = await Visitor.arrive(chrome, server.address, { viewport: phone });
  const page = await visitor.open('/account');
  await page.getByText('No password?').waitFor();
  await look(page, 'sign-in-phone');
  await page.getByLabel('E-mail').fill('demo@example.com');
  await page.getByRole('link', { name: 'Send me a code' }).click();
  assert.equal(await page.getByLabel('E-mail').inputValue(), 'demo@example.com', 'what was typed stands there');
  await look(page, 'address-phone');
  await ask(page, 'demo@example.com');
  await page.getByText(/in 0:\d\d you can have another one sent/).waitFor();
  await inSight(page.getByLabel('Code'), 'the box for the code');
  await look(page, 'code-phone');
  await page.setViewportSize({ width: 1280, height: 860 });
  await look(page, 'code-desktop');

  // The challenge is in no address and no storage.
  const kept = await page.evaluate(() => JSON.stringify([location.href, { ...sessionStorage }, { ...localStorage }]));
  assert.doesNotMatch(kept, /[0-9a-f]{8}-[0-9a-f]{4}-/);

  const box = page.getByLabel('Code');
  assert.equal(await box.getAttribute('autocomplete'), 'one-time-code');
  const tried = [];
  page.on('request', request => request.postDataJSON()?.query?.startsWith('mutation SignInWithCode') && tried.push(request.postDataJSON().variables.input.code));
  await box.pressSequentially('BCDF-GHJK');
  await page.getByText('This code isn’t right').waitFor();
  assert.equal(await selected(box), 'BCDFGHJK', 'what is refused is not selected');
  await look(page, 'refused-desktop');
  // Over what is selected one types the next code; the same one doesn't go off by itself once more.
  await box.pressSequentially('BCDFGHJK');
  await page.getByText('This code isn’t right').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByText('This code isn’t right').waitFor();
  assert.equal(await selected(box), 'BCDFGHJK', 'what is refused again is not selected');
  assert.deepEqual(tried, ['BCDFGHJK', 'BCDFGHJK']);
  const { code } = await mailed();
  await visitor.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate(text => navigator.clipboard.writeText(text), ` ${code.slice(0, 4)}-${code.slice(4).toLowerCase()} `);
  await page.keyboard.press('ControlOrMeta+V');
  await page.getByRole('heading', { name: /^(Hello|Welcome)/, level: 1 }).waitFor();
  assert.equal(tried.length, 3);
  await visitor.leave();
});

test('an address of nobody gets the same screen, and no code', async () => {
  const visitor = await Visitor.arrive(chrome, server.address);
  const page = await visitor.open('/account/sign-in-code');
  const before = await mailed();
  await ask(page, 'nobody@example.com');
  await page.getByText('If nobody@example.com is the confirmed address of an account').waitFor();
  await page.getByLabel('Code').fill('short');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByText('This code isn’t right').waitFor();
  assert.equal((await mailed()).count, before.count);
  await page.getByRole('button', { name: 'Use another address' }).click();
  await page.getByRole('button', { name: 'Send me a code' }).waitFor();
  await page.getByRole('link', { name: 'Back to the sign-in' }).click();
  await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
  await visitor.leave();
});

test('where the shop does not want it, it is not offered, and refused in words', async () => {
  const other = await start();
  try {
    const visitor = await Visitor.arrive(chrome, other.address);
    const page = await visitor.open('/account');
    await page.getByText('New here?').waitFor();
    assert.equal(await page.getByText('No password?').count(), 0);
    await page.goto(`${other.address}/account/sign-in-code`);
    await page.getByLabel('E-mail').fill('demo@example.com');
    await page.getByRole('button', { name: 'Send me a code' }).click();
    await page.getByText('Signing in by code isn’t possible here.').waitFor();
    await visitor.leave();
  } finally {
    await other.stop();
  }
});
