import { useEffect } from 'react';
import { useQuery } from 'urql';
import { PasskeySignalsDocument } from '../gql/graphql';
import { tellBrowser } from '../passkeys';

/** Tells the browser of the customer's passkeys after the sign-in and after each change, so that it offers no others. */
export function Signals() {
  const [{ data }] = useQuery({ query: PasskeySignalsDocument, variables: {}, requestPolicy: 'cache-first' });
  const signals = data?.account.passkeySignals ?? null;
  useEffect(() => {
    if (signals !== null) {
      tellBrowser(signals);
    }
  }, [JSON.stringify(signals)]);
  return null;
}
