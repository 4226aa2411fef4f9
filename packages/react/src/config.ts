import { createContext, use } from 'react';
import type { Brand } from './brand';

/** Where the API is, how to call it, and where its screens are. */
export interface Config {
  /** The address of the API's /graphql. */
  url: string;
  /** The X-Api-Key. Everybody who opens the page can read it, so bind it to the page's origin: `accountql apikey create --origin`. */
  apiKey: string;
  /** Whether the server takes only trusted documents: then their hashes are sent instead of their text. */
  trustedDocuments: boolean;
  /** Whether the server keeps sessions in cookies (--cookies); then no script ever sees the token. */
  cookies: boolean;
  /** The path below which the screens are, without a slash at its end; null where their addresses are nobody's business. */
  base: string | null;
  /** Where other services lead back to, as a path or an address; without it "/return" below the base. */
  returnUrl?: string | undefined;
  /** Whether the screens stand in a page of the shop, which has its own title, header and footer. */
  embedded?: boolean;
  /** The language for a customer who asks for none that there is. */
  language?: string | undefined;
  /** Asks for the key of now, where keys are exchanged. */
  renew?: () => Promise<{ apiKey: string }>;
  /** The shop's brand, where the page knows it before the server's settings are there. */
  brand?: Brand;
  /** In development: the page that shows every message, and a customer to try. */
  inbox?: string;
  demo?: { email: string; password: string };
}

/** "opening" until it is known who is signed in, "silent" while the server can't be asked. */
export type Opening = 'opening' | 'silent' | 'open';

export const OpeningContext = createContext<Opening>('open');

/** How far the provider above is. On a server it is always "opening". */
export const useOpening = () => use(OpeningContext);

export const ConfigContext = createContext<Config | null>(null);

/** The configuration of the provider above. */
export function useConfig(): Config {
  const config = use(ConfigContext);
  if (config === null) {
    throw new Error('there is no <AccountProvider> around this');
  }
  return config;
}
