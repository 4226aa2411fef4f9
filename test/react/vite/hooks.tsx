import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { gql } from '@urql/core';
import { AccountProvider, useAccountSession, useAction, useEmailChange, useProviderRedirect, useProviderReturn, useProviderSignIn, useRegistration, useSessions } from '@accountql/react';
import { connection } from './connection';

// Something of the shop's own that nobody has to be signed in for, and after which the screens show what is new.
const forget = gql('mutation Forget($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { accepted } }');

/** A shop that has looks of its own, and a provider's button, whose token the test writes into the address. */
function Devices() {
  const { state, signOut } = useAccountSession();
  const { account } = useEmailChange();
  const { register } = useRegistration();
  const { sessions } = useSessions();
  const { signIn } = useProviderSignIn();
  const { providers, start } = useProviderRedirect();
  const forgotten = useAction<object, { input: { email: string } }>(forget, { onScreen: true });
  const [helped, setHelped] = useState(false);
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
      <button aria-busy={forgotten.busy} onClick={() => forgotten.run({ input: { email: 'demo@example.com' } }).then(data => data && setHelped(true))}>
        {helped ? 'A mail is sent' : 'Forgot it'}
      </button>
      <button disabled={signIn.busy} onClick={() => signIn.run({ identityProvider: 'OAUTH', externalToken: location.hash.slice(1) })}>
        Sign in by another service
      </button>
      {providers.map(provider => (
        <button key={provider.issuer} onClick={() => start.run(provider)}>
          Continue with {provider.page.name}
        </button>
      ))}
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

/** The same page is where the provider's own page leads back to. */
const cameBack = location.hash.includes('state=');

function Returned() {
  const { step, provider, path, failure, proceed } = useProviderReturn();
  return (
    <>
      <p>
        {step}: {provider}, {path} {failure}
      </p>
      <button onClick={() => proceed.run()}>Go on</button>
    </>
  );
}

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <AccountProvider url={connection.url} apiKey={connection.apiKey} returnUrl="/vite/hooks.html">
      {cameBack && <Returned />}
      <Devices />
    </AccountProvider>
  </StrictMode>,
);
