import { channel, inBrowser } from './browser';

// What was typed into the profile and isn't saved yet. The tab keeps it over a reload, a look at
// another screen and the end of the session, for the same account; signing out forgets it.

export interface Draft {
  /** The account's id. */
  account: string;
  /** The version of the account that the first edit began with; null for the newest, whatever it is. */
  version: number | null;
  edits: Record<string, string>;
}

const key = 'accountql.draft';

export function keepDraft(draft: Draft) {
  if (Object.keys(draft.edits).length === 0) {
    dropDraft();
  } else {
    sessionStorage.setItem(key, JSON.stringify(draft));
  }
}

export function dropDraft() {
  sessionStorage.removeItem(key);
}

/** The draft of the account, if there is one. Another customer's is forgotten. */
export function findDraft(account: string): Draft | null {
  const kept = sessionStorage.getItem(key);
  if (kept === null) {
    return null;
  }
  const draft = JSON.parse(kept) as Draft;
  if (draft.account !== account) {
    dropDraft();
    return null;
  }
  return draft;
}

const hasDraft = () => sessionStorage.getItem(key) !== null;

const tabs = channel<'asked' | 'kept'>('accountql.draft');

tabs.hear(news => news === 'asked' && hasDraft() && tabs.tell('kept'));

/** Whether this tab or another one keeps a draft, for a sign-out ends them all. Other tabs answer at once, if there are any. */
export async function anyDraft(): Promise<boolean> {
  if (hasDraft()) {
    return true;
  }
  return new Promise(resolve => {
    const deaf = tabs.hear(news => news === 'kept' && done(true));
    const timer = setTimeout(() => done(false), 100);
    function done(kept: boolean) {
      clearTimeout(timer);
      deaf();
      resolve(kept);
    }
    tabs.tell('asked');
  });
}

// Closing the tab is what loses it, so the browser asks.
if (inBrowser) {
  addEventListener('beforeunload', event => hasDraft() && event.preventDefault());
}
