import { useState } from 'react';
import { ConfirmActivationDocument, type ConfirmAccountActivationInput, type ConfirmActivationMutation } from '../gql/graphql';
import * as session from '../session';
import { useLinkOperation } from './useLinkOperation';
import type { FlowAction } from './flow';

type Answer = ConfirmActivationMutation['confirmAccountActivation'];

export interface ActivationFlow {
  /** Activates the account. INVALID_CREDENTIALS: the password isn't that of the registration. TOKEN_INVALID: the link is too old or was used. */
  confirm: FlowAction<[fields: ConfirmAccountActivationInput], Answer>;
  /** Whether a proof of who registered belongs to it, such as the password: there is no session, or it is another customer's. */
  proofNeeded: boolean;
  /** What was done; undefined until then. */
  done: Answer | undefined;
  /** Whether somebody is signed in, here or in another tab: after the activation the new customer, if its answer has a session. */
  signedIn: boolean;
}

/** Activates a new account by the link in its mail, which proves the mailbox; who registered is shown by the session here, or by the password. */
export function useActivation(): ActivationFlow {
  const signedIn = session.useSession().token !== null;
  const [confirm, done] = useLinkOperation(ConfirmActivationDocument, 'confirmAccountActivation', ({ session: begun }) => {
    // The session that the link gives takes the place of the one that was here.
    if (begun) {
      session.start(begun.token);
    }
  });
  const [asked, setAsked] = useState(false);
  if (!asked && confirm.problems.some(({ code }) => code === 'REAUTHENTICATION_REQUIRED')) {
    setAsked(true);
  }
  return { confirm, proofNeeded: asked || !signedIn, done, signedIn };
}
