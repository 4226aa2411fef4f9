import { useState } from 'react';
import {
  CancelPhoneUpdateDocument,
  ConfirmPhoneUpdateDocument,
  PhoneDocument,
  RemovePhoneDocument,
  RequestPhoneUpdateDocument,
  type AbilityFragment,
  type PendingFragment,
  type PhoneFragment,
  type PhoneQuery,
} from '../gql/graphql';
import { refusalOf } from '../errors';
import { Button } from '../parts/Button';
import { Field, YesNo } from '../parts/Field';
import { Form, text } from '../parts/Form';
import { Pending } from '../parts/Pending';
import { Problems } from '../parts/Problems';
import { useProof } from '../parts/Proof';
import { Badge, Card, Screen, Waiting } from '../parts/Screen';
import { useToast } from '../parts/Toast';
import { recall, remember } from '../remembered';
import { useAccount } from '../useAccount';
import { useAction } from '../useAction';

export function Phone() {
  const { data, error, again } = useAccount(PhoneDocument, {}, { waiting: ({ account }) => account.pendingPhoneUpdate !== null });
  return (
    <Screen title="Phone" intro="For text messages about your account, and others if you agree.">
      {data ? <PhoneCards account={data.account} can={data.account.can} /> : <Waiting error={error} again={again} />}
    </Screen>
  );
}

function PhoneCards({ account, can }: { account: PhoneFragment; can: PhoneQuery['account']['can'] }) {
  const toast = useToast();
  const cancel = useAction(CancelPhoneUpdateDocument, { onScreen: true });
  const resend = useAction(RequestPhoneUpdateDocument, { onScreen: true });
  const proof = useProof(can.requestPhoneUpdate, resend.problems);
  const [removing, setRemoving] = useState(false);
  const pending = account.pendingPhoneUpdate;
  // The change that is asked for once more: when it is over, so is the question.
  const [askedAgain, setAskedAgain] = useState<string>();
  const asking = pending !== null && askedAgain === pending.challengeId;
  const number = pending ? recall(pending.challengeId) : '';
  // Waiting doesn’t help where the shop sends no text messages at all, so there is no form to wait for.
  const refusal = refusalOf(can.requestPhoneUpdate);
  const silent = refusal?.code === 'MESSAGE_CHANNEL_UNAVAILABLE';

  async function cancelChange() {
    if (await cancel.run({})) {
      toast('The change is cancelled');
    }
  }

  function sendAgain() {
    if (number === '' || !can.requestPhoneUpdate.allowed) {
      setAskedAgain(pending?.challengeId);
    } else {
      proof.first(sendToSame);
    }
  }

  async function sendToSame() {
    if (await resend.run({ input: { phone: number } }, data => remember(data.requestPhoneUpdate.pending.challengeId, number))) {
      toast('We text you a new code');
    }
  }

  return (
    <>
      <Card title="Your number">
        <p className="value">
          <span>{account.phone ?? 'None yet'}</span> {account.phone !== null && (account.phoneVerified ? <Badge kind="good">Confirmed</Badge> : <Badge kind="warn">Not confirmed</Badge>)}
        </p>
        {account.phone !== null && !removing && (
          <p>
            <Button look="link" onClick={() => setRemoving(true)}>
              Remove this number
            </Button>
          </p>
        )}
        {account.phone !== null && removing && <RemoveForm ability={can.requestEmailChange} done={() => setRemoving(false)} />}
      </Card>
      {pending && (
        <Pending title="Enter your code" change={pending} sending="We text a code to" expires="The code" sendAgain={sendAgain} cancel={cancelChange} busy={cancel.busy || resend.busy}>
          <ConfirmForm key={pending.challengeId} pending={pending} number={number} ability={can.confirmPhoneUpdate} />
          <Problems problems={[...cancel.problems, ...resend.problems]} />
          {proof.question}
        </Pending>
      )}
      {(!pending || asking) && (
        <Card title={pending ? 'Send a new code' : account.phone === null ? 'Add a number' : 'Change your number'}>
          {silent ? (
            <p>{refusal.text}</p>
          ) : (
            <RequestForm key={pending?.challengeId} number={number} ability={can.requestPhoneUpdate} done={() => setAskedAgain(undefined)} />
          )}
        </Card>
      )}
    </>
  );
}

function RequestForm({ number, ability, done }: { number: string; ability: AbilityFragment; done: () => void }) {
  const toast = useToast();
  const { run, busy, problems, setProblems } = useAction(RequestPhoneUpdateDocument, { onScreen: true });
  const proof = useProof(ability, problems);
  async function request(values: FormData) {
    const phone = text(values, 'phone') ?? '';
    if (await run({ input: { phone } }, data => remember(data.requestPhoneUpdate.pending.challengeId, phone))) {
      done();
      toast('We text a code to the new number');
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
            {busy ? 'Sending …' : 'Send the code'}
          </Button>
        }
      >
        <Field name="phone" label="New number" type="tel" autoComplete="tel" required defaultValue={number} hint="In international form, such as +48 512 345 678. We’ll send a code to it." />
      </Form>
      {proof.question}
    </>
  );
}

function ConfirmForm({ pending, number, ability }: { pending: PendingFragment; number: string; ability: AbilityFragment }) {
  const toast = useToast();
  const { run, busy, problems, setProblems } = useAction(ConfirmPhoneUpdateDocument, { onScreen: true });
  async function confirm(values: FormData) {
    const input = {
      phone: text(values, 'phone') ?? number,
      confirmationCode: text(values, 'confirmationCode') ?? '',
      smsAgreement: values.get('smsAgreement') === 'yes',
      challengeId: pending.challengeId,
    };
    if (await run({ input })) {
      toast('Your new number is confirmed');
    }
  }
  return (
    <Form
      problems={problems}
      setProblems={setProblems}
      ability={ability}
      onSubmit={confirm}
      place={{ CODE_INVALID: { field: 'confirmationCode' } }}
      actions={
        <Button type="submit" look="primary" waiting={busy}>
          {busy ? 'Confirming …' : 'Confirm number'}
        </Button>
      }
    >
      {number === '' && <Field name="phone" label="The new number" type="tel" autoComplete="tel" required hint="The one that the code was sent to." />}
      <Field name="confirmationCode" label="Code" inputMode="numeric" autoComplete="one-time-code" className="code" maxLength={12} required />
      <YesNo name="smsAgreement" question="May we also send you offers by text message?" />
    </Form>
  );
}

function RemoveForm({ ability, done }: { ability: AbilityFragment; done: () => void }) {
  const toast = useToast();
  const { run, busy, problems, setProblems } = useAction(RemovePhoneDocument, { onScreen: true });
  const proof = useProof(ability, problems);
  async function remove() {
    if (await run({ input: { phone: null } })) {
      done();
      toast('Your number is removed');
    }
  }
  return (
    <>
      <Form
        problems={problems}
        setProblems={setProblems}
        onSubmit={() => proof.first(remove)}
        actions={
          <>
            <Button type="submit" look="danger" waiting={busy}>
              {busy ? 'Removing …' : 'Remove number'}
            </Button>
            <Button onClick={done}>Keep it</Button>
          </>
        }
      >
        <p>Text messages won’t reach you any more.</p>
      </Form>
      {proof.question}
    </>
  );
}
