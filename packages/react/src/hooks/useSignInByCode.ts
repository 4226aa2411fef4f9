import { useState } from 'react';
import { RequestSignInCodeDocument, SignInWithCodeDocument, type RequestSignInCodeInput, type RequestSignInCodeMutation, type SignInWithCodeInput, type SignInWithCodeMutation } from '../gql/graphql';
import { secondStepOf, startSession, type SecondStep, type SignInOptions } from './signInSteps';
import type { FlowAction } from './flow';
import { useOperation } from './useOperation';
import { useSecondsUntil } from './useSecondsUntil';

type Requested = RequestSignInCodeMutation['requestSignInCode'];

export interface SignInByCodeFlow {
  /** What the sign-in waits for: an address, the code that was mailed there, or a second step (useSecondStep, useEnrollment). */
  step: 'address' | 'code' | SecondStep['step'];
  /** Names the sign-in whose first step is done, for the hook that goes on with it; undefined before. */
  challengeId: string | undefined;
  /** The address that the code was asked for; whether it has an account is told nobody. */
  sentTo: string | undefined;
  /** In how many seconds another code can be sent; 0 means at once. */
  resendIn: number;
  /** Asks for a code. */
  request: FlowAction<[fields: RequestSignInCodeInput], Requested>;
  /** Has another code sent to the same address, which takes the place of the former one. */
  resend: FlowAction<[], Requested>;
  /** Signs in with the code; the session starts by itself. */
  signIn: FlowAction<[fields: Pick<SignInWithCodeInput, 'code'>], SignInWithCodeMutation['signInWithCode']>;
  /** Begins anew, with another address. */
  restart: () => void;
}

/** Signs in with a code that is mailed. It works with the challenge alone, which is kept here and nowhere else. */
export function useSignInByCode(options: SignInOptions = {}): SignInByCodeFlow {
  const [sent, setSent] = useState<Requested & RequestSignInCodeInput>();
  const ways = { repeatable: true, onDone: (answer: Requested, { email }: RequestSignInCodeInput) => setSent({ ...answer, email }) };
  const request = useOperation(RequestSignInCodeDocument, 'requestSignInCode', ways);
  const resend = useOperation(RequestSignInCodeDocument, 'requestSignInCode', ways);
  const signIn = useOperation(SignInWithCodeDocument, 'signInWithCode', { onDone: startSession(options) });
  const resendIn = useSecondsUntil(sent?.resendAvailableAt);

  function restart() {
    setSent(undefined);
    resend.setProblems([]);
    signIn.setProblems([]);
  }

  return {
    ...(secondStepOf(signIn.problems) ?? { step: sent ? 'code' : 'address', challengeId: undefined }),
    sentTo: sent?.email,
    resendIn,
    request,
    resend: { ...resend, run: async () => sent && resend.run({ email: sent.email }) },
    signIn: { ...signIn, run: async ({ code }) => sent && signIn.run({ challengeId: sent.challengeId, code }) },
    restart,
  };
}
