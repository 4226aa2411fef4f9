import { useEffect, useState } from 'react';
import { language } from './languages';
import { countries } from './regions';

/** The calling codes of the countries. */
export interface CallingCodes {
  /** That of a country, such as "48" for PL; undefined for a country that has no numbers of its own. */
  of: (country: string) => string | undefined;
  /** The country of a number in international form, as far as it is typed; of several with one code, the given one or else the main one. */
  country: (number: string, given: string) => string | undefined;
}

/**
 * The calling codes. They are a chunk of their own; until it is there, and where it can't be had, there are none, and the
 * customer types the number with its country's code.
 */
export function useCallingCodes(): CallingCodes | undefined {
  const [codes, setCodes] = useState<CallingCodes>();
  useEffect(() => {
    import('./callingcodes').then(({ callingCodes }) => setCodes(read(callingCodes)), () => {});
  }, []);
  return codes;
}

function read(lists: Record<string, string>): CallingCodes {
  const codes = new Map(Object.entries(lists).flatMap(([code, list]) => list.split(' ').map(country => [country, code] as const)));
  return {
    of: country => codes.get(country),
    country(number, given) {
      const digits = digitsOf(number);
      const code = digits && [3, 2, 1].map(length => digits.slice(0, length)).find(start => start in lists);
      return code && code === codes.get(given) ? given : lists[code ?? '']?.split(' ')[0];
    },
  };
}

const international = /^\s*(?:[+＋]|00)/;

/** The digits of a number in international form; undefined for any other. */
export const digitsOf = (number: string) => (international.test(number) ? number.replace(international, '').replace(/\D/g, '') : undefined);

/** The countries that have numbers, in the order of the page's language. */
export const countriesWith = (codes: CallingCodes) => countries().filter(({ code }) => codes.of(code) !== undefined);

/** The country that a customer's number is probably of: where the browser's language is spoken. */
export function probableCountry(codes: CallingCodes): string {
  const regions = [...navigator.languages, language()].map(tag => new Intl.Locale(tag).maximize().region ?? '');
  return regions.find(region => codes.of(region) !== undefined) ?? 'US';
}
