import { useState } from 'react';
import type { IdentityProvider } from '../gql/enums';
import { ChangePasswordDocument, PasswordDocument, RemovePasswordDocument } from '../gql/graphql';
import { Button } from '../parts/Button';
import { Form, secret } from '../parts/Form';
import { PasswordField } from '../parts/PasswordField';
import { useSecondFactor } from '../parts/SecondFactor';
import { Card, Notice, Screen } from '../parts/Screen';
import { formatDay } from '../time';
import { useAccount } from '../useAccount';
import { useAction } from '../useAction';

const providers: Record<IdentityProvider, string> = {
  APPLE: 'Apple',
  FACEBOOK: 'Facebook',
  GOOGLE: 'Google',
  OAUTH: 'Another service',
  PASSKEY: 'A passkey',
  SYNERISE: 'This password',
  UNKNOWN: 'Another service',
};

export function Password() {
  const { data } = useAccount(PasswordDocument, {});
  const { run, busy, problems, setProblems } = useAction(ChangePasswordDocument);
  const second = useSecondFactor(data?.account.can.changePassword.secondFactorNeeded ?? false, problems);
  // A number of its own makes the form a new one, with empty fields.
  const [done, setDone] = useState<{ times: number; text: string }>({ times: 0, text: '' });

  async function change(values: FormData) {
    const data = await run({ input: { oldPassword: secret(values, 'oldPassword'), newPassword: secret(values, 'newPassword'), ...second.of(values) } });
    if (!data) {
      return;
    }
    const others = data.changePassword.revokedSessions;
    const text = others === 0 ? '' : others === 1 ? ' Your other device was signed out.' : ` Your ${others} other devices were signed out.`;
    setDone({ times: done.times + 1, text: `Your password is changed.${text}` });
  }

  const account = data?.account;
  // A placeholder is no address, and nothing for a password manager to keep.
  const address = account === undefined || account.emailDisplaced ? '' : account.email;
  const identities = account?.identities ?? [];
  return (
    <Screen title="Password" intro="All other devices are signed out when you change it.">
      <div role="status">{done.text !== '' && <Notice kind="good">{done.text}</Notice>}</div>
      {account?.can.changePassword.reason === 'INVALID_CREDENTIALS' ? (
        <Notice>Your account has no password: you sign in another way. If you want one, sign out and choose “Forgot your password?”.</Notice>
      ) : (
        <Card>
          <Form
            key={done.times}
            problems={problems}
            setProblems={setProblems}
            ability={account?.can.changePassword}
            onSubmit={change}
            place={{ INVALID_CREDENTIALS: { field: 'oldPassword', text: 'This isn’t your current password.' }, ...second.place }}
            actions={
              <Button type="submit" look="primary" waiting={busy}>
                {busy ? 'Changing …' : 'Change password'}
              </Button>
            }
          >
            {/* Password managers want to know whose password it is. */}
            <input type="email" name="username" autoComplete="username" value={address} readOnly hidden />
            <PasswordField name="oldPassword" label="Current password" autoComplete="current-password" />
            <PasswordField
              name="newPassword"
              label="New password"
              autoComplete="new-password"
              known={[address, account?.firstName, account?.lastName].map(word => word ?? '').filter(Boolean)}
            />
            {second.fields}
          </Form>
        </Card>
      )}
      {account?.can.removePassword.allowed && <Remove twoFactors={account.can.removePassword.secondFactorNeeded} onDone={() => setDone({ times: done.times + 1, text: 'Your password is removed. Your other devices were signed out.' })} />}
      {identities.length > 0 && (
        <Card title="You can also sign in with">
          <ul className="rows">
            {identities.map(({ identityProvider, linkedAt }) => (
              <li key={identityProvider}>
                <span className="row-title">{providers[identityProvider]}</span>
                <span className="row-detail">Since {formatDay(linkedAt)}</span>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </Screen>
  );
}

/** For who has another way to sign in. */
function Remove({ twoFactors, onDone }: { twoFactors: boolean; onDone: () => void }) {
  const { run, busy, problems, setProblems } = useAction(RemovePasswordDocument);
  const second = useSecondFactor(twoFactors, problems);

  async function remove(values: FormData) {
    if (await run({ input: { password: secret(values, 'password'), ...second.of(values) } })) {
      onDone();
    }
  }

  return (
    <Card title="Sign in without a password">
      <p>You have another way to sign in. Without a password there is none that could be guessed or stolen. If you want one again, ask for it where you sign in.</p>
      <Form
        problems={problems}
        setProblems={setProblems}
        onSubmit={remove}
        place={{ INVALID_CREDENTIALS: { field: 'password', text: 'This isn’t your current password.' }, ...second.place }}
        actions={
          <Button type="submit" look="danger" waiting={busy}>
            {busy ? 'Removing …' : 'Remove password'}
          </Button>
        }
      >
        <PasswordField name="password" label="Your password" autoComplete="current-password" />
        {second.fields}
      </Form>
    </Card>
  );
}
