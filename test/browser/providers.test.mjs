// The pages of other services, where a customer signs in and comes back from: to sign in here, to link the service, and to
// prove who they are.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { apple, arrive, begin, customer, email, end, enroll, facebook, go, inCookies, inTab, isAt, linked, look, nothingLeft, password, says, shopId, welcome, without } from './providers.mjs';
import { phone, prove } from './visitor.mjs';

before(begin);
after(end);

for (const mode of ['the tab', 'a cookie']) {
  const server = () => (mode === 'the tab' ? inTab : inCookies);
  const name = of => `${of}-${mode.split(' ')[1]}`;

  test(`who is new signs in at the provider, with the session in ${mode}`, async () => {
    const visitor = await arrive(server(), { viewport: phone });
    const page = await visitor.open('/account');
    isAt(shopId, name('new'));
    await page.getByRole('button', { name: 'Continue with Shop ID' }).waitFor();
    await look(page, 'sign-in-phone');
    await page.getByLabel('E-mail').fill(email(name('new')));
    await go(page, 'Continue with Shop ID');
    await welcome(page);
    await nothingLeft(page);

    const [{ state, nonce, ...asked }] = shopId.asked;
    assert.deepEqual(asked, {
      tenant: 'one', client_id: 'shop', redirect_uri: `${server().address}/account/return`, response_type: 'id_token', response_mode: 'fragment',
      scope: 'openid email profile', login_hint: email(name('new')),
    });
    assert.match(state, /^[0-9a-f]{32}$/);
    assert.match(nonce, /^[0-9a-f]{32}$/);
    assert.notEqual(state, nonce);
    assert.equal(new URL(page.url()).pathname, '/account');

    // The way back leads to no page that signs in once more.
    await page.reload();
    await welcome(page);
    assert.equal(visitor.sent.length, 1);
    await visitor.leave();
  });

  test(`who has the provider linked signs in on the screen that they came for, with the session in ${mode}`, async () => {
    const visitor = await arrive(server());
    await linked(visitor, name('linked'));
    isAt(shopId, name('linked'));
    const page = await visitor.open('/account/phone');
    await go(page, 'Continue with Shop ID');
    await page.getByRole('heading', { name: 'Phone', level: 1 }).waitFor();
    await nothingLeft(page);
    await visitor.leave();
  });

  test(`a provider is linked after a proof, with the session in ${mode}`, async () => {
    const visitor = await arrive(server());
    await customer(visitor, name('links'));
    isAt(shopId, name('links'));
    const page = await visitor.open('/account/password');
    await visitor.signIn(page, email(name('links')), password, 'Password');
    await page.getByRole('button', { name: 'Link Shop ID' }).waitFor();
    await look(page, 'linkable');
    await page.getByRole('button', { name: 'Link Shop ID' }).click();
    await prove(page, password);
    await page.getByRole('heading', { name: 'Shop ID' }).waitFor();
    await page.getByRole('link', { name: 'Cancel' }).click();
    await says(page, 'You came back from Shop ID without signing in. Nothing was changed.');

    // The proof of before still counts.
    await go(page, 'Link Shop ID');
    await says(page, 'Shop ID is linked.');
    await page.getByRole('button', { name: 'Remove Shop ID' }).waitFor();
    await page.getByRole('button', { name: 'Link Shop ID' }).waitFor({ state: 'detached' });
    await nothingLeft(page);
    await look(page, 'linked');
    assert.deepEqual([shopId.asked.at(-1).prompt, shopId.asked.at(-1).max_age], ['login', '0']);
    assert.deepEqual(visitor.sent.map(({ name }) => name), ['ProveIdentity', 'LinkIdentityProvider']);
    await visitor.leave();
  });

  test(`who has no password proves who they are at the provider, with the session in ${mode}`, async () => {
    const visitor = await arrive(server());
    isAt(shopId, name('proves'));
    const page = await visitor.open('/account');
    await go(page, 'Continue with Shop ID');
    await welcome(page);
    await page.goto(`${server().address}/account/email`);
    const ask = async () => {
      await page.getByLabel('New e-mail').fill(email(name('moved')));
      await page.getByRole('button', { name: 'Send the link' }).click();
    };
    await ask();
    const question = page.getByRole('dialog', { name: 'Is it you?' });
    await question.getByRole('button', { name: 'Continue with Shop ID' }).waitFor();
    assert.equal(await question.getByRole('button', { name: 'Continue with Apple' }).count(), 0);
    await look(page, 'question');
    await go(page, 'Continue with Shop ID');
    await says(page, 'Thank you, we know now that it’s you.');
    await nothingLeft(page);
    const { prompt, max_age: age } = shopId.asked.at(-1);
    assert.deepEqual({ prompt, age }, { prompt: 'login', age: '0' });

    await page.getByRole('heading', { name: 'E-mail', level: 1 }).waitFor();
    await ask();
    await says(page, 'Waiting for you to');
    assert.equal(await question.count(), 0);
    await visitor.leave();
  });
}

test('the second step is asked for after the provider, too, and a second factor beside a proof', async () => {
  const visitor = await arrive(inTab);
  const app = await enroll(visitor, await linked(visitor, 'careful'));
  isAt(shopId, 'careful');
  const page = await visitor.open('/account/sign-in');
  await go(page, 'Continue with Shop ID');
  await page.getByRole('heading', { name: 'Enter your code' }).waitFor();
  await nothingLeft(page);
  await page.getByLabel('Code of your authenticator').fill(await app.code());
  await welcome(page);
  assert.equal(new URL(page.url()).pathname, '/account/');

  await page.goto(`${inTab.address}/account/email`);
  await page.getByLabel('New e-mail').fill(email('careless'));
  await page.getByRole('button', { name: 'Send the link' }).click();
  await go(page, 'Continue with Shop ID');
  await page.getByRole('heading', { name: 'Is it you?' }).waitFor();
  const code = page.getByLabel('Code of your authenticator');
  await code.fill(app.at(1));
  await page.getByRole('button', { name: 'Continue' }).click();
  await says(page, 'This code isn’t right');
  await look(page, 'proof-code');
  await code.fill(await app.code());
  await page.getByRole('button', { name: 'Continue' }).click();
  await says(page, 'Thank you, we know now that it’s you.');
  await page.getByRole('heading', { name: 'E-mail', level: 1 }).waitFor();
  await visitor.leave();
});

test('an account is made from the screen of a registration', async () => {
  const visitor = await arrive(inTab);
  isAt(shopId, 'registers');
  const page = await visitor.open('/account/register');
  await page.getByRole('button', { name: 'Continue with Shop ID' }).waitFor();
  await look(page, 'register');
  await go(page, 'Continue with Shop ID');
  await welcome(page);
  await visitor.leave();
});

test('an answer by a form signs in and links, across sites', async () => {
  const visitor = await arrive(inCookies);
  isAt(apple, 'form');
  const page = await visitor.open('/account');
  await go(page, 'Continue with Apple', 'Continue', 'button');
  await welcome(page);
  await nothingLeft(page);
  const [{ response_type: type, response_mode: mode, scope, prompt }] = apple.asked;
  assert.deepEqual({ type, mode, scope, prompt }, { type: 'code id_token', mode: 'form_post', scope: 'name email', prompt: undefined });

  await customer(visitor, 'form-links');
  isAt(apple, 'form-links');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await says(page, 'You’re signed out.');
  await page.goto(`${inCookies.address}/account/password`);
  await visitor.signIn(page, email('form-links'), password, 'Password');
  await page.getByRole('button', { name: 'Link Apple' }).click();
  await prove(page, password);
  await page.getByRole('heading', { name: 'Shop ID' }).waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await says(page, 'You came back from Apple without signing in. Nothing was changed.');
  await go(page, 'Link Apple', 'Continue', 'button');
  await says(page, 'Apple is linked.');
  await nothingLeft(page);
  await visitor.leave();
});

test('Facebook gives an access token, which signs in and proves nothing more, and says in a query that somebody didn’t want to', async () => {
  const visitor = await arrive(inTab);
  await linked(visitor, 'faces', facebook, 'FACEBOOK');
  isAt(facebook, 'faces');
  const page = await visitor.open('/account/password');
  await go(page, 'Continue with Facebook', 'Cancel');
  await says(page, 'You came back from Facebook without signing in.');
  await go(page, 'Continue with Facebook');
  await page.getByRole('heading', { level: 1, name: 'Password' }).waitFor();
  await nothingLeft(page);
  const { response_type: type, nonce } = facebook.asked.at(-1);
  assert.deepEqual({ type, nonce }, { type: 'token', nonce: undefined });

  await page.getByRole('button', { name: 'Link Apple' }).waitFor();
  await page.getByRole('button', { name: 'Remove Facebook' }).click();
  const question = page.getByRole('dialog', { name: 'Is it you?' });
  await question.getByLabel('Current password', { exact: true }).waitFor();
  assert.equal(await question.getByRole('button', { name: 'Continue with' }).count(), 0);
  await question.getByRole('button', { name: 'Cancel' }).click();

  // Who hasn't linked it can't do so here.
  await customer(visitor, 'faceless');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await visitor.signIn(page, email('faceless'), password, 'Password');
  await page.getByRole('button', { name: 'Link Apple' }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Link Facebook' }).count(), 0);
  await visitor.leave();
});

test('who comes back without an answer, with an error or for nobody’s account is told so, and can go on', async () => {
  const visitor = await arrive(inTab);
  await customer(visitor, 'taken');
  const page = await visitor.open('/account/sign-in');
  isAt(shopId, 'taken');
  await go(page, 'Continue with Shop ID', 'Cancel');
  await says(page, 'You came back from Shop ID without signing in. Nothing was changed.');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  assert.equal(new URL(page.url()).pathname, '/account/sign-in');

  for (const [way, words] of [['Fail', 'Shop ID has reported an error.'], ['Leave', 'Shop ID has sent you back without an answer.']]) {
    await go(page, 'Continue with Shop ID', way);
    await says(page, words);
    await nothingLeft(page);
    await page.getByRole('link', { name: 'Back to the sign-in' }).click();
  }
  assert.deepEqual(visitor.sent, []);

  await go(page, 'Continue with Shop ID');
  await says(page, 'Your e-mail belongs to an account already.');
  await look(page, 'taken');
  await page.getByRole('link', { name: 'Back to the sign-in' }).click();
  isAt(shopId, 'doubtful', { email: email('doubtful'), email_verified: false });
  await go(page, 'Continue with Shop ID');
  await says(page, 'Shop ID doesn’t vouch for an e-mail of yours');
  await page.getByRole('link', { name: 'Create an account' }).click();
  await page.getByRole('heading', { name: 'Create an account' }).waitFor();
  await visitor.leave();
});

test('who is linked elsewhere is not linked here, and a proof by another customer of the provider is none', async () => {
  const visitor = await arrive(inTab);
  await linked(visitor, 'first');
  isAt(shopId, 'second');
  const page = await visitor.open('/account');
  await go(page, 'Continue with Shop ID');
  await welcome(page);
  await page.goto(`${inTab.address}/account/password`);
  await page.getByRole('button', { name: 'Remove Shop ID' }).click();
  isAt(shopId, 'first');
  await go(page, 'Continue with Shop ID');
  await says(page, 'This isn’t the Shop ID account that is linked to yours');
  await page.getByRole('button', { name: 'Back' }).click();
  await page.getByRole('heading', { name: 'Password', level: 1 }).waitFor();

  await customer(visitor, 'third');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await visitor.signIn(page, email('third'), password, 'Password');
  await page.getByRole('button', { name: 'Link Shop ID' }).click();
  await prove(page, password);
  await page.getByRole('link', { name: 'Continue' }).click();
  await says(page, 'This Shop ID account is linked to another account here.');
  await look(page, 'elsewhere');
  await page.getByRole('button', { name: 'Back' }).click();
  await page.getByRole('button', { name: 'Link Shop ID' }).waitFor();
  await visitor.leave();
});

test('who comes back while the server is away can try it again with the same answer', async () => {
  const visitor = await arrive(inTab);
  isAt(shopId, 'patient');
  const page = await visitor.open('/account');
  visitor.cutOff = true;
  await page.route('**/graphql', route => (route.request().postData().includes('signInWithIdentityProvider') ? route.abort() : route.continue()));
  await go(page, 'Continue with Shop ID');
  const again = page.getByRole('button', { name: 'Try again' });
  await again.waitFor();
  await look(page, 'away');
  await page.unroute('**/graphql');
  await again.click();
  await welcome(page);
  await nothingLeft(page);
  await visitor.leave();
});

test('the way there and back is in the customer’s language, from right to left as well', async () => {
  const visitor = await arrive(inTab, { viewport: phone, locale: 'ar' });
  isAt(shopId, 'victim');
  shopId.tamper = ({ id_token }) => ({ id_token });
  const page = await visitor.open('/account');
  await page.getByRole('button', { name: 'المتابعة عبر Shop ID' }).waitFor();
  await look(page, 'sign-in-arabic');
  await go(page, 'المتابعة عبر Shop ID');
  await says(page, 'لم يتغير شيء');
  assert.equal(await page.evaluate(() => document.documentElement.dir), 'rtl');
  await look(page, 'unknown-arabic');
  await visitor.leave();
});

for (const [name, foretold] of [['again', true], ['unforetold', false]]) {
  test(`a link is asked for a proof on the way back, where that of before doesn’t count any more, ${foretold ? 'as' : 'and not as'} foretold`, async () => {
    const visitor = await arrive(inCookies);
    await customer(visitor, name);
    isAt(shopId, name);
    const page = await visitor.open('/account/password');
    await visitor.signIn(page, email(name), password, 'Password');
    await page.getByRole('button', { name: 'Link Shop ID' }).click();
    await prove(page, password);
    await page.getByRole('heading', { name: 'Shop ID' }).waitFor();

    // The same customer begins another session in another tab.
    const other = await visitor.open('/account');
    await other.getByRole('button', { name: 'Sign out' }).click();
    await visitor.signIn(other, email(name), password);
    await page.route('**/graphql', async (route, request) => {
      const response = await route.fetch();
      const json = await response.json();
      if (request.postDataJSON().query.startsWith('query ProviderReturn') && !foretold) {
        Object.assign(json.data.account.can.linkIdentityProvider, { allowed: true, reason: null, stepUpNeeded: false });
      }
      return route.fulfill({ response, json });
    });
    await page.getByRole('link', { name: 'Continue' }).click();
    const question = page.getByRole('dialog', { name: 'Is it you?' });
    await question.waitFor();
    await look(page, 'question-back');
    await prove(page, password);
    await says(page, 'Shop ID is linked.');
    await page.getByRole('button', { name: 'Remove Shop ID' }).waitFor();
    await nothingLeft(page);
    await visitor.leave();
  });
}

test('where the shop has no page of a provider, there is no button for it', async () => {
  const visitor = await arrive(without);
  await customer(visitor, 'plain');
  const page = await visitor.open('/account/password');
  const none = () => page.getByRole('button', { name: /Continue with|Link / }).count();
  await says(page, 'New here?');
  assert.equal(await none(), 0);
  await visitor.signIn(page, email('plain'), password, 'Password');
  await page.getByRole('button', { name: 'Change password' }).waitFor();
  assert.equal(await none(), 0);
  await visitor.leave();
});
