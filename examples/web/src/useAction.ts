import type { AnyVariables, TypedDocumentNode } from '@urql/core';
import { useRef, useState } from 'react';
import { useClient } from 'urql';
import { problemsOf, type Problem } from './errors';

export interface Action<Data, Variables extends AnyVariables> {
  /** Runs the mutation; undefined means that it was refused, and `problems` say why. */
  run: (variables: Variables) => Promise<Data | undefined>;
  busy: boolean;
  problems: Problem[];
  setProblems: (problems: Problem[]) => void;
}

/** One mutation and what came of it. While it runs, running it again does nothing. */
export function useAction<Data, Variables extends AnyVariables>(document: TypedDocumentNode<Data, Variables>): Action<Data, Variables> {
  const client = useClient();
  const running = useRef(false);
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<Problem[]>([]);
  async function run(variables: Variables): Promise<Data | undefined> {
    if (running.current) {
      return undefined;
    }
    running.current = true;
    setBusy(true);
    setProblems([]);
    // Whatever changed belongs to the account, also where the answer doesn't hold it.
    const result = await client.mutation(document, variables, { additionalTypenames: ['Account'] });
    running.current = false;
    setBusy(false);
    // An answer with data is done, also where something that is read afterwards could not be.
    setProblems(result.error && !result.data ? problemsOf(result.error) : []);
    return result.data ?? undefined;
  }
  return { run, busy, problems, setProblems };
}
