import type { IdentityProvider } from './gql/enums';
import type { SettingsQuery } from './gql/graphql';

// The way to the page of another service and back: the implicit flow of OpenID Connect Core 1.0 (section 3.2), which needs
// neither a script of the other service nor a secret. Whoever comes back has to bring the state of this tab along, and a
// token that was made for it: otherwise somebody else could sign a customer in to an account that isn't theirs.

type SignInProvider = SettingsQuery['settings']['identityProviders'][number];

/** A service with a page of its own, where customers sign in; `page.name` is what they call it. */
export type RedirectProvider = SignInProvider & { page: NonNullable<SignInProvider['page']> };

/** What a customer leaves for: to sign in, to link the service to their account, or to prove who they are. The last two are for one account, by its id. */
export type RedirectPurpose = { purpose: 'signIn' } | { purpose: 'link' | 'prove'; accountId: string };

/** What else is told of a departure. */
export interface RedirectOptions {
  /** The path to go back to; without it that of the page which is left. */
  path?: string;
  /** The customer's address, where they have typed one, so that they needn't type it again. */
  loginHint?: string;
}

/** What the tab knows of a departure, until the customer is back. */
export interface Departure {
  identityProvider: IdentityProvider;
  issuer: string;
  /** What customers call the service. */
  name: string;
  purpose: RedirectPurpose['purpose'];
  /** Whose account it is about; nobody's yet for a sign-in. */
  accountId: string | undefined;
  /** The path to go back to. */
  path: string;
}

interface Note extends Departure {
  /** Sent to the service and brought back by the customer, and sent to it and brought back within the token: 128 random bits each. */
  state: string;
  nonce: string;
  /** When they left, in milliseconds since 1970. */
  leftAt: number;
}

/**
 * Why an answer isn't used: "unknown" isn't of a departure of this tab and of the last ten minutes, "foreign" has a token that
 * was made for another one, "refused" is an error of the service, and "silent" is no answer.
 */
export type RedirectFailure = 'unknown' | 'foreign' | 'refused' | 'silent';

/** What a customer came back with. */
export type RedirectAnswer = { departure: Departure | undefined } & ({ token: string } | { cancelled: true } | { failure: RedirectFailure });

/** How long a customer may be away, in milliseconds. */
const patience = 600_000;
const key = 'accountql.redirect';

/** The path that was left last by whoever came back to this page: a page that only receives answers is left for nothing. */
let left: string | undefined;
let receiving: string | undefined;

/** Leaves for the page of a service, which leads back to the given address. */
export function depart(provider: RedirectProvider, returnUrl: string, purpose: RedirectPurpose, { path, loginHint }: RedirectOptions) {
  const { identityProvider, issuer, page } = provider;
  const note: Note = {
    identityProvider,
    issuer,
    name: page.name,
    accountId: undefined,
    ...purpose,
    path: path ?? (location.pathname === receiving ? left : undefined) ?? location.pathname,
    state: random(),
    nonce: random(),
    leftAt: Date.now(),
  };
  sessionStorage.setItem(key, JSON.stringify(note));

  const address = new URL(page.authorizationUrl);
  const sent = { client_id: page.clientId, redirect_uri: new URL(returnUrl, location.origin).toString(), state: note.state, ...parametersOf(note, loginHint) };
  Object.entries(sent).forEach(([name, value]) => address.searchParams.set(name, value));
  location.assign(address);
}

const random = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');

/** What each service takes. */
function parametersOf({ identityProvider, purpose, nonce }: Note, loginHint = ''): Record<string, string> {
  switch (identityProvider) {
    // It gives access tokens only, which have no nonce.
    case 'FACEBOOK':
      return { response_type: 'token', scope: 'public_profile', ...(purpose === 'prove' && { auth_type: 'reauthenticate' }) };
    // It insists on a form, which the page's server turns into the fragment, as soon as it is asked for an address.
    case 'APPLE':
      return { response_type: 'code id_token', response_mode: 'form_post', scope: 'name email', nonce };
    default:
      return {
        response_type: 'id_token',
        response_mode: 'fragment',
        scope: 'openid email profile',
        nonce,
        ...promptOf(identityProvider, purpose),
        ...(loginHint.includes('@') && { login_hint: loginHint }),
      };
  }
}

/** How the service asks: a proof has to be a sign-in of now. Google knows no such thing, and dates its tokens by when they are asked for. */
function promptOf(identityProvider: IdentityProvider, purpose: Note['purpose']): Record<string, string> {
  if (purpose === 'signIn') {
    return {};
  }
  return purpose === 'prove' && identityProvider !== 'GOOGLE' ? { prompt: 'login', max_age: '0' } : { prompt: 'select_account' };
}

/** Takes what a customer came back with out of the page's address and the tab's memory: it is there once. */
export function arrive(): RedirectAnswer {
  const given = new URLSearchParams(location.hash.slice(1));
  history.replaceState(history.state, '', location.pathname);
  const note = takeNote();
  [receiving, left] = [location.pathname, note?.path];
  return { departure: note, ...judge(given, note) };
}

/** Takes the note of the last departure, if it isn't too old. */
function takeNote(): Note | undefined {
  const kept = sessionStorage.getItem(key);
  sessionStorage.removeItem(key);
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
    return claims.nonce === nonce && claims.iss === issuer;
  } catch {
    return false;
  }
}
