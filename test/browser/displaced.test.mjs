// Whoever proves an address beats whoever only claimed it (R-PRF1). What the page then shows those who
// claimed it: no placeholder anywhere, what has happened, and the way to an address of their own.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start } from './binary.mjs';
import { accessible, browser, fits, picture, prove, Visitor } from './visitor.mjs';

const [claimant, owner] = ['a walk along the river', 'a walk along the coast'];

let server, chrome;
before(async () => {
  // The second mail to the address would wait for a minute.
  [server, chrome] = await Promise.all([start('--rate-limits', 'off'), browser()]);
});
after(async () => {
  await chrome?.close();
  await server?.stop();
});

const says = (on, text) => on.getByText(text).first().waitFor();

for (const viewport of [{ width: 390, height: 844 }, { width: 1440, height: 900 }]) {
  test(`an account whose address somebody else has proven, ${viewport.width} px wide`, async () => {
    const address = `disputed-${viewport.width}@example.com`;
    const eve = await Visitor.arrive(chrome, server.address, { viewport });
    await eve.register({ email: address, password: claimant, firstName: 'Eve' });
    const page = await eve.open('/account');
    await eve.signIn(page, address, claimant);
    await says(page, 'Confirm your e-mail');

    // The owner registers, too, and proves it by the mail's link in a browser of their own.
    const vera = await Visitor.arrive(chrome, server.address, { viewport });
    const other = await vera.open('/account/register');
    await other.getByLabel('E-mail').fill(address);
    await other.getByLabel('Password', { exact: true }).fill(owner);
    await other.getByRole('button', { name: 'Create account' }).click();
    await other.getByRole('heading', { name: 'Check your mail' }).waitFor();
    const opened = await vera.follow(/confirm/i);
    await opened.getByLabel('Password', { exact: true }).fill(owner);
    await opened.getByRole('button', { name: 'Confirm e-mail' }).click();
    await says(opened, 'you’re signed in');
    await vera.leave();

    // The page of whoever claimed it learns that by itself, and says it without a placeholder anywhere.
    const look = async name => {
      await fits(page, name);
      await accessible(page, name);
      await picture(page, `displaced-${name}-${viewport.width}`);
      const values = await page.evaluate(() => [document.body.innerHTML, ...[...document.querySelectorAll('input')].map(({ value }) => value)].join('\n'));
      assert.ok(!values.includes('displaced.invalid'), `${name} shows the placeholder`);
    };
    await says(page, 'Somebody else has confirmed the e-mail that your account had');
    assert.equal(await page.getByText('Confirm your e-mail').count(), 0);
    await look('overview');
    for (const [path, ready] of [['/password', 'Current password'], ['/activity', 'Somebody else confirmed the e-mail address']]) {
      await page.goto(`${server.address}/account${path}`);
      await says(page, ready);
      await page.waitForLoadState('networkidle');
      await look(path.slice(1));
    }
    await page.goto(`${server.address}/account/activity`);
    const event = page.getByRole('listitem').filter({ hasText: 'Somebody else confirmed the e-mail address' });
    await event.waitFor();
    assert.equal(await event.getByText('This wasn’t me').count(), 0, 'it says itself that it was somebody else');
    await page.goto(`${server.address}/account/delete`);
    await page.getByLabel('Current password', { exact: true }).fill(claimant);
    await page.getByRole('checkbox').check();
    await page.waitForLoadState('networkidle');
    await page.getByRole('button', { name: 'Delete account' }).click();
    await page.getByRole('dialog').getByText('Your account will be closed and deleted').waitFor();
    await look('delete-question');
    await page.keyboard.press('Enter');

    await page.goto(`${server.address}/account`);
    await page.getByRole('link', { name: 'Set another address' }).click();
    await page.getByRole('heading', { name: 'E-mail', level: 1 }).waitFor();
    await says(page, 'Somebody else has confirmed the address that your account had.');
    // There is no present address, so nothing is promised to it, and nothing can be sent again.
    await page.getByText('We’ll send a link to it.', { exact: true }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Send the mail again' }).count(), 0);
    await look('email');
    await page.getByLabel('New e-mail').fill(`eve-${viewport.width}@example.com`);
    await page.getByRole('button', { name: 'Send the link' }).click();
    await prove(page, claimant);
    await says(page, 'Waiting for you to confirm');
    await look('email-pending');

    const confirm = await eve.follow(/new e-mail/i);
    await confirm.getByLabel('No', { exact: true }).check();
    await confirm.getByRole('button', { name: 'Confirm new e-mail' }).click();
    await says(confirm, `From now on you sign in with eve-${viewport.width}@example.com`);
    await confirm.close();
    await page.getByText('Waiting for you to confirm').waitFor({ state: 'detached' });
    await says(page, `eve-${viewport.width}@example.com`);
    await page.getByText('Confirmed', { exact: true }).waitFor();
    assert.equal(await page.getByText('Somebody else has confirmed').count(), 0);
    await page.goto(`${server.address}/account`);
    await says(page, 'Hello, Eve');
    await page.getByText('Confirmed', { exact: true }).waitFor();
    assert.equal(await page.getByText('Somebody else has confirmed').count(), 0);
    await eve.leave();
  });
}
