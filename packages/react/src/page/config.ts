import type { Config } from '../config';
import { folder, written, type Written } from './written';

/** Reads VITE_… variables of the build, or else what the server wrote into the page, or else asks the server that the page comes from. */
export async function readConfig(): Promise<Config & { base: string }> {
  return { ...(ofBuild() ?? written ?? (await askServer())), base: folder.replace(/\/$/, ''), renew: askServer };
}

function ofBuild(): Written | null {
  const { VITE_ACCOUNTQL_URL: url, VITE_ACCOUNTQL_KEY: apiKey, VITE_ACCOUNTQL_TRUSTED_DOCUMENTS: trusted, VITE_ACCOUNTQL_COOKIES: cookies } = import.meta.env;
  return url && apiKey ? { url, apiKey, trustedDocuments: trusted === 'true', cookies: cookies === 'true' } : null;
}

async function askServer(): Promise<Written> {
  const response = await fetch(`${folder}config.json`, { cache: 'no-store' });
  if (!response.ok) {
    throw new Error(`config.json: HTTP status ${response.status}`);
  }
  return (await response.json()) as Written;
}
