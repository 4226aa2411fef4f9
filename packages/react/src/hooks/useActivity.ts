import type { CombinedError } from '@urql/core';
import { useState } from 'react';
import { ActivityDocument, type ActivityQuery } from '../gql/graphql';
import { useAccountQuery } from './useAccountQuery';

type Edges = NonNullable<ActivityQuery['account']['activity']>['edges'];

/** What happened to the account: when (ISO 8601), by which operation, how it ended and why, and from where. */
export type ActivityEvent = Edges[number]['node'];

/** Where a page of events begins. */
export interface ActivityStart {
  /** The cursor of the event before it; null for the first page. */
  after: string | null;
  /** When that event was, in ISO 8601; null for the first page. */
  previousAt: string | null;
}

/** The pages of the account's activity that are open: the newest first, and more one by one. Each is read by {@link useActivityPage}. */
export function useActivity(): { pages: ActivityStart[]; more: (next: ActivityStart) => void } {
  const [pages, setPages] = useState<ActivityStart[]>([{ after: null, previousAt: null }]);
  return { pages, more: next => setPages([...pages, next]) };
}

export interface ActivityPage {
  /** Its events with their cursors, twenty at most, the newest first; undefined until they are there. */
  events: Edges | undefined;
  /** Why they couldn't be read. */
  error: CombinedError | undefined;
  /** Reads them anew. */
  reload: () => void;
  /** Where the page after it begins; undefined where it is the last one. */
  next: ActivityStart | undefined;
}

/** One page. Pages stay where they are, since new events come before the first: one that others follow must not grow, or what moves out of it would be on none. */
export function useActivityPage({ after, previousAt }: ActivityStart, followed: boolean): ActivityPage {
  const { data, error, reload } = useAccountQuery(ActivityDocument, { after }, { frozen: followed });
  const activity = data?.account.activity;
  const end = activity?.pageInfo.hasNextPage ? activity.pageInfo.endCursor : null;
  return {
    events: activity?.edges,
    error,
    reload,
    next: end === null ? undefined : { after: end, previousAt: activity?.edges.at(-1)?.node.at ?? previousAt },
  };
}
