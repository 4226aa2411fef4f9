import { useState } from 'react';
import {
  AuthenticatorsDocument,
  ConfirmAuthenticatorDocument,
  RemoveAuthenticatorDocument,
  ReplaceRecoveryCodesDocument,
  RequestAuthenticatorDocument,
  type AuthenticatorFragment,
  type AuthenticatorsQuery,
} from '../gql/graphql';
import { AuthenticatorSetup, type Begun } from '../parts/AuthenticatorSetup';
import { Button } from '../parts/Button';
import { Form, text } from '../parts/Form';
import { LastAuthenticator } from '../parts/LastAuthenticator';
import { Problems } from '../parts/Problems';
import { useProof } from '../parts/Proof';
import { Question } from '../parts/Question';
import { RecoveryCodes } from '../parts/RecoveryCodes';
import { Badge, Card, Notice, Screen, Waiting } from '../parts/Screen';
import { useToast } from '../parts/Toast';
import { ago, formatDay, useAgeing } from '../time';
import { useAccountQuery } from '../hooks/useAccountQuery';
import { useAction } from '../hooks/useAction';
import { useSettings } from '../hooks/useSettings';
import { t } from '../words';

export { Enrollment } from './Enrollment';

/** How many authenticators the server keeps for a customer, and of how many recovery codes it is time for new ones. */
const room = 5;
const few = 3;

type Account = AuthenticatorsQuery['account'];

export function Authenticators() {
  const { data, error, again } = useAccountQuery(AuthenticatorsDocument, {});
  const [begun, begin] = useState<Begun>();
  const [codes, setCodes] = useState<{ shown: string[]; replacing: boolean }>({ shown: [], replacing: false });
  const toast = useToast();
  useAgeing();

  function added(recoveryCodes: string[]) {
    begin(undefined);
    setCodes({ shown: recoveryCodes, replacing: false });
    toast(t('authenticators.theAuthenticatorIsAdded'));
  }

  const list = data?.account.authenticators;
  return (
    <Screen title={t('common.secondStep')} intro={t('authenticators.besideYourPasswordA')}>
      {!data || !list ? (
        <Waiting error={error} again={again} />
      ) : codes.shown.length > 0 ? (
        <RecoveryCodes codes={codes.shown} replacing={codes.replacing} onKept={() => setCodes({ shown: [], replacing: false })} />
      ) : begun ? (
        <Confirm begun={begun} first={list.length === 0} onAdded={added} onCancel={() => begin(undefined)} />
      ) : (
        <>
          <List account={data.account} list={list} />
          {list.length > 0 && <Left account={data.account} showCodes={shown => setCodes({ shown, replacing: true })} />}
          {list.length >= room ? <Notice>{t('authenticators.youHaveAsMany')}</Notice> : <Add account={data.account} first={list.length === 0} begin={begin} />}
        </>
      )}
    </Screen>
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

/** Adds the authenticator whose first code the customer enters. */
function Confirm({ begun, first, onAdded, onCancel }: { begun: Begun; first: boolean; onAdded: (recoveryCodes: string[]) => void; onCancel: () => void }) {
  const { run, ...action } = useAction(ConfirmAuthenticatorDocument);

  async function confirm(values: FormData) {
    const data = await run({ input: { challengeId: begun.challengeId, code: text(values, 'code') ?? '', name: text(values, 'name') } });
    if (data) {
      onAdded(data.confirmAuthenticator.recoveryCodes);
    }
  }

  return <AuthenticatorSetup begun={begun} first={first} action={action} confirm={confirm} named onCancel={onCancel} />;
}

/** Begins another authenticator. */
function Add({ account, first, begin }: { account: Account; first: boolean; begin: (begun: Begun) => void }) {
  const settings = useSettings();
  const { run, busy, problems, setProblems } = useAction(RequestAuthenticatorDocument, { repeatable: true });
  const proof = useProof(account.can.requestAuthenticator, problems);

  async function add() {
    const data = await run({ input: {} });
    if (data) {
      begin(data.requestAuthenticator);
    }
  }

  if (settings?.secondFactor === 'OFF') {
    return <Notice>{t('authenticators.authenticatorsCantBeAdded')}</Notice>;
  }
  return (
    <>
      <Form
        problems={problems}
        setProblems={setProblems}
        ability={proof.ability}
        onSubmit={() => proof.first(add)}
        actions={
          <Button type="submit" look={first ? 'primary' : 'quiet'} waiting={busy}>
            {busy ? t('common.beginning') : first ? t('common.setItUp') : t('authenticators.addAnotherOne')}
          </Button>
        }
      />
      {proof.question}
    </>
  );
}

/** One authenticator, which is removed by itself; the last one with both factors at once. */
function Entry({ account, authenticator: { id, name, createdAt, lastUsedAt }, last }: { account: Account; authenticator: AuthenticatorFragment; last: boolean }) {
  const toast = useToast();
  const { run, busy, problems } = useAction(RemoveAuthenticatorDocument, { onScreen: true });
  const proof = useProof(last ? undefined : account.can.removeAuthenticator, last ? [] : problems);
  const [asking, setAsking] = useState(false);

  async function remove() {
    if (await run({ input: { id } })) {
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
        <Question
          title={t('authenticators.removeThisAuthenticator')}
          stay={t('common.keepIt')}
          go={t('common.remove')}
          onStay={() => setAsking(false)}
          onGo={() => {
            setAsking(false);
            proof.first(remove);
          }}
        >
          <p>{t('authenticators.theCodesOfDont', { name })}</p>
        </Question>
      )}
      {proof.question}
    </li>
  );
}

/** How many recovery codes are left, and how to have new ones. */
function Left({ account, showCodes }: { account: Account; showCodes: (codes: string[]) => void }) {
  const { run, busy, problems, setProblems } = useAction(ReplaceRecoveryCodesDocument);
  const proof = useProof(account.can.replaceRecoveryCodes, problems);
  const left = account.recoveryCodesLeft ?? 0;

  async function replace() {
    const data = await run({ input: {} });
    if (data) {
      showCodes(data.replaceRecoveryCodes.recoveryCodes);
    }
  }

  return (
    <Card title={t('authenticators.recoveryCodes')}>
      <p className="row-title">
        {t('authenticators.of10Left', { left })} {left < few && <Badge kind="warn">{t('common.makeNewOnes')}</Badge>}
      </p>
      <p>{t('authenticators.eachStandsInFor')}</p>
      <Form
        problems={problems}
        setProblems={setProblems}
        ability={proof.ability}
        onSubmit={() => proof.first(replace)}
        actions={
          <Button type="submit" waiting={busy}>
            {busy ? t('authenticators.makingThem') : t('common.makeNewRecoveryCodes')}
          </Button>
        }
      />
      {proof.question}
    </Card>
  );
}
