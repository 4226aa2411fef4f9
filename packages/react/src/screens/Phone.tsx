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
import { CodeField } from '../parts/CodeField';
import { YesNo } from '../parts/Field';
import { Form, text } from '../parts/Form';
import { PhoneField, phoneOf } from '../parts/PhoneField';
import { Pending } from '../parts/Pending';
import { Problems } from '../parts/Problems';
import { useProof } from '../parts/Proof';
import { Badge, Card, Screen, Waiting } from '../parts/Screen';
import { useToast } from '../parts/Toast';
import { recall, remember } from '../remembered';
import { useAccountQuery } from '../hooks/useAccountQuery';
import { useAction } from '../hooks/useAction';
import { t } from '../words';

export function Phone() {
  const { data, error, again } = useAccountQuery(PhoneDocument, {}, { waiting: ({ account }) => account.pendingPhoneUpdate !== null });
  return (
    <Screen title={t('common.phone')} intro={t('phone.forTextMessagesAbout')}>
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
      toast(t('common.theChangeIsCancelled'));
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
      toast(t('phone.weTextYouA'));
    }
  }

  return (
    <>
      <Card title={t('phone.yourNumber')}>
        <p className="value">
          <span dir="auto">{account.phone ?? t('common.noneYet')}</span> {account.phone !== null && (account.phoneVerified ? <Badge kind="good">{t('common.confirmed')}</Badge> : <Badge kind="warn">{t('common.notConfirmed')}</Badge>)}
        </p>
        {account.phone !== null && !removing && (
          <p>
            <Button look="link" onClick={() => setRemoving(true)}>
              {t('phone.removeThisNumber')}
            </Button>
          </p>
        )}
        {account.phone !== null && removing && <RemoveForm ability={can.requestEmailChange} done={() => setRemoving(false)} />}
      </Card>
      {pending && (
        <Pending title={t('common.enterYourCode')} change={pending} byCode sendAgain={sendAgain} cancel={cancelChange} busy={cancel.busy || resend.busy}>
          <ConfirmForm key={pending.challengeId} pending={pending} number={number} ability={can.confirmPhoneUpdate} />
          <Problems problems={[...cancel.problems, ...resend.problems]} />
          {proof.question}
        </Pending>
      )}
      {(!pending || asking) && (
        <Card title={pending ? t('phone.sendANewCode') : account.phone === null ? t('phone.addANumber') : t('phone.changeYourNumber')}>
          {silent ? (
            <p>{refusal.text('')}</p>
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
    const phone = phoneOf(values, 'phone') ?? '';
    if (await run({ input: { phone } }, data => remember(data.requestPhoneUpdate.pending.challengeId, phone))) {
      done();
      toast(t('phone.weTextACodeTo'));
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
            {busy ? t('common.sending') : t('phone.sendTheCode')}
          </Button>
        }
      >
        <PhoneField name="phone" label={t('phone.newNumber')} required defaultValue={number} hint={t('phone.weSendACode')} />
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
      phone: phoneOf(values, 'phone') ?? number,
      confirmationCode: text(values, 'confirmationCode') ?? '',
      smsAgreement: values.get('smsAgreement') === 'yes',
      challengeId: pending.challengeId,
    };
    if (await run({ input })) {
      toast(t('phone.yourNewNumberIs'));
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
          {busy ? t('common.confirming') : t('phone.confirmNumber')}
        </Button>
      }
    >
      {number === '' && <PhoneField name="phone" label={t('phone.theNewNumber')} required hint={t('phone.theOneThatThe')} />}
      <CodeField name="confirmationCode" label={t('common.code')} sent="PHONE" submits />
      <YesNo name="smsAgreement" question={t('phone.mayWeAlsoSend')} />
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
      toast(t('phone.yourNumberIsRemoved'));
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
              {busy ? t('common.removing') : t('phone.removeNumber')}
            </Button>
            <Button onClick={done}>{t('common.keepIt')}</Button>
          </>
        }
      >
        <p>{t('phone.textMessagesWontReach')}</p>
      </Form>
      {proof.question}
    </>
  );
}
