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
import { useAccountQuery } from '../hooks/useAccountQuery';
import { useAction } from '../hooks/useAction';
import { t } from '../words';

export function Email() {
  const { data, error, again } = useAccountQuery(EmailDocument, {}, { waiting: ({ account }) => account.pendingEmailChange !== null || !account.emailVerified });
  return (
    <Screen title={t('common.email')} intro={t('email.theAddressYouSign')}>
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
      toast(t('common.theChangeIsCancelled'));
    }
  }

  return (
    <>
      <Card title={t('email.yourAddress')}>
        <p className="value">
          <span dir="auto">{account.emailDisplaced ? t('common.none') : account.email}</span> {account.emailVerified ? <Badge kind="good">{t('common.confirmed')}</Badge> : <Badge kind="warn">{account.emailDisplaced ? t('common.missing') : t('common.notConfirmed')}</Badge>}
        </p>
        {account.emailDisplaced && <p>{t('email.somebodyElseHasConfirmed')}</p>}
        {!account.emailVerified && !account.emailDisplaced && (
          <>
            <p>{t('email.pleaseOpenTheLink')}</p>
            <SendActivationAgain email={account.email} />
          </>
        )}
      </Card>
      {pending && (
        <Pending title={t('email.waitingForYouTo')} change={pending} sendAgain={() => setAskedAgain(pending.challengeId)} cancel={cancelChange} busy={cancel.busy}>
          <p>{t('email.openItToFinish')}</p>
          <Problems problems={cancel.problems} />
        </Pending>
      )}
      {(!pending || asking) && (
        <Card title={pending ? t('email.sendTheLinkAgain') : t('email.changeYourAddress')}>
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
      toast(t('email.weWriteToThe'));
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
            {busy ? t('common.sending') : t('common.sendTheLink')}
          </Button>
        }
      >
        <Field name="email" label={t('email.newEmail')} type="email" autoComplete="email" autoCapitalize="none" spellCheck={false} required defaultValue={address} hint={hasAddress ? t('email.wellSendALink') : t('email.wellSendALinkTo')} />
      </Form>
      {proof.question}
    </>
  );
}
