import { useHasScreen } from '../brand';
import { findDraft } from '../draft';
import { supported } from '../passkeys';
import type { OverviewAccount } from './useOverview';
import { useSettings } from './useSettings';

/** Something that waits for the customer. */
export type Task = (
  | {
      /** The address has to be confirmed, by the link in the mail to it. */
      kind: 'confirmEmail';
      /** The address. */
      email: string;
    }
  | {
      /** A new address, or a new number, has to be confirmed. */
      kind: 'confirmNewEmail' | 'confirmNewPhone';
      /** Where the link or the code was sent, masked. */
      destination: string;
    }
  | {
      /** Something of the profile is typed and not saved; or there is no passkey yet, which is an offer that can wait for ever. */
      kind: 'saveProfile' | 'addPasskey';
    }
  | {
      /** Hardly any recovery code is left. */
      kind: 'newRecoveryCodes';
      /** How many are. */
      left: number;
    }
) & {
  /** The path of the page's screen on which it is done; undefined where that is elsewhere, such as in the mail. */
  target?: string;
};

/** From how many recovery codes on nobody needs new ones. */
const enough = 3;

/** What waits for the customer, the pressing first. What is done on a screen that the shop doesn't have isn't among it. */
export function useTasks(account: OverviewAccount): Task[] {
  const settings = useSettings();
  const has = useHasScreen();
  const { email, emailVerified, emailDisplaced, pendingEmailChange, pendingPhoneUpdate, passkeys, authenticators, recoveryCodesLeft } = account;
  const tasks: (Task | 0 | false | null | undefined)[] = [
    !emailVerified && !emailDisplaced && { kind: 'confirmEmail', email },
    pendingEmailChange && { kind: 'confirmNewEmail', destination: pendingEmailChange.destination, target: '/email' },
    pendingPhoneUpdate && { kind: 'confirmNewPhone', destination: pendingPhoneUpdate.destination, target: '/phone' },
    findDraft(account.id) !== null && { kind: 'saveProfile', target: '/profile' },
    authenticators?.length && recoveryCodesLeft !== null && recoveryCodesLeft < enough && { kind: 'newRecoveryCodes', left: recoveryCodesLeft, target: '/authenticators' },
    settings?.passkeys && supported && passkeys?.length === 0 && emailVerified && { kind: 'addPasskey', target: '/passkeys' },
  ];
  return tasks.filter((task): task is Task => !!task && has(task.target ?? ''));
}
