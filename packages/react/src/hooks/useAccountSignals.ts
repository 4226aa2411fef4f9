import { useEffect } from 'react';
import { useQuery } from 'urql';
import { SignalsDocument } from '../gql/graphql';
import { supported, tellBrowser } from '../passkeys';
import { useSettings } from './useSettings';

/**
 * What goes by the account after the sign-in and after each change, whatever the screen. It tells the browser which
 * passkeys are left, so that it offers no others, and says which language the account is in; undefined until it is known.
 */
export function useAccountSignals(): { language: string | null | undefined } {
  const [{ data }] = useQuery({ query: SignalsDocument, variables: {}, requestPolicy: 'cache-first' });
  const { language, passkeySignals } = data?.account ?? { passkeySignals: null };
  const passkeys = useSettings()?.passkeys === true && supported;

  useEffect(() => {
    if (passkeys && passkeySignals !== null) {
      tellBrowser(passkeySignals);
    }
  }, [passkeys, JSON.stringify(passkeySignals)]);

  return { language };
}
