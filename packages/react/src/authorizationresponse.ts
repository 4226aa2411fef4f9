import type { PendingRequest, RedirectAnswer, RedirectFailure } from './redirect';
import { redirectKey } from './session';

/** How long a customer may be away, in milliseconds. */
const maxAge = 600_000;

/** Takes what a customer came back with out of the page's address and the tab's memory: it is there once. */
export function takeAuthorizationResponse(): RedirectAnswer {
  const given = readResponse();
  const pending = takePending();
  return { request: pending, ...checkResponse(given, pending) };
}

/** Reads the fragment, which holds the answer, or else the query, where Facebook says that somebody refused; no token is taken from there. */
function readResponse(): URLSearchParams {
  const address = new URL(location.href);
  const given = new URLSearchParams(address.hash.slice(1));
  for (const name of ['state', 'error', 'error_code', 'error_description', 'error_reason']) {
    const told = address.searchParams.get(name);
    if (told !== null && address.hash === '') {
      given.set(name, told);
    }
    address.searchParams.delete(name);
  }

  history.replaceState(history.state, '', address.pathname + address.search);
  return given;
}

/** Takes the note of the last request, if it isn't too old. */
function takePending(): PendingRequest | undefined {
  const kept = sessionStorage.getItem(redirectKey);
  sessionStorage.removeItem(redirectKey);
  const pending = kept === null ? undefined : (JSON.parse(kept) as PendingRequest);
  return pending !== undefined && Date.now() - pending.leftAt <= maxAge ? pending : undefined;
}

function checkResponse(given: URLSearchParams, pending: PendingRequest | undefined): { token: string } | { cancelled: true } | { failure: RedirectFailure } {
  const error = given.get('error');
  const token = given.get(pending?.identityProvider === 'FACEBOOK' ? 'access_token' : 'id_token');
  if (pending !== undefined && error === null && token === null) {
    return { failure: 'silent' };
  }
  if (pending === undefined || given.get('state') !== pending.state) {
    return { failure: 'unknown' };
  }
  if (token === null || error !== null) {
    return error === 'access_denied' || error === 'user_cancelled_authorize' ? { cancelled: true } : { failure: 'refused' };
  }
  return pending.identityProvider === 'FACEBOOK' || isOf(pending, token) ? { token } : { failure: 'foreign' };
}

/** Whether an ID token answers this request. Nothing else in it is believed: the API verifies it. */
function isOf({ nonce, issuer }: PendingRequest, token: string): boolean {
  try {
    const [, payload = ''] = token.split('.');
    const claims = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))) as { nonce?: unknown; iss?: unknown };
    return claims.nonce === nonce && withoutScheme(claims.iss) === withoutScheme(issuer);
  } catch {
    return false;
  }
}

/** An issuer without its scheme, which Google leaves out of some tokens. */
const withoutScheme = (issuer: unknown) => String(issuer).replace(/^https:\/\//, '');
