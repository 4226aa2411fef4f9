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
import { useAccount } from '../useAccount';
import { useAction } from '../useAction';
import { useSettings } from '../useSettings';

/** How many passkeys the server keeps for a customer. */
const room = 20;

type Can = PasskeysQuery['account']['can'];

export function Passkeys() {
  const { data, error, again } = useAccount(PasskeysDocument, {});
  const list = data?.account.passkeys;
  useAgeing();
  return (
    <Screen title="Passkeys" intro="Sign in with your fingerprint, your face or the PIN of your device: nothing to remember, and nothing that works on another page.">
      {data && list ? <Keys list={list} can={data.account.can} /> : <Waiting error={error} again={again} />}
    </Screen>
  );
}

function Keys({ list, can }: { list: PasskeyFragment[]; can: Can }) {
  const [only] = list;
  return (
    <>
      {only === undefined ? (
        <p>You have no passkeys yet.</p>
      ) : (
        <Card>
          <ul className="rows">
            {list.map(passkey => (
              <Entry key={passkey.id} passkey={passkey} last={list.length === 1} can={can} />
            ))}
          </ul>
        </Card>
      )}
      {list.length === 1 && only?.synced === false && <Notice>If that device is lost, so is its passkey. Add one on another device, or keep your password at hand.</Notice>}
      {list.length >= room ? <Notice>You have as many passkeys as we keep. Remove one to make room for another.</Notice> : <Add can={can} />}
    </>
  );
}

const refusals: Partial<Record<Problem['code'], string>> = {
  TOKEN_INVALID: 'That took too long, so no passkey was added. Please try again.',
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
      setNews(outcome.failed === 'known' ? 'This device has a passkey of your account already.' : 'No passkey was added.');
    } else if (outcome && (await confirm.run({ input: { response: outcome.answer } }))) {
      toast('The passkey is added');
    }
    setMaking(false);
  }

  if (settings?.passkeys === false || !passkeys.supported) {
    return <Notice>{settings?.passkeys === false ? 'Passkeys can’t be added here.' : 'This browser can’t add a passkey here. Try another one, or a newer version.'}</Notice>;
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
            {making ? 'Adding it …' : 'Add a passkey'}
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
      toast(`${name} is removed`);
    }
  }

  return (
    <li className="row">
      <div>
        <p className="row-title">
          {name} <Badge kind={synced ? 'good' : 'plain'}>{synced ? 'Synced' : 'On one device'}</Badge>
        </p>
        <p className="row-detail">
          Added on {formatDay(createdAt)}, {lastUsedAt === null ? 'not used yet' : `used ${ago(lastUsedAt)}`}
        </p>
        {stays && (
          <p className="row-detail">
            This is your only way to sign in, so it stays. To remove it, add another one or <Link href="/forgot-password">set a password</Link> first.
          </p>
        )}
        <Name id={id} name={name} />
        <Problems problems={problems} />
      </div>
      {!stays && (
        <Button waiting={busy} aria-label={`Remove ${name}`} onClick={() => setAsking(true)}>
          {busy ? 'Removing …' : 'Remove'}
        </Button>
      )}
      {asking && (
        <Question
          title="Remove this passkey?"
          stay="Keep it"
          go="Remove"
          onStay={() => setAsking(false)}
          onGo={() => {
            setAsking(false);
            proof.first(remove);
          }}
        >
          <p>{name} won’t sign you in any more, and your other devices are signed out.</p>
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
      toast('The name is saved');
    }
  }

  return (
    <details>
      <summary>
        Rename<span className="unseen">: {name}</span>
      </summary>
      <Form
        problems={problems}
        setProblems={setProblems}
        onSubmit={rename}
        actions={
          <Button type="submit" waiting={busy}>
            {busy ? 'Saving …' : 'Save name'}
          </Button>
        }
      >
        <Field name="name" label="Name" maxLength={64} autoComplete="off" required defaultValue={name} />
      </Form>
    </details>
  );
}
