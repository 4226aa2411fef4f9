// The flows of the account page without a mouse, as a screen reader tells them. Each control is reached by Tab, shows that it
// has the focus, and is used by keys alone; transcripts/ holds what is heard on the way, and what the screen says after each
// step. After a change that is meant to be heard: UPDATE_TRANSCRIPTS=1 node --test keyboard.test.mjs, and read the difference.
import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { App } from './app.mjs';
import { start } from './binary.mjs';
import { browser, Visitor } from './visitor.mjs';

const password = 'a walk along the river';
const folder = path.join(import.meta.dirname, 'transcripts');

let server, chrome;
before(async () => {
  [server, chrome] = await Promise.all([start('--rate-limits', 'off', '--second-factor', 'optional'), browser()]);
});
after(async () => {
  await chrome?.close();
  await server?.stop();
});

/** What differs from one run to the next, and the countries of the world. */
const changing = [
  [/\n *- option .*/g, ''],
  [/\d{1,2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* \d{4}/g, '[day]'],
  [/\b\d{1,2}:\d{2}\b/g, '[time]'],
  [/\[day\], \[time\]/g, '[time]'],
  [/just now|\d+ (second|minute)s? ago/g, '[ago]'],
  [/otpauth:\S+/g, '[address of the key]'],
  [/(\b[A-Z2-7]{4} ){3,}[A-Z2-7]{4}/g, '[key]'],
  [/\b[A-Z0-9]{5}-[A-Z0-9]{5}\b/g, '[recovery code]'],
  [/(textbox "[^"]*password"[^:\n]*): .*/gi, '$1: [dots]'],
  [/(textbox "Code"): .*/g, '$1: [code]'],
];

/** Somebody who hears the page and has only keys. */
class Listener {
  constructor(page) {
    this.page = page;
    this.heard = [];
  }

  /** Moves on by Tab until the focus, which may be there already, is on what is looked for, by the beginning of its name. */
  async reach(role, name) {
    const { page } = this;
    await page.getByRole(role, { name }).first().waitFor();
    // The menu can be reached once it is known which screens the shop has.
    await page.locator('nav.pending').waitFor({ state: 'detached' });
    for (let tabs = 0; tabs < 60; tabs++) {
      const focused = page.locator(':focus');
      if ((await focused.count()) > 0) {
        const said = (await focused.ariaSnapshot()).split('\n')[0].replace(/^- /, '').replace(/:$/, '');
        this.heard.push(`${tabs === 0 ? 'Focus' : 'Tab'}: ${said}`);
        if (said.startsWith(`${role} "${name}`)) {
          await this.seen(focused, said);
          return;
        }
      }
      await page.keyboard.press('Tab');
    }
    assert.fail(`Tab doesn’t reach ${role} "${name}":\n${this.heard.join('\n')}`);
  }

  /** Fails unless the focus can be seen, by an outline of the control itself or of what surrounds it. */
  async seen(focused, said) {
    const drawn = await focused.evaluate(element => {
      const outlined = one => one !== null && getComputedStyle(one).outlineStyle !== 'none' && parseFloat(getComputedStyle(one).outlineWidth) >= 2;
      return outlined(element) || outlined(element.parentElement) || outlined(element.nextElementSibling);
    });
    assert.ok(drawn, `the focus on ${said} can’t be seen`);
  }

  async fill(name, value, role = 'textbox') {
    await this.reach(role, name);
    await this.page.keyboard.press('ControlOrMeta+A');
    await this.page.keyboard.type(value);
  }

  async press(name, key = 'Enter', role = 'button') {
    await this.reach(role, name);
    await this.page.keyboard.press(key);
  }

  /** Notes what the screen says once something is there, a heading or other text. */
  async hear(what, text) {
    await this.page.getByRole('heading', { name: text }).or(this.page.getByText(text)).first().waitFor();
    const screen = await this.page.locator('dialog[open], main').last().ariaSnapshot();
    this.heard.push('', `# ${what}`, screen, '');
  }

  /** Compares with the transcript that is kept. */
  async told(name) {
    const file = path.join(folder, `${name}.txt`);
    const text = `${changing.reduce((kept, [pattern, word]) => kept.replace(pattern, word), this.heard.join('\n')).trim()}\n`;
    if (process.env.UPDATE_TRANSCRIPTS) {
      await mkdir(folder, { recursive: true });
      await writeFile(file, text);
    }
    assert.equal(text, await readFile(file, 'utf8'));
  }
}

/** A customer with a proven address, signed in by keys. */
async function arrive(name, screen, heading) {
  const visitor = await Visitor.arrive(chrome, server.address);
  const email = `${name}@example.com`;
  await visitor.register({ email, password, firstName: 'Ada', lastName: 'Lovelace' });
  await visitor.call('mutation ($input: ConfirmAccountActivationInput!) { confirmAccountActivation(input: $input) { session { id } } }', { token: await sent('ACTIVATION', email, 'token'), password });
  const page = await visitor.open(`/account${screen}`);
  await visitor.signIn(page, email, password, heading);
  return { visitor, page, email, listener: new Listener(page) };
}

async function sent(kind, to, what) {
  const messages = await (await fetch(`${server.address}/inbox.json`)).json();
  return messages.find(message => message.kind === kind && message.to === to)[what];
}

test('registers, confirms the address, signs out and in', async () => {
  const visitor = await Visitor.arrive(chrome, server.address);
  const page = await visitor.open('/account');
  const listener = new Listener(page);
  await listener.hear('The page', 'Forgot your password?');
  await listener.press('Create an account', 'Enter', 'link');
  await listener.hear('Registration', 'Create account');
  await listener.press('Create account');
  await listener.hear('Nothing is filled in', 'E-mail must be filled in.');
  await listener.fill('E-mail', 'keys@example.com');
  await listener.fill('Password', password);
  await listener.press('Create account');
  await listener.hear('The account', 'Confirm your e-mail');
  await page.goto(`${server.address}/account/activate#token=${await sent('ACTIVATION', 'keys@example.com', 'token')}`);
  await listener.press('Confirm e-mail');
  await listener.hear('The address is confirmed', 'Your e-mail is confirmed');
  await page.goto(`${server.address}/account`);
  await listener.press('Sign out');
  await listener.hear('Signed out', 'You’re signed out.');
  await listener.fill('E-mail', 'keys@example.com');
  await listener.fill('Password', 'not the one');
  await page.keyboard.press('Enter');
  await listener.hear('Refused', 'isn’t right');
  await listener.fill('Password', password);
  await page.keyboard.press('Enter');
  await listener.hear('Signed in', 'Welcome');
  await listener.told('sign-in');
  await visitor.leave();
});

test('resets a forgotten password', async () => {
  const visitor = await Visitor.arrive(chrome, server.address);
  await visitor.register({ email: 'forgot@example.com', password });
  const page = await visitor.open('/account');
  const listener = new Listener(page);
  await listener.press('Forgot your password?', 'Enter', 'link');
  await listener.hear('The question', 'Send the link');
  await listener.fill('E-mail', 'forgot@example.com');
  await listener.press('Send the link');
  await listener.hear('Asked', 'forgot@example.com');
  await page.goto(`${server.address}/account/reset-password#token=${await sent('PASSWORD_RESET', 'forgot@example.com', 'token')}`);
  await listener.fill('New password', 'a walk along the coast');
  await listener.press('Set new password');
  await listener.hear('Set', 'Sign in');
  await listener.told('reset');
  await visitor.leave();
});

test('changes the profile, and adds an address', async () => {
  const { visitor, page, listener } = await arrive('profile-keys', '/profile', 'Profile');
  await listener.hear('The profile', 'Date of birth');
  await listener.fill('First name', 'Grace');
  await listener.fill('Postal code', '!');
  await listener.press('Save changes');
  await listener.hear('A wrong field', /^Postal code must have/);
  assert.equal(await page.locator(':focus').getAttribute('name'), 'zipCode', 'the focus is not on the wrong field');
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.press('Delete');
  await listener.press('Save changes');
  await listener.hear('Saved', 'Saved');
  await page.goto(`${server.address}/account/addresses`);
  await listener.press('Add an address');
  await page.getByLabel('Country of the number').waitFor();
  await listener.hear('An address', 'Country');
  await listener.told('profile');
  await visitor.leave();
});

test('proves once, and changes the e-mail and the phone', async () => {
  const { visitor, page, listener } = await arrive('contacts-keys', '/email', 'E-mail');
  await listener.fill('New e-mail', 'moved-keys@example.com');
  await listener.press('Send the link');
  await listener.hear('The proof', 'Is it you?');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await listener.hear('Not proven', 'Change your address');
  await listener.press('Send the link');
  await page.getByRole('dialog').waitFor();
  await listener.fill('Current password', password);
  await page.keyboard.press('Enter');
  await listener.hear('The mail is sent', 'Waiting for you to confirm');
  await page.goto(`${server.address}/account/confirm-email#token=${await sent('EMAIL_CHANGE', 'moved-keys@example.com', 'token')}`);
  await listener.press('Yes', 'ArrowRight', 'radio');
  await listener.press('Confirm new e-mail');
  await listener.hear('The e-mail is changed', 'moved-keys@example.com');
  await page.goto(`${server.address}/account/phone`);
  await page.getByLabel('Country of the number').waitFor();
  await listener.fill('New number', '+48512345601');
  await listener.press('Send the code');
  await listener.hear('The code is sent', 'Enter your code');
  await listener.fill('Code', await sent('PHONE_CODE', '+48512345601', 'code'));
  await listener.press('Yes', 'ArrowRight', 'radio');
  await listener.press('Confirm number');
  await listener.hear('The number is confirmed', 'Your new number is confirmed');
  await listener.told('contacts');
  await visitor.leave();
});

test('sets up a second step, and signs in with it', async () => {
  const { visitor, page, email, listener } = await arrive('step-keys', '/authenticators', 'Second step');
  await listener.press('Set it up');
  await page.getByRole('dialog').waitFor();
  await listener.fill('Current password', password);
  await page.keyboard.press('Enter');
  await listener.hear('The key', 'Copy the key');
  const app = new App(await page.locator('.key').textContent());
  await listener.fill('Code', await app.code());
  await listener.hear('The recovery codes', 'Your recovery codes');
  await listener.press('I have kept them');
  await listener.hear('Set up', '10 of 10 left');
  await listener.press('Sign out');
  await listener.fill('E-mail', email);
  await listener.fill('Password', password);
  await page.keyboard.press('Enter');
  await listener.hear('The second step', 'Enter your code');
  await page.keyboard.type(await app.code());
  await listener.hear('Signed in', '10 of 10 left');
  await listener.told('second-step');
  await visitor.leave();
});

test('gives consent, looks at the devices, and deletes the account', async () => {
  const { visitor, page, listener } = await arrive('leaving-keys', '/agreements', 'Agreements');
  await listener.press('Newsletters', 'Space', 'switch');
  await listener.hear('Agreed', 'Chosen in your account');
  await page.goto(`${server.address}/account/sessions`);
  await listener.hear('The devices', 'This device');
  await page.goto(`${server.address}/account/delete`);
  await listener.fill('Current password', password);
  await listener.reach('checkbox', await page.getByRole('checkbox').evaluate(box => box.labels[0].textContent.trim()));
  await page.keyboard.press('Space');
  await listener.press('Delete account');
  await page.getByRole('dialog').waitFor();
  await listener.hear('The last question', 'Yes, delete it');
  await listener.press('Yes, delete it');
  await listener.hear('Gone', 'Thank you for having been with us.');
  await listener.told('leaving');
  await visitor.leave();
});
