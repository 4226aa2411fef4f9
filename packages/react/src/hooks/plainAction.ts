import type { AnyVariables } from '@urql/core';
import type { Problem } from '../errors';
import type { Action } from './useAction';

/** Something that a customer has done, with plain arguments, and what came of it. An {@link Action} is one, too. */
export interface PlainAction<Args extends unknown[], Result> {
  /** Does it, and resolves to what the server answered: undefined where it was refused, or runs already. */
  run: (...args: Args) => Promise<Result | undefined>;
  /** Whether it runs. */
  busy: boolean;
  /** What the last run was refused for, each with its code, its field and a text. */
  problems: Problem[];
  /** Has other problems in their place, such as those of empty fields, or none. */
  setProblems: (problems: Problem[]) => void;
  /** What the last run was refused for, at once: `problems` say it with the next rendering. */
  refusals: () => Problem[];
}

/** An action with plain arguments in place of the variables, and a part of the answer in place of it all. */
export function plainAction<Data, Variables extends AnyVariables, Args extends unknown[], Result>(
  action: Action<Data, Variables>,
  variables: (...args: Args) => Variables,
  result: (data: Data) => Result,
  /** What is done with the answer before the screen shows the change. */
  first?: (data: Data, ...args: Args) => void,
): PlainAction<Args, Result> {
  async function run(...args: Args): Promise<Result | undefined> {
    const data = await action.run(variables(...args), first && (data => first(data, ...args)));
    return data === undefined ? undefined : result(data);
  }

  return { ...action, run };
}

/** An action after which, where it succeeds, something else is done. */
export function after<Args extends unknown[], Result>(action: PlainAction<Args, Result>, next: (result: Result) => void): PlainAction<Args, Result> {
  async function run(...args: Args): Promise<Result | undefined> {
    const result = await action.run(...args);
    if (result !== undefined) {
      next(result);
    }
    return result;
  }

  return { ...action, run };
}
