import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { problemsOf, type Problem } from '../errors';
import type { Factor, IdentityCodeChannel } from '../gql/enums';
import { ProofDocument, ProveIdentityDocument, RequestIdentityCodeDocument, type AbilityFragment, type ProofQuery, type ProveIdentityInput } from '../gql/graphql';
import * as passkeys from '../passkeys';
import { clock, useNow } from '../time';
import { useAction } from '../hooks/useAction';
import { passkeyProblem, usePasskeyProof } from '../hooks/usePasskeyProof';
import { Button } from './Button';
import { CodeField } from './CodeField';
import { Dialog } from './Dialog';
import { Form, secret, text } from './Form';
import { PasswordField } from './PasswordField';
import { Problems } from './Problems';
import { useSecondFactor } from './SecondFactor';
import { later, rich, t } from '../words';

interface Proof {
  /** Does something: at once where the session is enough, and otherwise once the customer has proved who they are. */
  first: (act: () => unknown) => void;
  /** The question, while it is asked: it stands beside a form, for it has its own. */
  question: ReactNode;
  /** What the form of the operation goes by: who has nothing to prove by in the call may have something for the question. */
  ability: AbilityFragment | undefined;
}

/** One proof before an operation, which then counts for the others that follow. The problems are those of the operation. */
export function useProof(ability: AbilityFragment | undefined, problems: Problem[]): Proof {
  const act = useRef<() => unknown>(undefined);
  const [asking, setAsking] = useState(false);

  // The forecast may be a moment too old; whoever is told so by the operation is asked, too.
  const late = problems.some(({ code }) => code === 'REAUTHENTICATION_REQUIRED');
  useEffect(() => setAsking(late), [late]);

  function first(next: () => unknown) {
    act.current = next;
    if (ability?.stepUpNeeded) {
      setAsking(true);
    } else {
      next();
    }
  }

  function proved() {
    setAsking(false);
    act.current?.();
  }

  return {
    first,
    question: asking && <ProofQuestion onProved={proved} onStay={() => setAsking(false)} />,
    ability: ability?.reason === 'INVALID_CREDENTIALS' ? { ...ability, allowed: true, reason: null } : ability,
  };
}

/** Asks for one factor of those that the customer has. */
function ProofQuestion({ onProved, onStay }: { onProved: () => void; onStay: () => void }) {
  const [{ data, error }] = useQuery({ query: ProofDocument, variables: {}, requestPolicy: 'network-only' });
  // What has the focus first is what can be proved, so it is known before the question is there.
  return (
    (data ?? error) && (
      <Dialog title={t('proof.isItYou')} text={<p>{t('proof.pleaseProveItOnce')}</p>} onCancel={onStay}>
        {data ? <Ways account={data.account} onProved={onProved} /> : <Problems problems={error ? problemsOf(error) : []} />}
        <div className="actions">
          <Button look="link" onClick={onStay}>
            {t('common.cancel')}
          </Button>
        </div>
      </Dialog>
    )
  );
}

type Account = ProofQuery['account'];

/** The ways to prove it that this customer has, and this browser. */
function Ways({ account, onProved }: { account: Account; onProved: () => void }) {
  const [sent, setSent] = useState<Sent>();
  const has = (factor: Factor) => account.can.proveIdentity.factors?.includes(factor) ?? false;
  const byPasskey = passkeys.supported && has('PASSKEY');
  const channels = (['EMAIL', 'PHONE'] as const).filter(channel => has(`${channel}_CODE`));
  if (sent) {
    return <ByCode account={account} sent={sent} setSent={setSent} onProved={onProved} />;
  }
  if (!has('PASSWORD') && !byPasskey && channels.length === 0) {
    return (
      <p>
        {rich('proof.thereIsNothingThat', { link: words => <Link href="/forgot-password">{words}</Link> })}
      </p>
    );
  }
  return (
    <>
      {has('PASSWORD') && <ByPassword account={account} onProved={onProved} />}
      {byPasskey && <ByPasskey onProved={onProved} />}
      {channels.map(channel => (
        <AskForCode key={channel} channel={channel} setSent={setSent} />
      ))}
    </>
  );
}

/** Proves a factor. */
function useProve(onProved: () => void) {
  const { run, ...action } = useAction(ProveIdentityDocument);
  async function prove(input: ProveIdentityInput) {
    if (await run({ input })) {
      onProved();
    }
  }
  return { ...action, prove };
}

function ByPassword({ account, onProved }: { account: Account; onProved: () => void }) {
  const { prove, busy, problems, setProblems } = useProve(onProved);
  const second = useSecondFactor(account.can.proveIdentity.secondFactorNeeded, problems);
  return (
    <Form
      problems={problems}
      setProblems={setProblems}
      ability={account.can.proveIdentity}
      onSubmit={values => prove({ password: secret(values, 'password'), ...second.of(values) })}
      place={{ INVALID_CREDENTIALS: { field: 'password', text: later('common.thisIsntYourCurrent') }, ...second.place }}
      actions={
        <Button type="submit" look="primary" waiting={busy}>
          {busy ? t('proof.checking') : t('proof.continue')}
        </Button>
      }
    >
      {/* Password managers want to know whose password it is. */}
      <input type="email" name="username" autoComplete="username" value={account.emailDisplaced ? '' : account.email} readOnly hidden />
      <PasswordField name="password" label="current" autoComplete="current-password" />
      {second.fields}
    </Form>
  );
}

function ByPasskey({ onProved }: { onProved: () => void }) {
  const asked = usePasskeyProof('proveIdentity');
  const { prove, busy, problems } = useProve(onProved);

  async function use() {
    const passkey = await asked.ask();
    if (passkey) {
      await prove({ passkey });
    }
  }

  return (
    <>
      <Problems problems={[...asked.problems, ...problems.map(passkeyProblem)]} />
      <div className="actions">
        <Button waiting={asked.busy || busy} onClick={use}>
          {t('proof.useAPasskey')}
        </Button>
      </div>
    </>
  );
}

interface Sent {
  channel: IdentityCodeChannel;
  destination: string;
  resendAvailableAt: string;
}

/** Asks for a code to the proven address or number. */
function AskForCode({ channel, setSent, again = false }: { channel: IdentityCodeChannel; setSent: (sent: Sent) => void; again?: boolean }) {
  const { run, busy, problems } = useAction(RequestIdentityCodeDocument, { repeatable: true });

  async function send() {
    const data = await run({ input: { channel } });
    if (data) {
      setSent({ channel, ...data.requestIdentityCode });
    }
  }

  return (
    <>
      <Problems problems={problems} />
      <div className="actions">
        <Button look="link" waiting={busy} onClick={send}>
          {busy ? t('common.sending') : again ? t('proof.sendTheCodeAgain') : channel === 'EMAIL' ? t('proof.sendMeACode') : t('proof.textMeACode')}
        </Button>
      </div>
    </>
  );
}

function ByCode({ account, sent, setSent, onProved }: { account: Account; sent: Sent; setSent: (sent: Sent) => void; onProved: () => void }) {
  const { prove, busy, problems, setProblems } = useProve(onProved);
  const second = useSecondFactor(account.can.proveIdentity.secondFactorNeeded, problems);
  const resendAt = new Date(sent.resendAvailableAt).getTime();
  const left = Math.max(0, Math.ceil((resendAt - useNow(resendAt)) / 1000));
  return (
    <>
      <Form
        problems={problems}
        setProblems={setProblems}
        onSubmit={values => prove({ code: text(values, 'code'), ...second.of(values) })}
        // Of two codes, the answer doesn't say which is wrong.
        place={{ ...second.place, CODE_INVALID: { field: 'code', ...(second.fields !== null && { text: later('proof.oneOfTheTwo') }) } }}
        actions={
          <Button type="submit" look="primary" waiting={busy}>
            {busy ? t('proof.checking') : t('proof.continue')}
          </Button>
        }
      >
        <CodeField name="code" label={t('common.code')} hint={t('proof.weSentItTo', { destination: sent.destination })} sent={sent.channel} submits autoFocus />
        {second.fields}
      </Form>
      {left > 0 ? <p className="hint">{t('proof.nothingThereInYou', { clock: clock(left) })}</p> : <AskForCode channel={sent.channel} setSent={setSent} again />}
    </>
  );
}
