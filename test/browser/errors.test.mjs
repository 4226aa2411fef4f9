// An error that is about no field is in sight on a phone, together with the button that was pressed:
// on every screen and for each of its forms and buttons, and where a screen's data can't be had.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start } from './binary.mjs';
import { accessible, browser, fits, inSight, picture, prove, Visitor } from './visitor.mjs';

const password = 'a walk along the river';
const phone = { width: 390, height: 844 };

let server, chrome, number = 0;
before(async () => {
  [server, chrome] = await Promise.all([start('--rate-limits', 'off', '--sign-in-code', 'on', '--second-factor', 'optional'), browser()]);
});
after(async () => {
  await chrome?.close();
  await server?.stop();
});

/** A new customer's session, with what the screen is about. */
async function customer(visitor, { confirmed, email, number: wanted, proven } = {}) {
  const own = `customer-${++number}@example.com`;
  const session = await visitor.register({ email: own, password, firstName: 'Ada' });
  const secret = async (kind, to) => (await (await fetch(`${server.address}/inbox.json`)).json()).find(message => message.kind === kind && message.to === to);
  if (confirmed) {
    const { token } = await secret('ACTIVATION', own);
    await visitor.call('mutation ($input: ConfirmAccountActivationInput!) { confirmAccountActivation(input: $input) { session { id } } }', { token, password });
  }
  if (email) {
    await visitor.call('mutation ($input: RequestEmailChangeInput!) { requestEmailChange(input: $input) { pending { challengeId } } }', { email: `new-${own}`, password }, session);
  }
  if (wanted || proven) {
    const to = `+4851234${5600 + number}`;
    await visitor.call('mutation ($input: RequestPhoneUpdateInput!) { requestPhoneUpdate(input: $input) { pending { challengeId } } }', { phone: to }, session);
    if (proven) {
      const { code } = await secret('PHONE_CODE', to);
      await visitor.call('mutation ($input: ConfirmPhoneUpdateInput!) { confirmPhoneUpdate(input: $input) { phone } }', { phone: to, confirmationCode: code, smsAgreement: false }, session);
    }
  }
  return { email: own, session };
}

const current = page => page.getByLabel('Current password', { exact: true }).fill(password);
const button = name => page => page.getByRole('button', { name });

/** What can be pressed on which screen, in which state of the account, and what is filled in before. */
const forms = [
  { path: '/sign-in', press: button('Sign in'), fill: async page => {
    await page.getByLabel('E-mail').fill('a@example.com');
    await page.getByLabel('Password', { exact: true }).fill(password);
  } },
  { path: '/sign-in', press: button(/demo customer/) },
  { path: '/register', press: button('Create account'), fill: async page => {
    await page.getByLabel('E-mail').fill('a@example.com');
    await page.getByLabel('Password', { exact: true }).fill(password);
  } },
  { path: '/register', press: button('Send the mail again'), fill: async page => {
    await page.getByLabel('E-mail').fill('demo@example.com');
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Create account' }).click();
  } },
  { path: '/forgot-password', press: button('Send the link'), fill: page => page.getByLabel('E-mail').fill('a@example.com') },
  { path: '/sign-in-code', press: button('Send me a code'), fill: page => page.getByLabel('E-mail').fill('a@example.com') },
  { path: '/sign-in-code', press: button('Sign in'), fill: async page => {
    await page.getByLabel('E-mail').fill('a@example.com');
    await page.getByRole('button', { name: 'Send me a code' }).click();
    await page.getByLabel('Code').fill('short');
  } },
  { path: '/reset-password#token=a', press: button('Set new password'), fill: page => page.getByLabel('New password', { exact: true }).fill(password) },
  { path: '/activate#token=a', press: button('Confirm e-mail'), fill: page => page.getByLabel('Password', { exact: true }).fill(password) },
  { path: '/confirm-email#token=a', press: button('Confirm new e-mail'), fill: page => page.getByLabel('No', { exact: true }).check() },
  { path: '/undo-email#token=a', press: button('Undo the change') },
  { path: '/', account: {}, press: button('Send the mail again') },
  { path: '/profile', account: {}, press: button('Save changes'), fill: page => page.getByLabel('First name').fill('Augusta') },
  { path: '/email', account: {}, press: button('Send the mail again') },
  { path: '/email', account: {}, press: button('Send the link'), fill: page => page.getByLabel('New e-mail').fill('b@example.com'), then: page => prove(page, password) },
  { path: '/email', account: { confirmed: true }, press: button('Send the link'), fill: async page => {
    await page.getByLabel('New e-mail').fill('b@example.com');
    await page.getByRole('button', { name: 'Send the link' }).click();
    await prove(page, password);
    await page.getByRole('button', { name: 'Cancel the change' }).click();
    await page.getByLabel('New e-mail').fill('b@example.com');
  } },
  { path: '/email', account: { confirmed: true, email: true }, press: button('Cancel the change') },
  { path: '/email', account: { confirmed: true, email: true }, later: true, press: button('Send the link'), fill: async page => {
    await page.getByRole('button', { name: 'Send again', exact: true }).and(page.locator('[aria-disabled=false]')).click();
    await page.getByLabel('New e-mail').fill('b@example.com');
  }, then: page => prove(page, password) },
  { path: '/phone', account: {}, press: button('Send the code'), fill: page => page.getByLabel('New number').fill('+48512345678') },
  { path: '/phone', account: { number: true }, press: button('Cancel the change') },
  { path: '/phone', account: { number: true }, press: button('Confirm number'), fill: async page => {
    await page.getByLabel('The new number').fill('+48512345678');
    await page.getByLabel('Code', { exact: true }).fill('123456');
    await page.getByLabel('No', { exact: true }).check();
  } },
  { path: '/phone', account: { proven: true }, press: button('Remove number'), fill: page => page.getByRole('button', { name: 'Remove this number' }).click(), then: page => prove(page, password) },
  { path: '/phone', account: {}, later: true, press: button(/^Send again/), fill: async page => {
    await page.getByLabel('New number').fill('+48512345699');
    await page.getByRole('button', { name: 'Send the code' }).click();
    await page.getByRole('button', { name: 'Send again', exact: true }).and(page.locator('[aria-disabled=false]')).waitFor();
  } },
  { path: '/password', account: {}, press: button('Change password'), fill: async page => {
    await current(page);
    await page.getByLabel('New password', { exact: true }).fill('a walk along the coast');
  } },
  { path: '/authenticators', account: { confirmed: true }, press: button('Set it up'), then: page => prove(page, password) },
  { path: '/agreements', account: {}, press: page => page.getByRole('switch').last() },
  { path: '/sessions', account: {}, press: page => page.getByRole('button', { name: /^Sign out Node\.js/ }).last() },
  { path: '/sessions', account: {}, press: button('Sign out all other devices') },
  { path: '/sessions', account: {}, press: button('Save name'), fill: page => page.locator('summary').first().click() },
  { path: '/delete', account: {}, press: button('Delete account'), fill: async page => {
    await current(page);
    await page.getByRole('checkbox').check();
  }, then: page => page.getByRole('button', { name: 'Yes, delete it' }).click() },
];

const failure = 'Something went wrong on our side.';

/** From now on the server fails in what changes something, or in what asks. */
async function fail(page, kind) {
  await page.route('**/graphql', (route, request) =>
    request.postDataJSON().query.startsWith(kind)
      ? route.fulfill({ json: { errors: [{ message: 'something went wrong', extensions: { code: 'INTERNAL', requestId: 'req-1' } }] } })
      : route.fallback(),
  );
}

/** Stands for a page where only the name of what is pressed is wanted. */
const namer = { getByRole: (role, options) => ({ toString: () => String(options?.name ?? role), last: () => String(options?.name ?? role) }) };

for (const { path, account, later, press, fill, then } of forms) {
  test(`${path}, ${JSON.stringify(account ?? 'signed out')}: ${press(namer)}`, async () => {
    const visitor = await Visitor.arrive(chrome, server.address, { viewport: phone });
    let page;
    if (account) {
      const { email } = await customer(visitor, account);
      page = await visitor.context.newPage();
      if (later) {
        await page.clock.install();
      }
      await page.goto(`${server.address}/account${path}`);
      await visitor.signIn(page, email, password, /./);
      await page.getByRole('button', { name: 'Sign out', exact: true }).waitFor();
      if (later) {
        await page.getByText(/Send again in|Send the code/).first().waitFor();
        await page.clock.fastForward(61_000);
      }
    } else {
      page = await visitor.open(`/account${path}`);
    }
    await fill?.(page);
    const pressed = press(page);
    await pressed.waitFor();
    await fail(page, 'mutation');
    await pressed.click();
    await then?.(page);

    const said = page.getByRole('alert').filter({ hasText: failure });
    await inSight(said, 'what went wrong');
    await inSight(pressed, 'what was pressed');
    await fits(page, path);
    await accessible(page, path);
    await visitor.leave();
  });
}

test('a screen whose data can’t be had says so in sight, and tries again', async () => {
  const visitor = await Visitor.arrive(chrome, server.address, { viewport: phone });
  const { email } = await customer(visitor);
  const page = await visitor.open('/account');
  await visitor.signIn(page, email, password, /^Hello/);
  for (const path of ['/', '/profile', '/addresses', '/email', '/phone', '/passkeys', '/agreements', '/sessions', '/activity']) {
    await fail(page, 'query');
    await page.goto(`${server.address}/account${path}`);
    await inSight(page.getByRole('alert').filter({ hasText: failure }), path);
    const again = page.getByRole('button', { name: 'Try again' });
    await inSight(again, path);
    await accessible(page, `${path} without its data`);
    await picture(page, `failed-${path.slice(1) || 'overview'}`, false);
    await page.unroute('**/graphql');
    await again.click();
    await again.waitFor({ state: 'detached' });
    await page.getByRole('alert').filter({ hasText: failure }).waitFor({ state: 'detached' });
  }
  await visitor.leave();
});

test('a page of the activity that can’t be had is said where it would be', async () => {
  const visitor = await Visitor.arrive(chrome, server.address, { viewport: phone });
  const { email, session } = await customer(visitor);
  for (let change = 0; change < 21; change++) {
    await visitor.call('mutation ($input: UpdateAccountInput!) { updateAccount(input: $input) { account { id } } }', { city: `City ${change}` }, session);
  }
  const page = await visitor.open('/account/activity');
  await visitor.signIn(page, email, password, 'Activity');
  await page.getByRole('button', { name: 'Show more' }).waitFor();
  await fail(page, 'query');
  await page.getByRole('button', { name: 'Show more' }).click();
  await inSight(page.getByRole('alert').filter({ hasText: failure }), 'the next page');
  assert.ok((await page.getByRole('listitem').count()) >= 20, 'what was there is gone');
  await page.unroute('**/graphql');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('Your account was registered', { exact: true }).waitFor();
  await visitor.leave();
});
