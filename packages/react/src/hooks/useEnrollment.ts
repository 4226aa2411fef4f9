import { useState } from 'react';
import { CompleteSignInDocument, EnrollAuthenticatorDocument, type CompleteSignInInput, type CompleteSignInMutation, type EnrollAuthenticatorMutation } from '../gql/graphql';
import { startSession, type SignInOptions } from './signInSteps';
import type { FlowAction } from './flow';
import { useOperation } from './useOperation';

type Setup = EnrollAuthenticatorMutation['enrollAuthenticator'];
type Completed = CompleteSignInMutation['completeSignIn'];

export interface EnrollmentFlow {
  /** What is next: to begin, to add the `setup` to an authenticator and enter the code that it shows, or to keep the `recoveryCodes`. */
  step: 'begin' | 'code' | 'recovery-codes';
  /** Asks for a secret. TOKEN_INVALID: the first step of the sign-in was too long ago. */
  begin: FlowAction<[], Setup>;
  /** The secret as a text, an address and the rows of a QR code, and until when it can be confirmed; undefined until begun. */
  setup: Setup | undefined;
  /** Confirms the secret with the first code. */
  confirm: FlowAction<[fields: Pick<CompleteSignInInput, 'code'>], Completed>;
  /** The account's recovery codes, which are shown once; empty until the code was right. */
  recoveryCodes: string[];
  /** Starts the session, when the customer has kept the codes. */
  finish: () => void;
}

/** A sign-in to a shop that requires a second step of a customer who has none yet: they set their first authenticator up. */
export function useEnrollment(challengeId: string, options: SignInOptions = {}): EnrollmentFlow {
  const [setup, setSetup] = useState<Setup>();
  const [completed, setCompleted] = useState<Completed>();
  const begin = useOperation(EnrollAuthenticatorDocument, 'enrollAuthenticator', { onDone: setSetup });
  const complete = useOperation(CompleteSignInDocument, 'completeSignIn', { repeatable: true, onDone: setCompleted });
  return {
    step: completed ? 'recovery-codes' : setup ? 'code' : 'begin',
    begin: { ...begin, run: () => begin.run({ challengeId }) },
    setup,
    confirm: { ...complete, run: async ({ code }) => setup && complete.run({ challengeId: setup.challengeId, code }) },
    recoveryCodes: completed?.recoveryCodes ?? [],
    finish: () => completed && startSession(options)(completed),
  };
}
