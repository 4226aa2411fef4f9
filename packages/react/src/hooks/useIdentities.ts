import type { CombinedError } from '@urql/core';
import {
  LinkIdentityProviderDocument,
  PasswordDocument,
  UnlinkIdentityProviderDocument,
  type LinkIdentityProviderInput,
  type LinkIdentityProviderMutation,
  type PasswordQuery,
  type UnlinkIdentityProviderInput,
  type UnlinkIdentityProviderMutation,
} from '../gql/graphql';
import { datesTokens, isLinked, type RedirectOptions, type RedirectProvider } from '../redirect';
import { flowAction } from './flow';
import { useAccountQuery } from './useAccountQuery';
import { useAction } from './useAction';
import { useProviderRedirect } from './useProviderRedirect';
import { useStepUp, type StepUp } from './useStepUp';

/** Another service that the customer signs in by, and since when (ISO 8601). */
export type LinkedIdentity = NonNullable<PasswordQuery['account']['identities']>[number];

/** What names a linked identity: the provider, and its issuer where several are linked. */
export type IdentityName = Pick<UnlinkIdentityProviderInput, 'identityProvider' | 'issuer'>;

/** What is linked: the provider, and its token for the customer, of a sign-in there at most five minutes ago. */
export type IdentityToken = Pick<LinkIdentityProviderInput, 'identityProvider' | 'externalToken'>;

export interface IdentitiesFlow {
  /** The services that are linked; undefined until they are there. */
  identities: LinkedIdentity[] | undefined;
  /** Why they couldn't be read. */
  error: CombinedError | undefined;
  /** Reads them anew. */
  reload: () => void;
  /** The services with a page of their own that can be linked by it and aren't; none until it is known. */
  linkable: RedirectProvider[];
  /** Leaves for the page of one, after a proof of who the customer is; where it leads back to, useProviderReturn links it. */
  startLink: StepUp<[provider: RedirectProvider, options?: RedirectOptions], true>;
  /** Links a service by a token that the provider's own button gave to your page, after a proof of who the customer is. */
  link: StepUp<[identity: IdentityToken], LinkIdentityProviderMutation['linkIdentityProvider']>;
  /** Unlinks one, after such a proof; the other sessions end. INVALID_INPUT where it is the last way in. */
  unlink: StepUp<[identity: IdentityName], UnlinkIdentityProviderMutation['unlinkIdentityProvider']>;
}

/** The other services that the customer signs in by. */
export function useIdentities(): IdentitiesFlow {
  const { data, error, reload } = useAccountQuery(PasswordDocument, {});
  const account = data?.account;
  const { providers, start } = useProviderRedirect();
  const linking = flowAction(useAction(LinkIdentityProviderDocument), (input: IdentityToken) => ({ input }), data => data.linkIdentityProvider);
  const unlinking = flowAction(useAction(UnlinkIdentityProviderDocument, { onScreen: true }), (input: IdentityName) => ({ input }), data => data.unlinkIdentityProvider);

  const identities = account && (account.identities ?? []);
  const leaving = { ...start, run: async (provider: RedirectProvider, options?: RedirectOptions) => account && start.run(provider, { purpose: 'link', accountId: account.id }, options) };

  return {
    identities,
    error,
    reload,
    linkable: identities ? providers.filter(provider => datesTokens(provider) && !isLinked(provider, identities)) : [],
    startLink: useStepUp(leaving, account?.can.linkIdentityProvider),
    link: useStepUp(linking, account?.can.linkIdentityProvider),
    unlink: useStepUp(unlinking, account?.can.unlinkIdentityProvider),
  };
}
