import { useEffect, useState } from 'react';
import { ConfirmPasswordResetDocument, type ConfirmPasswordResetInput, type ConfirmPasswordResetMutation } from '../gql/graphql';
import { askTyped, setTyped, typed } from '../typed';
import { useLinkOperation } from './useLinkOperation';
import type { FlowAction } from './flow';
import { useSecondFactorChoice, type SecondFactorChoice } from './useSecondFactorChoice';

type Answer = ConfirmPasswordResetMutation['confirmPasswordReset'];

export interface PasswordResetFlow {
  /** Sets the new password. An account with a second factor wants a code of it: SECOND_FACTOR_REQUIRED. TOKEN_INVALID: the link is too old or was used. */
  reset: FlowAction<[fields: ConfirmPasswordResetInput], Answer>;
  /** The second factor that it takes. It is needed once the server has asked for one; who has only the link is told nothing before. */
  second: SecondFactorChoice;
  /** What was done: on how many devices the account was signed out. Undefined until then. */
  done: Answer | undefined;
  /**
   * The account's address, if it was typed on this page or in another tab of it, and otherwise empty. The server knows whose
   * password it is; a password manager wants to be told by the page.
   */
  address: string;
  /** Corrects the address. */
  setAddress: (address: string) => void;
}

/** Chooses a new password by the link that usePasswordResetRequest has sent. */
export function usePasswordReset(): PasswordResetFlow {
  const [address, setAddress] = useState(typed);
  useEffect(() => askTyped(setAddress), []);
  const [reset, done] = useLinkOperation(ConfirmPasswordResetDocument, 'confirmPasswordReset', () => setTyped(address));
  return { reset, second: useSecondFactorChoice(false, reset.problems), done, address, setAddress };
}
