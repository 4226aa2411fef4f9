// The pages of other services, where a customer signs in and comes back from: to sign in here, to link the service, and to
// prove who they are; and what the page refuses because this tab didn't ask for it.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { App } from './app.mjs';
import { start } from './binary.mjs';
import { startIssuer } from './issuer.mjs';
import { accessible, browser, fits, phone, picture, prove, Visitor } from './visitor.mjs';

const password = 'a walk along the river';
let chrome, folder, shopId, apple, facebook, inTab, inCookies, without;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'accountql-providers-'));
  [shopId, apple, facebook] = await Promise.all([startIssuer(), startIssuer(), startIssuer()]);
  const [withPage, withoutPage] = ['page.json', 'none.json'].map(name => path.join(folder, name));
  const page = ({ authorizationUrl }) => ({ clientId: 'shop', authorizationUrl });
  await writeFile(withoutPage, JSON.stringify(shopId.providers));
  await writeFile(withPage, JSON.stringify([
    { ...shopId.providers[0], page: { clientId: 'shop', authorizationUrl: `${shopId.authorizationUrl}?tenant=one`, name: 'Shop ID' } },
    { provider: 'APPLE', issuer: apple.issuer, audiences: ['shop'], page: page(apple) },
    { provider: 'FACEBOOK', issuer: facebook.issuer, audiences: ['shop'], appSecret: 'secret', debugTokenUrl: `${facebook.issuer}/debug_token`, page: page(facebook) },
  ]));
  const begin = (file, ...settings) => start('--rate-limits', 'off', '--second-factor', 'optional', '--identity-providers', file, ...settings);
  [chrome, inTab, inCookies, without] = await Promise.all([browser(), begin(withPage), begin(withPage, '--cookies'), begin(withoutPage)]);
});

after(async () => {
  await chrome?.close();
  await Promise.all([inTab, inCookies, without, shopId, apple, facebook].map(one => one?.stop()));
  await rm(folder, { recursive: true, force: true });
});

const says = (page, text) => page.getByText(text).first().waitFor();
const welcome = page => page.getByRole('heading', { name: /^(Hello|Welcome)/, level: 1 }).waitFor();
const email = name => `${name}@example.com`;

/** Somebody whom the provider vouches for from now on. */
function isAt(provider, name, claims = { email: email(name), email_verified: true }) {
  Object.assign(provider, { customer: name, claims, asked: [], tamper: fields => fields });
}

/** A visitor whose browser may go to the providers, and what their pages sent to sign in, link or prove. */
async function arrive(server, options) {
  const visitor = await Visitor.arrive(chrome, server.address, options);
  [shopId, apple, facebook].forEach(({ authorizationUrl }) => visitor.alsoAsks(authorizationUrl));
  visitor.sent = [];
  visitor.context.on('request', request => {
    const { query = '', variables } = (request.method() === 'POST' && request.url().endsWith('/graphql') && request.postDataJSON()) || {};
    const [, name] = /^mutation (SignInWithIdentityProvider|LinkIdentityProvider|ProveIdentity)\b/.exec(query) ?? [];
    if (name) {
      visitor.sent.push({ name, ...variables.input });
    }
  });
  return visitor;
}

/** A customer with a proven address and a password; returns a session's token. */
async function customer(visitor, name) {
  await visitor.register({ email: email(name), password, firstName: 'Ada' });
  const messages = await (await fetch(`${visitor.address}/inbox.json`)).json();
  const { token } = messages.find(({ kind, to }) => kind === 'ACTIVATION' && to === email(name));
  await visitor.call('mutation ($input: ConfirmAccountActivationInput!) { confirmAccountActivation(input: $input) { session { id } } }', { token, password });
  const { signIn } = await visitor.call('mutation ($input: SignInInput!) { signIn(input: $input) { session { token } } }', { email: email(name), password });
  return signIn.session.token;
}

/** The same with the provider linked. */
async function linked(visitor, name, provider = shopId, identityProvider = 'OAUTH') {
  const session = await customer(visitor, name);
  const link = { identityProvider, externalToken: provider.token(name), password };
  await visitor.call('mutation ($input: LinkIdentityProviderInput!) { linkIdentityProvider(input: $input) { account { id } } }', link, session);
  return session;
}

/** Gives a customer an authenticator, and returns the app. */
async function enroll(visitor, session) {
  const add = 'mutation ($input: RequestAuthenticatorInput!) { requestAuthenticator(input: $input) { challengeId secret } }';
  const { requestAuthenticator: begun } = await visitor.call(add, { password }, session);
  const app = new App(begun.secret);
  const confirm = 'mutation ($input: ConfirmAuthenticatorInput!) { confirmAuthenticator(input: $input) { recoveryCodes } }';
  await visitor.call(confirm, { challengeId: begun.challengeId, code: await app.code() }, session);
  return app;
}

/** Goes to the provider's page by its button, and on from there by one of its own. */
async function go(page, button, way = 'Continue', role = 'link') {
  await page.getByRole('button', { name: button }).click();
  await page.getByRole('heading', { name: 'Shop ID' }).waitFor();
  await page.getByRole(role, { name: way }).click();
}

/** Fails if something of the answer is left in the address, in the tab's history or in what the tab keeps. */
async function nothingLeft(page) {
  const left = await page.evaluate(() => JSON.stringify([location.hash, navigation.entries().map(({ url }) => url), { ...sessionStorage }, { ...localStorage }]));
  assert.doesNotMatch(left, /token=|eyJ|state=|accountql\.redirect/);
}

async function look(page, name) {
  await fits(page, name);
  await accessible(page, name);
  await picture(page, `provider-${name}`);
  await page.emulateMedia({ colorScheme: 'dark' });
  await accessible(page, `${name} in the dark`, ['color-contrast', 'link-in-text-block']);
  await picture(page, `provider-${name}-dark`);
  await page.emulateMedia({ colorScheme: 'light' });
}

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
    assert.equal(shopId.asked.at(-1).prompt, 'select_account');
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
  await says(page, 'This isn’t the customer of Shop ID that is linked to your account');
  await page.getByRole('button', { name: 'Back' }).click();
  await page.getByRole('heading', { name: 'Password', level: 1 }).waitFor();

  await customer(visitor, 'third');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await visitor.signIn(page, email('third'), password, 'Password');
  await page.getByRole('button', { name: 'Link Shop ID' }).click();
  await prove(page, password);
  await page.getByRole('link', { name: 'Continue' }).click();
  await says(page, 'This customer of Shop ID is linked to another account here.');
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

/** Begins a sign-in of somebody who could sign in, whose answer is another one. */
async function tampered(tamper, where = '/account') {
  const visitor = await arrive(inTab);
  isAt(shopId, 'victim');
  shopId.tamper = tamper;
  const page = await visitor.open(where);
  await go(page, 'Continue with Shop ID');
  return { visitor, page };
}

async function refused({ visitor, page }, words) {
  await says(page, words);
  await nothingLeft(page);
  assert.deepEqual(visitor.sent, [], 'the answer was used');
}

const attackers = () => shopId.token('attacker', { email: email('attacker'), email_verified: true });
const notOurs = 'This doesn’t belong to anything that was begun in this tab';
const noAnswer = 'What came back is no answer to what we asked';

test('an answer with another state signs nobody in', async () => {
  const { visitor, page } = await tampered(fields => ({ ...fields, state: '0'.repeat(32) }));
  await refused({ visitor, page }, notOurs);
  await look(page, 'unknown');
  await page.getByRole('link', { name: 'Back to the sign-in' }).click();
  await page.getByRole('button', { name: 'Continue with Shop ID' }).waitFor();
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

test('an answer without a state signs nobody in', async () => {
  const tab = await tampered(({ id_token }) => ({ id_token }));
  await refused(tab, notOurs);
  await tab.visitor.leave();
});

test('a token that was made for another sign-in signs nobody in', async () => {
  const tab = await tampered(fields => ({ ...fields, id_token: attackers() }));
  await refused(tab, noAnswer);
  await tab.visitor.leave();
});

test('a token of another issuer signs nobody in', async () => {
  const tab = await tampered(fields => ({ ...fields, id_token: apple.token('attacker', { nonce: shopId.asked[0].nonce }) }));
  await refused(tab, noAnswer);
  await tab.visitor.leave();
});

/** Comes back to a tab that was left for Google's page, of which this machine has none. */
async function backFromGoogle(visitor, departure, answer) {
  const page = await visitor.open('/account');
  const note = { identityProvider: 'GOOGLE', issuer: 'https://accounts.google.com', name: 'Google', purpose: 'signIn', path: '/account', state: 'state', nonce: 'nonce', leftAt: Date.now(), ...departure };
  await page.evaluate(note => sessionStorage.setItem('accountql.redirect', note), JSON.stringify(note));
  await page.goto(`${inTab.address}/account/return#${new URLSearchParams({ state: 'state', ...answer })}`);
  return page;
}

test('Google’s tokens name their issuer without its scheme as well', async () => {
  const visitor = await arrive(inTab);
  // The API knows no Google here, and says so by 503.
  visitor.cutOff = true;
  const claims = iss => Buffer.from(JSON.stringify({ nonce: 'nonce', iss })).toString('base64url');
  const page = await backFromGoogle(visitor, {}, { id_token: `e.${claims('accounts.google.com')}.e` });
  await page.getByRole('heading', { name: 'That didn’t work' }).waitFor();
  assert.equal(visitor.sent[0].identityProvider, 'GOOGLE');
  await visitor.leave();
});

test('the way back leads to no other host', async () => {
  const visitor = await arrive(inTab);
  await visitor.context.route(({ origin, pathname }) => origin === inTab.address && pathname.startsWith('//'), route => route.fulfill({ body: 'here' }));
  const page = await backFromGoogle(visitor, { path: '//elsewhere.example/account' }, { error: 'access_denied' });
  await page.waitForURL(`${inTab.address}//elsewhere.example/account`);
  await visitor.leave();
});

test('a token that can’t be read signs nobody in', async () => {
  const tab = await tampered(fields => ({ ...fields, id_token: 'e.null.e' }));
  await refused(tab, noAnswer);
  await tab.visitor.leave();
});

test('a link that somebody sends signs nobody in', async () => {
  const visitor = await arrive(inTab);
  const page = await visitor.open(`/account/return#${new URLSearchParams({ id_token: attackers(), state: 'undefined' })}`);
  await refused({ visitor, page }, notOurs);
  await page.getByRole('link', { name: 'Go to your account' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await visitor.leave();
});

test('an answer is used once, and a refused one is over as well', async () => {
  const { visitor, page } = await tampered(fields => ({ ...fields, state: '0'.repeat(32) }));
  await refused({ visitor, page }, notOurs);
  // The right answer comes too late.
  const { state, nonce } = shopId.asked[0];
  const late = new URLSearchParams({ id_token: shopId.token('victim', { nonce }), state });
  await page.goto(`${inTab.address}/account/forgot-password`);
  await page.goto(`${inTab.address}/account/return#${late}`);
  await refused({ visitor, page }, notOurs);

  isAt(shopId, 'once');
  await page.getByRole('link', { name: 'Go to your account' }).click();
  await go(page, 'Continue with Shop ID');
  await welcome(page);
  await page.goBack();
  await page.getByRole('heading', { name: 'Shop ID' }).waitFor();
  assert.equal(visitor.sent.length, 1);
  await visitor.leave();
});

test('an answer after more than ten minutes signs nobody in', async () => {
  const visitor = await arrive(inTab);
  isAt(shopId, 'slow');
  const page = await visitor.open('/account');
  await page.getByRole('button', { name: 'Continue with Shop ID' }).click();
  await page.getByRole('heading', { name: 'Shop ID' }).waitFor();
  const answer = await page.getByRole('link', { name: 'Continue' }).getAttribute('href');

  // Another screen makes the note older than it is.
  await page.goto(`${inTab.address}/account/forgot-password`);
  await page.evaluate(() => {
    const note = JSON.parse(sessionStorage.getItem('accountql.redirect'));
    sessionStorage.setItem('accountql.redirect', JSON.stringify({ ...note, leftAt: note.leftAt - 601_000 }));
  });
  await page.goto(answer);
  await refused({ visitor, page }, notOurs);
  await visitor.leave();
});

test('a link that one customer began isn’t made in the account of another', async () => {
  const visitor = await arrive(inCookies);
  await Promise.all(['before', 'behind'].map(name => customer(visitor, name)));
  isAt(shopId, 'before');
  const page = await visitor.open('/account/password');
  await visitor.signIn(page, email('before'), password, 'Password');
  await page.getByRole('button', { name: 'Link Shop ID' }).click();
  await prove(page, password);
  await page.getByRole('heading', { name: 'Shop ID' }).waitFor();
  visitor.sent.length = 0;

  const other = await visitor.open('/account');
  await other.getByRole('button', { name: 'Sign out' }).click();
  await visitor.signIn(other, email('behind'), password);
  await page.getByRole('link', { name: 'Continue' }).click();
  await refused({ visitor, page }, 'Somebody else has signed in here in the meantime.');
  await other.getByRole('button', { name: 'Sign out' }).click();
  await says(page, 'Your session ended in the meantime.');
  await visitor.leave();
});

test('a link is asked for a proof on the way back, where that of before doesn’t count any more', async () => {
  const visitor = await arrive(inCookies);
  await customer(visitor, 'again');
  isAt(shopId, 'again');
  const page = await visitor.open('/account/password');
  await visitor.signIn(page, email('again'), password, 'Password');
  await page.getByRole('button', { name: 'Link Shop ID' }).click();
  await prove(page, password);
  await page.getByRole('heading', { name: 'Shop ID' }).waitFor();

  // The same customer begins another session in another tab.
  const other = await visitor.open('/account');
  await other.getByRole('button', { name: 'Sign out' }).click();
  await visitor.signIn(other, email('again'), password);
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
