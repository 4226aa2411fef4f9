import type { Problem } from '../errors';
import { formatDeadline } from '../time';
import type { BegunAuthenticator } from '../hooks/useAuthenticatorSetup';
import { Button } from './Button';
import { CodeField } from './CodeField';
import { CopyButton } from './CopyButton';
import { Field } from './Field';
import { Form } from './Form';
import { QrCode } from './QrCode';
import { Card } from './Screen';
import { later, rich, t } from '../words';

export type Begun = BegunAuthenticator;

interface SetupProps {
  begun: Begun;
  /** Whether it is the first one, with which recovery codes come. */
  first: boolean;
  /** What sends the code, and what came of it. */
  action: { busy: boolean; problems: Problem[]; setProblems: (problems: Problem[]) => void };
  confirm: (values: FormData) => Promise<void>;
  /** Whether the customer may give it a name. */
  named: boolean;
  onCancel: () => void;
}

const refusals: Partial<Record<Problem['code'], () => string>> = {
  TOKEN_INVALID: later('authenticatorSetup.thatTookTooLong'),
};

/** An authenticator that waits for its first code: the secret as a picture and as a text, and the box for the code. */
export function AuthenticatorSetup({ begun, first, action, confirm, named, onCancel }: SetupProps) {
  const { busy, problems, setProblems } = action;
  const { secret, uri, qrCode, expiresAt } = begun;

  return (
    <Card title={t('authenticatorSetup.addAnAuthenticator')}>
      <ol className="steps">
        <li>
          <p>{t('authenticatorSetup.openAnAuthenticatorOn')}</p>
          <div className="pairing">
            <QrCode rows={qrCode} label={t('authenticatorSetup.qrCodeForYour')} />
            <div>
              <p>
                {rich('authenticatorSetup.onThisDeviceOpen', { link: words => <a href={uri}>{words}</a> })}
              </p>
              <p>{t('authenticatorSetup.orTypeThisKey')}</p>
              <p>
                <code className="key" dir="ltr">{secret.replace(/.{4}(?=.)/g, '$& ')}</code>
              </p>
              <CopyButton text={secret} copied={t('authenticatorSetup.theKeyIsCopied')}>
                {t('authenticatorSetup.copyTheKey')}
              </CopyButton>
            </div>
          </div>
        </li>
        <li>
          <p>{first ? t('authenticatorSetup.enterTheFirstCode') : t('authenticatorSetup.enterTheCode')}</p>
          <Form
            problems={problems.map(problem => ({ ...problem, text: refusals[problem.code] ?? problem.text }))}
            setProblems={setProblems}
            onSubmit={confirm}
            place={{ CODE_INVALID: { field: 'code', text: later('authenticatorSetup.thisCodeIsntRight') } }}
            actions={
              <>
                <Button type="submit" look="primary" waiting={busy}>
                  {busy ? t('common.addingIt') : t('authenticatorSetup.addAuthenticator')}
                </Button>
                <Button waiting={busy} onClick={onCancel}>
                  {t('common.cancel')}
                </Button>
              </>
            }
          >
            {named && <Field name="name" label={t('common.name')} hint={t('authenticatorSetup.optionalSoThatYou')} maxLength={64} autoComplete="off" />}
            <CodeField name="code" label={t('common.code')} hint={t('authenticatorSetup.theKeyIsGood', { deadline: formatDeadline(expiresAt) })} submits />
          </Form>
        </li>
      </ol>
    </Card>
  );
}
