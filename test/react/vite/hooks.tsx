import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { AccountProvider, useAccountSession, useProviderSignIn, useSessions } from '@accountql/react';

const { VITE_ACCOUNTQL_URL: url, VITE_ACCOUNTQL_KEY: apiKey } = import.meta.env as Record<string, string>;

/** A shop that has looks of its own, and a provider's button, whose token the test writes into the address. */
function Devices() {
  const { state } = useAccountSession();
  const { sessions } = useSessions();
  const { signIn } = useProviderSignIn();
  return (
    <>
      <button disabled={signIn.busy} onClick={() => signIn.run({ identityProvider: 'OAUTH', externalToken: location.hash.slice(1) })}>
        Sign in by another service
      </button>
      <p>
        {state}, {sessions?.length ?? 'no'} sessions
      </p>
      {signIn.problems.map(({ code }) => (
        <p key={code} role="alert">
          {code}
        </p>
      ))}
    </>
  );
}

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <AccountProvider url={url!} apiKey={apiKey!}>
      <Devices />
    </AccountProvider>
  </StrictMode>,
);
