// Every screen on a desktop and on a phone, light and dark: nothing that axe-core finds serious, no
// scrolling sideways, and a picture of each in screenshots/.
import { after, before, test } from 'node:test';
import { start } from './binary.mjs';
import { accessible, browser, desktop, fits, phone, picture, prove, rows, Visitor } from './visitor.mjs';

let server, chrome;
before(async () => {
  // One customer visits in many windows, which the budgets of messages are not made for.
  [server, chrome] = await Promise.all([start('--rate-limits', 'off', '--second-factor', 'optional'), browser()]);
});
after(async () => {
  await chrome?.close();
  await server?.stop();
});

const password = 'correct horse battery staple';

for (const [device, viewport] of Object.entries({ desktop, phone })) {
  test(`every screen on a ${device}`, async () => {
    const visitor = await Visitor.arrive(chrome, server.address, { viewport });
    const page = await visitor.open('/account');
    const look = async (name, on = page) => {
      await fits(on, name);
      await accessible(on, name);
      await picture(on, `${name}-${device}-light`);
      await on.emulateMedia({ colorScheme: 'dark' });
      await accessible(on, `${name} in the dark`, ['color-contrast', 'link-in-text-block']);
      await picture(on, `${name}-${device}-dark`);
      await on.emulateMedia({ colorScheme: 'light' });
    };
    const go = async (path, ready) => {
      await page.goto(`${server.address}/account${path}`);
      await page.getByText(ready).first().waitFor();
    };

    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await look('sign-in');
    await page.getByLabel('E-mail').fill('demo@example.com');
    await page.getByLabel('Password', { exact: true }).fill('wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('isn’t right').waitFor();
    await look('sign-in-refused');
    await go('/register', 'Create an account');
    await page.getByLabel('Password', { exact: true }).fill('two words 7');
    await page.locator('.meter[data-score]').waitFor();
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByText('E-mail must be filled in.').waitFor();
    await look('register');
    await go('/forgot-password', 'Forgot your password?');
    await look('forgot-password');
    for (const [path, ready] of [['/reset-password', 'Set new password'], ['/activate', 'Confirm e-mail'], ['/confirm-email', 'Confirm new e-mail'], ['/undo-email', 'Undo the change']]) {
      await page.goto('about:blank');
      await go(`${path}#token=a`, ready);
      await look(path.slice(1));
    }
    await page.goto('about:blank');
    await go('/activate', 'holds no token');
    await look('link-without-token');

    await go('/', 'Sign in');
    await visitor.signIn(page, 'demo@example.com', password);
    await look('overview');
    await go('/profile', 'Date of birth');
    await page.getByLabel('Postal code').fill('!');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText(/^Postal code must have/).waitFor();
    await look('profile');
    await go('/addresses', 'Add an address');
    await page.getByRole('button', { name: 'Add an address' }).click();
    await page.getByLabel('Country', { exact: true }).waitFor();
    await look('addresses');
    await go('/password', 'Current password');
    await look('password');
    await go('/passkeys', 'You have no passkeys yet.');
    await look('passkeys');
    await go('/authenticators', 'You have no authenticator yet.');
    await look('authenticators');

    await go('/email', 'Your address');
    await page.getByLabel('New e-mail').fill('somebody.with.a.long.name@subdomain.of.a.long.domain.example.com');
    await page.getByRole('button', { name: 'Send the link' }).click();
    await prove(page, password);
    await page.getByText('Waiting for you to confirm').waitFor();
    await look('email');
    await go('/phone', 'Add a number');
    await page.getByLabel('New number').fill('+48512345678');
    await page.getByRole('button', { name: 'Send the code' }).click();
    await page.getByText('Enter your code').waitFor();
    await look('phone');
    await go('/agreements', 'Newsletters');
    await page.getByRole('switch', { name: /Newsletters/ }).click();
    await page.getByText(/Saved\.$/).waitFor();
    await look('agreements');
    await go('/sessions', 'This device');
    await look('sessions');
    await go('/activity', 'You signed in');
    await look('activity');
    await go('/nowhere', 'There is nothing here');
    await look('not-found');
    await go('/delete', 'This closes your account');
    await look('delete');
    await page.getByLabel('Current password', { exact: true }).fill(password);
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Delete account' }).click();
    await page.getByRole('dialog').waitFor();
    await look('delete-question');

    const inbox = await visitor.open('/inbox');
    await rows(inbox).first().waitFor();
    await look('inbox', inbox);
    await rows(inbox).first().click();
    await inbox.getByRole('article').waitFor();
    await look('inbox-message', inbox);

    // The next window finds the account as this one did.
    for (const [path, ready] of [['/email', 'Waiting for you'], ['/phone', 'Enter your code']]) {
      await go(path, ready);
      await page.getByRole('button', { name: 'Cancel the change' }).click();
      await page.getByText('The change is cancelled').waitFor();
    }
    await visitor.leave();
  });
}
