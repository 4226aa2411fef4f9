import type { IdentityProvider } from './gql/enums';
import type { SettingsQuery } from './gql/graphql';

// The way to the page of another service and back: the implicit flow of OpenID Connect Core 1.0 (section 3.2), which needs
// neither a script of the other service nor a secret. Whoever comes back has to bring the state of this tab along, and a
// token that was made for it: otherwise somebody else could sign a customer in to an account that isn't theirs.

type SignInProvider = SettingsQuery['settings']['identityProviders'][number];

/** A service with a page of its own, where customers sign in; `page.name` is what they call it. */
export type RedirectProvider = SignInProvider & { page: NonNullable<SignInProvider['page']> };

/** Whether a token of its page says when the customer signed in, without which it neither links nor proves anything. Facebook's access tokens don't. */
export const datesTokens = ({ identityProvider }: RedirectProvider) => identityProvider !== 'FACEBOOK';

/** Whether it is among the services that are linked. */
export const isLinked = (provider: RedirectProvider, linked: readonly Pick<RedirectProvider, 'identityProvider' | 'issuer'>[] | null | undefined) =>
  linked?.some(({ identityProvider, issuer }) => identityProvider === provider.identityProvider && issuer === provider.issuer) ?? false;

/** What a customer leaves for: to sign in, to link the service to their account, or to prove who they are. The last two are for one account, by its id. */
export type RedirectPurpose = { purpose: 'signIn' } | { purpose: 'link' | 'prove'; accountId: string };

/** What else is told of a request. */
export interface RedirectOptions {
  /** The path to go back to, with a query where it has one; without it the path alone of the page which is left. */
  path?: string;
  /** The customer's address, where they have typed one, so that they needn't type it again. */
  loginHint?: string;
}

/** What is known of a request. */
export interface AuthorizationRequest {
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

/** The note that the tab has of a request until the customer is back. */
export interface PendingRequest extends AuthorizationRequest {
  /** Sent to the service and brought back by the customer, and sent to it and brought back within the token: 128 random bits each. */
  state: string;
  nonce: string;
  /** When they left, in milliseconds since 1970. */
  leftAt: number;
}

/**
 * Why an answer isn't used: "unknown" isn't of a request of this tab and of the last ten minutes, "foreign" has a token that
 * was made for another one, "refused" is an error of the service, and "silent" is no answer.
 */
export type RedirectFailure = 'unknown' | 'foreign' | 'refused' | 'silent';

/** What a customer came back with. */
export type RedirectAnswer = { request: AuthorizationRequest | undefined } & ({ token: string } | { cancelled: true } | { failure: RedirectFailure });
