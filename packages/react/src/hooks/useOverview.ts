import { findDraft } from '../draft';
import { OverviewDocument, type OverviewQuery } from '../gql/graphql';
import { greetingOf, nameOf } from '../names';
import type { FlowQuery } from './flow';
import { useAccountQuery } from './useAccountQuery';

/** The account, as far as the overview tells of it. */
export type OverviewAccount = OverviewQuery['account'];

/** Whether an address or a number is the customer's for sure; PENDING where it waits to be replaced by another one. */
export type ContactState = 'CONFIRMED' | 'UNCONFIRMED' | 'PENDING';

export interface OverviewContact {
  /** The address or the number; null for none. */
  value: string | null;
  /** null where there is nothing to confirm. */
  state: ContactState | null;
}

type Sessions = NonNullable<OverviewAccount['sessions']>;

export interface Overview {
  /** Everything that was read. */
  account: OverviewAccount;
  /** What the customer is called, in the order of the page's language; an empty text where nobody knows. */
  name: string;
  /** What the customer is greeted by. */
  greeting: string;
  /** The e-mail address; null where somebody else has proven it since, and the state is null as long as no other one was given. */
  email: OverviewContact;
  /** The phone number. */
  phone: OverviewContact;
  /** Until when changes are paused, since the account was secured; null where they aren't. In ISO 8601. */
  changesPausedUntil: string | null;
  /** Where the customer is signed in: on this device, and elsewhere; null where it couldn't be read. */
  sessions: { current: Sessions[number] | undefined; elsewhere: Sessions } | null;
  /** The ways to sign in: by a password, by it with a second factor, and by how many passkeys. */
  ways: { password: boolean; secondFactor: boolean; passkeys: number };
  /** What happened last; undefined for nothing. */
  lastEvent: NonNullable<OverviewAccount['activity']>['edges'][number]['node'] | undefined;
  /** To how many of all channels the customer agreed. */
  agreements: { given: number; all: number };
  /** Whether the tab keeps something of the profile that isn't saved. */
  profileUnsaved: boolean;
}

export interface OverviewFlow extends FlowQuery {
  /** undefined until it is there. */
  overview: Overview | undefined;
}

/** Who the customer is, how they are reached, where they are signed in and what happened last. */
export function useOverview(): OverviewFlow {
  const { data, error, reload } = useAccountQuery(OverviewDocument, {}, {
    waiting: ({ account }) => !account.emailVerified || !!(account.pendingEmailChange ?? account.pendingPhoneUpdate),
  });
  return { overview: data && overviewOf(data.account), error, reload };
}

function overviewOf(account: OverviewAccount): Overview {
  const { sessions, changesPausedUntil, emailDisplaced, pendingEmailChange, phone, pendingPhoneUpdate } = account;
  const { __typename, ...channels } = account.agreements;
  const answers = Object.values(channels);

  return {
    account,
    name: nameOf(account),
    greeting: greetingOf(account),
    email: { value: emailDisplaced ? null : account.email, state: emailDisplaced && !pendingEmailChange ? null : stateOf(account.emailVerified, pendingEmailChange) },
    phone: { value: phone, state: phone === null && !pendingPhoneUpdate ? null : stateOf(account.phoneVerified, pendingPhoneUpdate) },
    changesPausedUntil: changesPausedUntil !== null && new Date(changesPausedUntil) > new Date() ? changesPausedUntil : null,
    sessions: sessions && { current: sessions.find(({ current }) => current), elsewhere: sessions.filter(({ current }) => !current) },
    ways: { password: !!account.can.proveIdentity.factors?.includes('PASSWORD'), secondFactor: !!account.authenticators?.length, passkeys: account.passkeys?.length ?? 0 },
    lastEvent: account.activity?.edges[0]?.node,
    agreements: { given: answers.filter(answer => answer === true).length, all: answers.length },
    profileUnsaved: findDraft(account.id) !== null,
  };
}

const stateOf = (verified: boolean, pending: unknown): ContactState => (pending ? 'PENDING' : verified ? 'CONFIRMED' : 'UNCONFIRMED');
