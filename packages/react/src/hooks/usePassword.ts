import type { CombinedError } from '@urql/core';
import { useState } from 'react';
import {
  ChangePasswordDocument,
  PasswordDocument,
  RemovePasswordDocument,
  type AbilityFragment,
  type ChangePasswordInput,
  type ChangePasswordMutation,
  type PasswordQuery,
  type RemovePasswordInput,
  type RemovePasswordMutation,
} from '../gql/graphql';
import { after, flowAction, type FlowAction } from './flow';
import { useAccountQuery } from './useAccountQuery';
import { useAction } from './useAction';
import { passwordProblem } from './usePasskeyProof';
import { useSecondFactorChoice, type SecondFactorChoice } from './useSecondFactorChoice';

type Account = PasswordQuery['account'];

/** What was done with the password last. */
export type PasswordOutcome = { done: 'changed'; revokedSessions: number } | { done: 'removed' };

export interface PasswordFlow {
  /** Whose password it is; undefined until it is there. */
  account: Account | undefined;
  /** Why it couldn't be read. */
  error: CombinedError | undefined;
  /** Reads it anew. */
  reload: () => void;
  /** Whether the account has no password: then there is nothing to change, and the mail of a forgotten password sets one. */
  none: boolean;
  /** The address for a password manager; empty where there is none. */
  email: string;
  /** Changes the password; all other sessions end, and this one goes on under a new token. It asks for no step-up, for it takes the old password. */
  change: FlowAction<[input: ChangePasswordInput], ChangePasswordMutation['changePassword']>;
  /** Whether a change would be let through now. */
  changeAbility: AbilityFragment | undefined;
  /** The second factor that a change takes beside the old password. */
  changeSecond: SecondFactorChoice;
  /** Removes the password, for who signs in another way. */
  remove: FlowAction<[input: Pick<RemovePasswordInput, 'password' | 'authenticatorCode' | 'recoveryCode'>], RemovePasswordMutation['removePassword']>;
  /** Whether a removal would be let through now: only where there is another way to sign in. */
  removeAbility: AbilityFragment | undefined;
  /** The second factor that the removal takes beside the password. */
  removeSecond: SecondFactorChoice;
  /** What was done last, since the screen is there. */
  outcome: PasswordOutcome | undefined;
  /** How often something was done: a form under another key has empty fields. */
  times: number;
}

/** The customer's password, its change and its removal. */
export function usePassword(): PasswordFlow {
  const { data, error, reload } = useAccountQuery(PasswordDocument, {});
  const account = data?.account;
  const changing = useAction(ChangePasswordDocument);
  const removing = useAction(RemovePasswordDocument);
  const [{ times, outcome }, setDone] = useState<{ times: number; outcome?: PasswordOutcome }>({ times: 0 });
  const done = (outcome: PasswordOutcome) => setDone({ times: times + 1, outcome });

  const changed = flowAction(changing, (input: ChangePasswordInput) => ({ input }), data => data.changePassword);
  const removed = flowAction(removing, (input: Parameters<PasswordFlow['remove']['run']>[0]) => ({ input }), data => data.removePassword);

  const change = { ...changed, problems: changed.problems.map(passwordProblem('oldPassword')) };
  const remove = { ...removed, problems: removed.problems.map(passwordProblem('password')) };

  return {
    account,
    error,
    reload,
    none: account?.can.changePassword.reason === 'INVALID_CREDENTIALS',
    // A placeholder is no address, and nothing for a password manager to keep.
    email: account === undefined || account.emailDisplaced ? '' : account.email,
    change: after(change, ({ revokedSessions }) => done({ done: 'changed', revokedSessions })),
    changeAbility: account?.can.changePassword,
    changeSecond: useSecondFactorChoice(account?.can.changePassword.secondFactorNeeded ?? false, change.problems),
    remove: after(remove, () => done({ done: 'removed' })),
    removeAbility: account?.can.removePassword,
    removeSecond: useSecondFactorChoice(account?.can.removePassword.secondFactorNeeded ?? false, remove.problems),
    outcome,
    times,
  };
}
