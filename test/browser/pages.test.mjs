// What else a browser meets: GraphiQL without a network, the inbox, the keyboard alone, and a server
// that takes trusted documents only.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { start } from './binary.mjs';
import { accessible, browser, picture, prove, Visitor } from './visitor.mjs';

let server, chrome;
before(async () => {
  [server, chrome] = await Promise.all([start(), browser()]);
});
after(async () => {
  await chrome?.close();
  await server?.stop();
});

const password = 'correct horse battery staple';

test('GraphiQL runs a query, and no request leaves the machine', async () => {
  const visitor = await Visitor.arrive(chrome, server.address);
  const page = await visitor.context.newPage();
  // The page asks for the schema first. Before it is there, and the editor with its tab, nothing can be run.
  const schema = page.waitForResponse(`${server.address}/graphql`);
  await page.goto(server.address);
  await schema;
  await page.locator('.graphiql-query-editor .view-line').getByText('Start here').first().waitFor();
  await page.getByRole('navigation', { name: 'Operations' }).getByRole('button', { name: 'signIn', exact: true }).click();
  await page.locator('.graphiql-query-editor .view-line').getByText('signIn').first().waitFor();
  await page.locator('.graphiql-editor-tool .view-line').first().click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(JSON.stringify({ input: { email: 'demo@example.com', password } }));
  // The editor may close a bracket by itself that is closed already.
  await page.keyboard.press('ControlOrMeta+Shift+End');
  await page.keyboard.press('Delete');
  const answer = page.waitForResponse(response => response.request().postData()?.includes('signIn') ?? false);
  await page.getByRole('button', { name: 'Execute query' }).click();
  assert.match((await (await answer).json()).data.signIn.session.token, /^as_/);
  // The answer stands in an editor, line by line.
  await page.locator('.graphiql-response .view-line').getByText('as_').first().waitFor();
  await picture(page, 'graphiql');
  await visitor.leave();
});

test('the inbox shows a mail as text and as HTML, and gives out its token', async () => {
  const visitor = await Visitor.arrive(chrome, server.address);
  const page = await visitor.open('/account/forgot-password');
  await page.getByLabel('E-mail').fill('demo@example.com');
  await page.getByRole('button', { name: 'Send the link' }).click();
  await page.getByText('If there is an account').waitFor();
  const { inbox, message } = await visitor.message(/password/i);
  const token = await message.locator('.secret code').textContent();
  const link = await message.getByRole('link', { name: 'Open link' }).getAttribute('href');
  assert.equal(link, `${server.address}/account/reset-password#token=${token}`);
  await message.frameLocator('iframe').getByRole('link').first().waitFor();
  await message.getByRole('button', { name: 'Copy token' }).click();
  await message.getByRole('button', { name: /^(Copied|Selected)/ }).waitFor();
  assert.equal(await message.locator('.link code').textContent(), link);
  await message.getByRole('radio', { name: 'Text' }).check();
  await message.getByText('Choose a new password here:').waitFor();
  assert.equal(await message.locator('iframe').count(), 0);
  await picture(inbox, 'inbox-mail');
  await accessible(inbox, 'the inbox');
  await visitor.leave();
});

test('opening a link changes nothing, only its button does', async () => {
  const visitor = await Visitor.arrive(chrome, server.address);
  const asked = [];
  visitor.context.on('request', request => {
    assert.ok(!request.url().includes('a-token'), 'the token is in a request');
    // The shop's settings are read, and belong to nobody.
    if (request.url() === `${server.address}/graphql` && request.postDataJSON().operationName !== 'Settings') {
      asked.push(request.postDataJSON().operationName);
    }
  });
  for (const [screen, button, operation] of [
    ['activate', 'Confirm e-mail', 'ConfirmActivation'],
    ['undo-email', 'Undo the change', 'UndoEmailChange'],
  ]) {
    const page = await visitor.open(`/account/${screen}#token=a-token`);
    await page.getByRole('button', { name: button }).waitFor();
    assert.deepEqual(asked, []);
    if (screen === 'activate') {
      await page.getByLabel('Password', { exact: true }).fill('a walk along the river');
    }
    await page.getByRole('button', { name: button }).click();
    await page.getByText('This link can’t be used').waitFor();
    assert.deepEqual(asked.splice(0), [operation]);
    await page.close();
  }
  await visitor.leave();
});

test('signs in, changes an agreement and signs out with the keyboard alone', async () => {
  const visitor = await Visitor.arrive(chrome, server.address);
  const page = await visitor.open('/account');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  const focused = () => page.evaluate(() => document.activeElement.getAttribute('name') ?? document.activeElement.textContent.trim());
  const tabTo = async name => {
    for (let pressed = 0; pressed < 40; pressed++) {
      if ((await focused()) === name) {
        const { outlineStyle } = await page.evaluate(() => ({ outlineStyle: getComputedStyle(document.activeElement).outlineStyle }));
        assert.notEqual(outlineStyle, 'none', `one can't see that ${name} has the focus`);
        return;
      }
      await page.keyboard.press('Tab');
    }
    assert.fail(`${name} can't be reached with the keyboard; ${await focused()} has the focus`);
  };
  await tabTo('Skip to the content');
  await page.keyboard.press('Enter');
  await tabTo('email');
  await page.keyboard.type('demo@example.com');
  await page.keyboard.press('Tab');
  assert.equal(await focused(), 'password');
  await page.keyboard.type('wrong');
  await page.keyboard.press('Enter');
  await page.getByText('isn’t right').waitFor();
  await tabTo('password');
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: /^Hello/ }).waitFor();
  assert.match(await focused(), /^Hello/, 'the new screen has the focus');
  await page.keyboard.press('Shift+Tab');
  await tabTo('Agreements');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Agreements' }).waitFor();
  await tabTo('wifi');
  await page.keyboard.press('Space');
  await page.getByText('Wi-Fi: yes. Saved.').waitFor();
  await tabTo('Sign out');
  await page.keyboard.press('Enter');
  await page.getByText('You’re signed out.').waitFor();
  await visitor.leave();
});

test('works on a server that takes trusted documents only', async () => {
  const manifest = path.resolve(import.meta.dirname, '../../packages/react/src/gql/persisted-documents.json');
  const strict = await start('--trusted-documents', manifest, '--trusted-documents-only');
  try {
    const visitor = await Visitor.arrive(chrome, strict.address);
    const sent = [];
    visitor.context.on('request', request => request.url().endsWith('/graphql') && sent.push(request.postDataJSON()));
    const page = await visitor.open('/account');
    await page.getByRole('button', { name: /demo customer/ }).click();
    await page.getByRole('heading', { name: /^Hello/ }).waitFor();
    assert.ok(sent.length >= 2);
    for (const body of sent) {
      assert.match(body.documentId, /^sha256:[0-9a-f]{64}$/);
      assert.equal(body.query, undefined);
    }
    await visitor.leave();
  } finally {
    await strict.stop();
  }
});

test('on a server with --cookies no script sees the session', async () => {
  const strict = await start('--cookies');
  try {
    const visitor = await Visitor.arrive(chrome, strict.address);
    const page = await visitor.open('/account');
    await visitor.signIn(page, 'demo@example.com', password);
    assert.ok(!JSON.stringify(await page.evaluate(() => [document.cookie, { ...sessionStorage }])).includes('as_'));
    await page.getByRole('navigation').getByRole('link', { name: 'Password' }).click();
    await page.getByLabel('Current password', { exact: true }).fill(password);
    await page.getByLabel('New password', { exact: true }).fill('another horse in the stable');
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByText('Your password is changed.').waitFor();
    await page.close();
    const next = await visitor.open('/account');
    await next.getByRole('heading', { name: /^Hello/ }).waitFor();
    await next.getByRole('button', { name: 'Sign out' }).click();
    await next.getByText('You’re signed out.').waitFor();
    await next.reload();
    await next.getByRole('heading', { name: 'Sign in' }).waitFor();
    await visitor.leave();
  } finally {
    await strict.stop();
  }
});

test('where accounts have to be activated first, the mail leads on', async () => {
  const strict = await start('--registration', 'verified');
  try {
    const visitor = await Visitor.arrive(chrome, strict.address);
    const page = await visitor.open('/account/register');
    // The demo customer has this address, and nobody is told so.
    for (const email of ['demo@example.com', 'new@example.com']) {
      await page.getByLabel('E-mail').fill(email);
      await page.getByLabel('Password', { exact: true }).fill('a walk along the river');
      await page.getByRole('button', { name: 'Create account' }).click();
      await page.getByRole('heading', { name: 'Check your mail' }).waitFor();
      await page.getByText(`We write to ${email} how to go on`).waitFor();
      await page.getByRole('link', { name: 'Go to the sign-in' }).click();
      await page.getByRole('link', { name: 'Create an account' }).click();
    }
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.getByLabel('E-mail').fill('new@example.com');
    await page.getByLabel('Password', { exact: true }).fill('a walk along the river');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Please confirm your e-mail first').waitFor();
    const opened = await visitor.follow(/confirm|activate/i);
    // The link alone activates nothing: its reader need not be who registered.
    await opened.getByText('You didn’t register?').waitFor();
    await opened.getByLabel('Password', { exact: true }).fill('another walk');
    await opened.getByRole('button', { name: 'Confirm e-mail' }).click();
    await opened.getByText('is not the one of this registration').waitFor();
    await opened.getByLabel('Password', { exact: true }).fill('a walk along the river');
    await opened.getByRole('button', { name: 'Confirm e-mail' }).click();
    await opened.getByText('you’re signed in').waitFor();
    await page.getByRole('heading', { name: 'Welcome' }).waitFor();
    // The page that stands open doesn't go on saying so when another tab signs out.
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('You’re signed out.').waitFor();
    await opened.getByText('you’re signed in').waitFor({ state: 'detached' });
    await opened.getByRole('link', { name: 'Sign in' }).waitFor();
    await visitor.leave();
  } finally {
    await strict.stop();
  }
});

test('a server that is gone for a while', async () => {
  const visitor = await Visitor.arrive(chrome, server.address);
  const page = await visitor.open('/account');
  await visitor.signIn(page, 'demo@example.com', password);
  visitor.fine();
  await page.route('**/graphql', route => route.abort());
  await page.getByRole('navigation').getByRole('link', { name: 'Profile' }).click();
  await page.getByText('The server doesn’t answer.').waitFor();
  await page.unroute('**/graphql');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByLabel('First name').waitFor();
  // The browser itself writes of the requests that failed, and of nothing else.
  assert.ok(visitor.problems.every(problem => problem.includes('net::ERR_FAILED')), visitor.problems.join('\n'));
  await visitor.context.close();
});

test('a page that can do nothing says why', async () => {
  // The budget of e-mail changes is one a day here; account.can tells that it is spent.
  const strict = await start('--limit-email-changes', '1/24h');
  try {
    const visitor = await Visitor.arrive(chrome, strict.address);
    const page = await visitor.open('/account/email');
    await visitor.signIn(page, 'demo@example.com', password, 'E-mail');
    await page.getByLabel('New e-mail').fill('new@example.com');
    await page.getByRole('button', { name: 'Send the link' }).click();
    await prove(page, password);
    await page.getByText('Waiting for you to confirm').waitFor();
    await page.getByRole('button', { name: 'Cancel the change' }).click();
    await page.getByText('it was too often in a short time').waitFor();
    await page.getByText('Try again in 24 hours.').waitFor();
    assert.ok(await page.getByLabel('New e-mail').isDisabled());
    await picture(page, 'spent');
    await visitor.leave();
  } finally {
    await strict.stop();
  }
});

test('a session that another tab began is known in a new one, and ends in all', async () => {
  const visitor = await Visitor.arrive(chrome, server.address);
  const one = await visitor.open('/account');
  await visitor.signIn(one, 'demo@example.com', password);
  const two = await visitor.open('/account/sessions');
  await two.getByText('This device').first().waitFor();
  await two.getByRole('button', { name: 'Sign out', exact: true }).click();
  await one.getByText('You’re signed out.').waitFor();
  const three = await visitor.open('/account');
  await three.getByRole('heading', { name: 'Sign in' }).waitFor();
  await visitor.leave();
});
