import { useSyncExternalStore } from 'react';
import { channel, inBrowser } from './browser';
import { setTyped } from './typed';

/** Why nobody is signed in any more, for the sign-in screen to say. "unheard": the page signed out, and the server doesn't know yet. */
export type Farewell = 'signed-out' | 'unheard' | 'ended' | 'deleted' | 'closed';

/** Stands for a token that only the browser knows, in a cookie. */
export const inCookie = 'cookie';

export interface Session {
  /** The bearer token, inCookie, or null where nobody is signed in. */
  token: string | null;
  /** Grows with each sign-in, so that what was read for one customer is never shown to the next. */
  generation: number;
  farewell: Farewell | null;
}

type News = { ask: true } | { token: string; fresh: boolean } | { token: null; farewell: Farewell };

const key = 'accountql.session';
/** Where leaving.ts keeps the session that the server couldn't be told the end of. */
export const leavingKey = 'accountql.leaving';
/** Where authorizationrequest.ts keeps what a customer left for the page of another service for, and authorizationresponse.ts takes it. */
export const redirectKey = 'accountql.redirect';
const tabs = channel<News>(key);
const listeners = new Set<() => void>();
const nobody: Session = { token: null, generation: 0, farewell: null };
let session: Session = inBrowser ? { ...nobody, token: sessionStorage.getItem(key) } : nobody;

function set(next: Session) {
  session = next;
  if (next.token === null) {
    sessionStorage.removeItem(key);
  } else {
    sessionStorage.setItem(key, next.token);
  }
  listeners.forEach(listener => listener());
}

function adopt(token: string, fresh: boolean) {
  set({ token, generation: session.generation + (fresh ? 1 : 0), farewell: null });
}

function leave(farewell: Farewell) {
  // What the page remembers (remembered.ts, draft.ts) belongs to the customer who leaves. Whose
  // session ended didn't mean to leave, and finds what they typed again.
  if (farewell === 'ended') {
    sessionStorage.removeItem(key);
  } else {
    // Another page of the shop may keep something of its own here.
    Object.keys(sessionStorage).filter(name => name.startsWith('accountql.')).forEach(name => sessionStorage.removeItem(name));
  }
  set({ token: null, generation: session.generation + 1, farewell });
}

/** A customer signed in, here and in the other tabs. Where the answer holds no token, the browser has it. */
export function start(answered: string | null) {
  const token = answered ?? inCookie;
  setTyped('');
  // The browser's cookie is that of the new session now, which must not be signed out.
  if (sessionStorage.getItem(leavingKey) === inCookie) {
    sessionStorage.removeItem(leavingKey);
  }
  adopt(token, true);
  tabs.tell({ token, fresh: true });
}

/** The same customer goes on under a new token. */
export function renew(answered: string | null) {
  const token = answered ?? inCookie;
  adopt(token, false);
  tabs.tell({ token, fresh: false });
}

/** Nobody is signed in any more, here and in the other tabs. */
export function end(farewell: Farewell) {
  leave(farewell);
  tabs.tell({ token: null, farewell });
}

/** A sign-out that was unheard is done now, or once more isn't. */
export function correctFarewell(farewell: Farewell) {
  if (session.token === null) {
    set({ ...session, farewell });
    tabs.tell({ token: null, farewell });
  }
}

export function current(): Session {
  return session;
}

export function useSession(): Session {
  return useSyncExternalStore(
    listener => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    current,
    () => nobody,
  );
}

tabs.hear(data => {
  if ('ask' in data) {
    if (session.token !== null) {
      tabs.tell({ token: session.token, fresh: false });
    }
  } else if (data.token === null) {
    if (session.token !== null) {
      leave(data.farewell);
    } else if (session.farewell === 'unheard') {
      set({ ...session, farewell: data.farewell });
    }
  } else if (data.token !== session.token || data.fresh) {
    adopt(data.token, data.fresh || session.token === null);
  }
});

/**
 * A new tab, such as the one that a mail's link opens, asks the others whether somebody is signed
 * in: sessionStorage is a tab's own. None may be open, so it doesn't wait for long.
 */
export async function askOtherTabs(): Promise<void> {
  if (session.token !== null) {
    return;
  }
  await new Promise<void>(resolve => {
    const timer = setTimeout(done, 80);
    function done() {
      clearTimeout(timer);
      listeners.delete(done);
      resolve();
    }
    listeners.add(done);
    tabs.tell({ ask: true });
  });
}
