// What the browser remembers of the inbox: which messages were read, and how mails are shown.

const prefix = 'accountql.inbox.';

/** Returns what was kept under a name, or the value otherwise. */
function kept(name, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(prefix + name)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

/** Keeps a value. Without storage, the page forgets it when it is closed. */
export function keep(name, value) {
  try {
    localStorage.setItem(prefix + name, JSON.stringify(value));
  } catch {
    // A private window may have no storage.
  }
}

/** Returns the choice that was kept under a name, or the first one. */
export function keptChoice(name, choices) {
  const choice = kept(name, choices[0]);
  return choices.includes(choice) ? choice : choices[0];
}

const read = new Set([kept('read', [])].flat());

export const isRead = id => read.has(id);

/** Marks a message as read, and forgets the messages that are gone. */
export function markRead(id, messages) {
  if (read.has(id)) {
    return;
  }
  read.add(id);
  // Another tab may have read others meanwhile.
  [kept('read', [])].flat().forEach(other => read.add(other));
  const there = new Set(messages.map(message => message.id));
  [...read].filter(other => !there.has(other)).forEach(other => read.delete(other));
  keep('read', [...read]);
}

// What is read in one tab is read in the others.
addEventListener('storage', event => {
  if (event.key === `${prefix}read`) {
    [kept('read', [])].flat().forEach(id => read.add(id));
  }
});
