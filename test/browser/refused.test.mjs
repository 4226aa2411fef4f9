// Answers without data: a screen says so, and goes on.
import { after, before, test } from 'node:test';
import { start } from './binary.mjs';
import { browser, Visitor } from './visitor.mjs';

const [email, password] = ['demo@example.com', 'correct horse battery staple'];
let chrome, server;

before(async () => {
  [chrome, server] = await Promise.all([browser(), start()]);
});

after(async () => {
  await chrome?.close();
  await server?.stop();
});

for (const [path, heading, shown] of [['/email', 'E-mail', 'demo@example.com'], ['/phone', 'Phone', 'Send the code'], ['/', 'Hello, Demo', 'Signing in']]) {
  test(`a refused query of ${path} is told, and asked again`, async () => {
    const visitor = await Visitor.arrive(chrome, server.address);
    const page = await visitor.open('/account/password');
    await visitor.signIn(page, email, password, 'Password');

    let refused = true;
    await page.route('**/graphql', route => {
      const query = /"query":"query (Email|Phone|Overview)\b/.test(route.request().postData() ?? '');
      return query && refused ? route.fulfill({ contentType: 'application/json', body: JSON.stringify({ data: null, errors: [{ message: 'no', extensions: { code: 'INTERNAL' } }] }) }) : route.continue();
    });
    await page.goto(`${server.address}/account${path}`);
    await page.getByRole('alert').first().waitFor();
    refused = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: heading, level: 1 }).waitFor();
    await page.getByText(shown).first().waitFor();
    await visitor.leave();
  });
}
