import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { takeAuthorizationResponse } from '../authorizationresponse';
import { useOpening } from '../config';
import { problemsOf, type Problem } from '../errors';
import { LinkIdentityProviderDocument, ProveIdentityDocument, ProviderReturnDocument, type ProveIdentityInput } from '../gql/graphql';
import type { AuthorizationRequest, RedirectAnswer, RedirectFailure, RedirectOptions, RedirectProvider, RedirectPurpose } from '../redirect';
import { useSession } from '../session';
import { flowAction, type FlowAction } from './flow';
import { secondStepOf, type SecondStep, type SignInOptions } from './signInSteps';
import { useAccountQuery } from './useAccountQuery';
import { useAction } from './useAction';
import type { IdentityToken } from './useIdentities';
import { useProviderSignIn } from './useProviderSignIn';
import { useSecondFactorChoice, type SecondFactorChoice } from './useSecondFactorChoice';
import { useStepUp, type IdentityQuestion } from './useStepUp';

/** The second factor beside a proof. */
type ProofCode = Pick<ProveIdentityInput, 'authenticatorCode' | 'recoveryCode'>;

export interface ProviderReturnFlow {
  /**
   * How far it is: under way; waiting for a second factor (useSecondStep) or for the first one of an account that has to have
   * one (useEnrollment); waiting for a code beside a proof, for `proceed`; done; cancelled by the customer, so nothing happened;
   * refused by the API, which `problems` say; or failed before that, for the reason in `failure`.
   */
  step: 'working' | SecondStep['step'] | 'code' | 'done' | 'cancelled' | 'refused' | 'failed';
  /** Why the answer wasn't used: see RedirectFailure; "signed-out" and "other-account" are about who is signed in now. */
  failure: RedirectFailure | 'signed-out' | 'other-account' | undefined;
  /** What the customer left for; undefined where it isn't known, as the following. */
  purpose: RedirectPurpose['purpose'] | undefined;
  /** What customers call the service. */
  provider: string | undefined;
  /** The path of the page that they left, to go back to. */
  path: string | undefined;
  /** Names the sign-in whose first step is done, for the hook that goes on with it; undefined otherwise. */
  challengeId: string | undefined;
  /** What the API refused. */
  problems: Problem[];
  /** Tries it again with the same token: with the code that is waited for, or where the API or the service couldn't be reached. */
  proceed: FlowAction<[code?: ProofCode], true>;
  /** The code that is waited for: of an authenticator, or a recovery code. */
  secondFactor: SecondFactorChoice;
  /** The question who the customer is, while a link asks for it: see useStepUp. */
  question: IdentityQuestion | undefined;
}

/**
 * Goes on with what useProviderRedirect began, on the page that the service leads back to, as soon as it is there: signs in,
 * links the service, or proves who the customer is. Its answer is taken out of the address at once, and is used once. One that
 * this tab didn't ask for is never used.
 */
export function useProviderReturn(options: SignInOptions = {}): ProviderReturnFlow {
  const answer = useAuthorizationResponse();
  const request = answer?.request;
  const { finish, end, problems, busy, setProblems, question, secondFactor, ...who } = useFinish(request, options);
  const opened = useOpening() === 'open';
  const token = answer && 'token' in answer ? answer.token : undefined;
  const failure = answer && 'failure' in answer ? answer.failure : token !== undefined && opened ? who.failure : undefined;

  const begun = useRef(false);
  const ready = token !== undefined && opened && failure === undefined && who.ready;
  useEffect(() => {
    if (ready && !begun.current) {
      begun.current = true;
      finish(token);
    }
  }, [ready]);

  function stepNow(): ProviderReturnFlow['step'] {
    if (failure !== undefined) {
      return 'failed';
    }
    if (answer !== undefined && 'cancelled' in answer) {
      return 'cancelled';
    }
    if (end === 'done' || (opened && who.signedInAlready)) {
      return 'done';
    }
    // A link that waits for its question is still under way.
    if (question !== undefined) {
      return 'working';
    }
    if (secondFactor.needed && problems.every(({ code }) => code !== 'INVALID_CREDENTIALS')) {
      return 'code';
    }
    return secondStepOf(problems)?.step ?? (problems.length > 0 ? 'refused' : end === 'stopped' ? 'cancelled' : 'working');
  }

  return {
    step: stepNow(),
    failure,
    purpose: request?.purpose,
    provider: request?.name,
    path: request?.path,
    challengeId: secondStepOf(problems)?.challengeId,
    problems,
    // What was begun in one account is not done in another, however often it is tried.
    proceed: { run: async code => (token === undefined || failure !== undefined ? undefined : finish(token, code)), busy, problems, setProblems },
    secondFactor,
    question,
  };
}

/** Takes the answer when the page is there. */
function useAuthorizationResponse(): RedirectAnswer | undefined {
  const [answer, setAnswer] = useState<RedirectAnswer>();
  const taken = useRef(false);
  useLayoutEffect(() => {
    if (!taken.current) {
      taken.current = true;
      setAnswer(takeAuthorizationResponse());
    }
  }, []);
  return answer;
}

/** What a token is used for, and whether it can be now. */
function useFinish(request: AuthorizationRequest | undefined, options: SignInOptions) {
  const [end, setEnd] = useState<'done' | 'stopped'>();
  const { token: session } = useSession();
  const { signIn } = useProviderSignIn(options);
  const { data, error, reload } = useAccountQuery(ProviderReturnDocument, {});
  const accountId = data?.account.id;
  const linking = flowAction(useAction(LinkIdentityProviderDocument), (input: IdentityToken) => ({ input }), data => data.linkIdentityProvider);
  const link = useStepUp(linking, data?.account.can.linkIdentityProvider);
  const prove = flowAction(useAction(ProveIdentityDocument), (input: IdentityToken & ProofCode) => ({ input }), data => data.proveIdentity);

  const purpose = request?.purpose ?? 'signIn';
  const action = { signIn, link, prove }[purpose];
  const unknown = purpose !== 'signIn' && accountId === undefined;

  async function finish(externalToken: string, code?: ProofCode): Promise<true | undefined> {
    if (request === undefined || unknown) {
      reload();
      return undefined;
    }
    setEnd(undefined);
    const token = { identityProvider: request.identityProvider, externalToken };
    const done = await (purpose === 'prove' ? prove.run({ ...token, ...code }) : action.run(token));
    setEnd(done === undefined ? 'stopped' : 'done');
    return done && true;
  }

  return {
    finish,
    end,
    busy: action.busy,
    problems: unknown && error ? problemsOf(error) : action.problems,
    setProblems: action.setProblems,
    question: link.question && fromElsewhere(link.question, request?.path),
    // Of a sign-in it is a step of its own.
    secondFactor: useSecondFactorChoice(false, purpose === 'prove' ? action.problems : []),
    ready: purpose === 'signIn' ? session === null : !unknown,
    signedInAlready: request?.purpose === 'signIn' && session !== null,
    failure: purpose === 'signIn' ? undefined : whoFailure(session, accountId, request?.accountId),
  };
}

/** A question whose other services lead back to another page than this one, which is good for one answer only. */
function fromElsewhere(question: IdentityQuestion, path: string | undefined): IdentityQuestion {
  const run = (provider: RedirectProvider, options?: RedirectOptions) => question.byProvider.run(provider, { ...(path !== undefined && { path }), ...options });
  return { ...question, byProvider: { ...question.byProvider, run } };
}

/** A link and a proof are for the account that they were begun in. */
function whoFailure(session: string | null, accountId: string | undefined, begunBy: string | undefined): 'signed-out' | 'other-account' | undefined {
  if (session === null) {
    return 'signed-out';
  }
  return accountId !== undefined && accountId !== begunBy ? 'other-account' : undefined;
}
