import { useState } from 'react';
import { useClient } from 'urql';
import { problemsOf, type Problem } from '../errors';
import { ConsentHistoryDocument, type ConsentHistoryQuery } from '../gql/graphql';
import type { FlowAction, FlowQuery } from './flow';
import { useAccountQuery } from './useAccountQuery';

type Page = NonNullable<ConsentHistoryQuery['account']['consentHistory']>;

/** An answer that the customer gave: for which channel, what it amounts to, by what it came, and when, in ISO 8601. */
export type ConsentAnswer = Page['edges'][number]['node'];

export interface ConsentHistoryFlow extends FlowQuery {
  /** The answers that were read so far, the newest first; undefined until they are there. */
  answers: ConsentAnswer[] | undefined;
  /** Whether there are older ones. */
  hasMore: boolean;
  /** Reads the next older ones, twenty at most, and resolves to them. */
  more: FlowAction<[], ConsentAnswer[]>;
}

const answersOf = (page: Page) => page.edges.map(({ node }) => node);

/** Every answer that the customer ever gave. Once older ones are read, newer ones come with `reload`, which begins anew. */
export function useConsentHistory(): ConsentHistoryFlow {
  const client = useClient();
  // From the second page on they stay as they were read: a first one that grew would push answers into the next, too.
  const [kept, setKept] = useState<Page[]>([]);
  const { data, error, reload: readFirst } = useAccountQuery(ConsentHistoryDocument, { after: null }, { frozen: kept.length > 0 });
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<Problem[]>([]);
  const first = data?.account.consentHistory;
  const pages = kept.length > 0 || !first ? kept : [first];
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

  function reload() {
    setKept([]);
    readFirst();
  }

  return {
    answers: pages.length > 0 ? pages.flatMap(answersOf) : undefined,
    hasMore: last?.hasNextPage ?? false,
    more: { run, busy, problems, setProblems },
    error,
    reload,
  };
}
