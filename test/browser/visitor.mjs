// A person with a browser. Whatever goes wrong beside what a test looks at is collected and fails it:
// errors on the console, violations of a Content-Security-Policy, requests to another host.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { chromium } from 'playwright-core';

const axe = createRequire(import.meta.url).resolve('axe-core');
const shots = path.join(import.meta.dirname, 'screenshots');

export const desktop = { width: 1280, height: 860 };
export const phone = { width: 360, height: 740 };

/** Starts Debian's Chromium, which can resolve no name at all. */
export function browser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost'],
  });
}

export class Visitor {
  constructor(context, address) {
    this.context = context;
    this.address = address;
    this.problems = [];
    // A test that cuts the network means what the browser then writes on the console.
    this.cutOff = false;
    // The origins that a page may ask: its own, and where it is a shop's, that of the API.
    this.origins = new Set([new URL(address).origin]);
    // A test that sets the clock sets it in every frame of every tab by a script, which the frame of a mail refuses.
    this.clockIsSet = false;
    // The hosts of pictures that customers gave, which alone are loaded from elsewhere.
    this.pictureHosts = new Set();
    context.setDefaultTimeout(30_000);
    context.on('request', request => {
      const { protocol, host, origin } = new URL(request.url());
      const given = request.resourceType() === 'image' && this.pictureHosts.has(host);
      if (protocol !== 'data:' && protocol !== 'blob:' && !this.origins.has(origin) && !given) {
        this.problems.push(`a request to ${request.url()}`);
      }
    });
    context.on('console', message => {
      // A refused operation has an HTTP status of its own, which the browser writes on the console.
      const { origin, pathname } = URL.parse(message.location().url) ?? {};
      const refused = this.origins.has(origin) && pathname === '/graphql' && message.text().includes('status of 4');
      const cut = this.cutOff && /net::ERR_|status of 50\d/.test(message.text());
      const lost = this.pictureHosts.has(URL.parse(message.location().url)?.host) && message.text().startsWith('Failed to load resource');
      const refusesClock = this.clockIsSet && message.text().startsWith("Blocked script execution in 'about:srcdoc'");
      if (message.type() === 'error' && !refused && !cut && !lost && !refusesClock) {
        this.problems.push(`on the console: ${message.text()}`);
      }
    });
    context.on('weberror', happened => this.problems.push(`an error: ${happened.error()}`));
  }

  /** A visitor with cookies and storage of their own. */
  static async arrive(chrome, address, { viewport = desktop, colorScheme = 'light', deviceScaleFactor = 1, ...others } = {}) {
    const context = await chrome.newContext({ viewport, colorScheme, deviceScaleFactor, reducedMotion: 'reduce', locale: 'en-GB', ...others });
    await context.addInitScript(() => {
      addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => console.error(`${violatedDirective} refuses ${blockedURI}`));
    });
    return new Visitor(context, address);
  }

  /** Lets the page ask another origin. */
  alsoAsks(address) {
    this.origins.add(new URL(address).origin);
  }

  /** Answers what the page asks a host for pictures, of which there is no real one; without a picture nobody answers. Returns what was asked. */
  async pictures(host, png) {
    const asked = [];
    this.pictureHosts.add(host);
    await this.context.route(`https://${host}/**`, async (route, request) => {
      asked.push({ url: request.url(), headers: await request.allHeaders() });
      await (png ? route.fulfill({ contentType: 'image/png', body: png }) : route.abort());
    });
    return asked;
  }

  /** Opens a tab. */
  async open(where) {
    const page = await this.context.newPage();
    await page.goto(this.address + where);
    return page;
  }

  /** Opens the inbox, chooses the newest message with such a subject, and returns it. */
  async message(subject) {
    const inbox = await this.open('/inbox');
    await rows(inbox).filter({ has: inbox.locator('.subject:not(.words), .channel', { hasText: subject }) }).first().click();
    const message = inbox.getByRole('article').filter({ has: inbox.getByRole('heading', { name: subject }) });
    await message.waitFor();
    return { inbox, message };
  }

  /** Follows the link of the newest mail with such a subject, by a click in the inbox. */
  async follow(subject) {
    const { inbox, message } = await this.message(subject);
    const opened = this.context.waitForEvent('page');
    await message.getByRole('link', { name: 'Open link' }).click();
    await inbox.close();
    return opened;
  }

  /** Calls the API as this visitor's page would, with a session of its own; returns the answer's data. */
  async call(query, input, session) {
    const { apiKey } = await (await fetch(`${this.address}/account/config.json`)).json();
    const headers = { 'Content-Type': 'application/json', 'X-Api-Key': apiKey, ...(session ? { Authorization: `Bearer ${session}` } : {}) };
    const response = await fetch(`${this.address}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, variables: input && { input } }) });
    const { data, errors } = await response.json();
    assert.equal(errors, undefined, JSON.stringify(errors));
    return data;
  }

  /** Registers a customer and signs them in, without a page; returns their session's token. */
  async register(input) {
    await this.call('mutation ($input: RegisterAccountInput!) { registerAccount(input: $input) { accepted } }', input);
    const { signIn } = await this.call('mutation ($input: SignInInput!) { signIn(input: $input) { session { token } } }', { email: input.email, password: input.password });
    return signIn.session.token;
  }

  /** Signs in, and waits for the screen that was asked for. */
  async signIn(page, email, password, screen = /^(Hello|Welcome)/) {
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { name: screen, level: 1 }).waitFor();
  }

  /** Fails if something went wrong so far. */
  fine() {
    assert.deepEqual(this.problems, []);
  }

  async leave() {
    this.fine();
    await this.context.close();
  }
}

/** The rows of the inbox's list. */
export const rows = inbox => inbox.getByRole('listbox', { name: 'Messages' }).getByRole('option');

/** Answers the question whether it is the customer, which stands before several changes, with the password. */
export async function prove(page, password) {
  const question = page.getByRole('dialog', { name: 'Is it you?' });
  await question.getByLabel('Current password', { exact: true }).fill(password);
  await question.getByRole('button', { name: 'Continue' }).click();
}

/** Fails on what makes a page hard or impossible to use for some people, by all of axe's rules or those that are named. */
export async function accessible(page, name, rules) {
  // What the test evaluates isn't subject to the page's policy; as a script element axe would be refused.
  if (!(await page.evaluate(() => 'axe' in globalThis))) {
    await page.evaluate(await source());
  }
  const { violations } = await page.evaluate(rules => globalThis.axe.run(document, { resultTypes: ['violations'], ...(rules ? { runOnly: rules } : {}) }), rules);
  const serious = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html, any }) => `${html} ${any.map(check => check.message).join(' ')}`).join('\n')}`);
  assert.deepEqual(serious, [], name);
}

let text;
async function source() {
  const { readFile } = await import('node:fs/promises');
  text ??= await readFile(axe, 'utf8');
  return text;
}

/** Fails if the page has to be moved sideways. */
export async function fits(page, name) {
  const { needed, width } = await page.evaluate(() => ({ needed: document.documentElement.scrollWidth, width: innerWidth }));
  assert.ok(needed <= width, `${name} is ${needed} wide in a window of ${width}`);
}

/** Fails unless the whole element can be seen without scrolling. */
export async function inSight(locator, what) {
  await locator.waitFor();
  const { top, bottom, height } = await locator.evaluate(element => ({ ...element.getBoundingClientRect().toJSON(), height: innerHeight }));
  assert.ok(top >= 0 && bottom <= height, `${what}: from ${top} to ${bottom} in a window ${height} high`);
}

/** What is selected in an input that has the focus, which is what one types over. */
export const selected = input => input.evaluate(box => (box === document.activeElement ? box.value.slice(box.selectionStart, box.selectionEnd) : undefined));

/** Keeps a picture of the page in screenshots/, of all of it or of what the window shows. */
export async function picture(page, name, fullPage = true) {
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: path.join(shots, `${name}.png`), fullPage, animations: 'disabled' });
}
