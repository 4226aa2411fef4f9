import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useConfig } from '../config';
import { SignInDocument } from '../gql/graphql';
import { Button } from '../parts/Button';
import { Field } from '../parts/Field';
import { Form, secret, text } from '../parts/Form';
import { PasswordField } from '../parts/PasswordField';
import { Notice, Screen } from '../parts/Screen';
import { SendActivationAgain } from '../parts/SendActivationAgain';
import * as session from '../session';
import { useTypedAddress } from '../typed';
import { useAction } from '../useAction';

const farewells: Record<session.Farewell, string> = {
  'signed-out': 'You’re signed out. See you soon.',
  unheard: 'This browser has forgotten your session, but the server couldn’t be told: until it is, you’re still signed in there. Leave this page open; it keeps trying.',
  ended: 'Your session has ended. Please sign in again.',
  deleted: 'Your account and your personal data are deleted. Thank you for having been with us.',
};

const kinds = { 'signed-out': 'good', unheard: 'warn', ended: 'info', deleted: 'good' } as const satisfies Record<session.Farewell, string>;

export function SignIn() {
  const { demo } = useConfig();
  const { farewell } = session.useSession();
  const [location, navigate] = useLocation();
  const { run, busy, problems, setProblems } = useAction(SignInDocument, { repeatable: true });
  const address = useTypedAddress();
  const [tried, setTried] = useState('');

  async function signIn(email: string, password: string) {
    setTried(email);
    const data = await run({ input: { email, password } });
    if (data) {
      // Whoever came for a screen of the account gets it; the rest begins at the overview.
      if (location === '/sign-in' || farewell === 'deleted') {
        navigate('/', { replace: true });
      }
      session.start(data.signIn.session.token);
    }
  }

  return (
    <Screen title="Sign in" back={false}>
      <div role="status">{farewell !== null && problems.length === 0 && <Notice kind={kinds[farewell]}>{farewells[farewell]}</Notice>}</div>
      <Form
        problems={problems}
        setProblems={setProblems}
        onSubmit={values => signIn(text(values, 'email') ?? '', secret(values, 'password'))}
        remedy={({ code }) => code === 'ACTIVATION_REQUIRED' && <SendActivationAgain email={tried} />}
        actions={
          <Button type="submit" look="primary" waiting={busy}>
            {busy ? 'Signing in …' : 'Sign in'}
          </Button>
        }
      >
        <Field {...address} name="email" label="E-mail" type="email" autoComplete="username" autoCapitalize="none" spellCheck={false} required />
        <PasswordField name="password" label="Password" autoComplete="current-password" />
        <p className="aside">
          <Link href="/forgot-password">Forgot your password?</Link>
        </p>
      </Form>
      <p className="other">
        New here? <Link href="/register">Create an account</Link>
      </p>
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
