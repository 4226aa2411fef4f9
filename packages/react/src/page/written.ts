import type { Config } from '../config';

/** What AccountQL writes into the page that it serves, and what its config.json says. */
export interface Written extends Omit<Config, 'base' | 'renew'> {
  /** The languages that the shop brings along, with what is said before their messages are there. */
  translations?: Record<string, Record<string, string>>;
}

/** The folder of the page's files, and of its screens, with a slash at its end. */
export const folder = import.meta.env.BASE_URL;

/** What is written into this page, or null where another server delivers it. */
export const written = JSON.parse(document.querySelector<HTMLMetaElement>('meta[name=config]')?.content || 'null') as Written | null;
