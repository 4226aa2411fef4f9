import { StrictMode, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { AccountProvider, useAccountSession, useDeletion, useEmailChange, usePasskeys, useSignIn, type FlowAction, type IdentityQuestion } from '@accountql/react';
import { connection } from './connection';

const [email, password] = ['demo@example.com', 'correct horse battery staple'];

/** Flows that a shop has on hooks alone; what is shown says how far each is. */
function Flows() {
  const { state, farewell, signOut } = useAccountSession();
  return (
    <>
      <p>{`${state}, ${farewell ?? 'no farewell'}`}</p>
      {state === 'signed-out' && <SignIn />}
      {state === 'signed-in' && <Account />}
      <button onClick={signOut}>Sign out</button>
    </>
  );
}

function SignIn() {
  const { step, signIn, keepAccount } = useSignIn();
  return (
    <>
      <p>{`step: ${step}`}</p>
      <Does action={signIn} onClick={() => signIn.run({ email, password })}>Sign in</Does>
      <Does action={keepAccount} onClick={() => keepAccount.run()}>Keep the account</Does>
    </>
  );
}

function Account() {
  const { passkeys, add } = usePasskeys();
  const { account, request } = useEmailChange();
  const { remove } = useDeletion();
  return (
    <>
      <p>{`${passkeys?.length ?? 'no'} passkeys, ${account?.pendingEmailChange ? 'a change waits' : 'no change waits'}`}</p>
      <Does action={add} onClick={() => add.run()}>Add a passkey</Does>
      <Does action={request} onClick={() => request.run('demo@nordlicht.example')}>Change the e-mail</Does>
      <Does action={remove} onClick={() => remove.run({ password })}>Delete the account</Does>
      {add.question && <Question question={add.question} />}
      {request.question && <Question question={request.question} />}
    </>
  );
}

function Question({ question: { ways, prove, byPasskey, cancel } }: { question: IdentityQuestion }) {
  return (
    <section aria-label="Is it you?">
      <p>{ways === undefined ? 'one moment' : `ways: ${ways.passkey ? 'passkey, password' : 'password'}`}</p>
      <Does action={prove} onClick={() => prove.run({ password })}>By password</Does>
      <Does action={byPasskey} onClick={() => byPasskey.run()}>By passkey</Does>
      <button onClick={cancel}>Cancel</button>
    </section>
  );
}

/** A button, and why what it does was refused. */
function Does<Given extends unknown[], Answer>({ action, onClick, children }: { action: FlowAction<Given, Answer>; onClick: () => void; children: ReactNode }) {
  return (
    <>
      <button onClick={onClick} aria-busy={action.busy}>
        {children}
      </button>
      {action.problems.map(({ code, text }) => (
        <p key={code} role="alert">{`${code}: ${text('')}`}</p>
      ))}
    </>
  );
}

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <AccountProvider url={connection.url} apiKey={connection.apiKey}>
      <Flows />
    </AccountProvider>
  </StrictMode>,
);
