import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { AccountProvider, useAccountSession, useEmailChange, useProviderSignIn, useRegistration, useSessions } from '@accountql/react';
import { connection } from './connection';

/** A shop that has looks of its own, and a provider's button, whose token the test writes into the address. */
function Devices() {
  const { state, signOut } = useAccountSession();
  const { account } = useEmailChange();
  const { register } = useRegistration();
  const { sessions } = useSessions();
  const { signIn } = useProviderSignIn();
  // What is shown of whom, for the test to read.
  (globalThis as { seen?: unknown[] }).seen = [...((globalThis as { seen?: unknown[] }).seen ?? []), `${state}: ${account?.email ?? 'nobody'}, ${sessions?.length ?? 'no'}`];

  function registerTwice() {
    const fields = { email: 'dora@example.com', password: 'walking along the river bank' };
    register.run(fields);
    register.run(fields);
  }

  return (
    <>
      <button onClick={signOut}>Sign out</button>
      <button onClick={registerTwice}>Register</button>
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
    <AccountProvider url={connection.url} apiKey={connection.apiKey}>
      <Devices />
    </AccountProvider>
  </StrictMode>,
);
