import { useState } from 'react';
import { ConfirmAuthenticatorDocument, RequestAuthenticatorDocument, type AbilityFragment, type ConfirmAuthenticatorInput, type ConfirmAuthenticatorMutation, type RequestAuthenticatorMutation } from '../gql/graphql';
import { after, flowAction, type FlowAction } from './flow';
import { useAction } from './useAction';
import { useStepUp, type StepUp } from './useStepUp';

/** An authenticator that waits for its first code: the key as a text, as an address for an app on this device, and as the rows of a QR code; and until when it is good (ISO 8601). */
export type BegunAuthenticator = Omit<RequestAuthenticatorMutation['requestAuthenticator'], '__typename'>;

export interface AuthenticatorSetupFlow {
  /** Begins one, after a proof of who the customer is. */
  begin: StepUp<[], BegunAuthenticator>;
  /** The one that was begun and isn't confirmed yet. */
  begun: BegunAuthenticator | undefined;
  /** Confirms it by its first code, and gives it a name of at most 64 characters, or none. With the first authenticator recovery codes come. */
  confirm: FlowAction<[input: Omit<ConfirmAuthenticatorInput, 'challengeId'>], ConfirmAuthenticatorMutation['confirmAuthenticator']>;
  /** Leaves the begun one alone: it ends by itself. */
  cancel: () => void;
}

/** Sets an authenticator up. `ability` is `account.can.requestAuthenticator`; `added` gets the recovery codes, if there are any. */
export function useAuthenticatorSetup(ability: AbilityFragment | undefined, added: (recoveryCodes: string[]) => void): AuthenticatorSetupFlow {
  const [begun, setBegun] = useState<BegunAuthenticator>();
  const beginning = flowAction(useAction(RequestAuthenticatorDocument, { repeatable: true }), () => ({ input: {} }), data => data.requestAuthenticator);
  const confirming = useAction(ConfirmAuthenticatorDocument);
  const confirm: AuthenticatorSetupFlow['confirm'] = flowAction(confirming, input => ({ input: { ...input, challengeId: begun?.challengeId ?? '' } }), data => data.confirmAuthenticator);

  function turn(next: BegunAuthenticator | undefined) {
    setBegun(next);
    confirming.setProblems([]);
  }

  function finish({ recoveryCodes }: ConfirmAuthenticatorMutation['confirmAuthenticator']) {
    turn(undefined);
    added(recoveryCodes);
  }

  return { begin: useStepUp(after(beginning, turn), ability), begun, confirm: after(confirm, finish), cancel: () => turn(undefined) };
}
