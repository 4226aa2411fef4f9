import { useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import type { Problem } from '../errors';
import { ConfirmActivationDocument, ConfirmEmailChangeDocument, ConfirmPasswordResetDocument, SignOutDocument, UndoEmailChangeDocument } from '../gql/graphql';
import { Button } from '../parts/Button';
import { YesNo } from '../parts/Field';
import { Form, secret } from '../parts/Form';
import { PasswordField } from '../parts/PasswordField';
import { Notice, Screen } from '../parts/Screen';
import * as session from '../session';
import { useAction } from '../useAction';

// The screens that the links in mails open. The token stands in the fragment, which browsers send
// to no server and so to no server's log. Opening a screen changes nothing, because mail scanners
// open links, too: only its button does.

function readToken(): string {
  return new URLSearchParams(location.hash.slice(1)).get('token')?.trim() ?? '';
}

/** The token is used up; the address goes on without it. */
function forgetToken() {
  history.replaceState(history.state, '', location.pathname);
}

/** One screen of a link: the form, and afterwards what came of it. */
function LinkScreen({ title, intro, done, children }: { title: string; intro: string; done: Done | undefined; children: (token: string) => ReactNode }) {
  const [token] = useState(readToken);
  if (done) {
    return (
      <Screen title={done.title} back={false}>
        <Notice kind="good">{done.text}</Notice>
        <p className="other">{done.next}</p>
      </Screen>
    );
  }
  if (token === '') {
    return (
      <Screen title={title} back={false}>
        <Notice kind="warn">The address of this page holds no token. Please open the link in the mail again; if you copied it, copy all of it.</Notice>
        <p className="other">
          <Link href="/">Go to your account</Link>
        </p>
      </Screen>
    );
  }
  return (
    <Screen title={title} back={false} intro={intro}>
      {children(token)}
    </Screen>
  );
}

/** Where a link that is void can be replaced. */
function instead(path: string, words: string) {
  return ({ code }: Problem) =>
    code === 'TOKEN_INVALID' && (
      <p>
        <Link href={path}>{words}</Link>
      </p>
    );
}

interface Done {
  title: string;
  text: string;
  next: ReactNode;
}

const toSignIn = (
  <Link href="/sign-in" className="button primary">
    Sign in
  </Link>
);

const toAccount = (
  <Link href="/" className="button primary">
    Go to your account
  </Link>
);

export function ResetPassword() {
  const { run, busy, problems, setProblems } = useAction(ConfirmPasswordResetDocument);
  const [done, setDone] = useState<Done>();
  async function reset(token: string, values: FormData) {
    const data = await run({ input: { token, password: secret(values, 'password') } });
    if (data) {
      forgetToken();
      setDone({ title: 'Your new password is set', text: `${ended(data.confirmPasswordReset.revokedSessions)} Sign in with the new password from now on.`, next: toSignIn });
    }
  }
  return (
    <LinkScreen title="Choose a new password" intro="It replaces the old one, and every device that is signed in to your account is signed out." done={done}>
      {token => (
        <Form problems={problems} setProblems={setProblems} onSubmit={values => reset(token, values)} remedy={instead('/forgot-password', 'Send me a new link')}>
          <PasswordField name="password" label="New password" autoComplete="new-password" />
          <Button type="submit" look="primary" waiting={busy}>
            {busy ? 'Saving …' : 'Set new password'}
          </Button>
        </Form>
      )}
    </LinkScreen>
  );
}

export function ConfirmActivation() {
  const { token: signedIn } = session.useSession();
  const { run, busy, problems, setProblems } = useAction(ConfirmActivationDocument);
  const signOut = useAction(SignOutDocument);
  const [done, setDone] = useState<Done>();
  async function activate(token: string) {
    const data = await run({ input: { token } });
    if (data) {
      forgetToken();
      // The session that the link gives takes the place of the one that this tab has; a cookie is replaced already.
      if (signedIn !== null && signedIn !== session.inCookie) {
        await signOut.run({ input: { scope: 'THIS_SESSION' } });
      }
      session.start(data.confirmAccountActivation.session.token);
      setDone({ title: 'Your e-mail is confirmed', text: 'Welcome! Your account is active, and you’re signed in.', next: toAccount });
    }
  }
  return (
    <LinkScreen title="Confirm your e-mail" intro="This confirms that the address that got the mail is yours, and signs you in." done={done}>
      {token => (
        <Form problems={problems} setProblems={setProblems} onSubmit={() => activate(token)} remedy={instead('/', 'Go to your account, which offers a new one')}>
          <Button type="submit" look="primary" waiting={busy}>
            {busy ? 'Confirming …' : 'Confirm e-mail'}
          </Button>
        </Form>
      )}
    </LinkScreen>
  );
}

export function ConfirmEmail() {
  const { token: signedIn } = session.useSession();
  const { run, busy, problems, setProblems } = useAction(ConfirmEmailChangeDocument);
  const [done, setDone] = useState<Done>();
  async function confirm(token: string, values: FormData) {
    const data = await run({ input: { token, newsletterAgreement: values.get('newsletterAgreement') === 'yes' } });
    if (data) {
      forgetToken();
      setDone({
        title: 'Your new e-mail is confirmed',
        text: `From now on you sign in with ${data.confirmEmailChange.email}. All other devices are signed out.`,
        next: signedIn === null ? toSignIn : toAccount,
      });
    }
  }
  return (
    <LinkScreen title="Confirm your new e-mail" intro="The address that got the mail becomes that of your account, and your other devices are signed out." done={done}>
      {token => (
        <Form
          problems={problems}
          setProblems={setProblems}
          onSubmit={values => confirm(token, values)}
          remedy={instead('/email', signedIn === null ? 'Ask for a new one' : 'It has to be of the account that is signed in here; ask for a new one')}
        >
          <YesNo name="newsletterAgreement" question="May we send newsletters to the new address?" hint="This replaces your answer for the former address." />
          <Button type="submit" look="primary" waiting={busy}>
            {busy ? 'Confirming …' : 'Confirm new e-mail'}
          </Button>
        </Form>
      )}
    </LinkScreen>
  );
}

export function UndoEmail() {
  const { run, busy, problems, setProblems } = useAction(UndoEmailChangeDocument);
  const [done, setDone] = useState<Done>();
  async function undo(token: string) {
    const data = await run({ input: { token } });
    if (data) {
      forgetToken();
      setDone({
        title: 'The change is undone',
        text: `The e-mail of your account is ${data.undoEmailChange.email}. ${ended(data.undoEmailChange.revokedSessions)} If it wasn’t you who asked for the change, somebody may know your password: choose a new one now.`,
        next: (
          <Link href="/forgot-password" className="button primary">
            Choose a new password
          </Link>
        ),
      });
    }
  }
  return (
    <LinkScreen
      title="Undo the change of your e-mail"
      intro="Your account keeps the address that got the mail, or gets it back. Every device is signed out, and the address can’t be changed again for a day."
      done={done}
    >
      {token => (
        <Form problems={problems} setProblems={setProblems} onSubmit={() => undo(token)}>
          <Button type="submit" look="danger" waiting={busy}>
            {busy ? 'Undoing …' : 'Undo the change'}
          </Button>
        </Form>
      )}
    </LinkScreen>
  );
}

function ended(sessions: number): string {
  return sessions === 0 ? 'No device was signed in.' : sessions === 1 ? 'One device was signed out.' : `${sessions} devices were signed out.`;
}
