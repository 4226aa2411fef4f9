import { createRoot } from 'react-dom/client';
import { AccountProvider, useAccountSession, useSessions } from '@accountql/react';

/** A shop that wants to know who is there and how often, and has looks of its own. */
function Devices() {
  const { state } = useAccountSession();
  const { sessions } = useSessions();
  return (
    <p>
      {state} {sessions?.length}
    </p>
  );
}

createRoot(document.getElementById('root')!).render(
  <AccountProvider url="/graphql" apiKey="none">
    <Devices />
  </AccountProvider>,
);
