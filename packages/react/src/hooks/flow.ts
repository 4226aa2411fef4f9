import type { AnyVariables, CombinedError } from '@urql/core';
import type { Problem } from '../errors';
import type { Action } from './useAction';

/** Something that a flow does. While it runs, running it again does nothing. */
export interface FlowAction<Given extends unknown[], Answer> {
  /** Does it. Resolves to what the operation answered, or to undefined where it was refused; then `problems` say why. */
  run: (...given: Given) => Promise<Answer | undefined>;
  /** Whether it runs. */
  busy: boolean;
  /** Why it was refused, one for each error of the answer; empty after a success, and before the first run. */
  problems: Problem[];
  /** Replaces the problems, such as by those that are found before anything is sent. */
  setProblems: (problems: Problem[]) => void;
}

/** An action that a proof can be put before (useStepUp). What {@link Action useAction} gives is one, too. */
export interface ProvableAction<Given extends unknown[], Answer> extends FlowAction<Given, Answer> {
  /** Why the last run was refused, at once: `problems` say it with the next rendering. */
  refusals: () => Problem[];
}

/** What a flow reads. */
export interface FlowQuery {
  /** Why it can't be had; what was read before stays. */
  error: CombinedError | undefined;
  /** Asks for it once more. */
  reload: () => void;
}

/** An action with plain arguments in place of the variables, and a part of the answer in place of it all. */
export function flowAction<Data, Variables extends AnyVariables, Given extends unknown[], Answer>(
  action: Action<Data, Variables>,
  variables: (...given: Given) => Variables,
  result: (data: Data) => Answer,
  /** What is done with the answer before the screen shows the change. */
  first?: (data: Data, ...given: Given) => void,
): ProvableAction<Given, Answer> {
  async function run(...given: Given): Promise<Answer | undefined> {
    const data = await action.run(variables(...given), first && (data => first(data, ...given)));
    return data === undefined ? undefined : result(data);
  }

  return { ...action, run };
}

/** An action after which, where it succeeds, something else is done. */
export function after<Given extends unknown[], Answer>(action: ProvableAction<Given, Answer>, next: (result: Answer) => void): ProvableAction<Given, Answer>;
export function after<Given extends unknown[], Answer>(action: FlowAction<Given, Answer>, next: (result: Answer) => void): FlowAction<Given, Answer>;
export function after<Given extends unknown[], Answer>(action: FlowAction<Given, Answer>, next: (result: Answer) => void): FlowAction<Given, Answer> {
  async function run(...given: Given): Promise<Answer | undefined> {
    const result = await action.run(...given);
    if (result !== undefined) {
      next(result);
    }
    return result;
  }

  return { ...action, run };
}
