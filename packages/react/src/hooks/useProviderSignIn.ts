import { SignInWithIdentityProviderDocument, type SignInWithIdentityProviderInput, type SignInWithIdentityProviderMutation } from '../gql/graphql';
import type { FlowAction } from './flow';
import { secondStepOf, startSession, type SecondStep, type SignInOptions } from './signInSteps';
import { useOperation } from './useOperation';

export interface ProviderSignInFlow {
  /** What the sign-in waits for: a token of a provider, a second factor (useSecondStep), or the first one of an account that has to have one (useEnrollment). */
  step: 'token' | SecondStep['step'];
  /** Names the sign-in whose first step is done; undefined before. */
  challengeId: string | undefined;
  /**
   * Signs in with a token that the provider's own button gave to your page: an ID token, or of FACEBOOK an access token. It
   * works once. Where nobody has it linked, and the shop lets it, that makes an account. IDENTITY_PROVIDER_UNAVAILABLE where
   * the provider's keys can't be had.
   */
  signIn: FlowAction<[fields: SignInWithIdentityProviderInput], SignInWithIdentityProviderMutation['signInWithIdentityProvider']>;
}

/** Signs in by another service, of which useSettings().identityProviders are those that the shop takes. */
export function useProviderSignIn(options: SignInOptions = {}): ProviderSignInFlow {
  const signIn = useOperation(SignInWithIdentityProviderDocument, 'signInWithIdentityProvider', { onDone: startSession(options) });
  const next = secondStepOf(signIn.problems);
  return { signIn, step: next?.step ?? 'token', challengeId: next?.challengeId };
}
