import { useState } from 'react';
import { Link } from 'wouter';
import { useConfig } from '../config';
import { RequestPasswordResetDocument } from '../gql/graphql';
import { Button } from '../parts/Button';
import { Field } from '../parts/Field';
import { Form, text } from '../parts/Form';
import { Notice, Screen } from '../parts/Screen';
import { useTypedAddress } from '../typed';
import { useAction } from '../useAction';

export function ForgotPassword() {
  const { inbox } = useConfig();
  const { run, busy, problems, setProblems } = useAction(RequestPasswordResetDocument, { repeatable: true });
  const address = useTypedAddress();
  const [sentTo, setSentTo] = useState<string>();

  async function request(values: FormData) {
    const email = text(values, 'email') ?? '';
    if (await run({ input: { email } })) {
      setSentTo(email);
    }
  }

  if (sentTo !== undefined) {
    return (
      <Screen title="Check your mail" back={false}>
        <Notice kind="good">
          <p>
            If there is an account for <strong>{sentTo}</strong>, we write to it, with a link to choose a new password.
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
        <p className="other">
          <Link href="/sign-in">Back to the sign-in</Link>
        </p>
      </Screen>
    );
  }
  return (
    <Screen title="Forgot your password?" back={false} intro="Tell us your e-mail, and we’ll send you a link to choose a new one.">
      <Form
        problems={problems}
        setProblems={setProblems}
        onSubmit={request}
        actions={
          <Button type="submit" look="primary" waiting={busy}>
            {busy ? 'Sending …' : 'Send the link'}
          </Button>
        }
      >
        <Field {...address} name="email" label="E-mail" type="email" autoComplete="username" autoCapitalize="none" spellCheck={false} required />
      </Form>
      <p className="other">
        <Link href="/sign-in">Back to the sign-in</Link>
      </p>
    </Screen>
  );
}
