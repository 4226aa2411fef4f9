import type { TypedDocumentNode } from '@urql/core';
import type { Problem } from '../errors';
import { useAction } from './useAction';

/** One operation of a flow: how it is run, whether it runs now, and why it was refused. */
export interface Operation<Given extends unknown[], Answer> {
  /** Asks the server for it; resolves to what it answered, or to undefined where it was refused: then `problems` say why. */
  run: (...given: Given) => Promise<Answer | undefined>;
  /** Whether it runs; until it has, running it again does nothing. */
  busy: boolean;
  /** Why the last run was refused: empty before the first one, during each, and after one that was done. */
  problems: Problem[];
  /** Puts problems in their place: of a form that isn't filled in, or none. */
  setProblems: (problems: Problem[]) => void;
}

interface Options<Answer, Input> {
  /** Whether it is as good when it is done twice: then nobody has to know that it may have been done although no answer came. */
  repeatable?: boolean;
  /** What the flow does with the answer, before whoever ran it has it. */
  onDone?: (answer: Answer, input: Input) => void;
}

/** A mutation that is given the fields of its input, and gives what its one field holds. */
export function useOperation<Data, Name extends keyof Data, Input>(
  document: TypedDocumentNode<Data, { input: Input }>,
  name: Name,
  { onDone, ...options }: Options<Data[Name], Input> = {},
): Operation<[fields: Input], Data[Name]> {
  const { run, ...action } = useAction(document, options);
  return {
    ...action,
    run: async input => {
      const data = await run({ input });
      if (data) {
        onDone?.(data[name], input);
      }
      return data?.[name];
    },
  };
}
