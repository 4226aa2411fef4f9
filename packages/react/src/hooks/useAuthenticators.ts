import type { CombinedError } from '@urql/core';
import {
  AuthenticatorsDocument,
  RemoveAuthenticatorDocument,
  type AuthenticatorFragment,
  type AuthenticatorsQuery,
  type ProofFragment,
  type RemoveAuthenticatorInput,
  type RemoveAuthenticatorMutation,
} from '../gql/graphql';
import * as passkeys from '../passkeys';
import { flowAction, type FlowAction } from './flow';
import { useAccountQuery } from './useAccountQuery';
import { useAction } from './useAction';
import { useAuthenticatorSetup, type AuthenticatorSetupFlow } from './useAuthenticatorSetup';
import { passkeyProblem, usePasskeyProof } from './usePasskeyProof';
import { useRecoveryCodes, type RecoveryCodesFlow } from './useRecoveryCodes';
import { useSecondFactorChoice, type SecondFactorChoice } from './useSecondFactorChoice';
import { useSettings } from './useSettings';
import { useStepUp, type StepUp } from './useStepUp';

/** How many authenticators the server keeps for a customer. */
const room = 5;

type Removed = RemoveAuthenticatorMutation['removeAuthenticator'];

export interface AuthenticatorsFlow {
  /** Whose authenticators they are; undefined until it is there. */
  account: AuthenticatorsQuery['account'] | undefined;
  /** The authenticators: what each is called, since when it is there, and when it was used last (ISO 8601); undefined until they are there. */
  authenticators: AuthenticatorFragment[] | undefined;
  /** Why they couldn't be read. */
  error: CombinedError | undefined;
  /** Reads them anew. */
  reload: () => void;
  /** Whether there are as many as the server keeps. */
  full: boolean;
  /** Whether the shop has none, so that none can be added. */
  unavailable: boolean;
  /** Another one, step by step. */
  setup: AuthenticatorSetupFlow;
  /** The recovery codes, which come with the first authenticator. */
  recoveryCodes: RecoveryCodesFlow;
}

/** The customer's authenticators, another one, and the recovery codes. */
export function useAuthenticators(): AuthenticatorsFlow {
  const { data, error, reload } = useAccountQuery(AuthenticatorsDocument, {});
  const settings = useSettings();
  const account = data?.account;
  const list = account?.authenticators ?? undefined;
  const recoveryCodes = useRecoveryCodes(account?.recoveryCodesLeft, account?.can.replaceRecoveryCodes);
  const setup = useAuthenticatorSetup(account?.can.requestAuthenticator, recoveryCodes.show);

  return {
    account,
    authenticators: list,
    error,
    reload,
    full: list !== undefined && list.length >= room,
    unavailable: settings?.secondFactor === 'OFF',
    setup,
    recoveryCodes,
  };
}

/** Removes one of several authenticators, after a proof of who the customer is. `ability` is `account.can.removeAuthenticator`; the last one goes by {@link useLastAuthenticator}. */
export function useAuthenticator(id: string, ability: ProofFragment | undefined): { remove: StepUp<[], Removed> } {
  const remove = flowAction(useAction(RemoveAuthenticatorDocument, { onScreen: true }), () => ({ input: { id } }), data => data.removeAuthenticator);
  return { remove: useStepUp(remove, ability) };
}

export interface LastAuthenticatorFlow {
  /** Whether the password with a second factor removes it. */
  byPassword: boolean;
  /** Whether a passkey does: the account has one, and the browser can use it. */
  byPasskey: boolean;
  /** Removes it by the password and a second factor. */
  remove: FlowAction<[factors: Pick<RemoveAuthenticatorInput, 'password' | 'authenticatorCode' | 'recoveryCode'>], Removed>;
  /** Has the browser ask for a passkey, and removes it by that. */
  removeByPasskey: FlowAction<[], Removed>;
  /** The second factor beside the password. */
  second: SecondFactorChoice;
}

/** Removes the last authenticator by both factors at once, or by a passkey: the server takes no earlier proof for that. */
export function useLastAuthenticator(id: string, ability: ProofFragment): LastAuthenticatorFlow {
  const action = useAction(RemoveAuthenticatorDocument, { onScreen: true });
  const remove = flowAction(action, (factors: Omit<RemoveAuthenticatorInput, 'id'>) => ({ input: { id, ...factors } }), data => data.removeAuthenticator);
  const asked = usePasskeyProof('removeAuthenticator');
  const second = useSecondFactorChoice(true, action.problems);
  const has = (factor: 'PASSWORD' | 'PASSKEY') => ability.factors?.includes(factor) ?? false;

  async function removeByPasskey() {
    const passkey = await asked.ask();
    return passkey && remove.run({ passkey });
  }

  return {
    byPassword: has('PASSWORD'),
    byPasskey: passkeys.supported && has('PASSKEY'),
    remove,
    removeByPasskey: {
      ...remove,
      run: removeByPasskey,
      busy: asked.busy || remove.busy,
      // Beside a form, the form says what the removal was refused for.
      problems: has('PASSWORD') ? asked.problems : [...asked.problems, ...remove.problems.map(passkeyProblem)],
    },
    second,
  };
}
