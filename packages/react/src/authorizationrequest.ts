import type { IdentityProvider } from './gql/enums';
import type { PendingRequest, RedirectOptions, RedirectProvider, RedirectPurpose } from './redirect';
import { redirectKey } from './session';

/** Leaves for the page of a service, which leads back to the given address. */
export function requestAuthorization(provider: RedirectProvider, returnUrl: string, purpose: RedirectPurpose, { path = location.pathname, loginHint }: RedirectOptions) {
  const { identityProvider, issuer, page } = provider;
  const pending: PendingRequest = {
    identityProvider,
    issuer,
    name: page.name,
    accountId: undefined,
    ...purpose,
    path,
    state: random(),
    nonce: random(),
    leftAt: Date.now(),
  };
  sessionStorage.setItem(redirectKey, JSON.stringify(pending));

  const address = new URL(page.authorizationUrl);
  const sent = { client_id: page.clientId, redirect_uri: new URL(returnUrl, location.origin).toString(), state: pending.state, ...parametersOf(pending, loginHint) };
  Object.entries(sent).forEach(([name, value]) => address.searchParams.set(name, value));
  location.assign(address);
}

const random = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');

/** What each service takes. */
function parametersOf({ identityProvider, purpose, nonce }: PendingRequest, loginHint = ''): Record<string, string> {
  switch (identityProvider) {
    // It gives access tokens only, which have no nonce.
    case 'FACEBOOK':
      return { response_type: 'token', scope: 'public_profile' };
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

/** How the service asks: the API links and proves by a sign-in of now alone. Google knows no such thing, and dates its tokens by when they are asked for. */
function promptOf(identityProvider: IdentityProvider, purpose: PendingRequest['purpose']): Record<string, string> {
  if (purpose === 'signIn') {
    return {};
  }
  return identityProvider === 'GOOGLE' ? { prompt: 'select_account' } : { prompt: 'login', max_age: '0' };
}
