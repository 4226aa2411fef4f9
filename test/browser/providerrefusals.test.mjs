// What the page refuses of what comes back from another service, because this tab didn't ask for it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { apple, arrive, begin, customer, email, end, go, inCookies, inTab, isAt, look, nothingLeft, password, says, shopId, welcome } from './providers.mjs';
import { prove } from './visitor.mjs';

before(begin);
after(end);

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
