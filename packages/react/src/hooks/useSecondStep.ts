import { CompleteSignInDocument, type CompleteSignInInput, type CompleteSignInMutation } from '../gql/graphql';
import { startSession, type SignInOptions } from './signInSteps';
import type { FlowAction } from './flow';
import { useOperation } from './useOperation';

export interface SecondStepFlow {
  /** Completes the sign-in with the code of an authenticator or with a recovery code; the session starts by itself. TOKEN_INVALID: the first step was too long ago. */
  complete: FlowAction<[fields: Pick<CompleteSignInInput, 'code' | 'recoveryCode'>], CompleteSignInMutation['completeSignIn']>;
}

/** The second step of the sign-in of that name. Who has lost all second factors goes on with useFactorResetRequest. */
export function useSecondStep(challengeId: string, options: SignInOptions = {}): SecondStepFlow {
  const complete = useOperation(CompleteSignInDocument, 'completeSignIn', { repeatable: true, onDone: startSession(options) });
  return { complete: { ...complete, run: fields => complete.run({ challengeId, ...fields }) } };
}
