import { useState } from 'react';
import type { IdentityProvider } from '../gql/enums';
import { ChangePasswordDocument, PasswordDocument, RemovePasswordDocument } from '../gql/graphql';
import { Button } from '../parts/Button';
import { Form, secret } from '../parts/Form';
import { PasswordField } from '../parts/PasswordField';
import { useSecondFactor } from '../parts/SecondFactor';
import { Card, Notice, Screen } from '../parts/Screen';
import { formatDay } from '../time';
import { useAccountQuery } from '../hooks/useAccountQuery';
import { useAction } from '../hooks/useAction';
import { later, t, type Key } from '../words';

const providers: Record<IdentityProvider, Key> = {
  APPLE: 'provider.apple',
  FACEBOOK: 'provider.facebook',
  GOOGLE: 'provider.google',
  OAUTH: 'password.anotherService',
  PASSKEY: 'password.aPasskey',
  SYNERISE: 'password.thisPassword',
  UNKNOWN: 'password.anotherService',
};

export function Password() {
  const { data } = useAccountQuery(PasswordDocument, {});
  const { run, busy, problems, setProblems } = useAction(ChangePasswordDocument);
  const second = useSecondFactor(data?.account.can.changePassword.secondFactorNeeded ?? false, problems);
  // A number of its own makes the form a new one, with empty fields.
  const [done, setDone] = useState<{ times: number; text?: () => string }>({ times: 0 });

  async function change(values: FormData) {
    const data = await run({ input: { oldPassword: secret(values, 'oldPassword'), newPassword: secret(values, 'newPassword'), ...second.of(values) } });
    if (!data) {
      return;
    }
    const others = data.changePassword.revokedSessions;
    setDone({ times: done.times + 1, text: later('password.yourPasswordIsChanged', { others }) });
  }

  const account = data?.account;
  // A placeholder is no address, and nothing for a password manager to keep.
  const address = account === undefined || account.emailDisplaced ? '' : account.email;
  const identities = account?.identities ?? [];
  return (
    <Screen title={t('common.password')} intro={t('password.allOtherDevicesAre')}>
      <div role="status">{done.text && <Notice kind="good">{done.text()}</Notice>}</div>
      {account?.can.changePassword.reason === 'INVALID_CREDENTIALS' ? (
        <Notice>{t('password.yourAccountHasNo')}</Notice>
      ) : (
        <Card>
          <Form
            key={done.times}
            problems={problems}
            setProblems={setProblems}
            ability={account?.can.changePassword}
            onSubmit={change}
            place={{ INVALID_CREDENTIALS: { field: 'oldPassword', text: later('common.thisIsntYourCurrent') }, ...second.place }}
            actions={
              <Button type="submit" look="primary" waiting={busy}>
                {busy ? t('password.changing') : t('password.changePassword')}
              </Button>
            }
          >
            {/* Password managers want to know whose password it is. */}
            <input type="email" name="username" autoComplete="username" value={address} readOnly hidden />
            <PasswordField name="oldPassword" label="current" autoComplete="current-password" />
            <PasswordField
              name="newPassword"
              label="new"
              autoComplete="new-password"
              known={[address, account?.firstName, account?.lastName].map(word => word ?? '').filter(Boolean)}
            />
            {second.fields}
          </Form>
        </Card>
      )}
      {account?.can.removePassword.allowed && <Remove twoFactors={account.can.removePassword.secondFactorNeeded} onDone={() => setDone({ times: done.times + 1, text: later('password.yourPasswordIsRemoved') })} />}
      {identities.length > 0 && (
        <Card title={t('password.youCanAlsoSign')}>
          <ul className="rows">
            {identities.map(({ identityProvider, linkedAt }) => (
              <li key={identityProvider}>
                <span className="row-title">{t(providers[identityProvider])}</span>
                <span className="row-detail">{t('password.since', { day: formatDay(linkedAt) })}</span>
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
    <Card title={t('common.signInWithoutA')}>
      <p>{t('password.youHaveAnotherWay')}</p>
      <Form
        problems={problems}
        setProblems={setProblems}
        onSubmit={remove}
        place={{ INVALID_CREDENTIALS: { field: 'password', text: later('common.thisIsntYourCurrent') }, ...second.place }}
        actions={
          <Button type="submit" look="danger" waiting={busy}>
            {busy ? t('common.removing') : t('password.removePassword')}
          </Button>
        }
      >
        <PasswordField name="password" label="own" autoComplete="current-password" />
        {second.fields}
      </Form>
    </Card>
  );
}
