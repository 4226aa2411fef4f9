// The address book: a customer adds addresses with the fields of their country, says which is for what, changes and
// removes them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start } from './binary.mjs';
import { accessible, browser, desktop, fits, phone, picture, Visitor } from './visitor.mjs';

const password = 'correct horse battery staple';

let server, chrome;
before(async () => {
  [server, chrome] = await Promise.all([start('--rate-limits', 'off'), browser()]);
});
after(async () => {
  await chrome?.close();
  await server?.stop();
});

/** Opens the address book of a new customer. */
async function arrive(name, options) {
  const visitor = await Visitor.arrive(chrome, server.address, options);
  const email = `${name}@example.com`;
  const session = await visitor.register({ email, password });
  const page = await visitor.open('/account/addresses');
  await visitor.signIn(page, email, password, 'Addresses');
  const look = async what => {
    await fits(page, what);
    await accessible(page, what);
    await picture(page, `addresses-${name}-${what}`);
  };
  const row = text => page.getByRole('listitem').filter({ hasText: text });
  return { visitor, page, session, look, row };
}

const save = page => page.getByRole('button', { name: 'Save address' }).click();

for (const [device, viewport] of Object.entries({ desktop, phone })) {
  test(`a customer keeps addresses on a ${device}`, async () => {
    const { visitor, page, look, row } = await arrive(`keeper-${device}`, { viewport });
    await page.getByText('You have no addresses yet.').waitFor();
    await look('empty');

    await page.getByRole('button', { name: 'Add an address' }).click();
    await save(page);
    await page.getByText('Country must be filled in.').waitFor();
    await page.getByLabel('Country', { exact: true }).selectOption('PL');
    assert.equal(await page.getByLabel(/Province|State/).count(), 0);
    await page.getByLabel('First name').fill('Ada');
    await page.getByLabel('Street and number').fill('ul. Prosta 51');
    await page.getByLabel('City').fill('Warszawa');
    await page.getByLabel('Postal code').fill('00838');
    await page.getByLabel('Deliver here').check();
    await save(page);
    await page.getByText('Postal code must be a postal code of the country').waitFor();
    assert.equal(await page.getByLabel('Postal code').evaluate(field => field === document.activeElement), true);
    await look('refused');
    await page.getByLabel('Postal code').fill('00-838');
    await save(page);
    await page.getByText('The address is saved').waitFor();
    await row('00-838 Warszawa').getByText('Deliveries').waitFor();

    await page.getByRole('button', { name: 'Add an address' }).click();
    await page.getByLabel('Country', { exact: true }).selectOption('US');
    await page.getByLabel('Street and number').fill('1 Market St');
    await page.getByLabel('City').fill('San Francisco');
    await page.getByLabel('Postal code').fill('94105');
    await save(page);
    await page.getByText('State must be filled in.').waitFor();
    await page.getByLabel('State', { exact: true }).selectOption('California');
    await look('provinces');
    await save(page);
    await row('San Francisco, CA 94105').waitFor();
    await look('two');

    await page.getByRole('button', { name: /^Deliver here: 1 Market St/ }).click();
    await row('San Francisco').getByText('Deliveries').waitFor();
    assert.equal(await row('Warszawa').getByText('Deliveries').count(), 0);
    await page.getByRole('button', { name: /^Invoices here: Ada/ }).click();
    await row('Warszawa').getByText('Invoices', { exact: true }).waitFor();

    // Another country, without postal codes: what it has no field for goes away.
    await page.getByRole('button', { name: /^Edit 1 Market St/ }).click();
    await page.getByLabel('Country', { exact: true }).selectOption('HK');
    assert.equal(await page.getByLabel('Postal code').count(), 0);
    await page.getByLabel('Area', { exact: true }).selectOption('Kowloon (九龍)');
    await save(page);
    await row('Kowloon').waitFor();
    assert.equal(await row('94105').count(), 0);

    await page.getByRole('button', { name: /^Remove Ada/ }).click();
    const question = page.getByRole('dialog', { name: 'Remove this address?' });
    await accessible(page, 'the question');
    await question.getByRole('button', { name: 'Keep it' }).click();
    await row('Warszawa').waitFor();
    await page.getByRole('button', { name: /^Remove Ada/ }).click();
    await question.getByRole('button', { name: 'Remove' }).click();
    await row('Warszawa').waitFor({ state: 'detached' });
    await visitor.leave();
  });
}

test('an address that was changed elsewhere is not overwritten, and a full book says so', async () => {
  const { visitor, page, session, row } = await arrive('elsewhere');
  const add = 'mutation ($input: CreateAddressInput!) { createAddress(input: $input) { address { id } } }';
  const input = { line1: 'Weg 1', city: 'Berlin', postalCode: '10115', countryCode: 'DE' };
  const { createAddress } = await visitor.call(add, input, session);
  await page.reload();
  await page.getByRole('button', { name: /^Edit Weg 1/ }).click();
  await visitor.call('mutation ($input: UpdateAddressInput!) { updateAddress(input: $input) { address { id } } }',
    { id: createAddress.address.id, company: 'Mill' }, session);
  await page.getByLabel('Street and number').fill('Weg 2');
  await save(page);
  await page.getByText('was changed somewhere else').waitFor();
  await page.getByRole('button', { name: 'Show the addresses as they are now' }).click();
  await row('Mill').getByText('Weg 1').waitFor();

  for (let n = 1; n < 50; n++) {
    await visitor.call(add, input, session);
  }
  await page.reload();
  await page.getByText('Your address book is full.').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Add an address' }).count(), 0);
  await accessible(page, 'a full address book');
  await visitor.leave();
});

test('a province is chosen where the country has a list of them, and typed where it has none', async () => {
  const { visitor, page, session, row } = await arrive('provinces');
  const country = code => page.getByLabel('Country', { exact: true }).selectOption(code);
  const field = name => page.getByLabel(name, { exact: true });
  await page.getByRole('button', { name: 'Add an address' }).click();
  await country('JP');
  assert.equal(await field('Prefecture').locator('option').first().textContent(), 'Choose the prefecture');
  await field('Prefecture').selectOption('Tokyo (東京都)');
  assert.equal(await field('Prefecture').inputValue(), '13');
  await field('Postal code').fill('150-0001');
  await field('Street and number').fill('Jingumae 1');
  // In another country nothing is chosen yet, though it has the same code.
  await country('ID');
  assert.equal(await field('Province').inputValue(), '');
  await country('KZ');
  await field('Province or state').fill('Almaty');
  await country('JP');
  assert.equal(await field('Prefecture').inputValue(), '');
  await field('Prefecture').selectOption({ label: 'Tokyo (東京都)' });
  await save(page);
  await row('Jingumae 1').filter({ hasText: /Tokyo|東京都/ }).waitFor();
  await page.getByRole('button', { name: /^Edit/ }).click();
  assert.equal(await field('Prefecture').inputValue(), '13');
  await accessible(page, 'a list of provinces');

  // Optional in Ireland, and stored as text in a country without a list.
  await country('IE');
  assert.equal(await field('County').locator('option').first().textContent(), 'None');
  await country('KZ');
  await field('Province or state').fill('Almaty');
  await field('City').fill('Almaty');
  await field('Postal code').fill('050000');
  await save(page);
  await row('Almaty').waitFor();
  const { account } = await visitor.call('{ account { addresses { countryCode province } } }', undefined, session);
  assert.deepEqual(account.addresses, [{ countryCode: 'KZ', province: 'Almaty' }]);
  await visitor.leave();
});

test('a province can be typed where the lists can’t be loaded', async () => {
  const { visitor, page, row } = await arrive('unlisted');
  visitor.cutOff = true;
  await page.route('**/provinces-*.js', route => route.abort());
  await page.getByRole('button', { name: 'Add an address' }).click();
  await page.getByLabel('Country', { exact: true }).selectOption('US');
  await page.getByLabel('Street and number').fill('1 Market St');
  await page.getByLabel('City').fill('San Francisco');
  await page.getByLabel('Postal code').fill('94105');
  await page.getByLabel('Province or state').fill('california');
  await save(page);
  await row('San Francisco, CA 94105').waitFor();
  await visitor.leave();
});
