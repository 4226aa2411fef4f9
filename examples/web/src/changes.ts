// Another tab, another device or a mail can change what a screen shows. Tabs tell one another at
// once; for the rest a screen asks again whenever somebody comes back to it.

const tabs = new BroadcastChannel('accountql.changes');
const listeners = new Set<() => void>();

/** Tells the other tabs that the account changed. */
export function tellChange() {
  tabs.postMessage(null);
}

/** Calls the listener when the account may have changed; returns how to stop. */
export function onPossibleChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const notify = () => listeners.forEach(listener => listener());

tabs.addEventListener('message', notify);
addEventListener('focus', notify);
addEventListener('online', notify);
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && notify());
