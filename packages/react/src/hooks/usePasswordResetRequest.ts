import { useState } from 'react';
import { RequestPasswordResetDocument, type RequestPasswordResetInput, type RequestPasswordResetMutation } from '../gql/graphql';
import type { FlowAction } from './flow';
import { useOperation } from './useOperation';

export interface PasswordResetRequestFlow {
  /** Has the link sent that a new password is chosen with. */
  request: FlowAction<[fields: RequestPasswordResetInput], RequestPasswordResetMutation['requestPasswordReset']>;
  /** The address that was written to if it has an account, which is told nobody; undefined until it was asked for. */
  sentTo: string | undefined;
}

/** For who has forgotten the password. The mail's link leads to usePasswordReset. */
export function usePasswordResetRequest(): PasswordResetRequestFlow {
  const [sentTo, setSentTo] = useState<string>();
  const request = useOperation(RequestPasswordResetDocument, 'requestPasswordReset', { repeatable: true, onDone: (_, { email }) => setSentTo(email) });
  return { request, sentTo };
}
