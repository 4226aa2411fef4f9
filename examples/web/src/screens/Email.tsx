import { useState } from 'react';
import { CancelEmailChangeDocument, EmailDocument, RequestEmailChangeDocument, type AbilityFragment, type EmailFragment } from '../gql/graphql';
import { Button } from '../parts/Button';
import { Field } from '../parts/Field';
import { Form, text } from '../parts/Form';
import { Pending } from '../parts/Pending';
import { Problems } from '../parts/Problems';
import { useProof } from '../parts/Proof';
import { Badge, Card, Screen, Waiting } from '../parts/Screen';
import { useToast } from '../parts/Toast';
import { SendActivationAgain } from '../parts/SendActivationAgain';
import { recall, remember } from '../remembered';
import { useAccount } from '../useAccount';
import { useAction } from '../useAction';

export function Email() {
  const { data, error, again } = useAccount(EmailDocument, {}, { waiting: ({ account }) => account.pendingEmailChange !== null || !account.emailVerified });
  return (
    <Screen title="E-mail" intro="The address you sign in with, and that we write to.">
      {data ? <EmailCards account={data.account} ability={data.account.can.requestEmailChange} /> : <Waiting error={error} again={again} />}
    </Screen>
  );
}

function EmailCards({ account, ability }: { account: EmailFragment; ability: AbilityFragment }) {
  const toast = useToast();
  const cancel = useAction(CancelEmailChangeDocument, { onScreen: true });
  const pending = account.pendingEmailChange;
  // The change that is asked for once more: when it is over, so is the question.
  const [askedAgain, setAskedAgain] = useState<string>();
  const asking = pending !== null && askedAgain === pending.challengeId;

  async function cancelChange() {
    if (await cancel.run({})) {
      toast('The change is cancelled');
    }
  }

  return (
    <>
      <Card title="Your address">
        <p className="value">
          <span>{account.emailDisplaced ? 'None' : account.email}</span> {account.emailVerified ? <Badge kind="good">Confirmed</Badge> : <Badge kind="warn">{account.emailDisplaced ? 'Missing' : 'Not confirmed'}</Badge>}
        </p>
        {account.emailDisplaced && <p>Somebody else has confirmed the address that your account had. Please set another one.</p>}
        {!account.emailVerified && !account.emailDisplaced && (
          <>
            <p>Please open the link in our latest mail to it.</p>
            <SendActivationAgain email={account.email} />
          </>
        )}
      </Card>
      {pending && (
        <Pending title="Waiting for you to confirm" change={pending} sending="We write to" expires="The link in the mail" sendAgain={() => setAskedAgain(pending.challengeId)} cancel={cancelChange} busy={cancel.busy}>
          <p>Open it to finish the change. Until then everything stays as it is. Nothing there after a few minutes? Look into your spam folder.</p>
          <Problems problems={cancel.problems} />
        </Pending>
      )}
      {(!pending || asking) && (
        <Card title={pending ? 'Send the link again' : 'Change your address'}>
          <RequestForm key={pending?.challengeId} address={pending ? recall(pending.challengeId) : ''} hasAddress={!account.emailDisplaced} ability={ability} done={() => setAskedAgain(undefined)} />
        </Card>
      )}
    </>
  );
}

interface RequestFormProps {
  /** What the field begins with. */
  address: string;
  /** Whether the account has an address, which is told of the change, too. */
  hasAddress: boolean;
  ability: AbilityFragment;
  done: () => void;
}

function RequestForm({ address, hasAddress, ability, done }: RequestFormProps) {
  const toast = useToast();
  const { run, busy, problems, setProblems } = useAction(RequestEmailChangeDocument, { onScreen: true });
  const proof = useProof(ability, problems);
  async function request(values: FormData) {
    const email = text(values, 'email') ?? '';
    if (await run({ input: { email } }, data => remember(data.requestEmailChange.pending.challengeId, email))) {
      done();
      toast('We write to the new address');
    }
  }
  return (
    <>
      <Form
        problems={problems}
        setProblems={setProblems}
        ability={proof.ability}
        onSubmit={values => proof.first(() => request(values))}
        actions={
          <Button type="submit" look="primary" waiting={busy}>
            {busy ? 'Sending …' : 'Send the link'}
          </Button>
        }
      >
        <Field name="email" label="New e-mail" type="email" autoComplete="email" autoCapitalize="none" spellCheck={false} required defaultValue={address} hint={hasAddress ? 'We’ll send a link to it, and a notice to your present address.' : 'We’ll send a link to it.'} />
      </Form>
      {proof.question}
    </>
  );
}
