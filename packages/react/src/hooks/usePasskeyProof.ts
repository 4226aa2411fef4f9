import { useState } from 'react';
import type { Problem } from '../errors';
import { RequestPasskeyProofDocument } from '../gql/graphql';
import * as passkeys from '../passkeys';
import { useAction } from './useAction';
import { later } from '../words';

/** Asks the customer for a passkey as a proof for one operation, such as "deleteAccount"; `ask` resolves to the authenticator's answer, and to undefined where none was used. */
export function usePasskeyProof(operation: string) {
  const { run, ...action } = useAction(RequestPasskeyProofDocument, { repeatable: true });
  const [asking, setAsking] = useState(false);

  async function ask(): Promise<Record<string, unknown> | undefined> {
    setAsking(true);
    const data = await run({ input: { operation } });
    const outcome = data && (await passkeys.use(data.requestPasskeyProof.options));
    setAsking(false);
    return outcome && 'answer' in outcome ? outcome.answer : undefined;
  }

  return { ...action, busy: asking, ask };
}

/** The words for a passkey where those of the code are for a password. */
export function passkeyProblem(problem: Problem): Problem {
  return problem.code === 'INVALID_CREDENTIALS' ? { ...problem, text: later('usePasskeyProof.thisPasskeyIsntAccepted') } : problem;
}

/** Says of a wrong password that it is one, at its field, where no e-mail was asked for. */
export const passwordProblem =
  (field: string) =>
  (problem: Problem): Problem =>
    problem.code === 'INVALID_CREDENTIALS' && problem.field === null ? { ...problem, field, text: later('common.thisIsntYourCurrent') } : problem;
