import { useRef, useState } from 'react';
import { useQuery } from 'urql';
import { problemsOf, type Problem } from '../errors';
import type { Factor, IdentityCodeChannel } from '../gql/enums';
import { ProofDocument, ProveIdentityDocument, RequestIdentityCodeDocument, type AbilityFragment, type ProofQuery, type ProveIdentityInput, type ProveIdentityMutation } from '../gql/graphql';
import * as passkeys from '../passkeys';
import { datesTokens, isLinked, type RedirectOptions, type RedirectProvider } from '../redirect';
import { after, flowAction, type FlowAction } from './flow';
import { useAction } from './useAction';
import { passkeyProblem, passwordProblem, usePasskeyProof } from './usePasskeyProof';
import { useProviderRedirect } from './useProviderRedirect';
import { useSecondFactorQuestion, type SecondFactorChoice } from './useSecondFactorChoice';
import { useSecondsUntil } from './useSecondsUntil';

/** What a customer can prove by who they are, in this browser. */
export interface ProofWays {
  /** Whether by the password. */
  password: boolean;
  /** Whether by a passkey: the account has one, and the browser can use it. */
  passkey: boolean;
  /** The linked services with a page of their own, where a sign-in of now is a proof. */
  providers: RedirectProvider[];
  /** Where a code can be sent: to the proven address, to the proven number, or nowhere. */
  codes: IdentityCodeChannel[];
  /** The customer's address, for a password manager; empty where the account has none. */
  email: string;
  /** Whether a proof would be let through now: not after too many wrong ones. */
  ability: AbilityFragment;
}

/** What was typed as a proof: a password or a sent code, and the second factor beside it where `second` says so. */
export type TypedProof = Pick<ProveIdentityInput, 'password' | 'code' | 'authenticatorCode' | 'recoveryCode'>;

/** A code that is on its way. */
export interface SentCode {
  channel: IdentityCodeChannel;
  /** Where it was sent, masked. */
  destination: string;
  /** When another one can be sent, in ISO 8601. */
  resendAvailableAt: string;
}

type Proved = ProveIdentityMutation['proveIdentity'];

/** One proof of who the customer is. */
export interface IdentityProof {
  /** The ways that this customer has; undefined until they are known. All of them can be missing. */
  ways: ProofWays | undefined;
  /** Why the ways couldn't be read, where they couldn't. */
  problems: Problem[];
  /** Proves it by what was typed: `prove.run({ password })`, or `prove.run({ code })` once one is sent. */
  prove: FlowAction<[TypedProof], Proved>;
  /** The second factor that `prove` takes beside the password or a sent code. */
  second: SecondFactorChoice;
  /** Has the browser ask for a passkey, and proves it by that; undefined where the customer uses none. */
  byPasskey: FlowAction<[], Proved>;
  /** Leaves for the page of one of `ways.providers`; where it leads back to, useProviderReturn proves it. */
  byProvider: FlowAction<[provider: RedirectProvider, options?: RedirectOptions], true>;
  /** Sends a code: `sendCode.run('EMAIL')`. Its `channel` says for which one it runs or ran. */
  sendCode: FlowAction<[IdentityCodeChannel], SentCode> & { channel: IdentityCodeChannel | undefined };
  /** The code that was sent last, if one was. */
  sent: SentCode | undefined;
  /** In how many seconds another code can be sent; 0 for now. */
  resendIn: number;
}

interface Restart {
  /** Begins anew: no code is sent, and nothing was refused. */
  reset: () => void;
}

/**
 * Proves who the customer is: one proof then counts for some minutes of this session, for all that asks for one. The ways
 * are read as soon as it is on. It is for a page that asks by itself, ahead of any change; {@link useStepUp} asks where a change needs it.
 */
export function useIdentityProof(on: boolean, onProved: () => void): IdentityProof & Restart {
  const { providers, start } = useProviderRedirect();
  const { ways, problems, accountId } = useWays(on, providers);
  const typed = useAction(ProveIdentityDocument);
  const byPasskey = useByPasskey(onProved);
  const [second, askAnew] = useSecondFactorQuestion(ways?.ability.secondFactorNeeded ?? false, typed.problems);
  const { reset: forgetCode, ...code } = useCode(restart);

  // The form for a code begins as the one for a password did.
  function restart() {
    typed.setProblems([]);
    askAnew();
  }

  function reset() {
    forgetCode();
    restart();
    byPasskey.setProblems([]);
    start.setProblems([]);
  }

  const byProvider = { ...start, run: async (provider: RedirectProvider, options?: RedirectOptions) => (accountId === undefined ? undefined : start.run(provider, { purpose: 'prove', accountId }, options)) };
  const prove = flowAction(typed, (input: TypedProof) => ({ input }), data => data.proveIdentity);
  const wrong = passwordProblem('password');
  return { ways, problems, prove: { ...after(prove, onProved), problems: prove.problems.map(wrong) }, second, byPasskey, byProvider, ...code, reset };
}

/** The ways, which are read anew each time. */
function useWays(on: boolean, providers: RedirectProvider[]): Pick<IdentityProof, 'ways' | 'problems'> & { accountId: string | undefined } {
  const [{ data, error, fetching }] = useQuery({ query: ProofDocument, variables: {}, requestPolicy: 'network-only', pause: !on });
  // Until the first answer there is that of the last time.
  const fresh = useRef(false);
  fresh.current = on && (fresh.current || (!fetching && (data ?? error) !== undefined));
  if (!fresh.current) {
    return { ways: undefined, problems: [], accountId: undefined };
  }
  return { ways: data && waysOf(data.account, providers), problems: error && !data ? problemsOf(error) : [], accountId: data?.account.id };
}

function waysOf({ email, emailDisplaced, identities, can: { proveIdentity } }: ProofQuery['account'], providers: RedirectProvider[]): ProofWays {
  const has = (factor: Factor) => proveIdentity.factors?.includes(factor) ?? false;
  return {
    password: has('PASSWORD'),
    providers: has('IDENTITY_PROVIDER') ? providers.filter(provider => datesTokens(provider) && isLinked(provider, identities)) : [],
    passkey: passkeys.supported && has('PASSKEY'),
    codes: (['EMAIL', 'PHONE'] as const).filter(channel => has(`${channel}_CODE`)),
    // A placeholder is no address.
    email: emailDisplaced ? '' : email,
    ability: proveIdentity,
  };
}

function useByPasskey(onProved: () => void): IdentityProof['byPasskey'] {
  const asked = usePasskeyProof('proveIdentity');
  const action = useAction(ProveIdentityDocument);
  const prove = after(flowAction(action, (passkey: Record<string, unknown>) => ({ input: { passkey } }), data => data.proveIdentity), onProved);

  async function run() {
    const passkey = await asked.ask();
    return passkey && prove.run(passkey);
  }

  function setProblems(problems: Problem[]) {
    asked.setProblems([]);
    action.setProblems(problems);
  }

  return {
    run,
    busy: asked.busy || action.busy,
    problems: [...asked.problems, ...action.problems.map(passkeyProblem)],
    setProblems,
  };
}

function useCode(onFirst: () => void) {
  const action = useAction(RequestIdentityCodeDocument, { repeatable: true });
  const [channel, setChannel] = useState<IdentityCodeChannel>();
  const [sent, setSent] = useState<SentCode>();
  const resendIn = useSecondsUntil(sent?.resendAvailableAt);

  async function run(to: IdentityCodeChannel): Promise<SentCode | undefined> {
    setChannel(to);
    const data = await action.run({ input: { channel: to } });
    if (!data) {
      return undefined;
    }

    const { destination, resendAvailableAt } = data.requestIdentityCode;
    const code = { channel: to, destination, resendAvailableAt };
    if (!sent) {
      onFirst();
    }
    setSent(code);
    return code;
  }

  function reset() {
    setSent(undefined);
    action.setProblems([]);
  }

  return { sendCode: { ...action, run, channel }, sent, resendIn, reset };
}
