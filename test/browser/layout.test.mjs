// Nothing is wider than the screen, whatever is in it: every field as long as the API takes it, windows
// from 320 px (which is 1,280 at 400 %) to 1,440, and forced colours.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start } from './binary.mjs';
import { accessible, browser, fits, picture, prove, rows, Visitor } from './visitor.mjs';

const password = 'a walk along the river';
const w = length => 'W'.repeat(length);
// 254 characters, of which 64 stand before the @.
const longAddress = start => `${start}${w(64 - start.length)}@${w(60)}.${w(60)}.${w(59)}.example`.toLowerCase();

let server, chrome;
before(async () => {
  [server, chrome] = await Promise.all([start('--rate-limits', 'off', '--second-factor', 'optional', '--support-contact', `help@${w(60)}.example`), browser()]);
});
after(async () => {
  await chrome?.close();
  await server?.stop();
});

const messages = async () => (await fetch(`${server.address}/inbox.json`)).json();

/** As much of a value as the API takes, found by asking. */
async function longest(visitor, session, field, fill) {
  const { apiKey } = await (await fetch(`${server.address}/account/config.json`)).json();
  for (const length of [4000, 2000, 1024, 512, 500, 256, 255, 254, 200, 128, 100, 64, 50, 40, 32, 20, 16, 12, 10, 8]) {
    const response = await fetch(`${server.address}/graphql`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Api-Key': apiKey, Authorization: `Bearer ${session}` },
      body: JSON.stringify({ query: 'mutation ($input: UpdateAccountInput!) { updateAccount(input: $input) { account { id } } }', variables: { input: { [field]: fill(length) } } }),
    });
    if (!(await response.json()).errors) {
      return length;
    }
  }
  return assert.fail(`${field} takes nothing`);
}

for (const viewport of [{ width: 320, height: 256 }, { width: 390, height: 844 }, { width: 820, height: 1180 }, { width: 1440, height: 900 }]) {
  test(`no screen is wider than ${viewport.width} px, with the longest values`, async () => {
    const visitor = await Visitor.arrive(chrome, server.address, { viewport, userAgent: w(400) });
    const email = longAddress(`a${viewport.width}`);
    const session = await visitor.register({ email, password });
    for (const field of ['firstName', 'lastName', 'displayName', 'company', 'address', 'city', 'province', 'zipCode']) {
      await longest(visitor, session, field, length => (field === 'zipCode' ? w(length).toUpperCase() : w(length)));
    }
    await visitor.call('mutation ($input: CreateAddressInput!) { createAddress(input: $input) { address { id } } }',
      { firstName: w(255), line1: w(255), city: w(255), countryCode: 'CD' }, session);
    await visitor.pictures('example.com');
    await longest(visitor, session, 'avatarUrl', length => `https://example.com/${w(length)}`.slice(0, length));

    const page = await visitor.open('/account');
    const look = async name => {
      await fits(page, `${name} at ${viewport.width}`);
      await accessible(page, `${name} at ${viewport.width}`, ['color-contrast', 'target-size', 'scrollable-region-focusable']);
      if (viewport.width <= 390) {
        await picture(page, `long-${name}-${viewport.width}`);
      }
    };
    const open = async (path, ready) => {
      await page.goto('about:blank');
      await page.goto(`${server.address}/account${path}`);
      await page.getByText(ready).first().waitFor();
    };
    await look('sign-in');
    await page.getByLabel('E-mail').fill(email);
    await page.getByRole('link', { name: 'Forgot your password?' }).click();
    await page.getByRole('button', { name: 'Send the link' }).click();
    await page.getByText('If there is an account').waitFor();
    await look('forgot');
    await open('/undo-email#token=void', 'Undo the change');
    await page.getByRole('button', { name: 'Undo the change' }).click();
    await page.getByText('can’t be used').waitFor();
    await look('undo-void');

    await open('/', 'Sign in');
    await visitor.signIn(page, email, password, /^Hello/);
    await page.getByRole('button', { name: 'Send the mail again' }).click();
    await page.getByText('The mail leaves within two minutes').waitFor();
    await look('overview');
    await open('/profile', 'Date of birth');
    await page.getByLabel('Postal code').fill('!');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText(/^Postal code must have/).waitFor();
    await look('profile');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('Sign out without saving?').waitFor();
    await look('unsaved');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Discard' }).click();
    // Only a proven address can be taken back after a change.
    const activation = (await messages()).find(({ kind, to }) => kind === 'ACTIVATION' && to === email);
    await visitor.call('mutation ($input: ConfirmAccountActivationInput!) { confirmAccountActivation(input: $input) { session { id } } }', { token: activation.token, password });
    await open('/email', 'Your address');
    await page.getByLabel('New e-mail').fill(longAddress(`b${viewport.width}`));
    await page.getByRole('button', { name: 'Send the link' }).click();
    await prove(page, password);
    await page.getByText('Waiting for you to confirm').waitFor();
    await look('email');
    await open('/phone', 'Add a number');
    await page.getByLabel('New number').fill('+49 1512 3456789');
    await page.getByRole('button', { name: 'Send the code' }).click();
    await page.getByText('Enter your code').waitFor();
    await look('phone');
    await page.getByRole('button', { name: 'Cancel the change' }).click();
    for (const [path, ready] of [['/addresses', 'Add an address'], ['/password', 'Current password'], ['/passkeys', 'You have no passkeys yet.'], ['/authenticators', 'You have no authenticator yet.'], ['/agreements', 'Newsletters'], ['/sessions', 'This device'], ['/activity', 'You signed in'], ['/nowhere', 'There is nothing here'], ['/delete', 'This closes your account']]) {
      await open(path, ready);
      await look(path.slice(1));
    }
    await page.getByLabel('Current password', { exact: true }).fill(password);
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Delete account' }).click();
    await page.getByRole('dialog').waitFor();
    await look('delete-question');

    // The screens of mails, before and after.
    const { token } = (await messages()).find(({ kind, to }) => kind === 'EMAIL_CHANGE' && to.startsWith(`b${viewport.width}`));
    await open(`/confirm-email#token=${token}`, 'Confirm new e-mail');
    await page.getByLabel('No', { exact: true }).check();
    await page.getByRole('button', { name: 'Confirm new e-mail' }).click();
    await page.getByText('From now on you sign in with').waitFor();
    await look('confirm-email');
    const undo = (await messages()).find(({ kind, to }) => kind === 'EMAIL_CHANGED' && to.startsWith(`a${viewport.width}`));
    await open(`/undo-email#token=${undo.token}`, 'Undo the change');
    await page.getByRole('button', { name: 'Undo the change' }).click();
    await page.getByText('The change is undone').waitFor();
    await look('undo-email');

    await page.goto(`${server.address}/inbox`);
    await rows(page).first().waitFor();
    await fits(page, `the inbox at ${viewport.width}`);
    await rows(page).first().click();
    await page.getByRole('article').waitFor();
    await fits(page, `a message at ${viewport.width}`);
    await visitor.leave();
  });
}

/** The colours that a picture of the element has, with how many points of each. */
async function colours(page, element) {
  const picture = `data:image/png;base64,${(await element.screenshot({ animations: 'disabled' })).toString('base64')}`;
  const canvas = await page.context().newPage();
  const counted = await canvas.evaluate(async source => {
    const bitmap = await createImageBitmap(await (await fetch(source)).blob());
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    const all = {};
    for (let at = 0; at < data.length; at += 4) {
      const colour = data.slice(at, at + 3).join();
      all[colour] = (all[colour] ?? 0) + 1;
    }
    return all;
  }, picture);
  await canvas.close();
  return counted;
}

test('every control can be seen where colours are forced', async () => {
  for (const colorScheme of ['light', 'dark']) {
    const visitor = await Visitor.arrive(chrome, server.address, { forcedColors: 'active', colorScheme });
    const page = await visitor.open('/account/agreements');
    await visitor.signIn(page, 'demo@example.com', 'correct horse battery staple', 'Agreements');
    const wifi = page.getByRole('switch', { name: /Wi-Fi/ });
    await wifi.waitFor();
    await wifi.setChecked(false);
    await page.waitForTimeout(300);
    const off = await colours(page, wifi);
    // The knob and the edge on the page: two colours of which each takes more than a few points.
    const large = Object.values(off).filter(points => points > 60);
    assert.ok(large.length >= 2, `off, in the ${colorScheme}: ${JSON.stringify(off)}`);
    await wifi.setChecked(true);
    await page.waitForTimeout(300);
    const on = await colours(page, wifi);
    assert.ok(Object.values(on).filter(points => points > 60).length >= 2, `on: ${JSON.stringify(on)}`);
    assert.notDeepEqual(on, off, 'on looks like off');
    await picture(page, `forced-agreements-${colorScheme}`);

    await page.goto(`${server.address}/account/password`);
    await page.getByLabel('New password', { exact: true }).fill('password1');
    await page.locator('.meter[data-score]').waitFor();
    const [lit, unlit] = [await colours(page, page.locator('.bars span').first()), await colours(page, page.locator('.bars span').last())];
    assert.notDeepEqual(Object.keys(lit).sort(), Object.keys(unlit).sort(), 'the bars of the meter look alike');
    await picture(page, `forced-password-${colorScheme}`);
    await page.goto(`${server.address}/account/delete`);
    await page.getByRole('checkbox').waitFor();
    await picture(page, `forced-delete-${colorScheme}`);
    await visitor.leave();
  }
});

/** How many colours take more than a few points in each of the elements and right around it. */
async function colourCounts(page, elements) {
  await page.evaluate(() => scrollTo(0, 0));
  const boxes = await Promise.all(elements.map(element => element.boundingBox()));
  const picture = (await page.screenshot({ fullPage: true, animations: 'disabled', caret: 'hide' })).toString('base64');
  const canvas = await page.context().newPage();
  const counts = await canvas.evaluate(
    async ({ picture, boxes }) => {
      const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${picture}`)).blob());
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
      context.drawImage(bitmap, 0, 0);
      return boxes.map(({ x, y, width, height }) => {
        const { data } = context.getImageData(x - 3, y - 3, width + 6, height + 6);
        const points = {};
        for (let at = 0; at < data.length; at += 4) {
          // Coarsely, for a thin round line has many shades; and what is beside the picture has none.
          const colour = data[at + 3] === 0 ? 'outside' : data.slice(at, at + 3).map(part => part >> 6).join();
          points[colour] = (points[colour] ?? 0) + 1;
        }
        return Object.entries(points).filter(([colour, count]) => colour !== 'outside' && count > 20).length;
      });
    },
    { picture, boxes },
  );
  await canvas.close();
  return counts;
}

test('each control of each screen stands out where colours are forced, and so does the focus', async () => {
  for (const colorScheme of ['light', 'dark']) {
    const visitor = await Visitor.arrive(chrome, server.address, { forcedColors: 'active', colorScheme, viewport: { width: 390, height: 844 } });
    const page = await visitor.open('/account');
    const look = async name => {
      const controls = await page.locator('main, header, dialog').locator('button, input, select, summary, a').filter({ visible: true }).all();
      assert.ok(controls.length > 0, name);
      const counts = await colourCounts(page, controls);
      for (const [at, control] of controls.entries()) {
        assert.ok(counts[at] >= 2, `${name}: ${await control.evaluate(({ outerHTML }) => outerHTML.slice(0, 200))} has one colour`);
      }
      // The focus, wherever the keyboard takes it.
      await page.keyboard.press('Tab');
      const { style, width } = await page.evaluate(() => ({ style: getComputedStyle(document.activeElement).outlineStyle, width: parseFloat(getComputedStyle(document.activeElement).outlineWidth) }));
      assert.ok(style !== 'none' && width >= 2, `${name}: the focus can't be seen`);
    };
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await look('sign-in');
    for (const [path, ready] of [['/register', 'Create an account'], ['/reset-password#token=a', 'Set new password'], ['/confirm-email#token=a', 'Confirm new e-mail'], ['/undo-email#token=a', 'Undo the change']]) {
      await page.goto(`${server.address}/account${path}`);
      await page.getByText(ready).first().waitFor();
      await look(path);
    }
    await page.goto(`${server.address}/account/sign-in`);
    await visitor.signIn(page, 'demo@example.com', 'correct horse battery staple');
    await look('overview');
    for (const [path, ready] of [['/profile', 'Date of birth'], ['/addresses', 'Add an address'], ['/email', 'New e-mail'], ['/phone', 'New number'], ['/password', 'New password'], ['/passkeys', 'You have no passkeys yet.'], ['/authenticators', 'You have no authenticator yet.'], ['/agreements', 'Newsletters'], ['/sessions', 'This device'], ['/activity', 'You signed in'], ['/delete', 'This closes your account']]) {
      await page.goto(`${server.address}/account${path}`);
      await page.getByText(ready).first().waitFor();
      await look(path);
    }
    await page.getByLabel('Current password', { exact: true }).fill('correct horse battery staple');
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Delete account' }).click();
    await page.getByRole('dialog').waitFor();
    const buttons = await page.getByRole('dialog').getByRole('button').all();
    assert.deepEqual((await colourCounts(page, buttons)).filter(count => count < 2), []);
    await visitor.leave();
  }
});

test('nothing moves for those who asked for that', async () => {
  const visitor = await Visitor.arrive(chrome, server.address, { reducedMotion: 'reduce' });
  const page = await visitor.open('/account/agreements');
  await visitor.signIn(page, 'demo@example.com', 'correct horse battery staple', 'Agreements');
  await page.getByRole('switch', { name: /RFID/ }).click();
  await page.getByText(/Saved\.$/).waitFor();
  assert.deepEqual(await page.evaluate(() => document.getAnimations().map(animation => animation.effect.target.className)), []);
  await visitor.leave();
});
