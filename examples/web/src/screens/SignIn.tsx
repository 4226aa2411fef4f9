import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useConfig } from '../config';
import { RequestActivationDocument, SignInDocument } from '../gql/graphql';
import { Button } from '../parts/Button';
import { Field } from '../parts/Field';
import { Form, secret, text } from '../parts/Form';
import { PasswordField } from '../parts/PasswordField';
import { Notice, Screen } from '../parts/Screen';
import { useToast } from '../parts/Toast';
import * as session from '../session';
import { useAction } from '../useAction';

const farewells: Record<session.Farewell, string> = {
  'signed-out': 'You’re signed out. See you soon.',
  ended: 'Your session has ended. Please sign in again.',
  deleted: 'Your account and your personal data are deleted. Thank you for having been with us.',
};

export function SignIn() {
  const { demo } = useConfig();
  const { farewell } = session.useSession();
  const [location, navigate] = useLocation();
  const { run, busy, problems, setProblems } = useAction(SignInDocument);
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
      <div role="status">{farewell !== null && problems.length === 0 && <Notice kind={farewell === 'ended' ? 'info' : 'good'}>{farewells[farewell]}</Notice>}</div>
      <Form
        problems={problems}
        setProblems={setProblems}
        onSubmit={values => signIn(text(values, 'email') ?? '', secret(values, 'password'))}
        remedy={({ code }) => code === 'ACTIVATION_REQUIRED' && <SendActivationAgain email={tried} />}
      >
        <Field name="email" label="E-mail" type="email" autoComplete="username" autoCapitalize="none" spellCheck={false} required />
        <PasswordField name="password" label="Password" autoComplete="current-password" />
        <p className="aside">
          <Link href="/forgot-password">Forgot your password?</Link>
        </p>
        <Button type="submit" look="primary" waiting={busy}>
          {busy ? 'Signing in …' : 'Sign in'}
        </Button>
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

/** Sends the mail that activates the account once more. */
export function SendActivationAgain({ email }: { email: string }) {
  const toast = useToast();
  const { run, busy, problems } = useAction(RequestActivationDocument);
  async function send() {
    if (await run({ input: { email } })) {
      toast('The mail is on its way');
    }
  }
  const problem = problems[0];
  return (
    <>
      <Button look="link" waiting={busy} onClick={send}>
        Send the mail again
      </Button>
      {problem && <p role="alert">{problem.text}</p>}
    </>
  );
}
