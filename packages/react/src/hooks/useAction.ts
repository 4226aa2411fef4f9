import type { AnyVariables, TypedDocumentNode } from '@urql/core';
import { useRef, useState } from 'react';
import { useClient } from 'urql';
import { shown, tellChange } from '../changes';
import { useConfig } from '../config';
import { problemsOf, type Problem } from '../errors';

export interface Action<Data, Variables extends AnyVariables> {
  /** Runs the mutation; undefined means that it was refused, and `problems` say why. What `first` does is done before the screen shows the change. */
  run: (variables: Variables, first?: (data: Data) => void) => Promise<Data | undefined>;
  /** Whether it runs. */
  busy: boolean;
  /** Why it was refused, one for each error of the answer; empty after a success, and before the first run. */
  problems: Problem[];
  /** Replaces the problems, such as by those that are found before anything is sent. */
  setProblems: (problems: Problem[]) => void;
  /** What the last run was refused for, at once: `problems` say it with the next rendering. */
  refusals: () => Problem[];
}

/**
 * One mutation and what came of it. While it runs, running it again does nothing, and so its button shows that it waits.
 * Where an answer is lost, a change may have been made; what is as good when it is done twice needs no such words.
 * What the screen shows runs until it does: nothing is called done beside what was there before.
 */
export function useAction<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  { repeatable = false, onScreen = false }: { repeatable?: boolean; onScreen?: boolean } = {},
): Action<Data, Variables> {
  useConfig();
  const client = useClient();
  const running = useRef(false);
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<Problem[]>([]);
  const refused = useRef<Problem[]>([]);
  const refuse = (why: Problem[]) => setProblems((refused.current = why));

  async function run(variables: Variables, first?: (data: Data) => void): Promise<Data | undefined> {
    if (running.current) {
      return undefined;
    }
    running.current = true;
    setBusy(true);
    refuse([]);
    // Whatever changed belongs to the account, also where the answer doesn't hold it.
    const { data, error } = await client.mutation(document, variables, { additionalTypenames: ['Account'] });
    // Where there is data it is done, even if something in the answer couldn't be read afterwards.
    if (data) {
      tellChange();
      first?.(data);
      if (onScreen) {
        await shown();
      }
    }
    running.current = false;
    setBusy(false);
    if (data) {
      return data;
    }
    refuse(error ? problemsOf(error, !repeatable) : []);
    return undefined;
  }

  return { run, busy, problems, setProblems, refusals: () => refused.current };
}
