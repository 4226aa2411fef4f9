import { useRef, useState } from 'react';
import type { Problem } from '../errors';
import { AgreementsDocument, UpdateAgreementsDocument, type AgreementsFragment, type UpdateAgreementsMutation } from '../gql/graphql';
import type { FlowQuery } from './flow';
import { useAccountQuery } from './useAccountQuery';
import { useAction } from './useAction';

/** A way on which a shop may reach a customer who agreed to it, as the API calls it. */
export type AgreementChannel = Exclude<keyof AgreementsFragment, '__typename'>;

/** The channels, in the order of the page. */
export const agreementChannels = ['email', 'sms', 'push', 'bluetooth', 'rfid', 'wifi'] as const satisfies readonly AgreementChannel[];

export interface Agreement {
  /** Which channel it is for. */
  channel: AgreementChannel;
  /** What is saved: yes, no, or null where the customer was never asked. */
  answer: boolean | null;
  /** Whether its switch is on: at once what the customer chose, also while it isn't saved yet. */
  on: boolean;
  /** Whether the choice waits to be saved. */
  saving: boolean;
  /** Why the last choice wasn't saved. */
  problems: Problem[];
}

export interface AgreementsFlow extends FlowQuery {
  /** One for each channel; undefined until they are there. */
  agreements: Agreement[] | undefined;
  /**
   * Gives an answer. Choices are saved one after the other, in the order in which they were made. Resolves to what the
   * operation answered; to undefined where it was refused, where one before it was, or where a later choice for the
   * channel took its place.
   */
  choose: (channel: AgreementChannel, on: boolean) => Promise<UpdateAgreementsMutation['updateAccount'] | undefined>;
}

interface Choice {
  on: boolean;
  done: (answer: UpdateAgreementsMutation['updateAccount'] | undefined) => void;
}

type Answers = Partial<Record<AgreementChannel, boolean>>;

/** What the customer agreed to, channel by channel. */
export function useAgreements(): AgreementsFlow {
  const { data, error, reload } = useAccountQuery(AgreementsDocument, {});
  const given = data?.account.agreements;
  const { waiting, saved, failed, problems, choose } = useChoices(given);

  const agreements =
    given &&
    agreementChannels.map(channel => ({
      channel,
      answer: given[channel],
      on: waiting[channel] ?? (saved?.since === given ? saved.answers[channel] : undefined) ?? given[channel] ?? false,
      saving: channel in waiting,
      problems: failed === channel ? problems : [],
    }));
  return { agreements, choose, error, reload };
}

/** What was chosen, until the answer that knows it is here. */
function useChoices(given: AgreementsFragment | undefined) {
  const { run, problems } = useAction(UpdateAgreementsDocument, { repeatable: true });
  // A switch turns at once. Its answer waits here until it is saved, one after the other in the order of the turns.
  const [waiting, setWaiting] = useState<Answers>({});
  const [saved, setSaved] = useState<{ since: AgreementsFragment | undefined; answers: Answers }>();
  const latest = useRef(given);
  latest.current = given;
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
      setSaved(last => ({ since: latest.current, answers: { ...(last && last.since === latest.current ? last.answers : {}), [channel]: on } }));
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

  return { waiting, saved, failed, problems, choose };
}
