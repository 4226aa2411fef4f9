import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useConfig } from '../config';
import type { Problem } from '../errors';
import { CancelAccountDeletionDocument, SignInDocument } from '../gql/graphql';
import { Button } from '../parts/Button';
import { Field } from '../parts/Field';
import { Form, secret, text } from '../parts/Form';
import { Icon } from '../parts/Icon';
import { PasswordField } from '../parts/PasswordField';
import { Notice, Screen } from '../parts/Screen';
import { SecondStep, secondStepOf } from '../parts/SecondStep';
import { SendActivationAgain } from '../parts/SendActivationAgain';
import * as session from '../session';
import { supported } from '../passkeys';
import { useTypedAddress } from '../typed';
import { useAction } from '../useAction';
import { usePasskeySignIn } from '../usePasskeySignIn';
import { useSettings } from '../useSettings';

const farewells: Record<session.Farewell, string> = {
  'signed-out': 'You’re signed out. See you soon.',
  unheard: 'This browser has forgotten your session, but the server couldn’t be told: until it is, you’re still signed in there. Leave this page open; it keeps trying.',
  ended: 'Your session has ended. Please sign in again.',
  deleted: 'Your account and your personal data are deleted. Thank you for having been with us.',
  closed: 'Your account is closed, and will be deleted on the day that our mail names. Until then you can keep it: sign in here, or use the link in the mail.',
};

const kinds = { 'signed-out': 'good', unheard: 'warn', ended: 'info', deleted: 'good', closed: 'info' } as const satisfies Record<session.Farewell, string>;

export function SignIn() {
  const { demo } = useConfig();
  const settings = useSettings();
  const registration = settings?.registration;
  const { farewell } = session.useSession();
  const [location, navigate] = useLocation();
  const { run, busy, problems, setProblems } = useAction(SignInDocument, { repeatable: true });
  const address = useTypedAddress();
  const { run: cancel, busy: cancelling, problems: unkept } = useAction(CancelAccountDeletionDocument, { repeatable: true });
  const [tried, setTried] = useState({ email: '', password: '' });

  const withPasskeys = supported && settings?.passkeys === true;
  const passkey = usePasskeySignIn(withPasskeys, begin);

  function begin(token: string | null) {
    // Whoever came for a screen of the account gets it; the rest begins at the overview.
    if (location === '/sign-in' || farewell === 'deleted' || farewell === 'closed') {
      navigate('/', { replace: true });
    }
    session.start(token);
  }

  async function signIn(email: string, password: string) {
    setTried({ email, password });
    passkey.setProblems([]);
    const data = await run({ input: { email, password } });
    if (data) {
      begin(data.signIn.session.token);
    }
  }

  function signInWithPasskey() {
    setProblems([]);
    passkey.signIn();
  }

  async function keepAccount() {
    if (await cancel({ input: { accountEmail: tried.email, password: tried.password } })) {
      await signIn(tried.email, tried.password);
    }
  }

  function remedy({ code }: Problem) {
    return code === 'ACTIVATION_REQUIRED' ? (
      <SendActivationAgain email={tried.email} />
    ) : (
      code === 'DELETION_PENDING' && (
        <Button look="link" waiting={cancelling} onClick={keepAccount}>
          {cancelling ? 'Calling the deletion off …' : 'Keep my account and sign in'}
        </Button>
      )
    );
  }

  const step = secondStepOf(problems);
  if (step) {
    return <SecondStep {...step} onSignedIn={begin} onAgain={() => setProblems([])} />;
  }

  return (
    <Screen title="Sign in" back={false}>
      <div role="status">{farewell !== null && problems.length === 0 && passkey.problems.length === 0 && <Notice kind={kinds[farewell]}>{farewells[farewell]}</Notice>}</div>
      <Form
        problems={[...problems, ...unkept.map(problem => (problem.code === 'SECOND_FACTOR_REQUIRED' ? { ...problem, field: null, text: 'To keep this account, use the link in our mail.' } : problem))]}
        setProblems={setProblems}
        onSubmit={values => signIn(text(values, 'email') ?? '', secret(values, 'password'))}
        remedy={remedy}
        actions={
          <Button type="submit" look="primary" waiting={busy}>
            {busy ? 'Signing in …' : 'Sign in'}
          </Button>
        }
      >
        <Field {...address} name="email" label="E-mail" type="email" autoComplete={withPasskeys ? 'username webauthn' : 'username'} autoCapitalize="none" spellCheck={false} required />
        <PasswordField name="password" label="Password" autoComplete="current-password" />
        <p className="aside">
          <Link href="/forgot-password">Forgot your password?</Link>
        </p>
      </Form>
      {withPasskeys && (
        <Form
          problems={passkey.problems}
          setProblems={passkey.setProblems}
          onSubmit={signInWithPasskey}
          actions={
            <Button type="submit" waiting={passkey.busy}>
              <Icon name="finger" />
              {passkey.busy ? 'Asking for it …' : 'Sign in with a passkey'}
            </Button>
          }
        />
      )}
      {settings?.signInCode === true && (
        <p className="other">
          No password? <Link href="/sign-in-code">Send me a code</Link>
        </p>
      )}
      {registration !== 'CLOSED' && (
        <p className="other">
          New here? <Link href="/register">Create an account</Link>
        </p>
      )}
      {demo !== undefined && (
        <p className="other">
          <Button look="link" waiting={busy} onClick={() => signIn(demo.email, demo.password)}>
            Try it as the demo customer
          </Button>
        </p>
      )}
    </Screen>
  );
}
