import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useConfig } from '../config';
import { RegisterDocument, SignInDocument, type RegisterAccountInput } from '../gql/graphql';
import { Button } from '../parts/Button';
import { Field, Tick } from '../parts/Field';
import { Form, secret, text } from '../parts/Form';
import { PolicyField, policyInput } from '../parts/PolicyField';
import { PasswordField } from '../parts/PasswordField';
import { SendActivationAgain } from '../parts/SendActivationAgain';
import { Notice, Screen } from '../parts/Screen';
import { accepted, TermsToRegister } from '../parts/Terms';
import * as session from '../session';
import { useTypedAddress } from '../typed';
import { useAction } from '../useAction';
import { useSettings } from '../useSettings';

export function Register() {
  const { run, busy, problems, setProblems } = useAction(RegisterDocument);
  const signIn = useAction(SignInDocument, { repeatable: true });
  const address = useTypedAddress();
  const [, navigate] = useLocation();
  const [sentTo, setSentTo] = useState<string>();
  const [firstName, setFirstName] = useState('');
  const settings = useSettings();
  const policies = settings?.fields ?? [];
  const terms = settings?.terms ?? [];
  const nameOf = policies.find(({ field }) => field === 'firstName');
  const asksName = nameOf?.access === 'WRITE' || nameOf?.access === 'ONCE';
  const required = policies.filter(({ required, field }) => required && field !== 'firstName');

  async function register(values: FormData) {
    const email = text(values, 'email') ?? '';
    const password = secret(values, 'password');
    const newsletter = values.get('newsletter') === 'yes';
    const name = asksName && firstName.trim() !== '' ? { firstName: firstName.trim() } : {};
    const agreed = terms.filter(({ required }) => required);
    const accepts = agreed.length === 0 ? {} : { terms: accepted(agreed) };
    const input = { email, password, ...name, ...policyInput(required, values), ...accepts, agreements: { email: newsletter } };
    if (!(await run({ input: input as RegisterAccountInput }))) {
      return;
    }
    // The answer never tells whether the address had an account already. Whether the new password
    // opens it does: then one is signed in, and else the mail says how to go on.
    const signedIn = await signIn.run({ input: { email, password } });
    if (signedIn) {
      navigate('/', { replace: true });
      session.start(signedIn.signIn.session.token);
    } else {
      setSentTo(email);
    }
  }

  if (sentTo !== undefined) {
    return <CheckYourMail email={sentTo} />;
  }
  if (settings?.registration === 'CLOSED') {
    return (
      <Screen title="Create an account" back={false}>
        <Notice>New accounts can’t be created here at the moment.</Notice>
        <p className="other">
          Have an account already? <Link href="/sign-in">Sign in</Link>
        </p>
      </Screen>
    );
  }
  return (
    <Screen title="Create an account" back={false}>
      <Form
        problems={problems}
        setProblems={setProblems}
        onSubmit={register}
        actions={
          <Button type="submit" look="primary" waiting={busy || signIn.busy}>
            {busy || signIn.busy ? 'Creating …' : 'Create account'}
          </Button>
        }
      >
        <Field
          name="firstName"
          label="First name"
          hint={nameOf?.required === true ? undefined : 'Optional'}
          autoComplete="given-name"
          required={nameOf?.required === true}
          hidden={settings !== undefined && !asksName}
          value={firstName}
          onChange={event => setFirstName(event.target.value)}
        />
        <Field {...address} name="email" label="E-mail" type="email" autoComplete="username" autoCapitalize="none" spellCheck={false} required />
        <PasswordField name="password" label="Password" autoComplete="new-password" known={[firstName, address.value].filter(Boolean)} />
        {required.map(policy => (
          <PolicyField key={policy.field} policy={policy} />
        ))}
        <TermsToRegister documents={terms} />
        <Tick name="newsletter">Send me the newsletter. I can change my mind at any time.</Tick>
      </Form>
      <p className="other">
        Have an account already? <Link href="/sign-in">Sign in</Link>
      </p>
    </Screen>
  );
}

function CheckYourMail({ email }: { email: string }) {
  const { inbox } = useConfig();
  return (
    <Screen title="Check your mail" back={false}>
      <Notice kind="good">
        <p>
          We write to <strong>{email}</strong> how to go on.
        </p>
        <p>Nothing there after a few minutes? Look into your spam folder. After several mails in a row it can take an hour until we send the next.</p>
        {inbox !== undefined && (
          <p>
            <a href={inbox} target="_blank" rel="noopener">
              Open the inbox
            </a>
          </p>
        )}
      </Notice>
      <SendActivationAgain email={email} />
      <p className="other">
        <Link href="/sign-in">Go to the sign-in</Link>
      </p>
    </Screen>
  );
}
