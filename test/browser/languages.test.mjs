// The page in other languages: nothing of it stays English, the choice is kept, and Arabic goes from right to left.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { start } from './binary.mjs';
import { accessible, browser, fits, phone, picture, Visitor } from './visitor.mjs';

const catalogOf = code => JSON.parse(readFileSync(path.join(import.meta.dirname, `../../packages/react/locales/${code}.json`), 'utf8'));
const english = catalogOf('en');
const password = 'correct horse battery staple';

let server, chrome;
before(async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'translations-'));
  writeFileSync(path.join(folder, 'it.json'), JSON.stringify({ 'common.signIn': 'Accedi', 'overview.hello': 'Ciao, {name}', 'outline.title': 'Il suo account' }));
  [server, chrome] = await Promise.all([start('--rate-limits', 'off', '--second-factor', 'optional', '--translations', folder), browser()]);
});
after(async () => {
  await chrome?.close();
  await server?.stop();
});

/** What may stand in Latin letters on a page in another script: names and data. */
const names = /^(AccountQL|Demo Customer|Demo|GraphiQL|RFID|Wi-Fi|SMS|Bluetooth|PIN|JSON|API|QR|Chrome.*|Linux.*|Headless.*|HeadlessChrome.*)$/;

/** The texts and labels that somebody sees or hears on the screen, but for the names of languages, which are their own, and of countries, which are the browser’s. */
const said = page =>
  page.evaluate(() => {
    const found = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.parentElement.closest('script, style, noscript, [lang]:not(html), [autocomplete=country]')) {
        found.push(node.textContent.trim());
      }
    }
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')) {
      found.push(...['aria-label', 'title', 'placeholder', 'alt'].map(name => element.getAttribute(name) ?? ''));
    }
    return found.filter(Boolean);
  });

/** Fails on what is said in English: by its catalog, and in another script by words in Latin letters. */
async function translated(page, code, name) {
  const own = new Set(Object.values(catalogOf(code)));
  const values = new Set(Object.values(english).filter(value => !own.has(value)));
  const texts = await said(page);
  assert.ok(texts.length > 5, `${name}: there is little to read`);
  const latin = code === 'de';
  const left = texts.filter(text => !names.test(text) && (values.has(text) || !latin && /(^|\s)[a-z]{2,}\s+[a-z]{2,}(\s|[.,:]|$)/i.test(text.replace(/\S+@\S+|https?:\/\/\S+/g, ''))));
  assert.deepEqual(left, [], `${name}: untranslated`);
}

test('no screen has an English word in Japanese', async () => {
  const ja = catalogOf('ja');
  const visitor = await Visitor.arrive(chrome, server.address, { locale: 'ja-JP' });
  const page = await visitor.open('/account');
  const heading = key => page.getByRole('heading', { level: 1, name: ja[key], exact: true }).waitFor();
  const go = async (where, key) => {
    await page.goto('about:blank');
    await page.goto(`${server.address}/account${where}`);
    await heading(key);
    await page.locator('.waiting').waitFor({ state: 'detached' });
    await translated(page, 'ja', where);
  };

  await heading('common.signIn');
  assert.deepEqual(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]), ['ja', 'ltr']);
  await page.getByLabel(ja['common.email']).fill('demo@example.com');
  await page.getByLabel(ja['common.password'], { exact: true }).fill('wrong');
  await page.getByRole('button', { name: ja['common.signIn'], exact: true }).click();
  await page.getByText(ja['error.INVALID_CREDENTIALS']).waitFor();
  await translated(page, 'ja', 'a refused sign-in');
  for (const [where, key] of [
    ['/register', 'common.createAnAccount'], ['/forgot-password', 'common.forgotYourPassword'], ['/reset-password#token=a', 'common.chooseANewPassword'], ['/activate#token=a', 'common.confirmYourEmail'],
    ['/activate', 'common.confirmYourEmail'], ['/confirm-email#token=a', 'common.confirmYourNewEmail'], ['/undo-email#token=a', 'common.undoTheChangeOf'], ['/secure-account#token=a', 'common.thisWasntMe'],
    ['/reset-factor#token=a', 'common.yourSecondFactor'], ['/keep-account#token=a', 'common.keepYourAccount'],
  ]) {
    await go(where, key);
  }

  await page.goto(`${server.address}/account/`);
  await heading('common.signIn');
  await page.getByLabel(ja['common.email']).fill('demo@example.com');
  await page.getByLabel(ja['common.password'], { exact: true }).fill(password);
  await page.getByRole('button', { name: ja['common.signIn'], exact: true }).click();
  await page.getByRole('heading', { level: 1, name: ja['overview.hello'].replace('{name}', '').slice(0, 4) }).waitFor();
  await translated(page, 'ja', 'overview');
  for (const [where, key] of [
    ['/profile', 'common.profile'], ['/addresses', 'common.addresses'], ['/email', 'common.email'], ['/phone', 'common.phone'], ['/password', 'common.password'], ['/passkeys', 'common.passkeys'],
    ['/authenticators', 'common.secondStep'], ['/agreements', 'common.agreements'], ['/sessions', 'common.devices'], ['/activity', 'common.activity'], ['/data', 'common.yourData'],
    ['/download', 'common.downloadYourData'], ['/delete', 'common.deleteAccount'], ['/nowhere', 'notFound.thereIsNothingHere'],
  ]) {
    await go(where, key);
  }

  // The family's name is first, and a wrong field is named in the page's words.
  await go('/profile', 'common.profile');
  const labels = await page.locator('.pair').first().locator('label').allTextContents();
  assert.deepEqual(labels, [ja['common.lastName'], ja['common.firstName']]);
  await page.getByLabel(ja['common.postalCode']).fill('!');
  await page.getByRole('button', { name: ja['profile.saveChanges'] }).click();
  await page.getByText('「郵便番号」は2文字以上で入力してください。').waitFor();
  await translated(page, 'ja', 'a wrong field');
  await page.getByRole('button', { name: ja['profile.discard'] }).click();
  await picture(page, 'profile-ja');
  await visitor.leave();
});

for (const code of ['de', 'ar']) {
  test(`a customer registers, changes something and leaves, in ${code}`, async () => {
    const words = catalogOf(code);
    const visitor = await Visitor.arrive(chrome, server.address, { locale: code, viewport: phone });
    const page = await visitor.open('/account/register');
    const button = key => page.getByRole('button', { name: words[key], exact: true });
    const look = async name => {
      await fits(page, name);
      await accessible(page, name);
      await translated(page, code, name);
      await picture(page, `${name}-${code}`);
    };

    await page.getByRole('heading', { level: 1, name: words['common.createAnAccount'] }).waitFor();
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).direction), code === 'ar' ? 'rtl' : 'ltr');
    await page.getByLabel(words['common.firstName']).fill('Ada');
    await page.getByLabel(words['common.email']).fill(`ada-${code}@example.com`);
    await page.getByLabel(words['common.password'], { exact: true }).fill(password);
    await look('register');
    await button('register.createAccount').click();
    await page.getByText(words['common.checkYourMail']).or(page.getByText('Ada')).first().waitFor();

    const token = await visitor.register({ email: `ben-${code}@example.com`, password, firstName: 'Ben' });
    assert.ok(token);
    await page.goto(`${server.address}/account/sign-in`);
    if (await button('common.signOut').isVisible()) {
      await button('common.signOut').click();
    }
    await page.getByRole('heading', { level: 1, name: words['common.signIn'] }).waitFor();
    await look('sign-in');
    await page.getByLabel(words['common.email']).fill(`ben-${code}@example.com`);
    await page.getByLabel(words['common.password'], { exact: true }).fill(password);
    await button('common.signIn').click();
    await page.getByText(words['overview.aboutYou']).waitFor();
    await look('overview');

    await page.getByRole('link', { name: words['common.profile'], exact: true }).first().click();
    await page.getByLabel(words['common.city']).fill('Łódź');
    await button('profile.saveChanges').click();
    await page.getByText(words['profile.yourProfileIsSaved']).waitFor();
    await look('profile');
    await page.goto(`${server.address}/account/agreements`);
    await page.getByRole('switch').first().click();
    await page.getByText(words['agreements.savedYes'].replace('{channel}', words['agreements.newsletters'])).waitFor();
    await look('agreements');
    await page.goto(`${server.address}/account/activity`);
    await page.getByText(words['done.updateAccount']).first().waitFor();
    await look('activity');

    await button('common.signOut').click();
    await page.getByText(words['signIn.youreSignedOutSee']).waitFor();
    await look('signed-out');
    await visitor.leave();
  });
}

test('the switch needs no reload, is kept, and is the account’s', async () => {
  const visitor = await Visitor.arrive(chrome, server.address);
  await visitor.register({ email: 'eva@example.com', password, firstName: 'Eva' });
  const page = await visitor.open('/account');
  const de = catalogOf('de');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.getByLabel('E-mail').fill('eva@example.com');
  await page.evaluate(() => (globalThis.same = true));
  await page.getByRole('combobox', { name: english['language.label'] }).selectOption('de');
  await page.getByRole('heading', { name: de['common.signIn'] }).waitFor();
  assert.equal(await page.title(), `${de['common.signIn']} · ${de['common.yourAccount']}`);
  assert.equal(await page.evaluate(() => globalThis.same && document.documentElement.lang), 'de');
  assert.equal(await page.getByLabel(de['common.email']).inputValue(), 'eva@example.com');

  // It is kept over a reload, and nothing else is shown before.
  await page.reload();
  await page.getByRole('heading', { name: de['common.signIn'] }).waitFor();
  await page.getByLabel(de['common.email']).fill('eva@example.com');
  await page.getByLabel(de['common.password'], { exact: true }).fill(password);
  await page.getByRole('button', { name: de['common.signIn'], exact: true }).click();
  await page.getByText(de['overview.aboutYou']).waitFor();
  const fr = catalogOf('fr');
  const saved = page.waitForResponse(response => response.request().postData()?.includes('UpdateProfile'));
  await page.getByRole('combobox', { name: de['language.label'] }).selectOption('fr');
  await page.getByText(fr['overview.aboutYou']).waitFor();
  await saved;

  // Another browser that speaks English goes by the account after the sign-in.
  const elsewhere = await Visitor.arrive(chrome, server.address);
  const other = await elsewhere.open('/account');
  await other.getByLabel('E-mail').fill('eva@example.com');
  await other.getByLabel('Password', { exact: true }).fill(password);
  await other.getByRole('button', { name: 'Sign in', exact: true }).click();
  await other.getByText(fr['overview.aboutYou']).waitFor();
  await elsewhere.leave();
  await visitor.leave();
});

test('a shop brings a language along, and English stands in for what it lacks', async () => {
  const visitor = await Visitor.arrive(chrome, server.address, { locale: 'it-IT' });
  const page = await visitor.open('/account');
  await page.getByRole('heading', { name: 'Accedi' }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'it');
  assert.equal(await page.getByRole('combobox', { name: english['language.label'] }).locator('option:checked').textContent(), 'italiano');
  await page.getByText(english['common.forgotYourPassword']).waitFor();
  assert.match(await page.getByRole('combobox', { name: english['language.label'] }).textContent(), /العربية \(translated by a machine\)/);
  await visitor.leave();
});

test('without its messages the page says so, in a language that it has', async () => {
  const visitor = await Visitor.arrive(chrome, server.address, { locale: 'pl-PL' });
  visitor.cutOff = true;
  const page = await visitor.context.newPage();
  await page.route('**/words-pl-start-*.js', route => route.abort());
  await page.goto(`${server.address}/account`);
  await page.getByText(catalogOf('pl')['outline.silent']).waitFor();
  await page.unroute('**/words-pl-start-*.js');
  await page.getByRole('heading', { name: catalogOf('pl')['common.signIn'] }).waitFor();
  await visitor.leave();
});
