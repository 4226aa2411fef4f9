import type { Note, RedirectAnswer, RedirectFailure } from './redirect';
import { redirectKey } from './session';

/** How long a customer may be away, in milliseconds. */
const patience = 600_000;

/** Takes what a customer came back with out of the page's address and the tab's memory: it is there once. */
export function arrive(): RedirectAnswer {
  const given = new URLSearchParams(location.hash.slice(1));
  history.replaceState(history.state, '', location.pathname);
  const note = takeNote();
  return { departure: note, ...judge(given, note) };
}

/** Takes the note of the last departure, if it isn't too old. */
function takeNote(): Note | undefined {
  const kept = sessionStorage.getItem(redirectKey);
  sessionStorage.removeItem(redirectKey);
  const note = kept === null ? undefined : (JSON.parse(kept) as Note);
  return note !== undefined && Date.now() - note.leftAt <= patience ? note : undefined;
}

function judge(given: URLSearchParams, note: Note | undefined): { token: string } | { cancelled: true } | { failure: RedirectFailure } {
  const error = given.get('error');
  const token = given.get(note?.identityProvider === 'FACEBOOK' ? 'access_token' : 'id_token');
  if (note !== undefined && error === null && token === null) {
    return { failure: 'silent' };
  }
  if (note === undefined || given.get('state') !== note.state) {
    return { failure: 'unknown' };
  }
  if (token === null || error !== null) {
    return error === 'access_denied' || error === 'user_cancelled_authorize' ? { cancelled: true } : { failure: 'refused' };
  }
  return note.identityProvider === 'FACEBOOK' || isOf(note, token) ? { token } : { failure: 'foreign' };
}

/** Whether an ID token answers this departure. Nothing else in it is believed: the API verifies it. */
function isOf({ nonce, issuer }: Note, token: string): boolean {
  try {
    const [, payload = ''] = token.split('.');
    const claims = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))) as { nonce?: unknown; iss?: unknown };
    return claims.nonce === nonce && bare(claims.iss) === bare(issuer);
  } catch {
    return false;
  }
}

/** An issuer without its scheme, which Google leaves out of some tokens. */
const bare = (issuer: unknown) => String(issuer).replace(/^https:\/\//, '');
