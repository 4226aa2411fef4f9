// Another tab, another device or a mail can change what a screen shows. Tabs tell one another at
// once; for the rest a screen asks again whenever somebody comes back to it.

import { channel, inBrowser } from './browser';

const tabs = channel<null>('accountql.changes');
const listeners = new Set<() => void>();

/** Tells the other tabs that the account changed. */
export function tellChange() {
  tabs.tell(null);
}

/** What the screen that is open does to show the newest. */
const screens = new Set<() => Promise<unknown>>();

/** A screen says how it is refreshed; returns how to stop. */
export function onRefresh(refresh: () => Promise<unknown>): () => void {
  screens.add(refresh);
  return () => screens.delete(refresh);
}

/** Waits until the screen shows what was changed, or can't. */
export async function shown(): Promise<void> {
  await Promise.allSettled([...screens].map(refresh => refresh()));
}

/** Calls the listener when the account may have changed; returns how to stop. */
export function onPossibleChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const notify = () => listeners.forEach(listener => listener());

tabs.hear(notify);
if (inBrowser) {
  addEventListener('focus', notify);
  addEventListener('online', notify);
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && notify());
}
