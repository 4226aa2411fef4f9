import { useRef, useState } from 'react';
import type { Problem } from '../errors';
import type { ConsentChannel, ConsentState } from '../gql/enums';
import { AgreementsDocument, UpdateAgreementsDocument, type AgreementsQuery, type UpdateAgreementsMutation } from '../gql/graphql';
import type { FlowQuery } from './flow';
import { useAccountQuery } from './useAccountQuery';
import { useAction } from './useAction';

/** A way on which a shop may reach a customer who agreed to it, as the API calls it where answers are given. */
export type AgreementChannel = Lowercase<ConsentChannel>;

/** What a yes waits for: that the address is confirmed, a number given or confirmed, or that the link of a mail is opened that asks once more. */
export type AgreementWait = 'confirmed-email' | 'phone' | 'confirmed-phone' | 'mailed-link';

export interface Agreement {
  /** Which channel it is for. */
  channel: AgreementChannel;
  /** What is saved: that it counts (GRANTED), that it doesn't yet (PENDING), that the customer doesn't want it (WITHDRAWN), or that nobody asked (NOT_ASKED). */
  state: ConsentState;
  /** Since when, in ISO 8601; null where nobody asked. */
  since: string | null;
  /** What a yes waits for that doesn't count yet, where that is known; undefined otherwise. */
  waitsFor: AgreementWait | undefined;
  /** Whether its switch is on: at once what the customer chose, also while it isn't saved yet, and while a yes waits. */
  on: boolean;
  /** Whether the choice waits to be saved. */
  saving: boolean;
  /** Why the last choice wasn't saved. */
  problems: Problem[];
}

export interface AgreementsFlow extends FlowQuery {
  /** One for each channel, without those that few shops use and this customer was never asked about (WhatsApp, RCS); undefined until they are there. */
  agreements: Agreement[] | undefined;
  /**
   * Gives an answer. Choices are saved one after the other, in the order in which they were made. Resolves to what the
   * operation answered; to undefined where it was refused, where one before it was, or where a later choice for the
   * channel took its place. Where a yes waits for the link of a mail, another yes has the mail sent again, three times an hour at most.
   */
  choose: (channel: AgreementChannel, on: boolean) => Promise<UpdateAgreementsMutation['updateAccount'] | undefined>;
}

/** What was read of the account. */
type Read = AgreementsQuery['account'];

interface Choice {
  on: boolean;
  done: (answer: UpdateAgreementsMutation['updateAccount'] | undefined) => void;
}

/** The channels that reach the customer by the phone number. */
const byNumber: AgreementChannel[] = ['sms', 'whatsapp', 'rcs'];

/** The name of a channel where answers are given. */
export const channelOf = (channel: ConsentChannel) => channel.toLowerCase() as AgreementChannel;

/** What the customer agreed to, channel by channel. It is read every few seconds while a yes to newsletters waits for a mail. */
export function useAgreements(): AgreementsFlow {
  const { data, error, reload } = useAccountQuery(AgreementsDocument, {}, { waiting: ({ account }) => stateOf(account, 'EMAIL') === 'PENDING' });
  const { account, waiting, failed, problems, choose } = useChoices(data?.account);

  const agreements = account?.consents
    ?.filter(({ channel, state }) => state !== 'NOT_ASKED' || (channel !== 'WHATSAPP' && channel !== 'RCS'))
    .map(({ channel: name, state, recordedAt }): Agreement => {
      const channel = channelOf(name);
      return {
        channel,
        state,
        since: recordedAt,
        waitsFor: state === 'PENDING' ? waitOf(account, channel) : undefined,
        on: waiting[channel] ?? (state === 'GRANTED' || state === 'PENDING'),
        saving: channel in waiting,
        problems: failed === channel ? problems : [],
      };
    });
  return { agreements, choose, error, reload };
}

const stateOf = ({ consents }: Read, channel: ConsentChannel) => consents?.find(consent => consent.channel === channel)?.state;

function waitOf({ emailVerified, emailVouched, phone, phoneVerified }: Read, channel: AgreementChannel): AgreementWait | undefined {
  if (channel === 'email') {
    // An address that the shop vouches for needn't be confirmed before.
    return emailVerified || emailVouched ? 'mailed-link' : 'confirmed-email';
  }
  // What the shop brought along can wait for what only the shop knows.
  return !byNumber.includes(channel) || phoneVerified ? undefined : phone === null ? 'phone' : 'confirmed-phone';
}

/** What was chosen, until the answer that knows it is here. */
function useChoices(read: Read | undefined) {
  const { run, problems } = useAction(UpdateAgreementsDocument, { repeatable: true });
  // A switch turns at once. Its answer waits here until it is saved, one after the other in the order of the turns.
  const [waiting, setWaiting] = useState<Partial<Record<AgreementChannel, boolean>>>({});
  // What the last save answered, until the account is read anew.
  const [saved, setSaved] = useState<{ since: Read | undefined; account: Read | undefined }>();
  const latest = useRef(read);
  latest.current = read;
  const queue = useRef(new Map<AgreementChannel, Choice>());
  const saving = useRef(false);
  // The switch that the problems are about.
  const [failed, setFailed] = useState<AgreementChannel>();

  function choose(channel: AgreementChannel, on: boolean) {
    queue.current.get(channel)?.done(undefined);
    queue.current.delete(channel);
    setWaiting(others => ({ ...others, [channel]: on }));
    return new Promise<UpdateAgreementsMutation['updateAccount'] | undefined>(done => {
      queue.current.set(channel, { on, done });
      if (!saving.current) {
        saveAll();
      }
    });
  }

  async function saveAll() {
    saving.current = true;
    for (let next = queue.current.entries().next(); !next.done; next = queue.current.entries().next()) {
      const [channel, choice] = next.value;
      queue.current.delete(channel);
      await save(channel, choice);
    }
    saving.current = false;
  }

  async function save(channel: AgreementChannel, { on, done }: Choice) {
    setFailed(channel);
    const answer = await run({ input: { agreements: { [channel]: on } } });
    if (answer) {
      setSaved(last => {
        const since = latest.current;
        return { since, account: answered(answer, last && last.since === since ? last.account : since, channel, on) };
      });
    }

    // Whoever turned the switch again meanwhile means the later answer.
    if (!queue.current.has(channel)) {
      setWaiting(({ [channel]: _, ...others }) => others);
    }
    if (!answer) {
      // What comes after a failure would fail, too, or hide what it says.
      queue.current.forEach(({ done }) => done(undefined));
      queue.current.clear();
      setWaiting({});
    }
    done(answer?.updateAccount);
  }

  return { account: saved && saved.since === read ? saved.account : read, waiting, failed, problems, choose };
}

/** The account after a save. It may be missing in the answer; then it is as before, but for what was chosen. */
function answered({ updateAccount: { account } }: UpdateAgreementsMutation, before: Read | undefined, channel: AgreementChannel, on: boolean): Read | undefined {
  if (account?.consents || !before) {
    return account ?? undefined;
  }
  const chosen = { state: on ? 'GRANTED' : 'WITHDRAWN', recordedAt: null } as const;
  return { ...before, consents: before.consents?.map(consent => (channelOf(consent.channel) === channel ? { ...consent, ...chosen } : consent)) ?? null };
}
