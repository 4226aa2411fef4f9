import { useState } from 'react';
import type { PhoneFragment } from '../gql/graphql';
import { Button } from '../parts/Button';
import { CodeField } from '../parts/CodeField';
import { YesNo } from '../parts/Field';
import { Form, text } from '../parts/Form';
import { PhoneField, phoneOf } from '../parts/PhoneField';
import { Pending } from '../parts/Pending';
import { Problems } from '../parts/Problems';
import { ProofQuestion } from '../parts/Proof';
import { Badge, Card, Screen, Waiting } from '../parts/Screen';
import { useToast } from '../parts/Toast';
import { usePhoneChange, type PhoneChangeFlow } from '../hooks/usePhoneChange';
import { t } from '../words';

export function Phone() {
  const flow = usePhoneChange();
  const { account, error, reload, request, resend, remove } = flow;
  return (
    <Screen title={t('common.phone')} intro={t('phone.forTextMessagesAbout')}>
      {account ? <PhoneCards account={account} flow={flow} /> : <Waiting error={error} again={reload} />}
      <ProofQuestion question={request.question ?? resend.question ?? remove.question} />
    </Screen>
  );
}

function PhoneCards({ account, flow }: { account: PhoneFragment; flow: PhoneChangeFlow }) {
  const toast = useToast();
  const { pending, resendIn, resending, silent, resend, cancel, remove } = flow;
  const [removing, setRemoving] = useState(false);

  async function cancelChange() {
    if (await cancel.run()) {
      toast(t('common.theChangeIsCancelled'));
    }
  }

  async function sendAgain() {
    if (await resend.run()) {
      toast(t('phone.weTextYouA'));
    }
  }

  function keep() {
    setRemoving(false);
    remove.setProblems([]);
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
        {account.phone !== null && removing && <RemoveForm remove={remove} done={keep} />}
      </Card>
      {pending && (
        <Pending title={t('common.enterYourCode')} change={pending} resendIn={resendIn} byCode sendAgain={sendAgain} cancel={cancelChange} busy={cancel.busy || resend.busy}>
          <ConfirmForm key={pending.challengeId} flow={flow} />
          <Problems problems={[...cancel.problems, ...resend.problems]} />
        </Pending>
      )}
      {(!pending || resending) && (
        <Card title={pending ? t('phone.sendANewCode') : account.phone === null ? t('phone.addANumber') : t('phone.changeYourNumber')}>
          {/* Waiting doesn’t help where the shop sends no text messages at all, so there is no form to wait for. */}
          {silent ? <p>{silent.text('')}</p> : <RequestForm key={pending?.challengeId} flow={flow} />}
        </Card>
      )}
    </>
  );
}

function RequestForm({ flow: { target, request, setResending } }: { flow: PhoneChangeFlow }) {
  const toast = useToast();
  const { run, busy, problems, setProblems, ability } = request;

  async function send(values: FormData) {
    if (await run(phoneOf(values, 'phone') ?? '')) {
      setResending(false);
      toast(t('phone.weTextACodeTo'));
    }
  }

  return (
    <Form
      problems={problems}
      setProblems={setProblems}
      ability={ability}
      onSubmit={send}
      actions={
        <Button type="submit" look="primary" waiting={busy}>
          {busy ? t('common.sending') : t('phone.sendTheCode')}
        </Button>
      }
    >
      <PhoneField name="phone" label={t('phone.newNumber')} required defaultValue={target} hint={t('phone.weSendACode')} />
    </Form>
  );
}

function ConfirmForm({ flow: { target, confirm, confirmAbility } }: { flow: PhoneChangeFlow }) {
  const toast = useToast();
  const { run, busy, problems, setProblems } = confirm;

  async function confirmNumber(values: FormData) {
    const input = {
      phone: phoneOf(values, 'phone'),
      confirmationCode: text(values, 'confirmationCode') ?? '',
      smsAgreement: values.get('smsAgreement') === 'yes',
    };
    if (await run(input)) {
      toast(t('phone.yourNewNumberIs'));
    }
  }

  return (
    <Form
      problems={problems}
      setProblems={setProblems}
      ability={confirmAbility}
      onSubmit={confirmNumber}
      place={{ CODE_INVALID: { field: 'confirmationCode' } }}
      actions={
        <Button type="submit" look="primary" waiting={busy}>
          {busy ? t('common.confirming') : t('phone.confirmNumber')}
        </Button>
      }
    >
      {target === '' && <PhoneField name="phone" label={t('phone.theNewNumber')} required hint={t('phone.theOneThatThe')} />}
      <CodeField name="confirmationCode" label={t('common.code')} sent="PHONE" submits />
      <YesNo name="smsAgreement" question={t('phone.mayWeAlsoSend')} />
    </Form>
  );
}

function RemoveForm({ remove: { run, busy, problems, setProblems }, done }: { remove: PhoneChangeFlow['remove']; done: () => void }) {
  const toast = useToast();

  async function remove() {
    if (await run()) {
      done();
      toast(t('phone.yourNumberIsRemoved'));
    }
  }

  return (
    <Form
      problems={problems}
      setProblems={setProblems}
      onSubmit={remove}
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
  );
}
