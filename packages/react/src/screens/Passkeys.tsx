import { useState } from 'react';
import { Link } from 'wouter';
import type { Problem } from '../errors';
import type { PasskeyFragment } from '../gql/graphql';
import { Button } from '../parts/Button';
import { Field } from '../parts/Field';
import { Form, text } from '../parts/Form';
import { Problems } from '../parts/Problems';
import { ProofQuestion } from '../parts/Proof';
import { Question } from '../parts/Question';
import { Badge, Card, Notice, Screen, Waiting } from '../parts/Screen';
import { useToast } from '../parts/Toast';
import { ago, formatDay, useAgeing } from '../time';
import { usePasskey, usePasskeys, type PasskeyActions, type PasskeysFlow } from '../hooks/usePasskeys';
import { later, rich, t } from '../words';

const refusals: Partial<Record<Problem['code'], () => string>> = {
  TOKEN_INVALID: later('passkeys.thatTookTooLong'),
};

export function Passkeys() {
  const flow = usePasskeys();
  const { passkeys, error, reload, full, add } = flow;
  useAgeing();
  return (
    <Screen title={t('common.passkeys')} intro={t('passkeys.signInWithYour')}>
      {passkeys ? (
        <>
          <List passkeys={passkeys} flow={flow} />
          {full ? <Notice>{t('passkeys.youHaveAsMany')}</Notice> : <Add flow={flow} />}
        </>
      ) : (
        <Waiting error={error} again={reload} />
      )}
      <ProofQuestion question={add.question} />
    </Screen>
  );
}

function List({ passkeys, flow }: { passkeys: PasskeyFragment[]; flow: PasskeysFlow }) {
  const [only] = passkeys;
  return (
    <>
      {only === undefined ? (
        <p>{t('passkeys.youHaveNoPasskeys')}</p>
      ) : (
        <Card>
          <ul className="rows">
            {passkeys.map(passkey => (
              <Entry key={passkey.id} passkey={passkey} flow={flow} />
            ))}
          </ul>
        </Card>
      )}
      {passkeys.length === 1 && only?.synced === false && <Notice>{t('passkeys.ifThatDeviceIs')}</Notice>}
    </>
  );
}

/** A new passkey. */
function Add({ flow: { unavailable, add, notMade } }: { flow: PasskeysFlow }) {
  const toast = useToast();
  const { run, busy, problems, setProblems, ability } = add;

  async function make() {
    if (await run()) {
      toast(t('passkeys.thePasskeyIsAdded'));
    }
  }

  if (unavailable) {
    return <Notice>{unavailable === 'shop' ? t('passkeys.passkeysCantBeAdded') : t('passkeys.thisBrowserCantAdd')}</Notice>;
  }
  return (
    <>
      <div role="status">{notMade && <Notice>{notMade === 'known' ? t('passkeys.thisDeviceHasA') : t('passkeys.noPasskeyWasAdded')}</Notice>}</div>
      <Form
        problems={problems.map(problem => ({ ...problem, text: refusals[problem.code] ?? problem.text }))}
        setProblems={setProblems}
        ability={ability}
        onSubmit={make}
        actions={
          <Button type="submit" look="primary" waiting={busy}>
            {busy ? t('common.addingIt') : t('common.addAPasskey')}
          </Button>
        }
      />
    </>
  );
}

/** One passkey, which is renamed and removed by itself. */
function Entry({ passkey: { id, name, createdAt, lastUsedAt, synced }, flow: { onlyWay, removeAbility } }: { passkey: PasskeyFragment; flow: PasskeysFlow }) {
  const toast = useToast();
  const { rename, remove } = usePasskey(id, removeAbility);
  const { run, busy, problems, question } = remove;
  const [asking, setAsking] = useState(false);

  async function go() {
    setAsking(false);
    if (await run()) {
      toast(t('common.isRemoved', { name }));
    }
  }

  return (
    <li className="row">
      <div>
        <p className="row-title">
          {name} <Badge kind={synced ? 'good' : 'plain'}>{synced ? t('passkeys.synced') : t('passkeys.onOneDevice')}</Badge>
        </p>
        <p className="row-detail">
          {lastUsedAt === null ? t('passkeys.addedNotUsed', { day: formatDay(createdAt) }) : t('common.addedAndUsed', { day: formatDay(createdAt), ago: ago(lastUsedAt) })}
        </p>
        {onlyWay && (
          <p className="row-detail">
            {rich('passkeys.thisIsYourOnly', { link: words => <Link href="/forgot-password">{words}</Link> })}
          </p>
        )}
        <Name name={name} rename={rename} />
        <Problems problems={problems} />
      </div>
      {!onlyWay && (
        <Button waiting={busy} aria-label={t('common.remove2', { name })} onClick={() => setAsking(true)}>
          {busy ? t('common.removing') : t('common.remove')}
        </Button>
      )}
      {asking && (
        <Question title={t('passkeys.removeThisPasskey')} stay={t('common.keepIt')} go={t('common.remove')} onStay={() => setAsking(false)} onGo={go}>
          <p>{t('passkeys.wontSignYouIn', { name })}</p>
        </Question>
      )}
      <ProofQuestion question={question} />
    </li>
  );
}

/** What the customer calls a passkey. */
function Name({ name, rename: { run, busy, problems, setProblems } }: { name: string; rename: PasskeyActions['rename'] }) {
  const toast = useToast();

  async function rename(values: FormData) {
    if (await run(text(values, 'name') ?? '')) {
      toast(t('common.theNameIsSaved'));
    }
  }

  return (
    <details>
      <summary>
        {rich('passkeys.rename', { name, unseen: words => <span className="unseen">{words}</span> })}
      </summary>
      <Form
        problems={problems}
        setProblems={setProblems}
        onSubmit={rename}
        actions={
          <Button type="submit" waiting={busy}>
            {busy ? t('common.saving') : t('common.saveName')}
          </Button>
        }
      >
        <Field name="name" label={t('common.name')} maxLength={64} autoComplete="off" required defaultValue={name} />
      </Form>
    </details>
  );
}
