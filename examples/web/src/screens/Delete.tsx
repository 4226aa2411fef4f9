import { useState } from 'react';
import { DeleteAccountDocument, DeletionDocument } from '../gql/graphql';
import { Button } from '../parts/Button';
import { Tick } from '../parts/Field';
import { Form, secret } from '../parts/Form';
import { PasswordField } from '../parts/PasswordField';
import { useSecondFactor } from '../parts/SecondFactor';
import { Question } from '../parts/Question';
import { Card, Screen } from '../parts/Screen';
import { supported } from '../passkeys';
import * as session from '../session';
import { useAccount } from '../useAccount';
import { useAction } from '../useAction';
import { passkeyProblem, usePasskeyProof } from '../usePasskeyProof';

export function Delete() {
  const { data } = useAccount(DeletionDocument, {});
  const { run, busy, problems, setProblems } = useAction(DeleteAccountDocument);
  const passkey = usePasskeyProof('deleteAccount');
  // What the form holds, while the question is asked.
  const [asking, setAsking] = useState<FormData>();
  const factors = data?.account.can.deleteAccount.factors ?? [];
  const byPasskey = supported && factors.includes('PASSKEY') && !factors.includes('PASSWORD');
  const second = useSecondFactor(!byPasskey && (data?.account.can.deleteAccount.secondFactorNeeded ?? false), problems);

  async function deleteAccount(values: FormData) {
    setAsking(undefined);
    const answer = byPasskey ? await passkey.ask() : secret(values, 'password');
    if (answer === undefined) {
      return;
    }
    const data = await run({
      input: typeof answer === 'string' ? { clientAuthFactor: answer, identityProvider: 'SYNERISE', ...second.of(values) } : { clientAuthFactor: JSON.stringify(answer), identityProvider: 'PASSKEY' },
    });
    if (data) {
      session.end(data.deleteAccount.deletion === null ? 'deleted' : 'closed');
    }
  }

  return (
    <Screen title="Delete account" intro="This closes your account, and deletes it for good: at once, or after some days in which you can still call it off. Our mail tells you. Nobody can bring back what is deleted, our support included.">
      <Card>
        <ul className="plain">
          <li>Your profile, your agreements and your history are deleted.</li>
          <li>Every device is signed out.</li>
          <li>Afterwards your e-mail and your phone number are free for a new account, which knows nothing of this one.</li>
        </ul>
        <Form
          problems={byPasskey ? [...passkey.problems, ...problems.map(passkeyProblem)] : problems}
          setProblems={setProblems}
          ability={data?.account.can.deleteAccount}
          onSubmit={setAsking}
          place={byPasskey ? {} : { INVALID_CREDENTIALS: { field: 'password', text: 'This isn’t your current password.' }, ...second.place }}
          actions={
            <Button type="submit" look="danger" waiting={busy || passkey.busy}>
              {busy ? 'Deleting …' : 'Delete account'}
            </Button>
          }
        >
          {byPasskey ? <p>Your browser will ask for your passkey.</p> : <PasswordField name="password" label="Current password" autoComplete="current-password" />}
          {second.fields}
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
            {data === undefined || data.account.emailDisplaced ? 'Your account' : <>The account <strong>{data.account.email}</strong></>} will be closed and deleted.
          </p>
        </Question>
      )}
    </Screen>
  );
}
