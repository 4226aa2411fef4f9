import { RemoveAuthenticatorDocument, type AuthenticatorsQuery, type RemoveAuthenticatorInput } from '../gql/graphql';
import * as passkeys from '../passkeys';
import { useAction } from '../hooks/useAction';
import { passkeyProblem, usePasskeyProof } from '../hooks/usePasskeyProof';
import { Button } from './Button';
import { Dialog } from './Dialog';
import { Form, secret } from './Form';
import { PasswordField } from './PasswordField';
import { Problems } from './Problems';
import { useSecondFactor } from './SecondFactor';
import { later, t } from '../words';

interface LastProps {
  account: AuthenticatorsQuery['account'];
  id: string;
  onRemoved: () => void;
  onStay: () => void;
}

/** Asks for both factors, or a passkey, before the last authenticator goes: the server takes no earlier proof for that. */
export function LastAuthenticator({ account, id, onRemoved, onStay }: LastProps) {
  const { run, busy, problems, setProblems } = useAction(RemoveAuthenticatorDocument, { onScreen: true });
  const second = useSecondFactor(true, problems);
  const passkey = usePasskeyProof('removeAuthenticator');
  const factors = account.can.removeAuthenticator.factors ?? [];
  const byPasskey = passkeys.supported && factors.includes('PASSKEY');

  async function remove(proof: Omit<RemoveAuthenticatorInput, 'id'>) {
    if (await run({ input: { id, ...proof } })) {
      onRemoved();
    }
  }

  async function removeByPasskey() {
    const answer = await passkey.ask();
    if (answer) {
      await remove({ passkey: answer });
    }
  }

  return (
    <Dialog title={t('lastAuthenticator.removeYourOnlyAuthenticator')} text={<p>{t('lastAuthenticator.thenYourPasswordAlone')}</p>} onCancel={onStay}>
      {factors.includes('PASSWORD') && (
        <Form
          problems={problems}
          setProblems={setProblems}
          onSubmit={values => remove({ password: secret(values, 'password'), ...second.of(values) })}
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
          <Problems problems={factors.includes('PASSWORD') ? passkey.problems : [...passkey.problems, ...problems.map(passkeyProblem)]} />
          <div className="actions">
            <Button waiting={passkey.busy || busy} onClick={removeByPasskey}>
              {t('lastAuthenticator.removeWithAPasskey')}
            </Button>
          </div>
        </>
      )}
      {!byPasskey && !factors.includes('PASSWORD') && <p>{t('lastAuthenticator.thereIsNothingThat')}</p>}
      <div className="actions">
        <Button data-first look="link" onClick={onStay}>
          {t('common.keepIt')}
        </Button>
      </div>
    </Dialog>
  );
}
