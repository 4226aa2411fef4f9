import { useConfig, useOpening } from '../config';
import * as leaving from '../leaving';
import { useSession, type Farewell } from '../session';

export interface AccountSession {
  /** "opening" until it is known who is signed in, which a server never does; "silent" while the API can't be asked. */
  state: 'opening' | 'silent' | 'signed-in' | 'signed-out';
  /** Why nobody is signed in any more, where somebody was; otherwise null. */
  farewell: Farewell | null;
  /** Ends the session, here and in the other tabs. It never fails: where the API can't be told, it is told later. */
  signOut: () => Promise<void>;
}

/** Whether somebody is signed in. */
export function useAccountSession(): AccountSession {
  const config = useConfig();
  const opening = useOpening();
  const { token, farewell } = useSession();
  const state = opening !== 'open' ? opening : token === null ? 'signed-out' : 'signed-in';
  return { state, farewell, signOut: () => leaving.signOut(config) };
}
