import type { AnyVariables, Client, CombinedError, TypedDocumentNode } from '@urql/core';
import { useEffect, useRef } from 'react';
import { useClient, useQuery } from 'urql';
import { onPossibleChange, onRefresh } from '../changes';
import { useOpening } from '../config';
import { useConnection } from '../connection';
import { useSession } from '../session';

interface Options<Data> {
  /** Whether something waits that happens elsewhere, such as the click on a link in a mail: then it is asked for every few seconds. */
  waiting?: (data: Data) => boolean;
  /** Whether to leave the answer as it is; the default is to keep it fresh. */
  frozen?: boolean;
}

interface Answer<Data> {
  data: Data | undefined;
  error: CombinedError | undefined;
  again: () => void;
}

/** How often something is asked for that is expected, or that couldn't be had. */
const pace = 4000;

/** What each document showed last, for one customer: better than nothing while the server is away. */
const memories = new WeakMap<Client, Map<unknown, unknown>>();

/** A query of somebody who is signed in. Its answer is kept fresh, and stays where a later one fails. */
export function useAccountQuery<Data, Variables extends AnyVariables>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  { waiting, frozen = false }: Options<Data> = {},
): Answer<Data> {
  const nobody = useSession().token === null;
  const pause = useOpening() !== 'open' || nobody;
  const [{ data: answered, error }, ask] = useQuery({ query, variables, pause });
  const again = () => ask({ requestPolicy: 'network-only' });
  const latest = useRef(again);
  latest.current = again;

  const client = useClient();
  const memory = memoryOf(client);
  if (answered !== undefined && !frozen) {
    memory.set(query, answered);
  }
  const data = answered ?? (error && !frozen ? (memory.get(query) as Data | undefined) : undefined);

  const refresh = useRef(() => Promise.resolve() as Promise<unknown>);
  refresh.current = () => client.query(query, variables, { requestPolicy: 'network-only' }).toPromise();
  useEffect(() => (frozen ? undefined : onRefresh(() => refresh.current())), [frozen]);

  const away = useConnection() !== 'up';
  const polls = !frozen && (away || (data !== undefined && waiting?.(data) === true));
  useEffect(() => (frozen ? undefined : onPossibleChange(() => latest.current())), [frozen]);
  useEffect(() => {
    if (!polls) {
      return;
    }
    const timer = setInterval(() => document.visibilityState === 'visible' && latest.current(), pace);
    return () => clearInterval(timer);
  }, [polls]);

  return { data, error, again };
}

function memoryOf(client: Client): Map<unknown, unknown> {
  const memory = memories.get(client) ?? new Map<unknown, unknown>();
  memories.set(client, memory);
  return memory;
}
