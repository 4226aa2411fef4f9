// The customer's picture: shown from any https address, asked for without a word of where it is shown,
// and replaced by initials where it can't be loaded.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start } from './binary.mjs';
import { accessible, browser, fits, picture, Visitor } from './visitor.mjs';

const password = 'a walk along the river';
// Four points of one colour.
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGPgL8sDIgYIBQAZJgPNYghy3gAAAABJRU5ErkJggg==', 'base64');

let server, chrome;
before(async () => {
  [server, chrome] = await Promise.all([start(), browser()]);
});
after(async () => {
  await chrome?.close();
  await server?.stop();
});

async function customer(name, avatarUrl, viewport) {
  const visitor = await Visitor.arrive(chrome, server.address, { viewport });
  const email = `${name}@example.com`;
  await visitor.register({ email, password, firstName: 'Ada', lastName: 'King Lovelace', avatarUrl });
  return { visitor, email };
}

for (const viewport of [{ width: 390, height: 844 }, { width: 1440, height: 900 }]) {
  test(`the picture is shown, ${viewport.width} px wide, and its host is told nothing`, async () => {
    const { visitor, email } = await customer(`seen-${viewport.width}`, 'https://pictures.example/ada.png', viewport);
    const asked = await visitor.pictures('pictures.example', png);
    const page = await visitor.open('/account');
    await visitor.signIn(page, email, password);
    const shown = page.getByRole('img', { name: 'Your picture' });
    for (const screen of ['overview', 'profile']) {
      await shown.waitFor();
      await page.waitForFunction(() => document.querySelector('img.picture').naturalWidth === 2);
      const { width, height } = await shown.boundingBox();
      assert.deepEqual([width, height], [64, 64]);
      await fits(page, screen);
      await accessible(page, `${screen} with a picture`);
      await picture(page, `picture-${screen}-${viewport.width}`, false);
      await page.goto(`${server.address}/account/profile`);
    }
    assert.ok(asked.length > 0);
    for (const { url, headers } of asked) {
      assert.equal(url, 'https://pictures.example/ada.png');
      assert.equal(headers.referer, undefined);
      assert.equal(headers.authorization, undefined);
      assert.equal(headers['x-api-key'], undefined);
    }
    await visitor.leave();
  });
}

test('where the picture can’t be loaded there are initials, and the profile says so', async () => {
  const { visitor, email } = await customer('lost', 'https://gone.example/ada.png', { width: 390, height: 844 });
  await visitor.pictures('gone.example');
  const page = await visitor.open('/account');
  await visitor.signIn(page, email, password);
  await page.locator('.picture').getByText('AL', { exact: true }).waitFor();
  assert.equal(await page.getByRole('img', { name: 'Your picture' }).count(), 0);
  await accessible(page, 'the initials');
  await picture(page, 'picture-lost', false);
  await page.goto(`${server.address}/account/profile`);
  await page.getByText('Your picture can’t be loaded.').waitFor();
  await accessible(page, 'a picture that can’t be loaded');

  // What is typed is not loaded before it is saved, and a new address is tried anew.
  const asked = await visitor.pictures('pictures.example', png);
  await page.getByLabel('Picture').fill('https://pictures.example/new.png');
  assert.deepEqual(asked, []);
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.getByText('Your profile is saved').waitFor();
  await page.waitForFunction(() => document.querySelector('img.picture')?.naturalWidth === 2);
  assert.equal(await page.getByText('Your picture can’t be loaded.').count(), 0);
  await page.getByLabel('Picture').fill('');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.locator('.picture').waitFor({ state: 'detached' });
  await visitor.leave();
});

test('no picture is loaded over http, and nothing but pictures from elsewhere', async () => {
  const visitor = await Visitor.arrive(chrome, server.address);
  await visitor.pictures('pictures.example', png);
  const page = await visitor.open('/account');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.evaluate(async () => {
    const seen = (globalThis.seen = []);
    addEventListener('securitypolicyviolation', event => {
      event.stopImmediatePropagation();
      seen.push(event.effectiveDirective);
    }, true);
    const load = (element, attribute, address) =>
      new Promise(resolve => {
        element.onload = element.onerror = resolve;
        element[attribute] = address;
        document.body.append(element);
      });
    await load(new Image(), 'src', 'http://pictures.example/ada.png');
    await load(document.createElement('script'), 'src', 'https://pictures.example/ada.js');
    await fetch('https://pictures.example/ada.png').catch(() => {});
  });
  // The browser tells of each in a task of its own.
  await page.waitForFunction(() => globalThis.seen.length >= 3);
  assert.deepEqual(await page.evaluate(() => globalThis.seen), ['img-src', 'script-src-elem', 'connect-src']);
  // What the browser and the visitor's own listener write of it on the console is what was asked for.
  await visitor.context.close();
});
