// What is in the archive that npm packs, as a shop has it: all that it needs, and nothing that nobody reads.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

const work = process.env.WORK;
const folder = path.join(work, 'node_modules/@accountql/react');
const repository = path.join(import.meta.dirname, '../..');
const { exports } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
const entries = Object.values(exports).flatMap(target => (typeof target === 'string' ? [target] : Object.values(target)));

/** What is for people. */
const words = ['README.md', 'package.json', path.join(path.dirname(exports['./element'].default), 'LICENSES.md')].map(file => path.normalize(file));

/** What a file of the archive asks for by a relative address, as the file that it is. */
function asked(file) {
  const text = /\.js$|\.d\.ts$/.test(file) ? readFileSync(path.join(folder, file), 'utf8') : '';
  const ends = file.endsWith('.d.ts') ? ['.d.ts', '/index.d.ts'] : [''];
  return [...text.matchAll(/(?:\bfrom|\bimport\(|\bimport)\s*["'`](\.{1,2}\/[^"'`]+)["'`]/g)].map(([, specifier]) => {
    const at = path.join(path.dirname(file), specifier);
    return ends.map(end => at + end).find(name => existsSync(path.join(folder, name))) ?? at;
  });
}

test('the archive has what its exports name, and what those ask for', () => {
  const reached = new Set();
  const missing = [];
  (function follow(files, from) {
    for (const file of files.map(file => path.normalize(file)).filter(file => !reached.has(file))) {
      reached.add(file);
      if (existsSync(path.join(folder, file))) {
        follow(asked(file), file);
      } else {
        missing.push(`${file}, for ${from}`);
      }
    }
  })(entries, 'exports');
  assert.deepEqual(missing, []);

  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  const names = files.map(({ parentPath, name }) => path.relative(folder, path.join(parentPath, name)));
  assert.deepEqual(names.filter(name => !reached.has(name)).sort(), words.sort(), 'nobody reads what else there is');
});

test('the links of its README lead somewhere', () => {
  const published = 'https://github.com/accountql/accountql/blob/main/';
  const links = [...readFileSync(path.join(folder, 'README.md'), 'utf8').matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link);
  const relative = links.filter(link => !/^[a-z]+:/.test(link));
  assert.deepEqual(relative.filter(link => !existsSync(path.join(folder, link.split('#')[0]))), []);

  const ours = links.filter(link => link.startsWith(published)).map(link => link.slice(published.length).split('#'));
  assert.ok(ours.length > 0);
  for (const [file, section] of ours) {
    const headings = [...readFileSync(path.join(repository, file), 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading.toLowerCase().replaceAll(/[^\p{L}\p{N} -]/gu, '').replaceAll(' ', '-'));
    assert.ok(section === undefined || headings.includes(section), `${file} has no section ${section}`);
  }
});

for (const entry of ['', '/components', '/element']) {
  test(`a server can import @accountql/react${entry}, which asks for no browser there`, () => {
    const program = `const entry = await import('@accountql/react${entry}'); console.log(Object.keys(entry).length > 0 && typeof customElements);`;
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', program], { cwd: work, encoding: 'utf8' });
    assert.equal(said, 'undefined\n');
  });
}
