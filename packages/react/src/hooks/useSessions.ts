import type { CombinedError } from '@urql/core';
import {
  ForgetDeviceDocument,
  RenameSessionDocument,
  RevokeSessionDocument,
  SessionsDocument,
  SignOutDocument,
  type ForgetDeviceMutation,
  type RenameSessionMutation,
  type RevokeSessionMutation,
  type SessionsQuery,
  type SignOutMutation,
} from '../gql/graphql';
import { flowAction, type FlowAction } from './flow';
import { useAccountQuery } from './useAccountQuery';
import { useAction } from './useAction';

/** Where the customer is signed in. */
export type DeviceSession = NonNullable<SessionsQuery['account']['sessions']>[number];

/** A device that a sign-in is no news from. */
export type KnownDevice = NonNullable<SessionsQuery['account']['devices']>[number];

export interface SessionsFlow {
  /** The sessions, of which one is `current`: on what, where from, since when, used when and good until when (ISO 8601); undefined until they are there. */
  sessions: DeviceSession[] | undefined;
  /** The devices of which no mail is sent when they sign in; empty where the shop doesn't keep them. */
  devices: KnownDevice[];
  /** Why they couldn't be read. */
  error: CombinedError | undefined;
  /** Reads them anew. */
  reload: () => void;
  /** Ends all sessions but this one. */
  endOthers: FlowAction<[], SignOutMutation['signOut']>;
}

/** Where the customer is signed in, and the devices that are known. */
export function useSessions(): SessionsFlow {
  const { data, error, reload } = useAccountQuery(SessionsDocument, {});
  const others = useAction(SignOutDocument, { repeatable: true, onScreen: true });
  return {
    sessions: data?.account.sessions ?? undefined,
    devices: data?.account.devices ?? [],
    error,
    reload,
    endOthers: flowAction(others, () => ({ input: { scope: 'OTHER_SESSIONS' as const } }), data => data.signOut),
  };
}

/** What is done with one session, of which several can be at work at the same time. */
export interface DeviceSessionActions {
  /** Signs it out. */
  end: FlowAction<[], RevokeSessionMutation['revokeSession']>;
  /** Gives it a name of at most 60 characters; null takes the name away. */
  rename: FlowAction<[name: string | null], RenameSessionMutation['renameSession']>;
}

/** One session, by its id. */
export function useDeviceSession(id: string): DeviceSessionActions {
  const end = useAction(RevokeSessionDocument, { repeatable: true, onScreen: true });
  const rename = useAction(RenameSessionDocument, { repeatable: true, onScreen: true });
  return {
    end: flowAction(end, () => ({ input: { id } }), data => data.revokeSession),
    rename: flowAction(rename, (name: string | null) => ({ input: { id, name } }), data => data.renameSession),
  };
}

/** One known device, by its id: `forget` has the next sign-in from it be news again. */
export function useKnownDevice(id: string): { forget: FlowAction<[], ForgetDeviceMutation['forgetDevice']> } {
  const forget = useAction(ForgetDeviceDocument, { repeatable: true, onScreen: true });
  return { forget: flowAction(forget, () => ({ input: { id } }), data => data.forgetDevice) };
}
