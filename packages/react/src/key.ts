import type { Config } from './config';

// The server exchanges the page's API key from time to time. A page that stays open for longer than the old one lives
// is refused, reads its configuration anew, and asks once more: a refused request has changed nothing.

/** Sends a request, and sends it again with the key of now if its own has ended. */
export async function withLiveKey(config: Config, input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const sent = new Headers(init.headers);
  const response = await fetch(input, init);
  if (config.renew === undefined || response.status !== 401 || !(await response.clone().text()).includes('"API_KEY_INVALID"')) {
    return response;
  }
  const now = await config.renew().catch(() => null);
  if (now === null || now.apiKey === sent.get('X-Api-Key')) {
    return response;
  }
  config.apiKey = now.apiKey;
  sent.set('X-Api-Key', now.apiKey);
  return fetch(input, { ...init, headers: sent });
}
