import outlines from 'messages:outline';
import { inBrowser } from './browser';
import type { Compiled } from './words';

// Which language the page is in. Each has its messages in two chunks: what is said around every screen is loaded before
// the first one is shown, and the rest with the first screen that comes after the sign-in.

type Catalog = Promise<{ default: Record<string, Compiled> }>;

interface Language {
  /** What it calls itself. */
  name: string;
  start: () => Catalog;
  rest: () => Catalog;
  /** Whether a program translated it, and nobody who speaks it has read it. */
  machine?: true;
}

/** The languages that the page is in, in the order of the switch. */
export const languages: Record<string, Language> = {
  en: { name: 'English', start: () => import('messages:en/start'), rest: () => import('messages:en/rest') },
  de: { name: 'Deutsch', start: () => import('messages:de/start'), rest: () => import('messages:de/rest') },
  es: { name: 'Español', start: () => import('messages:es/start'), rest: () => import('messages:es/rest') },
  fr: { name: 'Français', start: () => import('messages:fr/start'), rest: () => import('messages:fr/rest') },
  ja: { name: '日本語', start: () => import('messages:ja/start'), rest: () => import('messages:ja/rest') },
  pl: { name: 'Polski', start: () => import('messages:pl/start'), rest: () => import('messages:pl/rest') },
  ar: { name: 'العربية', start: () => import('messages:ar/start'), rest: () => import('messages:ar/rest'), machine: true },
};

/** What a shop decides about languages. */
export interface ShopLanguages {
  /** The language where the customer asks for none that there is. */
  preferred?: string | null | undefined;
  /** Whether the document is the shop's own, which says itself which language it is in. */
  embedded?: boolean | undefined;
}

let shop: ShopLanguages = {};

/** Says what the shop decides, before the first language is shown. */
export function decide(decisions: ShopLanguages) {
  shop = decisions;
}

/** Takes along what the shop brings (--translations): other words for a language that is here, or another one, in English where it has none. */
export function bring(code: string, outline: Record<string, string>, read: () => Promise<Record<string, Compiled>>) {
  const base = languages[code] ?? languages['en']!;
  let file: Promise<Record<string, Compiled>> | undefined;
  const along = (part: () => Catalog) => async () => {
    file ??= read();
    file.catch(() => (file = undefined));
    return { default: { ...(await part()).default, ...(await file) } };
  };

  const name = new Intl.DisplayNames(code, { type: 'language' }).of(code) ?? code;
  languages[code] = { ...(base === languages[code] ? base : { name }), start: along(base.start), rest: along(base.rest) };
  outlines[code] = { ...(outlines[code] ?? outlines['en']!), ...outline };
}

const key = 'accountql.language';
/** Where the tab keeps what the account says, so that a reload is in its language from the first moment on. */
const accountKey = 'accountql.account-language';
const fallback = 'en';

let current = fallback;
let restWanted = false;
const listeners = new Set<() => void>();

/** The code of the page's language. */
export const language = () => current;

/** Calls the listener when the language is another one; returns how to stop. */
export function onLanguage(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The messages of the page's language, compiled. */
export const catalog: Record<string, Compiled> = {};

/** What is said where the messages can't be loaded. */
export const outline = (code = loaded.size === 0 ? wanted() : current) => (outlines[code] ?? outlines[fallback])!;

/** The language that is known for one of these tags: "de" for "de-AT". */
const known = (tags: readonly (string | null | undefined)[]) => tags.map(tag => tag?.split(/[-_]/)[0]?.toLowerCase() ?? '').find(code => Object.hasOwn(languages, code));

/** What was chosen in this browser, or else what the account says, or else what the browser prefers, or else the shop's own. */
export function wanted(): string {
  const ofBrowser = inBrowser ? [localStorage.getItem(key), sessionStorage.getItem(accountKey), ...navigator.languages] : [];
  return known([...ofBrowser, shop.preferred]) ?? fallback;
}

let begun: Promise<void> | undefined;

/** Loads the messages that the first screen needs. After a failure it may be asked again. */
export function begin(): Promise<void> {
  begun ??= show(wanted()).catch(error => {
    begun = undefined;
    throw error;
  });
  return begun;
}

/** Loads the messages of the other screens. */
export async function beginRest(): Promise<void> {
  restWanted = true;
  await part(current, 'rest');
}

const loaded = new Map<string, Record<string, Compiled>>();

/** Loads a part of a language, and has the page speak it. */
async function part(code: string, name: 'start' | 'rest') {
  const id = `${code}/${name}`;
  const messages = loaded.get(id) ?? (await languages[code]![name]()).default;
  loaded.set(id, messages);
  if (code === current) {
    Object.assign(catalog, messages);
  }
}

/** Has the page speak another language, once its messages are there. */
async function show(code: string): Promise<void> {
  await Promise.all([part(code, 'start'), restWanted && part(code, 'rest')]);
  current = code;
  await Promise.all([part(code, 'start'), restWanted && part(code, 'rest')]);
  turn(code);
  listeners.forEach(listener => listener());
}

/** Says which language the document is in, and which way it is written. */
export function turn(code: string) {
  if (shop.embedded) {
    return;
  }
  const { documentElement } = document;
  documentElement.lang = code;
  documentElement.dir = direction(code);
}

/** Which way a language is written. */
export function direction(code: string): 'ltr' | 'rtl' {
  return ['ar', 'arc', 'ckb', 'dv', 'fa', 'he', 'ks', 'nqo', 'ps', 'sd', 'ug', 'ur', 'yi'].includes(code) ? 'rtl' : 'ltr';
}

/** The customer chooses a language for this browser. */
export async function choose(code: string): Promise<void> {
  await show(code);
  localStorage.setItem(key, code);
}

/** The customer chose a language in the profile, which the page follows where it speaks it. */
export async function follow(tag: string): Promise<void> {
  const code = known([tag]);
  if (code !== undefined) {
    // Where its messages can't be loaded, the page goes on in the language that it has.
    await choose(code).catch(() => {});
  }
}

/** The account says which language its customer speaks: that of the page, unless another one was chosen here. */
export async function followAccount(tag: string | null): Promise<void> {
  const code = known([tag]);
  if (code === undefined) {
    sessionStorage.removeItem(accountKey);
  } else {
    sessionStorage.setItem(accountKey, code);
  }
  const next = wanted();
  if (next !== current) {
    await show(next);
  }
}
