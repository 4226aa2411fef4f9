import { ConfirmEmailChangeDocument, type ConfirmEmailChangeInput, type ConfirmEmailChangeMutation } from '../gql/graphql';
import { useSession } from '../session';
import { useLinkOperation } from './useLinkOperation';
import type { FlowAction } from './flow';

type Answer = ConfirmEmailChangeMutation['confirmEmailChange'];

export interface EmailConfirmationFlow {
  /** Makes the new address that of the account; the answer about newsletters takes the place of the one before. TOKEN_INVALID: the link is too old or was used. */
  confirm: FlowAction<[fields: ConfirmEmailChangeInput], Answer>;
  /** What was done: the new address. Undefined until then. */
  done: Answer | undefined;
  /** Whether somebody is signed in, here or in another tab. */
  signedIn: boolean;
}

/** Confirms a change of the address by the link in the mail to the new one. */
export function useEmailConfirmation(): EmailConfirmationFlow {
  const signedIn = useSession().token !== null;
  const [confirm, done] = useLinkOperation(ConfirmEmailChangeDocument, 'confirmEmailChange');
  return { confirm, done, signedIn };
}
