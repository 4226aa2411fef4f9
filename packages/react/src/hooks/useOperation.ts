import type { TypedDocumentNode } from '@urql/core';
import { flowAction, type ProvableAction } from './flow';
import { useAction } from './useAction';

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
): ProvableAction<[fields: Input], Data[Name]> {
  const action = useAction(document, options);
  return flowAction(action, (input: Input) => ({ input }), data => data[name], onDone && ((data, input) => onDone(data[name], input)));
}
