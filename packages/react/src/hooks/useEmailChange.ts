import type { CombinedError } from '@urql/core';
import {
  CancelEmailChangeDocument,
  EmailDocument,
  RequestEmailChangeDocument,
  type CancelEmailChangeMutation,
  type EmailFragment,
  type RequestEmailChangeMutation,
} from '../gql/graphql';
import { remember } from '../remembered';
import { flowAction, type FlowAction } from './flow';
import { useAccountQuery } from './useAccountQuery';
import { useAction } from './useAction';
import { useChallenge, type Challenge } from './useChallenge';
import { useStepUp, type StepUp } from './useStepUp';

export interface EmailChangeFlow extends Challenge {
  /** The address, whether it is confirmed, and whether another account has it now (`emailDisplaced`: then there is none); undefined until it is there. */
  account: EmailFragment | undefined;
  /** Why it couldn't be read. */
  error: CombinedError | undefined;
  /** Reads it anew. */
  reload: () => void;
  /** Asks for a new address, to which a link is mailed; after a proof of who the customer is. The same address again sends the link again. */
  request: StepUp<[email: string], RequestEmailChangeMutation['requestEmailChange']>;
  /** Takes the pending change back. */
  cancel: FlowAction<[], CancelEmailChangeMutation['cancelEmailChange']>;
}

/** The customer's e-mail address and its change: it waits for the click on the mailed link, and is read every few seconds until then. */
export function useEmailChange(): EmailChangeFlow {
  const { data, error, reload } = useAccountQuery(EmailDocument, {}, { waiting: ({ account }) => account.pendingEmailChange !== null || !account.emailVerified });
  const account = data?.account;
  const requesting = flowAction(
    useAction(RequestEmailChangeDocument, { onScreen: true }),
    (email: string) => ({ input: { email } }),
    data => data.requestEmailChange,
    (data, email) => remember(data.requestEmailChange.pending.challengeId, email),
  );
  const request = useStepUp(requesting, account?.can.requestEmailChange);
  const cancel = flowAction(useAction(CancelEmailChangeDocument, { onScreen: true }), () => ({}), data => data.cancelEmailChange);
  const challenge = useChallenge(account?.pendingEmailChange ?? null, request);

  return { account, error, reload, request, cancel, ...challenge };
}
