import { useEffect } from 'react';
import { useQuery } from 'urql';
import { SignalsDocument } from '../gql/graphql';
import { followAccount } from '../languages';
import { supported, tellBrowser } from '../passkeys';
import { useSettings } from '../hooks/useSettings';

/**
 * What goes by the account after the sign-in and after each change, whatever the screen: the language of the page, and
 * the passkeys that the browser is told of, so that it offers no others.
 */
export function Signals() {
  const [{ data }] = useQuery({ query: SignalsDocument, variables: {}, requestPolicy: 'cache-first' });
  const { language, passkeySignals } = data?.account ?? { passkeySignals: null };
  const passkeys = useSettings()?.passkeys === true && supported;

  useEffect(() => {
    if (language !== undefined) {
      // Where its messages can't be loaded, the page goes on in the language that it has.
      followAccount(language).catch(() => {});
    }
  }, [language]);

  useEffect(() => {
    if (passkeys && passkeySignals !== null) {
      tellBrowser(passkeySignals);
    }
  }, [passkeys, JSON.stringify(passkeySignals)]);

  return null;
}
