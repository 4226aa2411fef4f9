import type { AnyVariables, Client, CombinedError, TypedDocumentNode } from '@urql/core';
import { useEffect, useMemo, useRef } from 'react';
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
  /** What was answered last; undefined until it is there, and where nobody is signed in. */
  data: Data | undefined;
  /** Why the newest answer couldn't be had; `data` is that of before then, if there is one. */
  error: CombinedError | undefined;
  /** Asks for it once more. */
  reload: () => void;
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
  const { token, generation } = useSession();
  const pause = useOpening() !== 'open' || token === null;
  const context = useMemo(() => ({ generation }), [generation]);
  const [state, ask] = useQuery({ query, variables, pause, context });
  // urql keeps its last answer when it pauses and when the client is another one: that is of the customer before, and shown to nobody.
  const mine = state.operation?.context['generation'] === generation;
  const error = mine ? state.error : undefined;
  // A refusal of the whole query is null.
  const answered = (mine && state.data) || undefined;
  // urql asks for nobody, too, when it is told to.
  const again = () => pause || ask({ requestPolicy: 'network-only' });
  const latest = useRef(again);
  latest.current = again;

  const client = useClient();
  const memory = memoryOf(client);
  const kept = JSON.stringify(variables);
  if (answered !== undefined && !frozen) {
    memory.set(query, { kept, answered });
  }
  const last = error && !frozen ? (memory.get(query) as { kept: string; answered: Data } | undefined) : undefined;
  const data = answered ?? (last?.kept === kept ? last.answered : undefined);

  const refresh = useRef(() => Promise.resolve() as Promise<unknown>);
  refresh.current = async () => pause || client.query(query, variables, { ...context, requestPolicy: 'network-only' }).toPromise();
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

  return { data, error, reload: again };
}

function memoryOf(client: Client): Map<unknown, unknown> {
  const memory = memories.get(client) ?? new Map<unknown, unknown>();
  memories.set(client, memory);
  return memory;
}
