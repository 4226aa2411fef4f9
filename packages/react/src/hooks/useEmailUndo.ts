import { UndoEmailChangeDocument, type UndoEmailChangeInput, type UndoEmailChangeMutation } from '../gql/graphql';
import { setTyped } from '../typed';
import { useLinkOperation } from './useLinkOperation';
import type { FlowAction } from './flow';

type Answer = UndoEmailChangeMutation['undoEmailChange'];

export interface EmailUndoFlow {
  /** Gives the account its former address back, and signs all devices out. TOKEN_INVALID: the link is too old or was used, or a later one takes its place. */
  undo: FlowAction<[fields: UndoEmailChangeInput], Answer>;
  /** What was done: the address, and how many sessions ended. Undefined until then. Now is the time for usePasswordResetRequest. */
  done: Answer | undefined;
}

/** Undoes a change of the address by the link in the notice to the former one. */
export function useEmailUndo(): EmailUndoFlow {
  const [undo, done] = useLinkOperation(UndoEmailChangeDocument, 'undoEmailChange', ({ email }) => setTyped(email));
  return { undo, done };
}
