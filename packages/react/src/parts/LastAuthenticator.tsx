import type { AuthenticatorsQuery } from '../gql/graphql';
import { useLastAuthenticator } from '../hooks/useAuthenticators';
import { Button } from './Button';
import { Dialog } from './Dialog';
import { Form, secret } from './Form';
import { PasswordField } from './PasswordField';
import { Problems } from './Problems';
import { secondFactor } from './SecondFactor';
import { later, t } from '../words';

interface LastProps {
  account: AuthenticatorsQuery['account'];
  id: string;
  onRemoved: () => void;
  onStay: () => void;
}

/** Asks for both factors, or a passkey, before the last authenticator goes: the server takes no earlier proof for that. */
export function LastAuthenticator({ account, id, onRemoved, onStay }: LastProps) {
  const { byPassword, byPasskey, remove, removeByPasskey, second: choice } = useLastAuthenticator(id, account.can.removeAuthenticator);
  const { run, busy, problems, setProblems } = remove;
  const second = secondFactor(choice);
  const end = (removed: unknown) => removed && onRemoved();

  return (
    <Dialog title={t('lastAuthenticator.removeYourOnlyAuthenticator')} text={<p>{t('lastAuthenticator.thenYourPasswordAlone')}</p>} onCancel={onStay}>
      {byPassword && (
        <Form
          problems={problems}
          setProblems={setProblems}
          onSubmit={async values => end(await run({ password: secret(values, 'password'), ...second.of(values) }))}
          place={{ INVALID_CREDENTIALS: { field: 'password', text: later('common.thisIsntYourCurrent') }, ...second.place }}
          actions={
            <Button type="submit" look="danger" waiting={busy}>
              {busy ? t('common.removing') : t('common.remove')}
            </Button>
          }
        >
          <input type="email" name="username" autoComplete="username" value={account.emailDisplaced ? '' : account.email} readOnly hidden />
          <PasswordField name="password" label="current" autoComplete="current-password" />
          {second.fields}
        </Form>
      )}
      {byPasskey && (
        <>
          <Problems problems={removeByPasskey.problems} />
          <div className="actions">
            <Button waiting={removeByPasskey.busy} onClick={async () => end(await removeByPasskey.run())}>
              {t('lastAuthenticator.removeWithAPasskey')}
            </Button>
          </div>
        </>
      )}
      {!byPasskey && !byPassword && <p>{t('lastAuthenticator.thereIsNothingThat')}</p>}
      <div className="actions">
        <Button data-first look="link" onClick={onStay}>
          {t('common.keepIt')}
        </Button>
      </div>
    </Dialog>
  );
}
