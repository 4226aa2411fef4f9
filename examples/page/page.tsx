// A shop's account page on the hooks of @accountql/react. What it says and how it looks is the shop's own.
import { useEffect, useRef, type FormEvent, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { AccountProvider, useAccountSession, useDeviceSession, useEmailChange, useSecondStep, useSessions, useSignIn, type DeviceSession, type IdentityQuestion, type Problem } from '@accountql/react';

const { VITE_ACCOUNTQL_URL: url, VITE_ACCOUNTQL_KEY: apiKey } = import.meta.env as Record<string, string>;

function Page() {
  const { state, signOut } = useAccountSession();
  if (state === 'opening' || state === 'silent') {
    return <p role="status">{state === 'opening' ? 'One moment …' : 'We can’t be reached just now.'}</p>;
  }
  if (state === 'signed-out') {
    return <SignIn />;
  }
  return (
    <>
      <Email />
      <Devices />
      <button onClick={signOut}>Sign out</button>
    </>
  );
}

function SignIn() {
  const { signIn, challengeId } = useSignIn();
  if (challengeId !== undefined) {
    return <Code challengeId={challengeId} />;
  }
  return (
    <Form title="Sign in" problems={signIn.problems} busy={signIn.busy} onSubmit={({ email, password }) => signIn.run({ email: email!, password: password! })}>
      <label>E-mail <input name="email" type="email" autoComplete="username" required /></label>
      <label>Password <input name="password" type="password" autoComplete="current-password" required /></label>
    </Form>
  );
}

/** The second step, for who has an authenticator. */
function Code({ challengeId }: { challengeId: string }) {
  const { complete } = useSecondStep(challengeId);
  return (
    <Form title="Your code" problems={complete.problems} busy={complete.busy} onSubmit={({ code }) => complete.run({ code: code! })}>
      <label>Code <input name="code" inputMode="numeric" autoComplete="one-time-code" required /></label>
    </Form>
  );
}

function Email() {
  const { account, request } = useEmailChange();
  const pending = account?.pendingEmailChange;
  return (
    <>
      <h1>{account?.email}</h1>
      {pending && <p>Please open the link that we sent to {pending.destination}.</p>}
      <Form title="Change your e-mail" problems={request.problems} busy={request.busy} onSubmit={({ email }) => request.run(email!)}>
        <label>New e-mail <input name="email" type="email" autoComplete="email" required /></label>
      </Form>
      {request.question && <Question question={request.question} />}
    </>
  );
}

/** Before a change the API wants to know who it is; afterwards the change goes on by itself. */
function Question({ question: { prove, cancel } }: { question: IdentityQuestion }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} onCancel={cancel}>
      <Form title="Is it you?" problems={prove.problems} busy={prove.busy} onSubmit={({ password }) => prove.run({ password: password! })}>
        <label>Password <input name="password" type="password" autoComplete="current-password" required /></label>
      </Form>
    </dialog>
  );
}

function Devices() {
  const { sessions = [] } = useSessions();
  return (
    <>
      <h2>Where you are signed in</h2>
      <ul>{sessions.map(session => <Device key={session.id} session={session} />)}</ul>
    </>
  );
}

function Device({ session: { id, current, device } }: { session: DeviceSession }) {
  const { end } = useDeviceSession(id);
  return <li>{device?.browser} {current ? '(this one)' : <button disabled={end.busy} onClick={() => end.run()}>Sign out</button>}</li>;
}

interface FormProps { title: string; problems: Problem[]; busy: boolean; onSubmit: (fields: Record<string, string>) => void; children: ReactNode }

function Form({ title, problems, busy, onSubmit, children }: FormProps) {
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    onSubmit(Object.fromEntries(new FormData(event.currentTarget)) as Record<string, string>);
  }
  return (
    <form onSubmit={submit}>
      <h2>{title}</h2>
      {children}
      {problems.map(({ code, field, text }) => <p role="alert" key={code + field}>{text(field ?? '')}</p>)}
      <button disabled={busy}>{title}</button>
    </form>
  );
}

createRoot(document.getElementById('account')!).render(<AccountProvider url={url!} apiKey={apiKey!}><Page /></AccountProvider>);
