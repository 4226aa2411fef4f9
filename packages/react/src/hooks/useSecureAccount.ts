import { SecureAccountDocument, type SecureAccountInput, type SecureAccountMutation } from '../gql/graphql';
import { useLinkOperation } from './useLinkOperation';
import type { FlowAction } from './flow';

type Answer = SecureAccountMutation['secureAccount'];

export interface SecureAccountFlow {
  /** Signs all devices out, voids the password and holds changes up. TOKEN_INVALID: the link is too old or was used. */
  secure: FlowAction<[fields: SecureAccountInput], Answer>;
  /** What was done: how many sessions ended, and until when nothing of the account can be changed. Undefined until then. */
  done: Answer | undefined;
}

/** "This wasn't me", by the link in the mail about a new device or a change. */
export function useSecureAccount(): SecureAccountFlow {
  const [secure, done] = useLinkOperation(SecureAccountDocument, 'secureAccount');
  return { secure, done };
}
