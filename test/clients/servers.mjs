// What the tests of all clients share: servers of the real binary, a customer, and how a request is counted.
import { readFileSync } from 'node:fs';
import { after } from 'node:test';
import { start } from '../browser/binary.mjs';

export const key = 'ak_development_do-not-use-this-key-outside-your-own-machine';
export const input = { email: 'demo@example.com', password: 'correct horse battery staple' };
export const signIn = 'mutation ($input: SignInInput!) { signIn(input: $input) { session { token } account { id } } }';
export const updateAccount = 'mutation ($input: UpdateAccountInput!) { updateAccount(input: $input) { account { id city } } }';
export const email = 'query Email { account { email } }';

/** What the tools of the clients wrote, as build.sh has it. */
export const build = file => new URL(`build/${file}`, import.meta.url);
export const manifest = file => JSON.parse(readFileSync(build(file)));

/** The lines that differ from what every client does by itself. */
export const headers = token => ({ 'X-Api-Key': key, ...(token && { Authorization: `Bearer ${token}` }) });

/** The address of a server's API, which ends with the tests of the file. */
export async function serve(...settings) {
  const server = await start(...settings);
  after(() => server.stop());
  return `${server.address}/graphql`;
}

/** The same of one that takes nothing but the documents of a manifest. */
export const serveOnly = file => serve('--trusted-documents', build(file).pathname, '--trusted-documents-only');

/** Asks by plain fetch, and returns the answer's status, headers and body. */
export async function ask(url, body, more = headers()) {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...more },
    body: JSON.stringify(body),
  });
  return { status: answer.status, headers: answer.headers, ...(await answer.json()) };
}

/** The token of a new session. */
export const token = async url => (await ask(url, { query: signIn, variables: { input } })).data.signIn.session.token;

/** Counts the requests that a client sends. */
export function counted() {
  const sent = [];
  return { sent, fetch: (to, options) => (sent.push({ to: String(to), ...options }), fetch(to, options)) };
}
