// The page holds no constants of the shop: its name, support, registration, languages, and which fields are whose come
// from the server.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { start } from './binary.mjs';
import { accessible, browser, Visitor } from './visitor.mjs';

const password = 'a walk along the river';
const policies = {
  fields: {
    city: { access: 'read' },
    company: { access: 'hidden' },
    birthDate: { access: 'once', required: true, label: { de: 'Geboren', en: 'Birthday' } },
  },
  attributes: {
    size: { type: 'integer', minimum: 15, maximum: 60, required: true, label: { en: 'Shoe size' } },
    tier: { type: 'choice', required: true, options: [{ value: 'GOLD', label: { en: 'Gold' } }, { value: 'SILVER' }] },
  },
};

let folder, server, closed, chrome;
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'accountql-fields-'));
  const file = path.join(folder, 'fields.json');
  await writeFile(file, JSON.stringify(policies));
  [server, closed, chrome] = await Promise.all([
    start('--fields', file, '--mail-from', 'The Shop <no-reply@localhost>', '--password-min-length', '10'),
    start('--registration', 'closed'),
    browser(),
  ]);
});
after(async () => {
  await chrome?.close();
  await Promise.all([server?.stop(), closed?.stop()]);
  await rm(folder, { recursive: true, force: true });
});

test('a registration asks for what the shop requires, and the profile shows what is whose', async () => {
  const visitor = await Visitor.arrive(chrome, server.address);
  const page = await visitor.open('/account/register');
  await page.getByRole('link', { name: 'The Shop' }).waitFor();
  await page.getByText('At least 10 characters.').waitFor();
  await page.getByLabel('E-mail').fill('fields@example.com');
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByText('Birthday must be filled in.').waitFor();
  await page.getByLabel('Birthday').fill('1990-12-10');
  await page.getByLabel('Shoe size').fill('61');
  await page.getByLabel('tier').selectOption({ label: 'Gold' });
  await accessible(page, 'the registration');
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByText('Shoe size must not be greater than 60.').waitFor();
  await page.getByLabel('Shoe size').fill('40');
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('heading', { name: /^(Hello|Welcome)/, level: 1 }).waitFor();

  await page.getByRole('navigation', { name: 'Your account' }).getByRole('link', { name: 'Profile' }).click();
  await page.getByLabel('Last name').waitFor();
  assert.equal(await page.getByLabel('Birthday').isDisabled(), true);
  assert.equal(await page.getByLabel('Birthday').inputValue(), '1990-12-10');
  assert.equal(await page.getByLabel('City').isDisabled(), true);
  assert.equal(await page.getByLabel('Company').count(), 0);
  await page.getByLabel('Last name').fill('Lovelace');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.getByText('Your profile is saved').waitFor();
  await accessible(page, 'the profile');
  await visitor.leave();
});

test('a shop that takes no registrations does not offer one', async () => {
  const visitor = await Visitor.arrive(chrome, closed.address);
  const page = await visitor.open('/account/register');
  await page.getByText('New accounts can’t be created here at the moment.').waitFor();
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  assert.equal(await page.getByRole('link', { name: 'Create an account' }).count(), 0);
  await visitor.leave();
});
