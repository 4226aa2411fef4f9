import { useState } from 'react';
import { Link } from 'wouter';
import type { Problem } from '../errors';
import {
  ConfirmPasskeyDocument,
  PasskeysDocument,
  RemovePasskeyDocument,
  RenamePasskeyDocument,
  RequestPasskeyDocument,
  type PasskeyFragment,
  type PasskeysQuery,
} from '../gql/graphql';
import { Button } from '../parts/Button';
import { Field } from '../parts/Field';
import { Form, text } from '../parts/Form';
import { Problems } from '../parts/Problems';
import { useProof } from '../parts/Proof';
import { Question } from '../parts/Question';
import { Badge, Card, Notice, Screen, Waiting } from '../parts/Screen';
import { useToast } from '../parts/Toast';
import * as passkeys from '../passkeys';
import { ago, formatDay, useAgeing } from '../time';
import { useAccountQuery } from '../hooks/useAccountQuery';
import { useAction } from '../hooks/useAction';
import { useSettings } from '../hooks/useSettings';
import { later, rich, t } from '../words';

/** How many passkeys the server keeps for a customer. */
const room = 20;

type Can = PasskeysQuery['account']['can'];

export function Passkeys() {
  const { data, error, again } = useAccountQuery(PasskeysDocument, {});
  const list = data?.account.passkeys;
  useAgeing();
  return (
    <Screen title={t('common.passkeys')} intro={t('passkeys.signInWithYour')}>
      {data && list ? <Keys list={list} can={data.account.can} /> : <Waiting error={error} again={again} />}
    </Screen>
  );
}

function Keys({ list, can }: { list: PasskeyFragment[]; can: Can }) {
  const [only] = list;
  return (
    <>
      {only === undefined ? (
        <p>{t('passkeys.youHaveNoPasskeys')}</p>
      ) : (
        <Card>
          <ul className="rows">
            {list.map(passkey => (
              <Entry key={passkey.id} passkey={passkey} last={list.length === 1} can={can} />
            ))}
          </ul>
        </Card>
      )}
      {list.length === 1 && only?.synced === false && <Notice>{t('passkeys.ifThatDeviceIs')}</Notice>}
      {list.length >= room ? <Notice>{t('passkeys.youHaveAsMany')}</Notice> : <Add can={can} />}
    </>
  );
}

const refusals: Partial<Record<Problem['code'], () => string>> = {
  TOKEN_INVALID: later('passkeys.thatTookTooLong'),
};

/** A new passkey: the server asks for it, the browser makes it, and the server keeps its public half. */
function Add({ can }: { can: Can }) {
  const toast = useToast();
  const settings = useSettings();
  const request = useAction(RequestPasskeyDocument, { repeatable: true });
  const confirm = useAction(ConfirmPasskeyDocument, { onScreen: true });
  const proof = useProof(can.requestPasskey, request.problems);
  const [making, setMaking] = useState(false);
  const [news, setNews] = useState('');

  async function add() {
    setMaking(true);
    setNews('');
    confirm.setProblems([]);
    const asked = await request.run({ input: {} });
    const outcome = asked && (await passkeys.make(asked.requestPasskey.options));
    if (outcome && 'failed' in outcome) {
      setNews(outcome.failed === 'known' ? t('passkeys.thisDeviceHasA') : t('passkeys.noPasskeyWasAdded'));
    } else if (outcome && (await confirm.run({ input: { response: outcome.answer } }))) {
      toast(t('passkeys.thePasskeyIsAdded'));
    }
    setMaking(false);
  }

  if (settings?.passkeys === false || !passkeys.supported) {
    return <Notice>{settings?.passkeys === false ? t('passkeys.passkeysCantBeAdded') : t('passkeys.thisBrowserCantAdd')}</Notice>;
  }
  return (
    <>
      <div role="status">{news !== '' && <Notice>{news}</Notice>}</div>
      <Form
        problems={[...request.problems, ...confirm.problems.map(problem => ({ ...problem, text: refusals[problem.code] ?? problem.text }))]}
        setProblems={confirm.setProblems}
        ability={proof.ability}
        onSubmit={() => proof.first(add)}
        actions={
          <Button type="submit" look="primary" waiting={making}>
            {making ? t('common.addingIt') : t('common.addAPasskey')}
          </Button>
        }
      />
      {proof.question}
    </>
  );
}

/** One passkey, which is renamed and removed by itself. */
function Entry({ passkey: { id, name, createdAt, lastUsedAt, synced }, last, can }: { passkey: PasskeyFragment; last: boolean; can: Can }) {
  const toast = useToast();
  const { run, busy, problems } = useAction(RemovePasskeyDocument, { onScreen: true });
  const proof = useProof(can.removePasskey, problems);
  const [asking, setAsking] = useState(false);
  // The server keeps what is the only way to sign in.
  const stays = last && can.removePasskey.reason === 'INVALID_INPUT';

  async function remove() {
    if (await run({ input: { id } })) {
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
        {stays && (
          <p className="row-detail">
            {rich('passkeys.thisIsYourOnly', { link: words => <Link href="/forgot-password">{words}</Link> })}
          </p>
        )}
        <Name id={id} name={name} />
        <Problems problems={problems} />
      </div>
      {!stays && (
        <Button waiting={busy} aria-label={t('common.remove2', { name })} onClick={() => setAsking(true)}>
          {busy ? t('common.removing') : t('common.remove')}
        </Button>
      )}
      {asking && (
        <Question
          title={t('passkeys.removeThisPasskey')}
          stay={t('common.keepIt')}
          go={t('common.remove')}
          onStay={() => setAsking(false)}
          onGo={() => {
            setAsking(false);
            proof.first(remove);
          }}
        >
          <p>{t('passkeys.wontSignYouIn', { name })}</p>
        </Question>
      )}
      {proof.question}
    </li>
  );
}

/** What the customer calls a passkey. */
function Name({ id, name }: { id: string; name: string }) {
  const toast = useToast();
  const { run, busy, problems, setProblems } = useAction(RenamePasskeyDocument, { repeatable: true, onScreen: true });

  async function rename(values: FormData) {
    if (await run({ input: { id, name: text(values, 'name') ?? '' } })) {
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
