import { useRef } from 'react';
import { useQuery } from 'urql';
import { DeleteAccountDocument, DeletionDocument } from '../gql/graphql';
import { Button } from '../parts/Button';
import { Tick } from '../parts/Field';
import { Form, secret } from '../parts/Form';
import { PasswordField } from '../parts/PasswordField';
import { Card, Screen } from '../parts/Screen';
import * as session from '../session';
import { useAction } from '../useAction';

export function Delete() {
  const [{ data }] = useQuery({ query: DeletionDocument });
  const { run, busy, problems, setProblems } = useAction(DeleteAccountDocument);
  const question = useRef<HTMLDialogElement>(null);
  const password = useRef('');

  async function deleteAccount() {
    question.current?.close();
    if (await run({ input: { clientAuthFactor: password.current, identityProvider: 'SYNERISE' } })) {
      session.end('deleted');
    }
  }

  return (
    <Screen title="Delete account" intro="This ends your account for good. Nobody can bring it back, our support included.">
      <Card>
        <ul className="plain">
          <li>Your profile, your agreements and your history are deleted.</li>
          <li>Every device is signed out.</li>
          <li>Your e-mail and your phone number are free for a new account, which knows nothing of this one.</li>
        </ul>
        <Form
          problems={problems}
          setProblems={setProblems}
          ability={data?.account.can.deleteAccount}
          onSubmit={values => {
            password.current = secret(values, 'password');
            question.current?.showModal();
          }}
          place={{ INVALID_CREDENTIALS: { field: 'password', text: 'This isn’t your current password.' } }}
        >
          <PasswordField name="password" label="Current password" autoComplete="current-password" />
          <Tick name="sure" required>
            I want to delete my account and all that belongs to it.
          </Tick>
          <Button type="submit" look="danger" waiting={busy}>
            {busy ? 'Deleting …' : 'Delete account'}
          </Button>
        </Form>
      </Card>
      <dialog ref={question} aria-labelledby="question">
        <h2 id="question">Delete your account?</h2>
        <p>
          The account <strong className="clip">{data?.account.email}</strong> will be gone, and there is no way back.
        </p>
        <div className="actions">
          <Button look="danger" onClick={deleteAccount}>
            Yes, delete it
          </Button>
          <Button autoFocus onClick={() => question.current?.close()}>
            Keep my account
          </Button>
        </div>
      </dialog>
    </Screen>
  );
}
