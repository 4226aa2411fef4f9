import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import type { Problem } from '../errors';
import { CancelAccountDeletionDocument, ConfirmActivationDocument, ConfirmEmailChangeDocument, ConfirmPasswordResetDocument, SecureAccountDocument, UndoEmailChangeDocument } from '../gql/graphql';
import { Button } from '../parts/Button';
import { Field, YesNo } from '../parts/Field';
import { Form, secret } from '../parts/Form';
import { ended, forgetToken, instead, LinkScreen, toAccount, toSignIn, type Done } from '../parts/LinkScreen';
import { PasswordField } from '../parts/PasswordField';
import { useSecondFactor } from '../parts/SecondFactor';
import { SupportLink } from '../parts/SupportLink';
import * as session from '../session';
import { formatTime } from '../time';
import { askTyped, setTyped, typed } from '../typed';
import { useAction } from '../useAction';

export { ResetFactor } from './ResetFactor';

export function ResetPassword() {
  const { run, busy, problems, setProblems } = useAction(ConfirmPasswordResetDocument);
  const second = useSecondFactor(false, problems);
  const [done, setDone] = useState<Done>();
  // The link tells the server whose password it is, but a password manager wants to be told by the page.
  const [address, setAddress] = useState(typed);
  useEffect(() => askTyped(setAddress), []);

  async function reset(token: string, values: FormData) {
    const data = await run({ input: { token, password: secret(values, 'password'), ...second.of(values) } });
    if (data) {
      forgetToken();
      setTyped(address);
      setDone({ title: 'Your new password is set', text: `${ended(data.confirmPasswordReset.revokedSessions)} Sign in with the new password from now on.`, next: toSignIn });
    }
  }
  return (
    <LinkScreen title="Choose a new password" intro="It replaces the old one, and every device that is signed in to your account is signed out." done={done}>
      {token => (
        <Form
          problems={problems}
          setProblems={setProblems}
          onSubmit={values => reset(token, values)}
          place={second.place}
          remedy={instead('/forgot-password', 'Send me a new link')}
          actions={
            <Button type="submit" look="primary" waiting={busy}>
              {busy ? 'Saving …' : 'Set new password'}
            </Button>
          }
        >
          <Field
            name="username"
            label="E-mail"
            hint="Optional: your password manager keeps the new password with it."
            type="email"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            value={address}
            onChange={event => setAddress(event.target.value)}
          />
          <PasswordField name="password" label="New password" autoComplete="new-password" known={[address].filter(Boolean)} />
          {second.fields}
        </Form>
      )}
    </LinkScreen>
  );
}

export function ConfirmActivation() {
  const { token: signedIn } = session.useSession();
  const { run, busy, problems, setProblems } = useAction(ConfirmActivationDocument);
  const [done, setDone] = useState<Done>();
  // The link proves the mailbox; who registered is shown by the session here or, where there is none or another's, by the password.
  const [asked, setAsked] = useState(false);
  const asks = asked || signedIn === null;
  if (!asked && problems.some(({ code }) => code === 'REAUTHENTICATION_REQUIRED')) {
    setAsked(true);
  }

  async function activate(token: string, values: FormData) {
    const data = await run({ input: asks ? { token, password: secret(values, 'password') } : { token } });
    if (data) {
      forgetToken();
      // The session that the link gives takes the place of the one that was here.
      const { session: begun } = data.confirmAccountActivation;
      if (begun) {
        session.start(begun.token);
      }
      const welcome = 'Welcome! Your account is active';
      setDone({ title: 'Your e-mail is confirmed', text: begun ? `${welcome}, and you’re signed in.` : `${welcome}.`, next: begun ? toAccount : toSignIn });
    }
  }
  // Another tab may sign out while this one stands open.
  const now = done && signedIn === null ? { ...done, text: 'Welcome! Your account is active.', next: toSignIn } : done;
  return (
    <LinkScreen title="Confirm your e-mail" intro="This confirms that the address that got the mail is yours, and signs you in." done={now}>
      {token => (
        <>
          <Form
            problems={problems}
            setProblems={setProblems}
            onSubmit={values => activate(token, values)}
            place={{ INVALID_CREDENTIALS: { field: 'password', text: 'is not the one of this registration.' } }}
            remedy={instead('/', signedIn === null ? 'Sign in: your account offers a new one if it is still needed' : 'Go to your account, which offers a new one if it is still needed')}
            actions={
              <Button type="submit" look="primary" waiting={busy}>
                {busy ? 'Confirming …' : 'Confirm e-mail'}
              </Button>
            }
          >
            {asks && <PasswordField name="password" label="Password" autoComplete="current-password" hint="The one that you chose when you registered." />}
          </Form>
          {asks && (
            <p className="other">
              You didn’t register? Then somebody else typed your address. <Link href="/forgot-password">Choose a password of your own</Link>, and the account is yours alone.
            </p>
          )}
        </>
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
        next: null,
      });
    }
  }
  return (
    <LinkScreen
      title="Confirm your new e-mail"
      intro="The address that got the mail becomes that of your account, and your other devices are signed out."
      done={done && { ...done, next: signedIn === null ? toSignIn : toAccount }}
    >
      {token => (
        <Form
          problems={problems}
          setProblems={setProblems}
          onSubmit={values => confirm(token, values)}
          remedy={instead('/email', signedIn === null ? 'Ask for a new one' : 'It has to be of the account that is signed in here; ask for a new one')}
          actions={
            <Button type="submit" look="primary" waiting={busy}>
              {busy ? 'Confirming …' : 'Confirm new e-mail'}
            </Button>
          }
        >
          <YesNo name="newsletterAgreement" question="May we send newsletters to the new address?" hint="This replaces your answer for the former address." />
        </Form>
      )}
    </LinkScreen>
  );
}

export function KeepAccount() {
  const { run, busy, problems, setProblems } = useAction(CancelAccountDeletionDocument);
  const [done, setDone] = useState<Done>();
  async function keep(token: string) {
    if (await run({ input: { token } })) {
      forgetToken();
      setDone({ title: 'Your account stays', text: 'It is open again, with everything in it. Sign in as usual.', next: toSignIn });
    }
  }
  return (
    <LinkScreen title="Keep your account" intro="This calls the deletion of your account off." done={done}>
      {token => (
        <Form
          problems={problems}
          setProblems={setProblems}
          onSubmit={() => keep(token)}
          remedy={instead('/sign-in', 'Sign in: an account that still waits for its deletion can be kept there')}
          actions={
            <Button type="submit" look="primary" waiting={busy}>
              {busy ? 'Calling it off …' : 'Keep my account'}
            </Button>
          }
        >
          {null}
        </Form>
      )}
    </LinkScreen>
  );
}

export function SecureAccount() {
  const { run, busy, problems, setProblems } = useAction(SecureAccountDocument);
  const [done, setDone] = useState<Done>();
  async function secure(token: string) {
    const data = await run({ input: { token } });
    if (data) {
      forgetToken();
      const { revokedSessions, changesPausedUntil } = data.secureAccount;
      setDone({
        title: 'Your account is secured',
        text: `${ended(revokedSessions)} Your old password no longer works, and a mail by which you choose a new one is on its way. Until ${formatTime(changesPausedUntil)}, nothing else about signing in can be changed.`,
        next: (
          <>
            No mail? <Link href="/forgot-password">Ask for another</Link>
          </>
        ),
      });
    }
  }
  return (
    <LinkScreen
      title="This wasn’t me"
      intro="Every device is signed out, and your password stops working. What was asked for is cancelled, and for a day nobody can change your e-mail, your phone or how you sign in. You get a mail by which you choose a new password."
      done={done}
    >
      {token => (
        <Form
          problems={problems}
          setProblems={setProblems}
          onSubmit={() => secure(token)}
          remedy={instead('/forgot-password', 'If somebody may know your password, choose a new one')}
          actions={
            <Button type="submit" look="danger" waiting={busy}>
              {busy ? 'Securing …' : 'Secure my account'}
            </Button>
          }
        >
          {null}
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
      setTyped(data.undoEmailChange.email);
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
        <Form
          problems={problems}
          setProblems={setProblems}
          onSubmit={() => undo(token)}
          remedy={undone}
          actions={
            <Button type="submit" look="danger" waiting={busy}>
              {busy ? 'Undoing …' : 'Undo the change'}
            </Button>
          }
        >
          {null}
        </Form>
      )}
    </LinkScreen>
  );
}

/** Whoever stands before a void undo link may have lost their account: what they can do, in the order in which it helps. */
function undone({ code }: Problem) {
  return (
    code === 'TOKEN_INVALID' && (
      <ol>
        <li>Look whether a later mail from us holds another link, and use that.</li>
        <li>
          If the change was undone before, all is well with your address. <Link href="/forgot-password">Choose a new password</Link> if you haven’t.
        </li>
        <li>
          If somebody else has your account and no mail for a new password reaches you, turn to <SupportLink />.
        </li>
      </ol>
    )
  );
}
