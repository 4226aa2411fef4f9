import type { CombinedError } from '@urql/core';
import { useState } from 'react';
import type { Problem } from '../errors';
import {
  ConfirmPasskeyDocument,
  PasskeysDocument,
  RemovePasskeyDocument,
  RenamePasskeyDocument,
  RequestPasskeyDocument,
  type AbilityFragment,
  type ConfirmPasskeyMutation,
  type PasskeyFragment,
  type RemovePasskeyMutation,
  type RenamePasskeyMutation,
} from '../gql/graphql';
import * as passkeys from '../passkeys';
import { flowAction, type FlowAction, type ProvableAction } from './flow';
import { useAccountQuery } from './useAccountQuery';
import { useAction } from './useAction';
import { useSettings } from './useSettings';
import { useStepUp, type StepUp } from './useStepUp';

/** How many passkeys the server keeps for a customer. */
const room = 20;

/** Why the browser made no passkey: the customer didn't want to, or the device has one of this account already. */
export type NotMade = 'cancelled' | 'known';

export interface PasskeysFlow {
  /** The customer's passkeys: what each is called, since when it is there, when it was used last (ISO 8601), and whether it is on several devices; undefined until they are there. */
  passkeys: PasskeyFragment[] | undefined;
  /** Why they couldn't be read. */
  error: CombinedError | undefined;
  /** Reads them anew. */
  reload: () => void;
  /** Whether there are as many as the server keeps. */
  full: boolean;
  /** Why none can be added here at all, where none can: the shop has no passkeys, or this browser. */
  unavailable: 'shop' | 'browser' | undefined;
  /** Adds one, after a proof of who the customer is: the server asks for it, the browser makes it, and the server keeps its public half. */
  add: StepUp<[], ConfirmPasskeyMutation['confirmPasskey']>;
  /** Why the browser made none the last time. */
  notMade: NotMade | undefined;
  /** Whether the only one is the only way to sign in, too, which the server keeps. */
  onlyWay: boolean;
  /** What {@link usePasskey} wants to know. */
  removeAbility: AbilityFragment | undefined;
}

/** The customer's passkeys, and another one. */
export function usePasskeys(): PasskeysFlow {
  const { data, error, reload } = useAccountQuery(PasskeysDocument, {});
  const settings = useSettings();
  const { notMade, ...adding } = useAdding();
  const can = data?.account.can;
  const list = data?.account.passkeys ?? undefined;

  return {
    passkeys: list,
    error,
    reload,
    full: list !== undefined && list.length >= room,
    unavailable: settings?.passkeys === false ? 'shop' : passkeys.supported ? undefined : 'browser',
    add: useStepUp(adding, can?.requestPasskey),
    notMade,
    onlyWay: list?.length === 1 && can?.removePasskey.reason === 'INVALID_INPUT',
    removeAbility: can?.removePasskey,
  };
}

function useAdding(): ProvableAction<[], ConfirmPasskeyMutation['confirmPasskey']> & { notMade: NotMade | undefined } {
  const request = useAction(RequestPasskeyDocument, { repeatable: true });
  const confirm = useAction(ConfirmPasskeyDocument, { onScreen: true });
  const [busy, setBusy] = useState(false);
  const [notMade, setNotMade] = useState<NotMade>();

  async function add() {
    const asked = await request.run({ input: {} });
    const outcome = asked && (await passkeys.make(asked.requestPasskey.options));
    if (outcome && 'failed' in outcome) {
      setNotMade(outcome.failed);
      return undefined;
    }
    return outcome && (await confirm.run({ input: { response: outcome.answer } }));
  }

  async function run() {
    setBusy(true);
    setNotMade(undefined);
    confirm.setProblems([]);
    const data = await add();
    setBusy(false);
    return data?.confirmPasskey;
  }

  function setProblems(problems: Problem[]) {
    request.setProblems([]);
    confirm.setProblems(problems);
  }

  return { run, busy, problems: [...request.problems, ...confirm.problems], setProblems, refusals: request.refusals, notMade };
}

/** What is done with one passkey, of which several can be at work at the same time. */
export interface PasskeyActions {
  /** Gives it another name, of at most 64 characters. */
  rename: FlowAction<[name: string], RenamePasskeyMutation['renamePasskey']>;
  /** Removes it, after a proof of who the customer is; the other sessions that began with it end. */
  remove: StepUp<[], RemovePasskeyMutation['removePasskey']>;
}

/** One passkey, by its id, and `removeAbility` of {@link usePasskeys}. */
export function usePasskey(id: string, removeAbility: AbilityFragment | undefined): PasskeyActions {
  const rename = useAction(RenamePasskeyDocument, { repeatable: true, onScreen: true });
  const remove = flowAction(useAction(RemovePasskeyDocument, { onScreen: true }), () => ({ input: { id } }), data => data.removePasskey);
  return {
    rename: flowAction(rename, (name: string) => ({ input: { id, name } }), data => data.renamePasskey),
    remove: useStepUp(remove, removeAbility),
  };
}
