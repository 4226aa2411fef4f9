import { useState } from 'react';
import type { Problem } from '../errors';
import { CancelAccountDeletionDocument, SignInDocument, type CancelAccountDeletionInput, type CancelAccountDeletionMutation, type SignInInput, type SignInMutation } from '../gql/graphql';
import { secondStepOf, startSession, type SecondStep, type SignInOptions } from './signInSteps';
import type { FlowAction } from './flow';
import { useOperation } from './useOperation';

/** A code of the second factor, beside the password. */
type Factor = Pick<CancelAccountDeletionInput, 'authenticatorCode' | 'recoveryCode'>;

export interface SignInFlow {
  /**
   * What the sign-in waits for: an address and a password; the click on the link in the activation mail, which
   * useActivationRequest sends again; `keepAccount`, for the account is deleted at the end of its grace period; a second
   * factor (useSecondStep); or the first second factor of an account that has to have one (useEnrollment).
   */
  step: 'credentials' | 'activation' | 'grace-period' | SecondStep['step'];
  /** Names the sign-in whose first step is done, for the hook that goes on with it; undefined before and where there is no second step. */
  challengeId: string | undefined;
  /** The address that was tried last, or nothing. */
  email: string;
  /** Signs in, or says by `step` what is missing; the session starts by itself. */
  signIn: FlowAction<[fields: SignInInput], SignInMutation['signIn']>;
  /** Calls off the deletion of the account whose password was tried last, and signs in; an account with a second factor wants a code of it, too. */
  keepAccount: FlowAction<[factor?: Factor], CancelAccountDeletionMutation['cancelAccountDeletion']>;
  /** Begins anew, as somebody else. */
  restart: () => void;
}

/** Signs in with an address and a password. */
export function useSignIn(options: SignInOptions = {}): SignInFlow {
  const [tried, setTried] = useState<SignInInput>({ email: '', password: '' });
  const signIn = useOperation(SignInDocument, 'signIn', { repeatable: true, onDone: startSession(options) });
  const deletion = useOperation(CancelAccountDeletionDocument, 'cancelAccountDeletion', { repeatable: true });

  function run(fields: SignInInput) {
    setTried(fields);
    return signIn.run(fields);
  }

  async function keep(factor?: Factor) {
    const kept = await deletion.run({ accountEmail: tried.email, password: tried.password, ...factor });
    if (kept) {
      await run(tried);
    }
    return kept;
  }

  return {
    ...stepOf(signIn.problems),
    email: tried.email,
    signIn: { ...signIn, run },
    keepAccount: { ...deletion, busy: deletion.busy || signIn.busy, run: keep },
    restart: () => signIn.setProblems([]),
  };
}

/** What a refusal is for that no other password helps against. */
const waits: Partial<Record<Problem['code'], SignInFlow['step']>> = { ACTIVATION_REQUIRED: 'activation', DELETION_PENDING: 'grace-period' };

function stepOf(problems: Problem[]): Pick<SignInFlow, 'step' | 'challengeId'> {
  const step = problems.map(({ code }) => waits[code]).find(step => step !== undefined) ?? 'credentials';
  return secondStepOf(problems) ?? { step, challengeId: undefined };
}
