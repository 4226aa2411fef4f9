import type { CombinedError } from '@urql/core';
import type { Problem } from '../errors';

/** Something that a flow does. While it runs, running it again does nothing. */
export interface FlowAction<Arguments extends unknown[], Answer> {
  /** Does it. Resolves to what the operation answered, or to undefined where it was refused; then `problems` say why. */
  run: (...given: Arguments) => Promise<Answer | undefined>;
  /** Whether it runs. */
  busy: boolean;
  /** Why it was refused, one for each error of the answer; empty after a success, and before the first run. */
  problems: Problem[];
  /** Replaces the problems, such as by those that are found before anything is sent. */
  setProblems: (problems: Problem[]) => void;
}

/** What a flow reads. */
export interface FlowQuery {
  /** Why it can't be had; what was read before stays. */
  error: CombinedError | undefined;
  /** Asks for it once more. */
  reload: () => void;
}
