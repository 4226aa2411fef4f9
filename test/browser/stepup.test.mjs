// The question who the customer is: it is asked where the forecast or the server wants a proof, what was asked for is then
// done by itself and once, and nothing is done where the question is cancelled or its screen closed.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start } from './binary.mjs';
import { browser, prove, Visitor } from './visitor.mjs';

const password = 'a walk along the river';

let server, chrome;
before(async () => {
  [server, chrome] = await Promise.all([start('--rate-limits', 'off'), browser()]);
});
after(async () => {
  await chrome?.close();
  await server?.stop();
});

const question = page => page.getByRole('dialog', { name: 'Is it you?' });
const button = page => page.getByRole('button', { name: 'Send the link' });
const waits = page => page.getByText('Waiting for you to confirm').waitFor();

/** A customer at the field of a new e-mail, and the changes that their page asks for. */
async function arrive(name, { forecast = true } = {}) {
  const visitor = await Visitor.arrive(chrome, server.address);
  const email = `${name}@example.com`;
  await visitor.register({ email, password });
  const sent = [];
  const held = { proof: Promise.resolve() };
  await visitor.context.route('**/graphql', async route => {
    const { query, variables } = route.request().postDataJSON();
    if (query.includes('requestEmailChange(input')) {
      sent.push(variables.input.email);
    }
    if (query.includes('proveIdentity(input')) {
      await held.proof;
    }
    const response = await route.fetch();
    const text = await response.text();
    await route.fulfill({ response, body: forecast ? text : text.replaceAll('"stepUpNeeded":true', '"stepUpNeeded":false') });
  });
  const page = await visitor.open('/account');
  await visitor.signIn(page, email, password);
  await page.getByRole('navigation', { name: 'Your account' }).getByRole('link', { name: 'E-mail' }).click();
  await page.getByLabel('New e-mail').fill(`new-${email}`);
  return { visitor, page, sent, held, next: `new-${email}` };
}

test('a forecast asks first, and the change is made once, however often the button is pressed', async () => {
  const { visitor, page, sent, next } = await arrive('foreseen');
  await button(page).dblclick();
  await prove(page, password);
  await waits(page);
  assert.deepEqual(sent, [next]);
  assert.equal(await question(page).count(), 0);
  await visitor.leave();
});

test('where the server wants a proof that nobody foresaw, it is asked for, and the change is repeated once', async () => {
  const { visitor, page, sent, next } = await arrive('unforeseen', { forecast: false });
  await button(page).click();
  await prove(page, 'not the one');
  await page.getByText('This isn’t your current password.').waitFor();
  assert.deepEqual(sent, [next]);
  await prove(page, password);
  await waits(page);
  assert.deepEqual(sent, [next, next]);
  await visitor.leave();
});

test('a cancelled question changes nothing, and is asked again', async () => {
  const { visitor, page, sent, next } = await arrive('cancels');
  for (let times = 0; times < 2; times++) {
    await button(page).click();
    await question(page).getByRole('button', { name: 'Cancel' }).click();
    await question(page).waitFor({ state: 'detached' });
  }
  assert.equal(await page.getByLabel('New e-mail').inputValue(), next);
  assert.deepEqual(sent, []);
  await button(page).click();
  await question(page).waitFor();
  await page.keyboard.press('Escape');
  await question(page).waitFor({ state: 'detached' });
  await button(page).click();
  await prove(page, password);
  await waits(page);
  assert.deepEqual(sent, [next]);
  await visitor.leave();
});

test('a screen that is closed during the proof does nothing afterwards', async () => {
  const { visitor, page, sent, held } = await arrive('leaves');
  let release;
  held.proof = new Promise(resolve => (release = resolve));
  await button(page).click();
  await prove(page, password);
  await question(page).getByRole('button', { name: /Checking/ }).waitFor();
  await page.goBack();
  await question(page).waitFor({ state: 'detached' });
  const proved = page.waitForResponse(response => response.request().postData()?.includes('proveIdentity(input') ?? false);
  release();
  await proved;

  // The proof counts all the same.
  await page.goForward();
  await page.getByLabel('New e-mail').fill('somebody-else@example.com');
  assert.deepEqual(sent, []);
  await button(page).click();
  await waits(page);
  assert.deepEqual(sent, ['somebody-else@example.com']);
  await visitor.leave();
});

test('two changes that want a proof at the same time ask once, and both are made', async () => {
  const visitor = await Visitor.arrive(chrome, server.address);
  const email = 'both@example.com';
  const session = await visitor.register({ email, password });
  const phone = '+48512345670';
  await visitor.call('mutation ($input: RequestPhoneUpdateInput!) { requestPhoneUpdate(input: $input) { pending { challengeId } } }', { phone, password }, session);
  const { code } = (await (await fetch(`${server.address}/inbox.json`)).json()).find(({ kind, to }) => kind === 'PHONE_CODE' && to === phone);
  await visitor.call('mutation ($input: ConfirmPhoneUpdateInput!) { confirmPhoneUpdate(input: $input) { phone } }', { phone, confirmationCode: code, smsAgreement: false }, session);

  // The first of each is refused, both at once.
  const refused = [];
  const repeated = [];
  await visitor.context.route('**/graphql', async route => {
    const { query } = route.request().postDataJSON();
    const name = query.match(/mutation (RequestPhoneUpdate|RemovePhone)/)?.[1];
    const again = refused.some(request => request.name === name);
    if (name === undefined || again) {
      const response = await route.fetch();
      if (again) {
        repeated.push(name);
      }
      const text = await response.text();
      await route.fulfill({ response, body: text.replaceAll('"stepUpNeeded":true', '"stepUpNeeded":false') });
      return;
    }
    refused.push({ name, route });
    if (refused.length === 2) {
      const errors = [{ message: 'prove it', extensions: { code: 'REAUTHENTICATION_REQUIRED' } }];
      await Promise.all(refused.map(request => request.route.fulfill({ json: { errors, data: null } })));
    }
  });
  const page = await visitor.open('/account/phone');
  await visitor.signIn(page, email, password, 'Phone');
  await page.getByRole('button', { name: 'Remove this number' }).click();
  await page.getByRole('button', { name: 'Remove number' }).click();
  await page.getByLabel('New number').fill('+48512345671');
  await page.getByRole('button', { name: 'Send the code' }).click();
  await question(page).waitFor();
  assert.equal(await question(page).count(), 1);
  await prove(page, password);
  await question(page).waitFor({ state: 'detached' });
  // Which of them comes first is the network's business, and a number that is removed takes the code for another one along.
  await page.getByText('None yet').or(page.getByText('Enter your code')).first().waitFor();
  await page.waitForLoadState('networkidle');
  assert.deepEqual(repeated.sort(), ['RemovePhone', 'RequestPhoneUpdate']);
  assert.equal(await page.getByRole('dialog').count(), 0);
  await visitor.leave();
});
