import { useState } from 'react';
import { useClient } from 'urql';
import { problemsOf, type Problem } from '../errors';
import { ConsentHistoryDocument, type ConsentHistoryQuery } from '../gql/graphql';
import type { FlowAction, FlowQuery } from './flow';
import { useAccountQuery } from './useAccountQuery';

type Page = NonNullable<ConsentHistoryQuery['account']['consentHistory']>;

/**
 * An answer that the customer gave: for which channel, what it amounted to, by what it came (an operation, "unsubscribe", "Sec-GPC",
 * or what the shop's import says), to which version of the words, and when, in ISO 8601. Its cursor tells it from others.
 */
export type ConsentAnswer = Page['edges'][number]['node'] & { cursor: string };

export interface ConsentHistoryFlow extends FlowQuery {
  /** The answers that were read so far, the newest first; undefined until they are there. */
  answers: ConsentAnswer[] | undefined;
  /** Whether there are older ones. */
  hasMore: boolean;
  /** Reads the next older ones, twenty at most, and resolves to them. */
  more: FlowAction<[], ConsentAnswer[]>;
}

const answersOf = ({ edges }: Page) => edges.map(({ cursor, node }): ConsentAnswer => ({ ...node, cursor }));
const newestOf = (page: Page | undefined) => page?.edges[0]?.cursor;

/** Whether the last answer about newsletters waits for what is done elsewhere, by the link of a mail. */
const waits = ({ account }: ConsentHistoryQuery) => account.consentHistory?.edges.find(({ node }) => node.channel === 'EMAIL')?.node.state === 'PENDING';

/** Every answer that the customer ever gave. Once there is a new one it begins anew, with the newest twenty. */
export function useConsentHistory(): ConsentHistoryFlow {
  const client = useClient();
  const [kept, setKept] = useState<Page[]>([]);
  const { data, error, reload } = useAccountQuery(ConsentHistoryDocument, { after: null }, { waiting: waits });
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<Problem[]>([]);
  const first = data?.account.consentHistory ?? undefined;
  // Once the first page has another answer, what follows it begins elsewhere.
  const pages = !first ? [] : newestOf(first) === newestOf(kept[0]) ? kept : [first];
  const last = pages.at(-1)?.pageInfo;

  async function run() {
    if (busy || !last?.hasNextPage) {
      return undefined;
    }
    setBusy(true);
    const { data, error } = await client.query(ConsentHistoryDocument, { after: last.endCursor }, { requestPolicy: 'network-only' });
    setBusy(false);
    setProblems(error ? problemsOf(error) : []);

    const page = data?.account.consentHistory;
    if (!page) {
      return undefined;
    }
    setKept([...pages, page]);
    return answersOf(page);
  }

  return {
    answers: first && pages.flatMap(answersOf),
    hasMore: last?.hasNextPage ?? false,
    more: { run, busy, problems, setProblems },
    error,
    reload,
  };
}
