import { useState } from 'react';
import { RequestFactorResetDocument, type RequestFactorResetInput, type RequestFactorResetMutation } from '../gql/graphql';
import type { FlowAction } from './flow';
import { useOperation } from './useOperation';

export interface FactorResetRequestFlow {
  /** Asks for it, with the name of a sign-in that waits for its second step or with the token of the mail of a password reset. */
  request: FlowAction<[fields: RequestFactorResetInput], RequestFactorResetMutation['requestFactorReset']>;
  /** From when on the factors can be removed, as the API writes times; undefined until it was asked for. */
  availableAt: string | undefined;
}

/** For who has lost all second factors: begins their removal, which takes three days. The mail leads to useFactorReset. */
export function useFactorResetRequest(): FactorResetRequestFlow {
  const [availableAt, setAvailableAt] = useState<string>();
  const request = useOperation(RequestFactorResetDocument, 'requestFactorReset', { repeatable: true, onDone: answer => setAvailableAt(answer.availableAt) });
  return { request, availableAt };
}
