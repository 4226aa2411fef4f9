// How every screen looks, in four sizes, in light and dark, in three languages: each window becomes a grid of 12 by 16 greys,
// and looks.json keeps them. A screen that looks otherwise fails, and its pictures are in screenshots/looks/, where index.html
// shows all of them side by side. After a change that is meant to be seen: UPDATE_LOOKS=1 node --test looks.test.mjs, look at
// index.html, and commit looks.json.
import assert from 'node:assert/strict';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { start } from './binary.mjs';
import { browser, Visitor } from './visitor.mjs';

const [columns, rows] = [12, 16];
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

const kept = path.join(import.meta.dirname, 'looks.json');
const folder = path.join(import.meta.dirname, 'screenshots', 'looks');
const seen = {};

let server, chrome, meter;
before(async () => {
  [server, chrome] = await Promise.all([start('--rate-limits', 'off', '--second-factor', 'optional'), browser()]);
  meter = await chrome.newPage();
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
});
after(async () => {
  await writeFile(path.join(folder, 'index.html'), index());
  if (process.env.UPDATE_LOOKS) {
    await writeFile(kept, `${JSON.stringify(seen, null, 1)}\n`);
  }
  await chrome?.close();
  await server?.stop();
});

/** The greys of a picture, 0 to 15, as hexadecimal digits row by row. */
async function greys(png) {
  return meter.evaluate(async ([png, columns, rows]) => {
    const bytes = Uint8Array.from(atob(png), letter => letter.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }), { resizeWidth: columns * 8, resizeHeight: rows * 8, resizeQuality: 'high' });
    const canvas = new OffscreenCanvas(columns, rows);
    const context = canvas.getContext('2d');
    context.imageSmoothingQuality = 'high';
    context.drawImage(image, 0, 0, columns, rows);
    const { data } = context.getImageData(0, 0, columns, rows);
    let text = '';
    for (let at = 0; at < data.length; at += 4) {
      text += Math.round(((data[at] * 0.2126 + data[at + 1] * 0.7152 + data[at + 2] * 0.0722) / 255) * 15).toString(16);
    }
    return text;
  }, [png.toString('base64'), columns, rows]);
}

/** How far two grids are apart: the mean and the largest difference, of 15. */
function apart(one, other) {
  const differences = [...one].map((grey, at) => Math.abs(parseInt(grey, 16) - parseInt(other[at] ?? '0', 16)));
  return { mean: differences.reduce((sum, one) => sum + one, 0) / differences.length, most: Math.max(...differences) };
}

/** Takes the pictures of a screen in all sizes and schemes. */
async function look(page, screen, language) {
  for (const [width, height] of sizes) {
    await page.setViewportSize({ width, height });
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme });
      const png = await page.screenshot({ animations: 'disabled', caret: 'hide' });
      const name = `${screen}-${language}-${width}-${colorScheme}`;
      await writeFile(path.join(folder, `${name}.png`), png);
      seen[name] = await greys(png);
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

    const before = process.env.UPDATE_LOOKS ? seen : JSON.parse(await readFile(kept, 'utf8'));
    const others = Object.keys(seen)
      .filter(name => name.includes(`-${language}-`))
      .map(name => ({ name, ...apart(seen[name], before[name] ?? '') }))
      .filter(({ mean, most }) => mean > 0.35 || most > 5);
    assert.deepEqual(others, [], 'look at screenshots/looks/index.html');
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
