// The field of a phone number: the country is that of the browser, of what is typed or pasted, or chosen; and what is sent
// is the number in international form, however it was typed. A wrong code says how often it can still be tried.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start } from './binary.mjs';
import { accessible, browser, desktop, fits, phone, picture, selected, Visitor } from './visitor.mjs';

const password = 'a walk along the river';

let server, chrome;
before(async () => {
  [server, chrome] = await Promise.all([start('--rate-limits', 'off'), browser()]);
});
after(async () => {
  await chrome?.close();
  await server?.stop();
});

async function arrive(name, options = {}) {
  const visitor = await Visitor.arrive(chrome, server.address, options);
  const email = `${name}@example.com`;
  await visitor.register({ email, password });
  const page = await visitor.open('/account/phone');
  await visitor.signIn(page, email, password, 'Phone');
  const country = page.getByLabel('Country of the number');
  const number = page.getByLabel('New number');
  await country.waitFor();
  return { visitor, page, country, number, shown: () => country.locator('xpath=preceding-sibling::span').textContent() };
}

const sent = async () => (await (await fetch(`${server.address}/inbox.json`)).json()).find(({ kind }) => kind === 'PHONE_CODE');

for (const [device, viewport] of Object.entries({ desktop, phone })) {
  test(`a number is typed as it is dialled, on a ${device}`, async () => {
    const { visitor, page, country, number, shown } = await arrive(`dials-${device}`, { viewport, locale: 'en-AT' });
    assert.equal(await shown(), 'AT +43', 'the country is not the browser’s');
    await country.selectOption('DE 49');
    assert.equal(await shown(), 'DE +49');
    await number.fill(device === 'phone' ? '0151 23456788' : '0151 23456789');
    await fits(page, 'a number');
    await accessible(page, 'a number');
    await picture(page, `phone-field-${device}`);
    await page.getByRole('button', { name: 'Send the code' }).click();
    await page.getByText('Enter your code').waitFor();
    assert.equal((await sent()).to, device === 'phone' ? '+4915123456788' : '+4915123456789');

    const code = page.getByLabel('Code', { exact: true });
    await code.fill('000000');
    await page.getByRole('radio', { name: 'No', exact: true }).check();
    await page.getByRole('button', { name: 'Confirm number' }).click();
    await page.getByText(/You can try \d more times\./).waitFor();
    await accessible(page, 'a wrong code');
    await picture(page, `phone-tries-${device}`);
    assert.equal(await selected(code), '000000', 'what is refused is not selected');
    await code.pressSequentially((await sent()).code);
    await page.getByText('Your new number is confirmed').waitFor();
    await visitor.leave();
  });
}

test('a number with its country’s code chooses the country, and another country takes the code away', async () => {
  const { visitor, page, country, number, shown } = await arrive('pastes');
  assert.equal(await shown(), 'GB +44');
  for (const [typed, said] of [['+48 512', 'PL +48'], ['0041 79', 'CH +41'], ['+1 415', 'US +1'], ['＋81 90', 'JP +81'], ['+358 4', 'FI +358']]) {
    await number.fill(typed);
    assert.equal(await shown(), said, typed);
  }
  // Several countries have one code: the one that is chosen stays.
  await number.fill('');
  await country.selectOption('CA 1');
  await number.fill('+1 416 555 01');
  assert.equal(await shown(), 'CA +1');
  await country.selectOption('FR 33');
  assert.equal(await number.inputValue(), '41655501');
  assert.equal(await shown(), 'FR +33');

  // What is no number is refused where it stands.
  await page.getByRole('button', { name: 'Send the code' }).click();
  await page.getByText(/^New number must be/).waitFor();
  assert.ok(await number.evaluate(box => box === document.activeElement));
  await visitor.leave();
});

test('where the codes of the countries can’t be loaded, a number in international form is taken', async () => {
  const visitor = await Visitor.arrive(chrome, server.address);
  await visitor.register({ email: 'without@example.com', password });
  const page = await visitor.open('/account/phone');
  await visitor.context.route(/callingcodes/, route => route.abort());
  visitor.cutOff = true;
  await visitor.signIn(page, 'without@example.com', password, 'Phone');
  await page.getByLabel('New number').fill('+49 1512 3456780');
  await page.getByRole('button', { name: 'Send the code' }).click();
  await page.getByText('Enter your code').waitFor();
  assert.equal((await sent()).to, '+4915123456780');
  await visitor.leave();
});

test('the profile offers the provinces of the country, and takes any other', async () => {
  const visitor = await Visitor.arrive(chrome, server.address);
  await visitor.register({ email: 'province@example.com', password });
  const page = await visitor.open('/account/profile');
  await visitor.signIn(page, 'province@example.com', password, 'Profile');
  await page.getByLabel('Country', { exact: true }).selectOption('CA');
  const province = page.getByLabel('Province', { exact: true });
  await page.locator('datalist option[value="Ontario"]').waitFor({ state: 'attached' });
  await province.fill('Ontario');
  await page.getByLabel('Country', { exact: true }).selectOption('JP');
  await page.getByLabel('Prefecture', { exact: true }).waitFor();
  await page.getByLabel('Country', { exact: true }).selectOption('PL');
  await page.getByLabel('Province or state').fill('Mazowieckie');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.getByText('Your profile is saved').waitFor();
  await visitor.leave();
});
