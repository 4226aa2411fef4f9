import { CombinedError } from '@urql/core';
import { useState } from 'react';
import { useConfig } from '../config';
import { problemsOf, type Problem } from '../errors';
import type { RedirectOptions, RedirectProvider, RedirectPurpose } from '../redirect';
import type { ProvableAction } from './flow';
import { useSettings } from './useSettings';

export interface ProviderRedirectFlow {
  /** The services with a page of their own, in the shop's order; none until the settings are there, and where there is no address to come back to. */
  providers: RedirectProvider[];
  /**
   * Leaves for the page of one; it is refused where its script can't be loaded, or the browser keeps nothing for the tab. Without a purpose the customer leaves to
   * sign in. To link a service begin with useIdentities, and to prove who they are with useIdentityProof: they ask what has to
   * be asked before.
   */
  start: ProvableAction<[provider: RedirectProvider, purpose?: RedirectPurpose, options?: RedirectOptions], true>;
}

/**
 * Begins a sign-in at another service by its own page. It leads back to the `returnUrl` of the provider above, or else to
 * `/return` below its `base`; there useProviderReturn goes on.
 */
export function useProviderRedirect(): ProviderRedirectFlow {
  const { base, returnUrl = base === null ? undefined : `${base}/return` } = useConfig();
  const settings = useSettings();
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<Problem[]>([]);

  async function run(provider: RedirectProvider, purpose: RedirectPurpose = { purpose: 'signIn' }, options: RedirectOptions = {}) {
    setBusy(true);
    setProblems([]);
    try {
      const { requestAuthorization } = await import('../authorizationrequest');
      requestAuthorization(provider, returnUrl!, purpose, options);
      return true as const;
    } catch (error) {
      setProblems(problemsOf(new CombinedError({ networkError: error as Error })));
      return undefined;
    } finally {
      // Whoever stops the browser on its way, or comes back by its button, can go again.
      setBusy(false);
    }
  }

  return {
    providers: returnUrl === undefined ? [] : (settings?.identityProviders ?? []).filter((provider): provider is RedirectProvider => provider.page !== null),
    start: { run, busy, problems, setProblems, refusals: () => [] },
  };
}
