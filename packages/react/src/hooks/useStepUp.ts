import type { Client } from '@urql/core';
import { useEffect, useRef, useState } from 'react';
import { useClient } from 'urql';
import type { AbilityFragment } from '../gql/graphql';
import type { FlowAction, ProvableAction } from './flow';
import { useIdentityProof, type IdentityProof } from './useIdentityProof';

/** The question who the customer is, while it is asked: with the ways to prove it, and what does. */
export interface IdentityQuestion extends IdentityProof {
  /** Takes the question back: what asked for it isn't done. */
  cancel: () => void;
}

/** An action that asks for a proof first, where one is needed. */
export interface StepUp<Given extends unknown[], Answer> extends FlowAction<Given, Answer> {
  /** Does it; where a proof is needed, after the customer gave it. Resolves to undefined where the question is cancelled or its screen closed, and while it is asked already. */
  run: (...given: Given) => Promise<Answer | undefined>;
  /** The question, while it is asked; undefined otherwise. Show it in a dialog, or wherever you like. */
  question: IdentityQuestion | undefined;
  /** What a form of the action goes by. It is open for those who have nothing to prove by in the operation itself, because they may have something for the question. */
  ability: AbilityFragment | undefined;
}

/**
 * Catches, asks, repeats: an action behind a proof of who the customer is. It asks where the forecast (`account.can`, if you
 * have it) says that a proof is needed, or else where the server answers REAUTHENTICATION_REQUIRED; once the
 * customer has proved it, it runs the action with the same arguments, one time. A cancelled question changes nothing.
 *
 *     const change = useStepUp(useAction(RequestEmailChangeDocument), ability);
 *     <button onClick={() => change.run({ input: { email } })}>…</button>
 *     {change.question && <MyDialog onCancel={change.question.cancel} onPassword={password => change.question.prove.run({ password })} />}
 */
export function useStepUp<Given extends unknown[], Answer>(action: ProvableAction<Given, Answer>, ability?: AbilityFragment): StepUp<Given, Answer> {
  const { ask, question } = useIdentityQuestion();
  const running = useRef(false);
  const latest = useRef(action);
  latest.current = action;

  async function attempt(given: Given): Promise<Answer | undefined> {
    // The forecast may be missing or a moment too old; whoever is told so by the operation is asked, too.
    if (!ability?.stepUpNeeded) {
      const result = await latest.current.run(...given);
      if (result !== undefined || latest.current.refusals().every(({ code }) => code !== 'REAUTHENTICATION_REQUIRED')) {
        return result;
      }
    }
    return (await ask()) ? latest.current.run(...given) : undefined;
  }

  async function run(...given: Given): Promise<Answer | undefined> {
    if (running.current) {
      return undefined;
    }
    running.current = true;
    return attempt(given).finally(() => (running.current = false));
  }

  return { ...action, run, question, ability: ability?.reason === 'INVALID_CREDENTIALS' ? { ...ability, allowed: true, reason: null } : ability };
}

/** The question that is open for a customer. */
const open = new WeakMap<Client, Promise<boolean>>();

/** Asks who the customer is. There is one question at a time: who asks while one is open, has the answer to that one. */
export function useIdentityQuestion(): { ask: () => Promise<boolean>; question: IdentityQuestion | undefined } {
  const client = useClient();
  const [asking, setAsking] = useState(false);
  const answer = useRef<(proved: boolean) => void>(undefined);
  const closed = useRef(false);
  const { reset, ...proof } = useIdentityProof(asking, () => answer.current?.(true));
  const cancel = () => answer.current?.(false);

  // The screen can be closed, also while a proof or the action is under way: then nothing follows any more.
  useEffect(() => {
    closed.current = false;
    return () => {
      closed.current = true;
      cancel();
    };
  }, []);

  async function ask(): Promise<boolean> {
    if (closed.current) {
      return false;
    }
    const proved = await (open.get(client) ?? begin());
    return proved && !closed.current;
  }

  async function begin(): Promise<boolean> {
    reset();
    setAsking(true);
    const answered = new Promise<boolean>(resolve => (answer.current = resolve));
    open.set(client, answered);
    const proved = await answered;
    open.delete(client);
    setAsking(false);
    return proved;
  }

  return { ask, question: asking ? { ...proof, cancel } : undefined };
}
