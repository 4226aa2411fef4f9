// What a developer meets: the preview of messages, GraphiQL on a phone and its tabs in their order, the walk of the README; and
// the demo customer as before after all of it.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { start } from './binary.mjs';
import { browser, fits, picture, Visitor } from './visitor.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const widths = [390, 820, 1440];

let server, chrome;
before(async () => {
  [server, chrome] = await Promise.all([start('--rate-limits', 'off'), browser()]);
});
after(async () => {
  await chrome?.close();
  await server?.stop();
});

const messages = async () => (await fetch(`${server.address}/inbox.json`)).json();

/** The demo customer is as the start made them. */
async function demoIsWell(visitor) {
  const { signIn } = await visitor.call('mutation ($input: SignInInput!) { signIn(input: $input) { account { email emailVerified phone firstName version } } }', {
    email: 'demo@example.com',
    password: 'correct horse battery staple',
  });
  assert.deepEqual(signIn.account, { email: 'demo@example.com', emailVerified: true, phone: null, firstName: 'Demo', version: 1 });
}

test('the walk of the README works twice in a row, and leaves the demo customer alone', async () => {
  const readme = await readFile(path.join(root, 'README.md'), 'utf8');
  const walk = readme.split('```sh\n').find(block => block.startsWith('# One helper')).split('```')[0].replaceAll('http://127.0.0.1:8080', server.address);
  const visitor = await Visitor.arrive(chrome, server.address);
  for (const time of ['first', 'second']) {
    const { stdout, stderr } = await promisify(execFile)('sh', ['-eu', '-c', `session=\n${walk}`]);
    assert.ok(!stdout.includes('"errors"') && stderr === '', `the ${time} time: ${stdout} ${stderr}`);
    assert.match(stdout, /"confirmEmailChange":\{"email":"new-walk-/);
    // The customer is named after the second.
    await new Promise(resolve => setTimeout(resolve, 1100));
  }
  await demoIsWell(visitor);
  await visitor.leave();
});

test('GraphiQL’s tabs work in the order in which they stand', async () => {
  const folder = path.join(root, 'web/graphiql/operations');
  const visitor = await Visitor.arrive(chrome, server.address);
  const { apiKey } = await (await fetch(`${server.address}/graphiql/config.json`)).json();
  const secrets = {
    confirmAccountActivation: ['ACTIVATION', 'token'],
    confirmEmailChange: ['EMAIL_CHANGE', 'token'],
    undoEmailChange: ['EMAIL_CHANGED', 'token'],
    confirmPasswordReset: ['PASSWORD_RESET', 'token'],
    confirmPhoneUpdate: ['PHONE_CODE', 'code'],
    dataExport: ['DATA_EXPORT', 'token'],
    proveIdentity: ['IDENTITY_CODE', 'code'],
  };
  const files = (await readdir(folder)).filter(name => name.endsWith('.graphql')).sort();
  assert.equal(files.length, 58);
  let session;
  for (const file of files) {
    const name = file.match(/\d+-(\w+)\./)[1];
    const query = await readFile(path.join(folder, file), 'utf8');
    let variables = await readFile(path.join(folder, file.replace('.graphql', '.variables.json')), 'utf8');
    if (secrets[name]) {
      // The one thing that somebody has to paste.
      const [kind, field] = secrets[name];
      const found = (await messages()).find(message => message.kind === kind);
      variables = variables.replace(/paste the (token|code) from the inbox/, found[field]);
    }
    if (name === 'revokeSession' || name === 'renameSession') {
      const { account } = await visitor.call('{ account { sessions { id current } } }', undefined, session);
      variables = variables.replace('paste a session id from the account tab', account.sessions.find(({ current }) => current).id);
    }
    if (name === 'updateAddress' || name === 'deleteAddress') {
      const { account } = await visitor.call('{ account { addresses { id } } }', undefined, session);
      variables = variables.replace('paste an address id from the account tab', account.addresses[0].id);
    }
    const response = await fetch(`${server.address}/graphql`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Api-Key': apiKey, ...(session ? { Authorization: `Bearer ${session}` } : {}) },
      body: JSON.stringify({ query, variables: JSON.parse(variables) }),
    });
    const { data, errors } = await response.json();
    if (/IdentityProvider|acceptTerms|confirmConsent|Passkey$|PasskeyProof$|removePassword|secureAccount|SignInCode|signInWithCode|Authenticator$|RecoveryCodes$|completeSignIn|FactorReset$/.test(name)) {
      // These need a provider, terms, a second opt-in, an authenticator, a sign-in from another device or a setting, and there is none.
      assert.ok(errors?.length > 0, name);
      continue;
    }
    assert.equal(errors, undefined, `${name}: ${JSON.stringify(errors)}`);
    session = Object.values(data)[0]?.session?.token ?? session;
    if (name === 'undoEmailChange' || name === 'confirmPasswordReset') {
      session = undefined;
    }
    if (name === 'revokeSession') {
      ({ signIn: { session: { token: session } } } = await visitor.call('mutation ($input: SignInInput!) { signIn(input: $input) { session { token } } }', {
        email: 'ada@example.com',
        password: 'a walk along the shore',
      }));
    }
  }
  await demoIsWell(visitor);
  await visitor.leave();
});

for (const width of widths) {
  test(`GraphiQL can be used ${width} px wide`, async () => {
    const visitor = await Visitor.arrive(chrome, server.address, { viewport: { width, height: 844 } });
    const page = await visitor.context.newPage();
    const schema = page.waitForResponse(`${server.address}/graphql`);
    await page.goto(server.address);
    await schema;
    await page.locator('.graphiql-query-editor .view-line').getByText('Start here').first().waitFor();
    await fits(page, `GraphiQL at ${width}`);
    for (const part of ['.operations', '.graphiql-query-editor', '.graphiql-editor-tool', '.graphiql-response']) {
      const box = await page.locator(part).first().boundingBox();
      assert.ok(box.x >= 0 && box.x + box.width <= width && box.width >= 160, `${part} is from ${box.x} on, ${box.width} wide`);
    }
    const sent = page.waitForRequest(request => request.postData()?.includes('registerAccount(') ?? false);
    await page.getByRole('button', { name: 'Execute query' }).click();
    // Ada is somebody else at each load.
    assert.match((await sent).postDataJSON().variables.input.email, /^ada-[0-9a-z]+@example\.com$/);
    await page.locator('.graphiql-response .view-line').getByText('accepted').first().waitFor();
    await picture(page, `graphiql-${width}`);
    await visitor.leave();
  });
}

test('the preview opens in English, with a switch for the language and the scheme', async () => {
  const preview = spawn(path.resolve(process.env.ACCOUNTQL), ['templates', 'preview'], { stdio: ['ignore', 'ignore', 'pipe'] });
  try {
    const address = await new Promise((resolve, reject) => {
      preview.stderr.on('data', data => resolve(String(data).match(/http:\/\/\S+\d/)[0]));
      preview.on('exit', () => reject(new Error('the preview ended')));
    });
    for (const width of widths) {
      const visitor = await Visitor.arrive(chrome, address, { viewport: { width, height: 900 } });
      const page = await visitor.open('/');
      await page.getByRole('heading', { name: 'Reset your password' }).waitFor();
      await fits(page, `the preview at ${width}`);
      // What is in the frames are mails, which have their own page in a customer's program.
      await picture(page, `preview-${width}`, false);
      const mail = page.frameLocator('iframe').first().locator('body');
      const background = () => mail.evaluate(body => getComputedStyle(body).backgroundColor);
      const light = await background();
      await page.getByRole('navigation', { name: 'Colour schemes' }).getByRole('link', { name: 'dark' }).click();
      await page.getByRole('link', { name: 'dark' }).and(page.locator('[aria-current]')).waitFor();
      assert.notEqual(await background(), light);
      await picture(page, `preview-dark-${width}`, false);
      await page.getByRole('navigation', { name: 'Languages' }).getByRole('link', { name: 'de' }).click();
      await page.getByRole('heading', { name: 'Neues Passwort wählen' }).waitFor();
      assert.match(page.url(), /scheme=dark/);
      await visitor.leave();
    }
  } finally {
    const ended = new Promise(resolve => preview.on('exit', resolve));
    preview.kill('SIGTERM');
    await ended;
  }
});
