// The catalogs of messages: what the build makes of locales/*.json, and the types of their keys.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileMessage } from '@lingui/message-utils/compileMessage';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const prefix = 'messages:';

/** The languages that have a catalog. */
export const languages = readdirSync(resolve(root, 'locales')).map(name => name.replace(/\.json$/, ''));

/** Reads a catalog as it is written. */
export const readCatalog = language => JSON.parse(readFileSync(resolve(root, `locales/${language}.json`), 'utf8'));

/**
 * Compiles an ICU message to what src/words.ts reads: a text, or a list of texts, [argument], [argument, type, options] and
 * [tag, 'tag', list].
 */
export function compile(message) {
  const compiled = nest(compileMessage(message));
  return compiled.length === 0 ? '' : compiled.length === 1 && typeof compiled[0] === 'string' ? compiled[0] : compiled;
}

/** Makes lists of the tags in a compiled message. */
function nest(compiled) {
  const open = [{ list: [] }];
  for (const token of typeof compiled === 'string' ? [compiled] : (compiled ?? [])) {
    if (typeof token === 'string') {
      split(token, open);
    } else {
      open.at(-1).list.push(inner(token));
    }
  }
  if (open.length > 1) {
    throw new Error(`<${open.at(-1).tag}> is not closed`);
  }
  return open[0].list;
}

function inner([argument, type, options]) {
  const nested = type === 'plural' || type === 'selectordinal' || type === 'select';
  if (!nested) {
    return type === undefined ? [argument] : [argument, type];
  }
  const cases = Object.entries(options).filter(([name, message]) => name !== 'offset' || message !== undefined);
  return [argument, type, Object.fromEntries(cases.map(([name, message]) => [name, typeof message === 'number' ? message : nest(message)]))];
}

function split(text, open) {
  for (const part of text.split(/(<\/?[a-z]+\d*>)/)) {
    const [, closing, tag] = /^<(\/?)([a-z]+\d*)>$/.exec(part) ?? [];
    if (tag === undefined) {
      if (part !== '') {
        open.at(-1).list.push(part);
      }
    } else if (closing === '') {
      const list = [];
      open.at(-1).list.push([tag, 'tag', list]);
      open.push({ tag, list });
    } else if (open.pop().tag !== tag) {
      throw new Error(`</${tag}> closes nothing`);
    }
  }
}

/** The arguments and tags of a compiled message, sorted by name. */
export function namesIn(compiled, found = new Map()) {
  for (const token of Array.isArray(compiled) ? compiled : []) {
    if (Array.isArray(token)) {
      const [name, type, options] = token;
      found.set(name, type === 'tag' ? 'Tag' : type === 'plural' || type === 'selectordinal' || type === 'number' ? 'number' : (found.get(name) ?? 'Value'));
      for (const list of type === 'tag' ? [options] : Object.values(options ?? {})) {
        namesIn(list, found);
      }
    }
  }
  return found;
}

/** The types of the messages, for TypeScript. */
function types() {
  const lines = { Plain: [], Rich: [] };
  for (const [key, message] of Object.entries(readCatalog('en'))) {
    const names = [...namesIn(compile(message))].sort(([a], [b]) => (a < b ? -1 : 1));
    const rich = names.some(([, type]) => type === 'Tag');
    const fields = names.map(([name, type]) => `${name}: ${type === 'Value' && rich ? 'Part' : type}`).join('; ');
    lines[rich ? 'Rich' : 'Plain'].push(`  '${key}': ${fields === '' ? 'None' : `{ ${fields} }`};`);
  }
  return `// Written by build/messages.mjs from locales/en.json.
import type { ReactNode } from 'react';

export type Value = string | number;
/** Beside tags a value may be more than a text. */
export type Part = ReactNode;
/** What a tag of a message is made of the words between. */
export type Tag = (words: ReactNode) => ReactNode;
export type None = Record<never, never>;

/** The messages that are a text, with their arguments. */
export interface Plain {
${lines.Plain.join('\n')}
}

/** The messages with tags in them. */
export interface Rich {
${lines.Rich.join('\n')}
}
`;
}

/** The keys that the modules use which are there before the first screen: those that start.tsx imports, and what they do. */
function keysAtStart() {
  const seen = new Set();
  const used = [];
  (function follow(file) {
    if (seen.has(file)) {
      return;
    }
    seen.add(file);
    const code = readFileSync(file, 'utf8');
    used.push(...[...code.matchAll(/['`]([a-zA-Z]+\.[\w.-]*)(['`]|\$\{)/g)].map(([, key, end]) => (end === '${' ? { begins: key } : { key })));
    for (const [, specifier] of code.matchAll(/(?:^import [^;]*?|^export [^;]*?)from '(\.[^']+)';/gm)) {
      const path = resolve(dirname(file), specifier);
      const found = ['.ts', '.tsx'].map(end => path + end).find(name => readable(name));
      if (found !== undefined && !/\/gql\/|keys\.ts$/.test(found)) {
        follow(found);
      }
    }
  })(resolve(root, 'src/page/start.tsx'));
  return key => used.some(({ key: exact, begins }) => (begins === undefined ? exact === key : key.startsWith(begins)));
}

function readable(name) {
  try {
    readFileSync(name);
    return true;
  } catch {
    return false;
  }
}

/**
 * Gives each language two modules, compiled: messages:de/start for what is said before and around every screen, and
 * messages:de/rest for the screens; messages:outline has what is said in any language before its catalog is there.
 */
export function messages({ apart = true } = {}) {
  let atStart;
  return {
    name: 'messages',
    buildStart() {
      atStart = keysAtStart();
    },
    resolveId(id) {
      return id.startsWith(prefix) ? `\0${id}` : null;
    },
    load(id) {
      if (!id.startsWith(`\0${prefix}`)) {
        return null;
      }
      const name = id.slice(prefix.length + 1);
      if (name === 'outline') {
        return exported(Object.fromEntries(languages.map(language => [language, pick(language, key => key.startsWith('outline.') && key !== 'outline.scripts')])));
      }
      const [language, part] = name.split('/');
      this.addWatchFile(resolve(root, `locales/${language}.json`));
      return exported(pick(language, key => !key.startsWith('outline.') && atStart(key) === (part === 'start')));
    },
    // What the server reads, if it is to read something: the English messages, where a shop brings translations of its
    // own, and what stands in the page before its scripts, in each language.
    generateBundle() {
      if (!apart) {
        return;
      }
      const outlines = Object.fromEntries(languages.map(language => [language, pick(language, key => key.startsWith('outline.'))]));
      this.emitFile({ type: 'asset', fileName: 'messages.json', source: JSON.stringify(readCatalog('en')) });
      this.emitFile({ type: 'asset', fileName: 'outlines.json', source: JSON.stringify(outlines) });
    },
  };
}

const exported = value => ({ code: `export default ${JSON.stringify(value)}`, map: null });

function pick(language, wanted) {
  const entries = Object.entries(readCatalog(language)).filter(([key]) => wanted(key));
  return Object.fromEntries(entries.map(([key, message]) => [key, compiledOf(language, key, message)]));
}

function compiledOf(language, key, message) {
  try {
    return compile(message);
  } catch (error) {
    throw new Error(`locales/${language}.json: ${key}: ${error.message}`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(resolve(root, 'src/keys.ts'), types());
}
