// Networks as customers have them: slow, cut, behind a proxy that answers for the server.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start } from './binary.mjs';
import { accessible, browser, phone, picture, prove, Visitor } from './visitor.mjs';

const password = 'correct horse battery staple';

let server, chrome;
before(async () => {
  [server, chrome] = await Promise.all([start(), browser()]);
});
after(async () => {
  await chrome?.close();
  await server?.stop();
});

const says = (on, text) => on.getByText(text).first().waitFor();
const go = (page, name) => page.getByRole('navigation', { name: 'Your account' }).getByRole('link', { name }).click();

async function demo(path = '/account', on = server, options = {}) {
  const visitor = await Visitor.arrive(chrome, on.address, options);
  visitor.cutOff = true;
  const page = await visitor.open(path);
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await visitor.signIn(page, 'demo@example.com', password, /./);
  await page.getByRole('navigation', { name: 'Your account' }).waitFor();
  return { visitor, page };
}

/** Whether the session still opens the account. */
async function alive(visitor, token) {
  const { apiKey } = await (await fetch(`${visitor.address}/account/config.json`)).json();
  const response = await fetch(`${visitor.address}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Api-Key': apiKey, Authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: '{ account { id } }' }),
  });
  return (await response.json()).data != null;
}

const tokenOf = page => page.evaluate(() => sessionStorage.getItem('accountql.session'));

test('what was there stays when the browser goes offline, under a banner', async () => {
  const { visitor, page } = await demo();
  await page.getByRole('heading', { name: /^Hello/ }).waitFor();
  await go(page, 'Devices');
  await says(page, 'This device');
  await visitor.context.setOffline(true);
  await says(page, 'You’re offline.');
  await page.evaluate(() => dispatchEvent(new Event('focus')));
  await page.waitForTimeout(500);
  await says(page, 'This device');
  await accessible(page, 'offline');
  await picture(page, 'offline');

  // Also on a screen that one comes back to.
  await go(page, 'Overview');
  await page.getByRole('heading', { name: /^Hello/ }).waitFor();
  await go(page, 'Devices');
  await says(page, 'This device');
  assert.equal(await page.getByRole('alert').filter({ hasText: /./ }).count(), 0);

  await go(page, 'Agreements');
  await visitor.context.setOffline(false);
  await page.getByText('You’re offline.').waitFor({ state: 'detached' });
  await page.getByRole('switch', { name: /Wi-Fi/ }).waitFor();
  await visitor.leave();
});

test('a screen that asks nothing learns, too, that the server is back', async () => {
  const visitor = await Visitor.arrive(chrome, server.address);
  visitor.cutOff = true;
  const page = await visitor.open('/account');
  for (const [path, ready] of [['', 'Sign in'], ['/undo-email#token=a', 'Undo the change of your e-mail']]) {
    await page.goto(`${server.address}/account${path}`);
    await page.getByRole('heading', { name: ready }).waitFor();
    await visitor.context.setOffline(true);
    await says(page, 'You’re offline.');
    await visitor.context.setOffline(false);
    await page.getByText(/^You’re offline|^We can’t reach the server/).waitFor({ state: 'detached' });
  }
  await visitor.leave();
});

test('signing out while the server is away says that the session lives, and ends it later', async () => {
  const { visitor, page } = await demo();
  const token = await tokenOf(page);
  await visitor.context.setOffline(true);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await says(page, 'you’re still signed in there');
  assert.equal(await page.getByText('You’re signed out.').count(), 0);
  assert.equal(await tokenOf(page), null);
  assert.equal(await alive(visitor, token), true);
  await accessible(page, 'the unheard sign-out');
  await picture(page, 'sign-out-unheard');
  await visitor.context.setOffline(false);
  await says(page, 'You’re signed out.');
  assert.equal(await alive(visitor, token), false);
  await visitor.leave();
});

test('a reload does not forget a sign-out that the server has not heard', async () => {
  const { visitor, page } = await demo();
  const token = await tokenOf(page);
  await page.route('**/graphql', route => route.abort());
  await page.getByRole('button', { name: 'Sign out' }).click();
  await says(page, 'you’re still signed in there');
  await page.reload();
  await says(page, 'you’re still signed in there');
  await page.unroute('**/graphql');
  await says(page, 'You’re signed out.');
  assert.equal(await alive(visitor, token), false);
  await visitor.leave();
});

test('the same with a cookie, which a reload must not take for a sign-in', async () => {
  const strict = await start('--cookies');
  try {
    const { visitor, page } = await demo('/account', strict);
    await page.route('**/graphql', route => route.abort());
    await page.getByRole('button', { name: 'Sign out' }).click();
    await says(page, 'you’re still signed in there');
    await page.reload();
    await says(page, 'you’re still signed in there');
    await page.unroute('**/graphql');
    await says(page, 'You’re signed out.');
    await page.reload();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();

    // While nobody knows whether a cookie holds a session, the page doesn't ask for a password.
    await page.route('**/graphql', route => route.abort());
    await page.reload();
    await says(page, 'The server doesn’t answer. This page tries again by itself.');
    await page.unroute('**/graphql');
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await visitor.leave();
  } finally {
    await strict.stop();
  }
});

test('no switch is swallowed on a slow network', async () => {
  const { visitor, page } = await demo('/account/agreements');
  await page.getByRole('switch', { name: /Wi-Fi/ }).waitFor();
  await page.route('**/graphql', async route => {
    await new Promise(resolve => setTimeout(resolve, 700));
    // The page may have been left meanwhile.
    await route.continue().catch(() => {});
  });
  for (const name of [/Push/, /Bluetooth/, /RFID/]) {
    await page.getByRole('switch', { name }).click();
    assert.equal(await page.getByRole('switch', { name }).isChecked(), true);
  }
  await page.getByRole('switch', { name: /Push/ }).click();
  await says(page, 'Push notifications: no. Saved.');
  await page.getByText('Saving …').first().waitFor({ state: 'detached' });
  await page.unroute('**/graphql');
  await page.reload();
  await page.getByRole('switch', { name: /RFID/ }).and(page.locator(':checked')).waitFor();
  assert.deepEqual(
    await page.getByRole('switch').evaluateAll(all => all.filter(({ name }) => ['push', 'bluetooth', 'rfid'].includes(name)).map(({ checked }) => checked)),
    [false, true, true],
  );
  await visitor.leave();
});

test('nothing is called done beside what was there before, on a slow network', async () => {
  const { visitor, page } = await demo('/account/profile');
  await page.getByLabel('Company').waitFor();
  await visitor.call('mutation ($input: SignInInput!) { signIn(input: $input) { session { id } } }', { email: 'demo@example.com', password });
  await page.route('**/graphql', async route => {
    await new Promise(resolve => setTimeout(resolve, 700));
    // The page may have been left meanwhile.
    await route.continue().catch(() => {});
  });
  await page.getByLabel('Company').fill('Difference Engines');
  await page.getByRole('button', { name: 'Save changes' }).click();
  // Nor is what is typed meanwhile thrown away.
  await page.getByLabel('City').fill('London');
  await says(page, 'Your profile is saved');
  assert.equal(await page.getByLabel('Company').inputValue(), 'Difference Engines');
  assert.equal(await page.getByLabel('City').inputValue(), 'London');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.getByRole('button', { name: 'Discard' }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Save changes' }).waitFor();

  /** When the words are there, so is what they tell of, and what it took the place of is gone. */
  const done = async (words, now, before) => {
    await page.getByText(words, { exact: true }).waitFor();
    assert.equal(await page.getByText(now).count(), 1, `${words}: there is no “${now}”`);
    assert.equal(await page.getByText(before).count(), 0, `${words}: there is “${before}”`);
  };
  await go(page, 'E-mail');
  await page.getByLabel('New e-mail').fill('elsewhere@example.com');
  await page.getByRole('button', { name: 'Send the link' }).click();
  await prove(page, password);
  await done('We write to the new address', 'Waiting for you to confirm', 'Change your address');
  await page.getByRole('button', { name: 'Cancel the change' }).click();
  await done('The change is cancelled', 'Change your address', 'Waiting for you to confirm');

  await go(page, 'Phone');
  await page.getByLabel('New number').fill('+48 512 345 901');
  await page.getByRole('button', { name: 'Send the code' }).click();
  await done('We text a code to the new number', 'Enter your code', 'Add a number');
  assert.equal(await page.getByLabel('The new number').count(), 0, 'the number is asked for again');
  const { code } = (await (await fetch(`${server.address}/inbox.json`)).json()).find(({ kind }) => kind === 'PHONE_CODE');
  await page.getByLabel('Code', { exact: true }).fill(code);
  await page.getByLabel('No', { exact: true }).check();
  await page.getByRole('button', { name: 'Confirm number' }).click();
  await done('Your new number is confirmed', '+48512345901', 'Enter your code');
  await page.getByRole('button', { name: 'Remove this number' }).click();
  await page.getByRole('button', { name: 'Remove number' }).click();
  await done('Your number is removed', 'None yet', '+48512345901');

  await go(page, 'Devices');
  await page.getByText('This device').first().waitFor();
  await page.getByRole('button', { name: /^Sign out Node\.js/ }).first().click();
  await page.getByText('Node.js is signed out').waitFor();
  const left = await page.getByRole('listitem').filter({ hasText: 'Node.js' }).count();
  await page.waitForTimeout(1500);
  assert.equal(await page.getByRole('listitem').filter({ hasText: 'Node.js' }).count(), left, 'the device was still there');
  await visitor.leave();
});

test('a switch whose answer is lost turns back and says so beside it', async () => {
  const { visitor, page } = await demo('/account/agreements');
  await page.getByRole('switch', { name: /Wi-Fi/ }).waitFor();
  await page.route('**/graphql', route => route.abort());
  await page.getByRole('switch', { name: /Wi-Fi/ }).click();
  await page.getByRole('listitem').filter({ hasText: 'Wi-Fi' }).getByRole('alert').filter({ hasText: 'The server doesn’t answer' }).waitFor();
  assert.equal(await page.getByRole('switch', { name: /Wi-Fi/ }).isChecked(), false);
  await visitor.leave();
});

test('a proxy that answers for the server is not called a bad connection', async () => {
  const { visitor, page } = await demo('/account/profile');
  await page.getByLabel('Company').fill('Analytical Engines');
  await page.route('**/graphql', route => route.fulfill({ status: 502, contentType: 'text/html', body: '<h1>Bad Gateway</h1>' }));
  await page.getByRole('button', { name: 'Save changes' }).click();
  const said = page.getByRole('alert').filter({ hasText: 'Our service isn’t available right now.' });
  await said.waitFor();
  assert.ok(!(await said.textContent()).includes('check your connection'));
  assert.match(await said.textContent(), /We can’t tell whether that was done/);
  await visitor.leave();
});

for (const [where, ...settings] of [['the tab'], ['a cookie', '--cookies']]) {
  test(`a lost answer to a new password costs nobody the session in ${where}`, async () => {
    const strict = await start(...settings);
    try {
      const visitor = await Visitor.arrive(chrome, strict.address);
      visitor.cutOff = true;
      await visitor.register({ email: 'tunnel@example.com', password: 'a walk along the river' });
      const page = await visitor.open('/account/password');
      await visitor.signIn(page, 'tunnel@example.com', 'a walk along the river', 'Password');

      // The server changes the password, and hears the question again until somebody hears the answer.
      const keys = [];
      let losing = 2;
      await page.route('**/graphql', async route => {
        const changes = route.request().postData().includes('mutation ChangePassword');
        if (changes) {
          keys.push(await route.request().headerValue('Idempotency-Key'));
        }
        if (losing === 0) {
          await route.continue();
          return;
        }
        if (changes) {
          losing--;
          await route.fetch();
        }
        await route.abort('connectionreset');
      });
      const change = async (from, to) => {
        await page.getByLabel('Current password', { exact: true }).fill(from);
        await page.getByLabel('New password', { exact: true }).fill(to);
        await page.getByRole('button', { name: 'Change password' }).click();
      };
      await change('a walk along the river', 'a walk along the lake');
      await says(page, 'Your password is changed.');
      assert.match(keys[0], /^[0-9a-f-]{36}$/);
      assert.deepEqual(keys, [keys[0], keys[0], keys[0]]);
      await go(page, 'Devices');
      await says(page, 'This device');

      // The page gives up after a while; who tries once more, with the same words, means the same change.
      await go(page, 'Password');
      keys.length = 0;
      losing = Infinity;
      await change('a walk along the lake', 'a walk along the shore');
      await says(page, /We can’t tell whether that was done/);
      losing = 0;
      await change('a walk along the lake', 'a walk along the shore');
      await says(page, 'Your password is changed.');
      assert.deepEqual([...new Set(keys)], [keys[0]]);

      // Who goes elsewhere instead is signed in all the same.
      losing = Infinity;
      const dead = await tokenOf(page);
      await change('a walk along the shore', 'a walk along the bay');
      await says(page, /We can’t tell whether that was done/);
      losing = 0;
      await go(page, 'Devices');
      await page.waitForFunction(([dead, cookie]) => cookie || sessionStorage.getItem('accountql.session') !== dead, [dead, settings.length > 0]);
      await says(page, 'This device');
      await go(page, 'Password');
      await page.reload();
      await page.getByRole('heading', { name: 'Password', level: 1 }).waitFor();
      await visitor.leave();
    } finally {
      await strict.stop();
    }
  });
}

test('there is something to see before the scripts are in, and no question for the config', async () => {
  const visitor = await Visitor.arrive(chrome, server.address, { viewport: phone });
  visitor.cutOff = true;
  const page = await visitor.context.newPage();
  const asked = [];
  page.on('request', request => asked.push(new URL(request.url()).pathname));
  let scripts;
  const held = new Promise(resolve => (scripts = resolve));
  // The first script is small, and only fits the outline to the screen.
  await page.route(/\/(?!first-)[^/]*\.js$/, async route => {
    await held;
    await route.continue();
  });
  await page.goto(`${server.address}/account`, { waitUntil: 'commit' });
  await page.getByRole('heading', { name: 'Your account' }).waitFor();
  await says(page, 'AccountQL');
  await picture(page, 'outline');
  scripts();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  assert.equal(await page.locator('.outline').count(), 0);
  assert.ok(!asked.some(path => path.endsWith('config.json')), asked.join(' '));
  await visitor.leave();
});

test('a mail is not promised: the words are true, and the next one is counted down to', async () => {
  const visitor = await Visitor.arrive(chrome, server.address);
  await visitor.register({ email: 'impatient@example.com', password: 'a walk along the river' });
  const page = await visitor.open('/account');
  await visitor.signIn(page, 'impatient@example.com', 'a walk along the river', /^Welcome/);
  await page.getByRole('button', { name: 'Send the mail again' }).click();
  await page.getByRole('button', { name: /^Send the mail again in [012]:\d\d/ }).waitFor();
  assert.equal(await page.getByRole('button', { name: /^Send the mail again/ }).getAttribute('aria-disabled'), 'true');
  assert.equal(await page.getByText('The mail is on its way').count(), 0);
  // Every promise is kept: as many mails as are said to leave are there in the end.
  await says(page, 'The mail leaves within two minutes.');
  await accessible(page, 'the countdown');
  await picture(page, 'mail-again');
  await visitor.leave();
});

test('after an hour’s share of mails the page says that none is sent, and when the next is', async () => {
  const strict = await start('--limit-activation-mails', '1/1h');
  try {
    const visitor = await Visitor.arrive(chrome, strict.address);
    await visitor.register({ email: 'often@example.com', password: 'a walk along the river' });
    const page = await visitor.open('/account/email');
    await visitor.signIn(page, 'often@example.com', 'a walk along the river', 'E-mail');
    const mails = async () => (await (await fetch(`${strict.address}/inbox.json`)).json()).length;
    const before = await mails();
    await page.getByRole('button', { name: 'Send the mail again' }).click();
    await says(page, 'You’ve had as many mails as we send for now');
    await page.getByRole('button', { name: /^Send the mail again in (59|60):\d\d/ }).waitFor();
    assert.equal(await mails(), before);
    await picture(page, 'mail-share');

    // A stranger is told nothing, so the page doesn't say that a mail was sent.
    const stranger = await Visitor.arrive(chrome, strict.address);
    const other = await stranger.open('/account/register');
    await other.getByLabel('E-mail').fill('often@example.com');
    await other.getByLabel('Password', { exact: true }).fill('another walk in the park');
    await other.getByRole('button', { name: 'Create account' }).click();
    await other.getByRole('button', { name: 'Send the mail again' }).click();
    await says(other, 'We’ll send it if it’s due.');
    await stranger.leave();
    await visitor.leave();
  } finally {
    await strict.stop();
  }
});
