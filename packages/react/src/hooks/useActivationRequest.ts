import { useState } from 'react';
import { RequestActivationDocument, type RequestAccountActivationInput, type RequestActivationMutation } from '../gql/graphql';
import type { FlowAction } from './flow';
import { useOperation } from './useOperation';
import { useSecondsUntil } from './useSecondsUntil';

/** The pause between two mails, in seconds, where the server doesn't tell: it tells nobody but the account's own session. */
const pause = 60;

export interface ActivationRequestFlow {
  /** Asks for the activation mail once more. */
  send: FlowAction<[fields: RequestAccountActivationInput], RequestActivationMutation['requestAccountActivation']>;
  /**
   * What is known of the mail that was asked for last: "untold", because strangers are told nothing of an address, neither
   * that a mail was sent; or in the account's own session that it is "leaving" within two minutes, or that there is none, for
   * the hour's share is "used-up". Undefined until one was asked for.
   */
  mail: 'untold' | 'leaving' | 'used-up' | undefined;
  /** In how many seconds the next one can go; 0 means at once. */
  resendIn: number;
}

/** Has the activation mail sent again; its link leads to useActivation. */
export function useActivationRequest(): ActivationRequestFlow {
  const [asked, setAsked] = useState<{ nextAt: string; told: boolean }>();
  const resendIn = useSecondsUntil(asked?.nextAt);
  const send = useOperation(RequestActivationDocument, 'requestAccountActivation', {
    repeatable: true,
    onDone: ({ resendAvailableAt: at }) => setAsked({ nextAt: at ?? new Date(Date.now() + pause * 1000).toISOString(), told: at !== null }),
  });

  // The next one can go soon unless the share is used up; the two minutes leave room for a mail that waits for the one before it.
  const soon = resendIn <= 2.5 * pause;
  return { send, mail: asked && (!asked.told ? 'untold' : soon ? 'leaving' : 'used-up'), resendIn };
}
