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

export const hasDraft = () => sessionStorage.getItem(key) !== null;

// Closing the tab is what loses it, so the browser asks.
addEventListener('beforeunload', event => hasDraft() && event.preventDefault());
