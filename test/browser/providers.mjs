// What the tests of other logins share: three providers with pages of their own, the API that knows them, and customers.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App } from './app.mjs';
import { start } from './binary.mjs';
import { startIssuer } from './issuer.mjs';
import { accessible, browser, fits, picture, Visitor } from './visitor.mjs';

export const password = 'a walk along the river';
let folder;
export let chrome, shopId, apple, facebook, inTab, inCookies, without;

/** Starts three providers, and the API with pages of them: with sessions in the tab, in cookies, and without the pages. */
export async function begin() {
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
  const serve = (file, ...settings) => start('--rate-limits', 'off', '--second-factor', 'optional', '--identity-providers', file, ...settings);
  [chrome, inTab, inCookies, without] = await Promise.all([browser(), serve(withPage), serve(withPage, '--cookies'), serve(withoutPage)]);
}

export async function end() {
  await chrome?.close();
  await Promise.all([inTab, inCookies, without, shopId, apple, facebook].map(one => one?.stop()));
  await rm(folder, { recursive: true, force: true });
}

export const says = (page, text) => page.getByText(text).first().waitFor();
export const welcome = page => page.getByRole('heading', { name: /^(Hello|Welcome)/, level: 1 }).waitFor();
export const email = name => `${name}@example.com`;

/** Somebody whom the provider vouches for from now on. */
export function isAt(provider, name, claims = { email: email(name), email_verified: true }) {
  Object.assign(provider, { customer: name, claims, asked: [], tamper: fields => fields });
}

/** A visitor whose browser may go to the providers, and what their pages sent to sign in, link or prove. */
export async function arrive(server, options) {
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
export async function customer(visitor, name) {
  await visitor.register({ email: email(name), password, firstName: 'Ada' });
  const messages = await (await fetch(`${visitor.address}/inbox.json`)).json();
  const { token } = messages.find(({ kind, to }) => kind === 'ACTIVATION' && to === email(name));
  await visitor.call('mutation ($input: ConfirmAccountActivationInput!) { confirmAccountActivation(input: $input) { session { id } } }', { token, password });
  const { signIn } = await visitor.call('mutation ($input: SignInInput!) { signIn(input: $input) { session { token } } }', { email: email(name), password });
  return signIn.session.token;
}

/** The same with the provider linked. */
export async function linked(visitor, name, provider = shopId, identityProvider = 'OAUTH') {
  const session = await customer(visitor, name);
  const link = { identityProvider, externalToken: provider.token(name), password };
  await visitor.call('mutation ($input: LinkIdentityProviderInput!) { linkIdentityProvider(input: $input) { account { id } } }', link, session);
  return session;
}

/** Gives a customer an authenticator, and returns the app. */
export async function enroll(visitor, session) {
  const add = 'mutation ($input: RequestAuthenticatorInput!) { requestAuthenticator(input: $input) { challengeId secret } }';
  const { requestAuthenticator: begun } = await visitor.call(add, { password }, session);
  const app = new App(begun.secret);
  const confirm = 'mutation ($input: ConfirmAuthenticatorInput!) { confirmAuthenticator(input: $input) { recoveryCodes } }';
  await visitor.call(confirm, { challengeId: begun.challengeId, code: await app.code() }, session);
  return app;
}

/** Goes to the provider's page by its button, and on from there by one of its own. */
export async function go(page, button, way = 'Continue', role = 'link') {
  await page.getByRole('button', { name: button }).click();
  await page.getByRole('heading', { name: 'Shop ID' }).waitFor();
  await page.getByRole(role, { name: way }).click();
}

/** Fails if something of the answer is left in the address, in the tab's history or in what the tab keeps. */
export async function nothingLeft(page) {
  const left = await page.evaluate(() => JSON.stringify([location.hash, navigation.entries().map(({ url }) => url), { ...sessionStorage }, { ...localStorage }]));
  assert.doesNotMatch(left, /token=|eyJ|state=|accountql\.redirect/);
}

export async function look(page, name) {
  await fits(page, name);
  await accessible(page, name);
  await picture(page, `provider-${name}`);
  await page.emulateMedia({ colorScheme: 'dark' });
  await accessible(page, `${name} in the dark`, ['color-contrast', 'link-in-text-block']);
  await picture(page, `provider-${name}-dark`);
  await page.emulateMedia({ colorScheme: 'light' });
}
