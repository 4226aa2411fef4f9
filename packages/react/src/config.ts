import { createContext, use } from 'react';
import type { Brand } from './brand';

/** Where the API is, and how to call it. */
export interface Config {
  /** The address of the API's /graphql. */
  url: string;
  /** The X-Api-Key. Everybody who opens the page can read it, so bind it to the page's origin: `accountql apikey create --origin`. */
  apiKey: string;
  /** Whether the server takes only trusted documents: then their hashes are sent instead of their text. */
  trustedDocuments: boolean;
  /** Whether the server keeps sessions in cookies (--cookies); then no script ever sees the token. */
  cookies: boolean;
  /** The shop's brand, where the page knows it before the server's settings are there. */
  brand?: Brand;
  /** In development: the page that shows every message, and a customer to try. */
  inbox?: string;
  demo?: { email: string; password: string };
}

/** Reads VITE_… variables of the build, or else what the server wrote into the page, or else asks the server that the page comes from. */
export async function readConfig(): Promise<Config> {
  const { VITE_ACCOUNTQL_URL: url, VITE_ACCOUNTQL_KEY: apiKey, VITE_ACCOUNTQL_TRUSTED_DOCUMENTS: trusted, VITE_ACCOUNTQL_COOKIES: cookies } = import.meta.env;
  if (url && apiKey) {
    return { url, apiKey, trustedDocuments: trusted === 'true', cookies: cookies === 'true' };
  }
  const written = document.querySelector<HTMLMetaElement>('meta[name=config]')?.content;
  if (written) {
    return JSON.parse(written) as Config;
  }
  return readWritten();
}

/** Asks the server that the page comes from. */
export async function readWritten(): Promise<Config> {
  const response = await fetch(`${import.meta.env.BASE_URL}config.json`, { cache: 'no-store' });
  if (!response.ok) {
    throw new Error(`config.json: HTTP status ${response.status}`);
  }
  return (await response.json()) as Config;
}

export const ConfigContext = createContext<Config | null>(null);

export function useConfig(): Config {
  const config = use(ConfigContext);
  if (config === null) {
    throw new Error('useConfig is for what App renders');
  }
  return config;
}
