import { useState } from 'react';
import { DeleteAccountDocument, DeletionDocument } from '../gql/graphql';
import { Button } from '../parts/Button';
import { Tick } from '../parts/Field';
import { Form, secret } from '../parts/Form';
import { PasswordField } from '../parts/PasswordField';
import { Question } from '../parts/Question';
import { Card, Screen } from '../parts/Screen';
import * as session from '../session';
import { useAccount } from '../useAccount';
import { useAction } from '../useAction';

export function Delete() {
  const { data } = useAccount(DeletionDocument, {});
  const { run, busy, problems, setProblems } = useAction(DeleteAccountDocument);
  // The password, while the question is asked.
  const [asking, setAsking] = useState<string>();

  async function deleteAccount(password: string) {
    setAsking(undefined);
    if (await run({ input: { clientAuthFactor: password, identityProvider: 'SYNERISE' } })) {
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
          onSubmit={values => setAsking(secret(values, 'password'))}
          place={{ INVALID_CREDENTIALS: { field: 'password', text: 'This isn’t your current password.' } }}
          actions={
            <Button type="submit" look="danger" waiting={busy}>
              {busy ? 'Deleting …' : 'Delete account'}
            </Button>
          }
        >
          <PasswordField name="password" label="Current password" autoComplete="current-password" />
          <Tick name="sure" required>
            I want to delete my account and all that belongs to it.
          </Tick>
        </Form>
      </Card>
      {asking !== undefined && (
        <Question
          title="Delete your account?"
          stay="Keep my account"
          go="Yes, delete it"
          onStay={() => setAsking(undefined)}
          onGo={() => deleteAccount(asking)}
        >
          <p>
            {data === undefined || data.account.emailDisplaced ? 'Your account' : <>The account <strong>{data.account.email}</strong></>} will be gone, and there is no way back.
          </p>
        </Question>
      )}
    </Screen>
  );
}
