import { CancelFactorResetDocument, ConfirmFactorResetDocument, type CancelFactorResetInput, type CancelFactorResetMutation, type ConfirmFactorResetInput, type ConfirmFactorResetMutation } from '../gql/graphql';
import { useLinkOperation } from './useLinkOperation';
import type { FlowAction } from './flow';

type Removed = ConfirmFactorResetMutation['confirmFactorReset'];
type Kept = CancelFactorResetMutation['cancelFactorReset'];

export interface FactorResetFlow {
  /** Removes all second factors, and signs all devices out; from the third day on. TOKEN_INVALID: the link is too old or was used. */
  remove: FlowAction<[fields: ConfirmFactorResetInput], Removed>;
  /** Keeps them, at any time. */
  keep: FlowAction<[fields: CancelFactorResetInput], Kept>;
  /** From when on they can be removed, in milliseconds since 1970, after it was tried too early; that is none of the problems. */
  removableAt: number | undefined;
  /** That they were removed: how many sessions ended. Undefined until then. */
  removed: Removed | undefined;
  /** That they were kept; undefined until then. */
  kept: Kept | undefined;
}

/** What the mails about lost second factors lead to: to remove them, or to keep them. */
export function useFactorReset(): FactorResetFlow {
  const [remove, removed] = useLinkOperation(ConfirmFactorResetDocument, 'confirmFactorReset');
  const [keep, kept] = useLinkOperation(CancelFactorResetDocument, 'cancelFactorReset');
  const removableAt = remove.problems.find(({ code }) => code === 'RATE_LIMITED')?.retryAt ?? undefined;

  function removeThem(fields: ConfirmFactorResetInput) {
    keep.setProblems([]);
    return remove.run(fields);
  }

  function keepThem(fields: CancelFactorResetInput) {
    remove.setProblems([]);
    return keep.run(fields);
  }

  return {
    // That it has to wait is no mistake of the customer's.
    remove: { ...remove, run: removeThem, problems: removableAt === undefined ? remove.problems : [] },
    keep: { ...keep, run: keepThem },
    removableAt,
    removed,
    kept,
  };
}
