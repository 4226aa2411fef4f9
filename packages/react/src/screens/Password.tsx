import type { IdentityProvider } from '../gql/enums';
import { Button } from '../parts/Button';
import { Form, secret } from '../parts/Form';
import { LinkProviders } from '../parts/LinkProviders';
import { PasswordField } from '../parts/PasswordField';
import { Problems } from '../parts/Problems';
import { ProofQuestion } from '../parts/Proof';
import { secondFactor } from '../parts/SecondFactor';
import { Card, Notice, Screen } from '../parts/Screen';
import { useToast } from '../parts/Toast';
import { formatDay } from '../time';
import { useIdentities, type IdentityName, type LinkedIdentity } from '../hooks/useIdentities';
import { usePassword, type PasswordFlow, type PasswordOutcome } from '../hooks/usePassword';
import { useSettings } from '../hooks/useSettings';
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

/** What was done, in words. */
function outcomeWords(outcome: PasswordOutcome): string {
  return outcome.done === 'changed' ? t('password.yourPasswordIsChanged', { others: outcome.revokedSessions }) : t('password.yourPasswordIsRemoved');
}

export function Password() {
  const flow = usePassword();
  const { none, removeAbility, outcome, times } = flow;

  return (
    <Screen title={t('common.password')} intro={t('password.allOtherDevicesAre')}>
      <div role="status">{outcome && <Notice kind="good">{outcomeWords(outcome)}</Notice>}</div>
      {none ? (
        <Notice>{t('password.yourAccountHasNo')}</Notice>
      ) : (
        <Card>
          <Change key={times} flow={flow} />
        </Card>
      )}
      {removeAbility?.allowed && <Remove flow={flow} />}
      <Identities />
    </Screen>
  );
}

/** The other services that the customer signs in by, and those that can be linked. */
function Identities() {
  const { identities = [], unlink, linkable, startLink } = useIdentities();
  const settings = useSettings();
  const toast = useToast();
  const nameOf = (identity: IdentityName) =>
    settings?.identityProviders.find(({ identityProvider, issuer }) => identityProvider === identity.identityProvider && issuer === identity.issuer)?.page?.name ?? t(providers[identity.identityProvider]);

  async function remove({ identityProvider, issuer }: LinkedIdentity) {
    const provider = nameOf({ identityProvider, issuer });
    if (await unlink.run({ identityProvider, issuer })) {
      toast(t('password.unlinked', { provider }));
    }
  }

  if (identities.length + linkable.length === 0) {
    return null;
  }
  return (
    <Card title={identities.length > 0 ? t('password.youCanAlsoSign') : t('password.signInByAnother')}>
      {identities.length > 0 && (
        <ul className="rows">
          {identities.map(identity => (
            <li key={identity.issuer} className="row">
              <div>
                <p className="row-title">{nameOf(identity)}</p>
                <p className="row-detail">{t('password.since', { day: formatDay(identity.linkedAt) })}</p>
              </div>
              <Button waiting={unlink.busy} aria-label={t('password.unlink', { provider: nameOf(identity) })} onClick={() => remove(identity)}>
                {unlink.busy ? t('common.removing') : t('common.remove')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Problems problems={unlink.problems} />
      <ProofQuestion question={unlink.question} />
      <LinkProviders linkable={linkable} startLink={startLink} />
    </Card>
  );
}

function Change({ flow: { account, email, change, changeAbility, changeSecond } }: { flow: PasswordFlow }) {
  const { run, busy, problems, setProblems } = change;
  const second = secondFactor(changeSecond);

  return (
    <Form
      problems={problems}
      setProblems={setProblems}
      ability={changeAbility}
      onSubmit={values => run({ oldPassword: secret(values, 'oldPassword'), newPassword: secret(values, 'newPassword'), ...second.of(values) })}
      place={{ INVALID_CREDENTIALS: { field: 'oldPassword', text: later('common.thisIsntYourCurrent') }, ...second.place }}
      actions={
        <Button type="submit" look="primary" waiting={busy}>
          {busy ? t('password.changing') : t('password.changePassword')}
        </Button>
      }
    >
      {/* Password managers want to know whose password it is. */}
      <input type="email" name="username" autoComplete="username" value={email} readOnly hidden />
      <PasswordField name="oldPassword" label="current" autoComplete="current-password" />
      <PasswordField
        name="newPassword"
        label="new"
        autoComplete="new-password"
        known={[email, account?.firstName, account?.lastName].map(word => word ?? '').filter(Boolean)}
      />
      {second.fields}
    </Form>
  );
}

/** For who has another way to sign in. */
function Remove({ flow: { remove, removeSecond } }: { flow: PasswordFlow }) {
  const { run, busy, problems, setProblems } = remove;
  const second = secondFactor(removeSecond);

  return (
    <Card title={t('common.signInWithoutA')}>
      <p>{t('password.youHaveAnotherWay')}</p>
      <Form
        problems={problems}
        setProblems={setProblems}
        onSubmit={values => run({ password: secret(values, 'password'), ...second.of(values) })}
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
