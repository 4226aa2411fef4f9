import type { CombinedError } from '@urql/core';
import { refusalOf, type Problem } from '../errors';
import {
  CancelPhoneUpdateDocument,
  ConfirmPhoneUpdateDocument,
  PhoneDocument,
  RemovePhoneDocument,
  RequestPhoneUpdateDocument,
  type AbilityFragment,
  type CancelPhoneUpdateMutation,
  type ConfirmPhoneUpdateInput,
  type ConfirmPhoneUpdateMutation,
  type PhoneFragment,
  type RemovePhoneMutation,
  type RequestPhoneUpdateMutation,
} from '../gql/graphql';
import { remember } from '../remembered';
import { flowAction, type FlowAction, type ProvableAction } from './flow';
import { useAccountQuery } from './useAccountQuery';
import { useAction } from './useAction';
import { useChallenge, type Challenge } from './useChallenge';
import { useStepUp, type StepUp } from './useStepUp';

type Requested = RequestPhoneUpdateMutation['requestPhoneUpdate'];

export interface PhoneChangeFlow extends Challenge {
  /** The number, in international form and null for none, and whether it is confirmed; undefined until it is there. */
  account: PhoneFragment | undefined;
  /** Why it couldn't be read. */
  error: CombinedError | undefined;
  /** Reads it anew. */
  reload: () => void;
  /** Why no number can be given at all, where the shop sends no text messages. */
  silent: Problem | undefined;
  /** Asks for a new number, in international form, to which a code is texted; after a proof of who the customer is. */
  request: StepUp<[phone: string], Requested>;
  /** Has another code texted to the same number. Where that number isn't known in this tab, or none can be sent, it sets `resending`. */
  resend: StepUp<[], Requested>;
  /** Confirms the number by its code. The number itself is left out where `target` is known. */
  confirm: FlowAction<[input: Omit<ConfirmPhoneUpdateInput, 'phone' | 'challengeId'> & { phone?: string | null }], ConfirmPhoneUpdateMutation['confirmPhoneUpdate']>;
  /** Whether a code would be let through now. */
  confirmAbility: AbilityFragment | undefined;
  /** Takes the pending change back. */
  cancel: FlowAction<[], CancelPhoneUpdateMutation['cancelPhoneUpdate']>;
  /** Removes the number, after a proof of who the customer is. */
  remove: StepUp<[], RemovePhoneMutation['updateAccount']>;
}

/** The customer's phone number, its change by a texted code, and its removal. */
export function usePhoneChange(): PhoneChangeFlow {
  const { data, error, reload } = useAccountQuery(PhoneDocument, {}, { waiting: ({ account }) => account.pendingPhoneUpdate !== null });
  const account = data?.account;
  const can = account?.can;
  const pending = account?.pendingPhoneUpdate ?? null;
  const request = useStepUp(useRequest(), can?.requestPhoneUpdate);
  const confirming = useAction(ConfirmPhoneUpdateDocument, { onScreen: true });
  const challenge = useChallenge(pending, request, confirming);
  const { target } = challenge;
  const resending = useStepUp(useRequest(), can?.requestPhoneUpdate);
  const removing = flowAction(useAction(RemovePhoneDocument, { onScreen: true }), () => ({ input: { phone: null } }), data => data.updateAccount);

  async function resend(): Promise<Requested | undefined> {
    if (target === '' || !can?.requestPhoneUpdate.allowed) {
      challenge.setResending(true);
      return undefined;
    }
    return resending.run(target);
  }

  const refusal = can ? refusalOf(can.requestPhoneUpdate) : null;
  return {
    account,
    error,
    reload,
    ...challenge,
    silent: refusal?.code === 'MESSAGE_CHANNEL_UNAVAILABLE' ? refusal : undefined,
    request,
    resend: { ...resending, run: resend },
    confirm: flowAction(confirming, ({ phone, ...input }) => ({ input: { ...input, phone: phone ?? target, challengeId: pending?.challengeId ?? null } }), data => data.confirmPhoneUpdate),
    confirmAbility: can?.confirmPhoneUpdate,
    cancel: flowAction(useAction(CancelPhoneUpdateDocument, { onScreen: true }), () => ({}), data => data.cancelPhoneUpdate),
    // A number is removed behind the same proof as a change of the e-mail.
    remove: useStepUp(removing, can?.requestEmailChange),
  };
}

/** Asks for a code to a number, which this tab remembers. */
function useRequest(): ProvableAction<[phone: string], Requested> {
  return flowAction(
    useAction(RequestPhoneUpdateDocument, { onScreen: true }),
    (phone: string) => ({ input: { phone } }),
    data => data.requestPhoneUpdate,
    (data, phone) => remember(data.requestPhoneUpdate.pending.challengeId, phone),
  );
}
