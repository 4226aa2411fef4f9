import { useSyncExternalStore } from 'react';
import { mapExchange, type Exchange } from '@urql/core';
import { inBrowser } from './browser';

// Whether the server answers. What the page shows stays while it doesn't, under a banner that says so.

/** "offline" is the browser's own word; "down" means that a request got no answer, or one that isn't from the API. */
export type Connection = 'up' | 'offline' | 'down';

let connection: Connection = inBrowser && !navigator.onLine ? 'offline' : 'up';
const listeners = new Set<() => void>();

function set(next: Connection) {
  if (next !== connection) {
    connection = next;
    listeners.forEach(listener => listener());
  }
}

export function current(): Connection {
  return connection;
}

export function useConnection(): Connection {
  return useSyncExternalStore(
    listener => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    current,
    () => 'up',
  );
}

/** Every answer tells whether the server is there. */
export const watchConnection: Exchange = mapExchange({
  onResult({ error }) {
    set(error?.networkError ? (navigator.onLine ? 'down' : 'offline') : 'up');
  },
});

if (inBrowser) {
  addEventListener('offline', () => set('offline'));
  // The browser can be on a network without the server being on it: the next answer tells.
  addEventListener('online', () => connection === 'offline' && set('down'));
}
