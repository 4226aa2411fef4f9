import { useState } from 'react';
import type { Problem } from '../errors';

/** The field of an operation's input that the second factor goes into. */
export type SecondFactorField = 'authenticatorCode' | 'recoveryCode';

export interface SecondFactorChoice {
  /** Whether the account asks for a second factor beside the first. */
  needed: boolean;
  /** Which of the two the customer gives: the code of an authenticator, which is offered first, or a recovery code. */
  field: SecondFactorField;
  /** Gives the other one. */
  choose: (field: SecondFactorField) => void;
}

/**
 * The second of two factors, beside the first in the same form. The forecast, `secondFactorNeeded`, may be missing or a
 * moment too old; then the refusal among the problems of the operation says that it is needed.
 */
export function useSecondFactorChoice(forecast: boolean, problems: readonly Problem[]): SecondFactorChoice {
  return useSecondFactorQuestion(forecast, problems)[0];
}

/** The same for a flow that asks again and again, with what forgets the last time. */
export function useSecondFactorQuestion(forecast: boolean, problems: readonly Problem[]): readonly [SecondFactorChoice, reset: () => void] {
  const [field, choose] = useState<SecondFactorField>('authenticatorCode');
  const [asked, setAsked] = useState(false);
  if (!asked && problems.some(({ code }) => code === 'SECOND_FACTOR_REQUIRED')) {
    setAsked(true);
  }

  function reset() {
    choose('authenticatorCode');
    setAsked(false);
  }

  return [{ needed: forecast || asked, field, choose }, reset];
}
