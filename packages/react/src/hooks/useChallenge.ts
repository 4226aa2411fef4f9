import { useEffect, useState } from 'react';
import type { PendingFragment } from '../gql/graphql';
import { recall } from '../remembered';
import type { FlowAction } from './flow';
import { useSecondsUntil } from './useSecondsUntil';

/** A change that awaits its confirmation, by a mailed link or a texted code. */
export interface Challenge {
  /** The change: its id, where the secret went (masked), until when it is good, and when another can be sent (ISO 8601). Null where none waits. */
  pending: PendingFragment | null;
  /** The whole address or number that it leads to; empty where this tab doesn't know it, because it was asked for elsewhere. */
  target: string;
  /** In how many seconds the secret can be sent again; 0 for now. */
  resendIn: number;
  /** Whether the customer wants it sent again, and is asked where to: over as soon as the change is another one. */
  resending: boolean;
  /** Begins to ask that, or ends it. */
  setResending: (resending: boolean) => void;
}

/** What is known of a pending change. What was refused for one is no problem of the next. */
export function useChallenge(pending: PendingFragment | null, ...actions: Pick<FlowAction<never[], unknown>, 'setProblems'>[]): Challenge {
  const id = pending?.challengeId;
  const [again, setAgain] = useState<string>();
  const [of, setOf] = useState(id);
  const resendIn = useSecondsUntil(pending?.resendAvailableAt);

  useEffect(() => {
    if (of !== id) {
      setOf(id);
      actions.forEach(({ setProblems }) => setProblems([]));
    }
  }, [of, id]);

  return {
    pending,
    target: id === undefined ? '' : recall(id),
    resendIn,
    resending: id !== undefined && again === id,
    setResending: resending => setAgain(resending ? id : undefined),
  };
}
