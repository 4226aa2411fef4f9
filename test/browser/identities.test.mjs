// Other services that a customer signs in by, on the screen of the password.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { start } from './binary.mjs';
import { startIssuer } from './issuer.mjs';
import { accessible, browser, Visitor } from './visitor.mjs';

const [email, password] = ['demo@example.com', 'correct horse battery staple'];
let chrome, folder, provider, server;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'accountql-identities-'));
  provider = await startIssuer();
  const file = path.join(folder, 'providers.json');
  await writeFile(file, JSON.stringify(provider.providers));
  [chrome, server] = await Promise.all([browser(), start('--identity-providers', file)]);
});

after(async () => {
  await chrome?.close();
  await server?.stop();
  await provider?.stop();
  await rm(folder, { recursive: true, force: true });
});

test('a linked service is removed after a proof, and opens the account no more', async () => {
  const visitor = await Visitor.arrive(chrome, server.address);
  const { signIn } = await visitor.call('mutation ($input: SignInInput!) { signIn(input: $input) { session { token } } }', { email, password });
  const link = { identityProvider: 'OAUTH', externalToken: provider.token('anna'), password };
  await visitor.call('mutation ($input: LinkIdentityProviderInput!) { linkIdentityProvider(input: $input) { account { id } } }', link, signIn.session.token);

  const page = await visitor.open('/account/password');
  await visitor.signIn(page, email, password, 'Password');
  const remove = page.getByRole('button', { name: 'Remove Another service' });
  await remove.waitFor();
  await accessible(page, 'a linked service');

  // Cancelled, it stays.
  await remove.click();
  const question = page.getByRole('dialog', { name: 'Is it you?' });
  await question.getByRole('button', { name: 'Cancel' }).click();
  await question.waitFor({ state: 'detached' });
  await remove.click();
  await question.getByLabel('Current password', { exact: true }).fill(password);
  await question.getByRole('button', { name: 'Continue' }).click();
  await page.getByText('Another service is removed.').waitFor();
  await remove.waitFor({ state: 'detached' });

  const again = await fetch(`${server.address}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Api-Key': (await (await fetch(`${server.address}/account/config.json`)).json()).apiKey },
    body: JSON.stringify({
      query: 'mutation ($input: SignInWithIdentityProviderInput!) { signInWithIdentityProvider(input: $input) { account { email } } }',
      variables: { input: { identityProvider: 'OAUTH', externalToken: provider.token('anna') } },
    }),
  });
  const { data } = await again.json();
  if (data?.signInWithIdentityProvider?.account.email === email) {
    throw new Error('the service opens the account that it was removed from');
  }
  await visitor.leave();
});
