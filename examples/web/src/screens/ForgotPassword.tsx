import { useState } from 'react';
import { Link } from 'wouter';
import { useConfig } from '../config';
import { RequestPasswordResetDocument } from '../gql/graphql';
import { Button } from '../parts/Button';
import { Field } from '../parts/Field';
import { Form, text } from '../parts/Form';
import { Notice, Screen } from '../parts/Screen';
import { useAction } from '../useAction';

export function ForgotPassword() {
  const { inbox } = useConfig();
  const { run, busy, problems, setProblems } = useAction(RequestPasswordResetDocument);
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
            If there is an account for <strong>{sentTo}</strong>, a link to choose a new password is on its way to it.
          </p>
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
      <Form problems={problems} setProblems={setProblems} onSubmit={request}>
        <Field name="email" label="E-mail" type="email" autoComplete="username" autoCapitalize="none" spellCheck={false} required />
        <Button type="submit" look="primary" waiting={busy}>
          {busy ? 'Sending …' : 'Send the link'}
        </Button>
      </Form>
      <p className="other">
        <Link href="/sign-in">Back to the sign-in</Link>
      </p>
    </Screen>
  );
}
