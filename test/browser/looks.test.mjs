// How every screen looks, in four sizes, in light and dark, in three languages: each window becomes a grid of 12 by 16 greys,
// and looks.json keeps them. A screen that looks otherwise fails, and its pictures are in screenshots/looks/, where index.html
// shows all of them side by side. After a change that is meant to be seen: UPDATE_LOOKS=1 node --test looks.test.mjs, look at
// index.html, and commit looks.json.
import { after, before, test } from 'node:test';
import { start } from './binary.mjs';
import { openLooks } from './looks.mjs';
import { browser, Visitor } from './visitor.mjs';

const sizes = [[360, 740], [768, 1024], [1280, 860], [1920, 1080]];
const schemes = ['light', 'dark'];
const languages = ['en', 'de', 'ar'];
const password = 'correct horse battery staple';

/** The screens for whoever comes, and those of the account. */
const screens = {
  'sign-in': '/', register: '/register', 'forgot-password': '/forgot-password', 'reset-password': '/reset-password#token=a', activate: '/activate#token=a',
};
const own = {
  overview: '/', profile: '/profile', addresses: '/addresses', email: '/email', phone: '/phone', password: '/password', passkeys: '/passkeys',
  authenticators: '/authenticators', agreements: '/agreements', sessions: '/sessions', activity: '/activity', data: '/data', delete: '/delete', 'not-found': '/nowhere',
};

let server, chrome, looks;
before(async () => {
  [server, chrome] = await Promise.all([start('--rate-limits', 'off', '--second-factor', 'optional'), browser()]);
  looks = await openLooks(chrome, import.meta.dirname);
});
after(async () => {
  await looks?.close(index());
  await chrome?.close();
  await server?.stop();
});

/** Takes the pictures of a screen in all sizes and schemes. */
async function look(page, screen, language) {
  for (const [width, height] of sizes) {
    await page.setViewportSize({ width, height });
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme });
      await looks.take(page, `${screen}-${language}-${width}-${colorScheme}`);
    }
  }
}

async function settled(page) {
  await page.locator('main h1').waitFor();
  await page.waitForLoadState('networkidle');
  // The font of every machine that runs this, whatever else is installed there.
  await page.addStyleTag({ content: 'body { font-family: "DejaVu Sans" !important }' });
  await page.evaluate(() => document.fonts.ready);
}

for (const language of languages) {
  test(`every screen looks as it did, in ${language}`, async () => {
    const visitor = await Visitor.arrive(chrome, server.address, { locale: language, bypassCSP: true });
    const page = await visitor.open('/account');
    await page.evaluate(code => localStorage.setItem('accountql.language', code), language);
    const go = async where => {
      await page.goto('about:blank');
      await page.goto(`${server.address}/account${where}`);
      await settled(page);
    };
    for (const [screen, where] of Object.entries(screens)) {
      await go(where);
      await look(page, screen, language);
    }

    const email = `looks-${language}@example.com`;
    await visitor.register({ email, password, firstName: 'Ada', lastName: 'Lovelace' });
    await go('/');
    await page.locator('input[name=email]').fill(email);
    await page.locator('input[name=password]').fill(password);
    await page.keyboard.press('Enter');
    await page.locator('nav').first().waitFor();
    for (const [screen, where] of Object.entries(own)) {
      await go(where);
      await look(page, screen, language);
    }
    await visitor.leave();

    await looks.asBefore(name => name.includes(`-${language}-`));
  });
}

/** All pictures, a row for each screen. */
function index() {
  const rows = Object.keys({ ...screens, ...own }).flatMap(screen => languages.map(language => {
    const cells = sizes.flatMap(([width]) => schemes.map(scheme => `<td><img src="${screen}-${language}-${width}-${scheme}.png" height="240" alt="${screen} ${language} ${width} ${scheme}">`));
    return `<tr><th>${screen}<br>${language}${cells.join('')}`;
  }));
  return `<!doctype html><meta charset="utf-8"><title>How every screen looks</title><style>body{font:14px sans-serif;background:#999}img{margin:2px}</style><table>${rows.join('\n')}</table>\n`;
}
