import type { Problem } from '../errors';
import type { RequestAuthenticatorMutation } from '../gql/graphql';
import { formatDeadline } from '../time';
import { Button } from './Button';
import { CodeField } from './CodeField';
import { CopyButton } from './CopyButton';
import { Field } from './Field';
import { Form } from './Form';
import { QrCode } from './QrCode';
import { Card } from './Screen';

export type Begun = Omit<RequestAuthenticatorMutation['requestAuthenticator'], '__typename'>;

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

const refusals: Partial<Record<Problem['code'], string>> = {
  TOKEN_INVALID: 'That took too long, or there were too many wrong codes. Please begin again.',
};

/** An authenticator that waits for its first code: the secret as a picture and as a text, and the box for the code. */
export function AuthenticatorSetup({ begun, first, action, confirm, named, onCancel }: SetupProps) {
  const { busy, problems, setProblems } = action;
  const { secret, uri, qrCode, expiresAt } = begun;

  return (
    <Card title="Add an authenticator">
      <ol className="steps">
        <li>
          <p>Open an authenticator on your phone or in your password manager, and let it read this picture.</p>
          <div className="pairing">
            <QrCode rows={qrCode} label="QR code for your authenticator; the key beside it says the same" />
            <div>
              <p>
                On this device: <a href={uri}>open your authenticator</a>.
              </p>
              <p>Or type this key into it:</p>
              <p>
                <code className="key">{secret.replace(/.{4}(?=.)/g, '$& ')}</code>
              </p>
              <CopyButton text={secret} copied="The key is copied">
                Copy the key
              </CopyButton>
            </div>
          </div>
        </li>
        <li>
          <p>Enter the code that it shows now.{first && ' From then on we ask for one at each sign-in with your password, and your other devices are signed out.'}</p>
          <Form
            problems={problems.map(problem => ({ ...problem, text: refusals[problem.code] ?? problem.text }))}
            setProblems={setProblems}
            onSubmit={confirm}
            place={{ CODE_INVALID: { field: 'code', text: 'This code isn’t right. Is the clock of that device right?' } }}
            actions={
              <>
                <Button type="submit" look="primary" waiting={busy}>
                  {busy ? 'Adding it …' : 'Add authenticator'}
                </Button>
                <Button waiting={busy} onClick={onCancel}>
                  Cancel
                </Button>
              </>
            }
          >
            {named && <Field name="name" label="Name" hint="Optional: so that you know it among others." maxLength={64} autoComplete="off" />}
            <CodeField name="code" label="Code" hint={`The key is good until ${formatDeadline(expiresAt)}.`} submits />
          </Form>
        </li>
      </ol>
    </Card>
  );
}
