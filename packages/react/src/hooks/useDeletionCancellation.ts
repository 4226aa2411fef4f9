import { CancelAccountDeletionDocument, type CancelAccountDeletionInput, type CancelAccountDeletionMutation } from '../gql/graphql';
import { useLinkOperation } from './useLinkOperation';
import type { FlowAction } from './flow';

type Answer = CancelAccountDeletionMutation['cancelAccountDeletion'];

export interface DeletionCancellationFlow {
  /** Calls the deletion off. TOKEN_INVALID: the link is too old or was used. */
  cancel: FlowAction<[fields: CancelAccountDeletionInput], Answer>;
  /** What was done; undefined until then. */
  done: Answer | undefined;
}

/** Keeps an account in its grace period, by the link in the notice of its deletion. With the password useSignIn does the same. */
export function useDeletionCancellation(): DeletionCancellationFlow {
  const [cancel, done] = useLinkOperation(CancelAccountDeletionDocument, 'cancelAccountDeletion');
  return { cancel, done };
}
