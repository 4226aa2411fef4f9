import type { Problem } from '../errors';
import * as session from '../session';

/** What all ways in have in common. */
export interface SignInOptions {
  /** Is called when the customer is in, right before their session starts: here is decided what they see first. */
  onSignedIn?: (() => void) | undefined;
}

/** The step after the first one, and the sign-in that waits for it: see useSecondStep and useEnrollment. */
export interface SecondStep {
  /** Whether it takes a second factor of the account, or its first one, which it has to have. */
  step: 'second-factor' | 'enrollment';
  /** Names the sign-in. */
  challengeId: string;
}

/** The second step that a sign-in asks for, if it asks for one. */
export function secondStepOf(problems: readonly Problem[]): SecondStep | undefined {
  const asks = problems.find(({ code, challengeId }) => code === 'SECOND_FACTOR_REQUIRED' && challengeId !== undefined);
  return asks?.challengeId === undefined ? undefined : { step: asks.reason === 'SECOND_FACTOR_MISSING' ? 'enrollment' : 'second-factor', challengeId: asks.challengeId };
}

/** What is done with the answer that a sign-in ends with. */
export function startSession({ onSignedIn }: SignInOptions) {
  return ({ session: { token } }: { session: { token: string | null } }) => {
    onSignedIn?.();
    session.start(token);
  };
}
