import { createElement, Fragment, useSyncExternalStore, type ReactNode } from 'react';
import type { Plain, Rich, Tag, Value } from './keys';
import { catalog, language, onLanguage } from './languages';

/** A message as the build compiles it (build/messages.mjs): texts, arguments, choices and tags. */
export type Compiled = string | Token[];
type Token = string | [argument: string, type?: undefined] | [argument: string, type: Choice, options: Record<string, Token[] | number>] | [argument: string, type: 'number'] | [tag: string, type: 'tag', inside: Token[]];
type Choice = 'plural' | 'selectordinal' | 'select';

export type Key = keyof Plain;

type Values = Record<string, ReactNode | Tag>;
type Given<Arguments> = keyof Arguments extends never ? [] : [values: Arguments];

/** Has a component be shown anew when the page's language is another one. */
export const useLanguage = () => useSyncExternalStore(onLanguage, language, language);

/** A message of the page's language. */
export function t<K extends Key>(key: K, ...[values]: Given<Plain[K]>): string {
  return say(key, values).join('');
}

/** One of several messages, which have some of the arguments each. */
export const tOf = (key: Key, values: Record<string, Value>) => say(key, values).join('');

/** A message with elements in it: each tag is made by the function of its name. */
export function rich<K extends keyof Rich>(key: K, values: Rich[K]): ReactNode {
  return createElement(Fragment, null, ...say(key, values as Values));
}

/** Whether there is such a message: a newer server may know more than the page. */
export const knownKey = (key: string): key is Key => key in catalog;

/** A message that is said later, in the language that the page has then. */
export function later<K extends Key>(key: K, ...values: Given<Plain[K]>): () => string {
  return () => t(key, ...values);
}

function say(key: string, values: Values = {}): ReactNode[] {
  const message = catalog[key] ?? key;
  return typeof message === 'string' ? [message] : inWords(message, values);
}

/** What the tokens of a message become; in the options of a plural "#" is its number. */
function inWords(tokens: Token[], values: Values, number?: number): ReactNode[] {
  return tokens.flatMap((token): ReactNode[] => {
    if (typeof token === 'string') {
      return [token === '#' && number !== undefined ? numbers().format(number) : token];
    }
    const [name] = token;
    const value = values[name];
    switch (token[1]) {
      case 'tag':
        return [(value as Tag)(createElement(Fragment, null, ...inWords(token[2], values, number)))];
      case 'select':
        return inWords((token[2][String(value)] ?? token[2]['other']) as Token[], values, number);
      case 'plural':
      case 'selectordinal': {
        const [, type, options] = token;
        const offset = (options['offset'] as number | undefined) ?? 0;
        const chosen = options[String(value)] ?? options[rules(type).select(Number(value) - offset)] ?? options['other'];
        return inWords(chosen as Token[], values, Number(value) - offset);
      }
      case 'number':
        return [numbers().format(Number(value))];
      default:
        return [value as ReactNode];
    }
  });
}

const rules = (type: string) => new Intl.PluralRules(language(), { type: type === 'plural' ? 'cardinal' : 'ordinal' });
const numbers = () => new Intl.NumberFormat(language());

/** Several things in one line: "a, b and c". */
export const listOf = (items: string[]) => new Intl.ListFormat(language(), { type: 'conjunction' }).format(items);
