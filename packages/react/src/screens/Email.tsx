import type { EmailFragment } from '../gql/graphql';
import { Button } from '../parts/Button';
import { Field } from '../parts/Field';
import { Form, text } from '../parts/Form';
import { Pending } from '../parts/Pending';
import { Problems } from '../parts/Problems';
import { ProofQuestion } from '../parts/Proof';
import { Badge, Card, Screen, Waiting } from '../parts/Screen';
import { useToast } from '../parts/Toast';
import { SendActivationAgain } from '../parts/SendActivationAgain';
import { useEmailChange, type EmailChangeFlow } from '../hooks/useEmailChange';
import { t } from '../words';

export function Email() {
  const flow = useEmailChange();
  const { account, error, reload } = flow;
  return (
    <Screen title={t('common.email')} intro={t('email.theAddressYouSign')}>
      {account ? <EmailCards account={account} flow={flow} /> : <Waiting error={error} again={reload} />}
      <ProofQuestion question={flow.request.question} />
    </Screen>
  );
}

interface CardsProps {
  account: EmailFragment;
  flow: EmailChangeFlow;
}

function EmailCards({ account, flow }: CardsProps) {
  const toast = useToast();
  const { pending, resendIn, resending, setResending, cancel } = flow;

  async function cancelChange() {
    if (await cancel.run()) {
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
        <Pending title={t('email.waitingForYouTo')} change={pending} resendIn={resendIn} sendAgain={() => setResending(true)} cancel={cancelChange} busy={cancel.busy}>
          <p>{t('email.openItToFinish')}</p>
          <Problems problems={cancel.problems} />
        </Pending>
      )}
      {(!pending || resending) && (
        <Card title={pending ? t('email.sendTheLinkAgain') : t('email.changeYourAddress')}>
          <RequestForm key={pending?.challengeId} account={account} flow={flow} />
        </Card>
      )}
    </>
  );
}

function RequestForm({ account, flow: { target, request, setResending } }: CardsProps) {
  const toast = useToast();
  const { run, busy, problems, setProblems, ability } = request;

  async function send(values: FormData) {
    if (await run(text(values, 'email') ?? '')) {
      setResending(false);
      toast(t('email.weWriteToThe'));
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
          {busy ? t('common.sending') : t('common.sendTheLink')}
        </Button>
      }
    >
      {/* The account's address is told of the change, too, where it has one. */}
      <Field name="email" label={t('email.newEmail')} type="email" autoComplete="email" autoCapitalize="none" spellCheck={false} required defaultValue={target} hint={account.emailDisplaced ? t('email.wellSendALinkTo') : t('email.wellSendALink')} />
    </Form>
  );
}
