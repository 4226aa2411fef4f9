import type { Problem } from '../errors';
import type { Factor } from '../gql/enums';
import { DeleteAccountDocument, DeletionDocument, type DeleteAccountInput, type DeleteAccountMutation, type DeletionQuery } from '../gql/graphql';
import { supported } from '../passkeys';
import * as session from '../session';
import type { FlowAction } from './flow';
import { useAccountQuery } from './useAccountQuery';
import { useAction } from './useAction';
import { passkeyProblem, passwordProblem, usePasskeyProof } from './usePasskeyProof';
import { useSecondFactorChoice, type SecondFactorChoice } from './useSecondFactorChoice';

/** What the customer proves with that it is them; nothing where they do so by a passkey. */
export interface DeletionProof extends Pick<DeleteAccountInput, 'authenticatorCode' | 'recoveryCode'> {
  /** The password. */
  password?: string;
}

export interface DeletionFlow {
  /** The address of the account that would be deleted; undefined until it is known, and where somebody else has proven it. */
  email: string | undefined;
  /** Whether a deletion would be let through now. */
  ability: DeletionQuery['account']['can']['deleteAccount'] | undefined;
  /** What the customer can prove with who they are. */
  factors: readonly Factor[];
  /** Whether the browser asks for a passkey, and no password is needed: the account has none. */
  byPasskey: boolean;
  /** The second factor that the deletion takes beside the password. */
  second: SecondFactorChoice;
  /**
   * Deletes the account, or closes it until a day of which the answer tells: then a mail says how to keep it. The session
   * ends with it. INVALID_CREDENTIALS where the proof is wrong, SECOND_FACTOR_REQUIRED and CODE_INVALID for the code.
   * Resolves to undefined, without problems, where the browser asked for a passkey and none was used.
   */
  remove: FlowAction<[proof?: DeletionProof], DeleteAccountMutation['deleteAccount']>;
}

/** The end of the account. */
export function useDeletion(): DeletionFlow {
  const { data } = useAccountQuery(DeletionDocument, {});
  const { run, busy, problems, setProblems } = useAction(DeleteAccountDocument);
  const passkey = usePasskeyProof('deleteAccount');
  const ability = data?.account.can.deleteAccount;
  const factors = ability?.factors ?? [];
  const byPasskey = supported && factors.includes('PASSKEY') && !factors.includes('PASSWORD');
  const told = byPasskey ? [...passkey.problems, ...problems.map(passkeyProblem)] : problems.map(named).map(passwordProblem('password'));
  const second = useSecondFactorChoice(!byPasskey && (ability?.secondFactorNeeded ?? false), told);

  async function inputOf({ password = '', ...second }: DeletionProof): Promise<DeleteAccountInput | undefined> {
    if (!byPasskey) {
      return { clientAuthFactor: password, identityProvider: 'SYNERISE', ...second };
    }
    const answer = await passkey.ask();
    return answer && { clientAuthFactor: JSON.stringify(answer), identityProvider: 'PASSKEY' };
  }

  async function remove(proof: DeletionProof = {}) {
    const input = await inputOf(proof);
    const answer = input && (await run({ input }))?.deleteAccount;
    if (answer) {
      session.end(answer.deletion === null ? 'deleted' : 'closed');
    }
    return answer;
  }

  return {
    email: data === undefined || data.account.emailDisplaced ? undefined : data.account.email,
    ability,
    factors,
    byPasskey,
    second,
    remove: {
      run: remove,
      busy: busy || passkey.busy,
      problems: told,
      setProblems,
    },
  };
}

/** The API takes the password in a field that takes other factors as well. */
const named = (problem: Problem): Problem => (problem.field === 'clientAuthFactor' ? { ...problem, field: 'password' } : problem);
