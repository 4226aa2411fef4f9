import { useState } from 'react';
import type { AuthenticatorFragment } from '../gql/graphql';
import { AuthenticatorSetup } from '../parts/AuthenticatorSetup';
import { Button } from '../parts/Button';
import { Form, text } from '../parts/Form';
import { LastAuthenticator } from '../parts/LastAuthenticator';
import { Problems } from '../parts/Problems';
import { ProofQuestion } from '../parts/Proof';
import { Question } from '../parts/Question';
import { RecoveryCodes } from '../parts/RecoveryCodes';
import { Badge, Card, Notice, Screen, Waiting } from '../parts/Screen';
import { useToast } from '../parts/Toast';
import { ago, formatDay, useAgeing } from '../time';
import { useAuthenticator, useAuthenticators, type AuthenticatorsFlow } from '../hooks/useAuthenticators';
import type { RecoveryCodesFlow } from '../hooks/useRecoveryCodes';
import { t } from '../words';

export { Enrollment } from './Enrollment';

type Account = NonNullable<AuthenticatorsFlow['account']>;

export function Authenticators() {
  const flow = useAuthenticators();
  const { setup, recoveryCodes } = flow;
  useAgeing();
  return (
    <Screen title={t('common.secondStep')} intro={t('authenticators.besideYourPasswordA')}>
      <Step flow={flow} />
      <ProofQuestion question={setup.begin.question ?? recoveryCodes.replace.question} />
    </Screen>
  );
}

/** What there is, or a new authenticator, or new recovery codes. */
function Step({ flow }: { flow: AuthenticatorsFlow }) {
  const { account, authenticators, error, reload, full, setup, recoveryCodes } = flow;
  const { fresh, kept } = recoveryCodes;
  if (!account || !authenticators) {
    return <Waiting error={error} again={reload} />;
  }
  if (fresh) {
    return <RecoveryCodes codes={fresh.codes} replacing={fresh.replacing} onKept={kept} />;
  }

  const first = authenticators.length === 0;
  if (setup.begun) {
    return <Confirm setup={setup} begun={setup.begun} first={first} />;
  }
  return (
    <>
      <List account={account} list={authenticators} />
      {!first && <Left recoveryCodes={recoveryCodes} />}
      {full ? <Notice>{t('authenticators.youHaveAsMany')}</Notice> : <Add flow={flow} first={first} />}
    </>
  );
}

function List({ account, list }: { account: Account; list: AuthenticatorFragment[] }) {
  if (list.length === 0) {
    return <p>{t('authenticators.youHaveNoAuthenticator')}</p>;
  }
  return (
    <Card title={t('authenticators.authenticators')}>
      <ul className="rows">
        {list.map(authenticator => (
          <Entry key={authenticator.id} account={account} authenticator={authenticator} last={list.length === 1} />
        ))}
      </ul>
    </Card>
  );
}

type Setup = AuthenticatorsFlow['setup'];

/** Adds the authenticator whose first code the customer enters. */
function Confirm({ setup: { confirm, cancel }, begun, first }: { setup: Setup; begun: NonNullable<Setup['begun']>; first: boolean }) {
  const toast = useToast();

  async function add(values: FormData) {
    if (await confirm.run({ code: text(values, 'code') ?? '', name: text(values, 'name') })) {
      toast(t('authenticators.theAuthenticatorIsAdded'));
    }
  }

  return <AuthenticatorSetup begun={begun} first={first} action={confirm} confirm={add} named onCancel={cancel} />;
}

/** Begins another authenticator. */
function Add({ flow: { unavailable, setup }, first }: { flow: AuthenticatorsFlow; first: boolean }) {
  const { run, busy, problems, setProblems, ability } = setup.begin;
  if (unavailable) {
    return <Notice>{t('authenticators.authenticatorsCantBeAdded')}</Notice>;
  }
  return (
    <Form
      problems={problems}
      setProblems={setProblems}
      ability={ability}
      onSubmit={() => run()}
      actions={
        <Button type="submit" look={first ? 'primary' : 'quiet'} waiting={busy}>
          {busy ? t('common.beginning') : first ? t('common.setItUp') : t('authenticators.addAnotherOne')}
        </Button>
      }
    />
  );
}

/** One authenticator, which is removed by itself; the last one with both factors at once. */
function Entry({ account, authenticator: { id, name, createdAt, lastUsedAt }, last }: { account: Account; authenticator: AuthenticatorFragment; last: boolean }) {
  const toast = useToast();
  const { run, busy, problems, question } = useAuthenticator(id, account.can.removeAuthenticator).remove;
  const [asking, setAsking] = useState(false);

  async function go() {
    setAsking(false);
    if (await run()) {
      toast(t('common.isRemoved', { name }));
    }
  }

  function removed() {
    setAsking(false);
    toast(t('authenticators.yourPasswordAloneSigns'));
  }

  return (
    <li className="row">
      <div>
        <p className="row-title">{name}</p>
        <p className="row-detail">
          {lastUsedAt === null ? t('authenticators.addedNotUsed', { day: formatDay(createdAt) }) : t('common.addedAndUsed', { day: formatDay(createdAt), ago: ago(lastUsedAt) })}
        </p>
        <Problems problems={problems} />
      </div>
      <Button waiting={busy} aria-label={t('common.remove2', { name })} onClick={() => setAsking(true)}>
        {busy ? t('common.removing') : t('common.remove')}
      </Button>
      {asking && last && <LastAuthenticator account={account} id={id} onRemoved={removed} onStay={() => setAsking(false)} />}
      {asking && !last && (
        <Question title={t('authenticators.removeThisAuthenticator')} stay={t('common.keepIt')} go={t('common.remove')} onStay={() => setAsking(false)} onGo={go}>
          <p>{t('authenticators.theCodesOfDont', { name })}</p>
        </Question>
      )}
      <ProofQuestion question={question} />
    </li>
  );
}

/** How many recovery codes are left, and how to have new ones. */
function Left({ recoveryCodes: { left, few, replace } }: { recoveryCodes: RecoveryCodesFlow }) {
  const { run, busy, problems, setProblems, ability } = replace;
  return (
    <Card title={t('authenticators.recoveryCodes')}>
      <p className="row-title">
        {t('authenticators.of10Left', { left })} {few && <Badge kind="warn">{t('common.makeNewOnes')}</Badge>}
      </p>
      <p>{t('authenticators.eachStandsInFor')}</p>
      <Form
        problems={problems}
        setProblems={setProblems}
        ability={ability}
        onSubmit={() => run()}
        actions={
          <Button type="submit" waiting={busy}>
            {busy ? t('authenticators.makingThem') : t('common.makeNewRecoveryCodes')}
          </Button>
        }
      />
    </Card>
  );
}
