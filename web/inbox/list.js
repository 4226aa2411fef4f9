// The list of messages, as a listbox of which one row can be chosen: one stop of the Tab key, and the arrows move.
import { isRead } from './store.js';
import { briefly, setText } from './times.js';

// A list of a thousand rows at once helps nobody to find one.
const step = 30;
const find = id => document.getElementById(id);
const list = find('messages');
const rest = find('rest');
const template = find('row');
const rows = new Map();

let limit = step;
let found = [];
let chosen = '';
// The row that the Tab key reaches; '' is that of the chosen message, or the first.
let active = '';

/**
 * Shows the messages. It adds rows that are new and removes rows that are gone; the others are left alone, so that the
 * focus stays where it is.
 */
export function showRows(messages, chosenID, known) {
  found = messages;
  const isOther = chosenID !== chosen;
  if (isOther) {
    chosen = chosenID;
    active = '';
    reach(chosen);
  }
  const visible = found.slice(0, limit);
  const ids = new Set(visible.map(message => message.id));
  const focused = list.contains(document.activeElement);
  for (const [id, row] of rows) {
    if (!ids.has(id)) {
      row.remove();
      rows.delete(id);
    }
  }

  let next = list.firstElementChild;
  visible.forEach((message, at) => {
    let row = rows.get(message.id);
    if (!row) {
      row = render(message);
      row.classList.toggle('new', known !== null && !known.has(message.id));
      rows.set(message.id, row);
    }
    if (row === next) {
      next = next.nextElementSibling;
    } else {
      list.insertBefore(row, next);
    }
    update(row, message, at);
  });
  list.hidden = visible.length === 0;
  rest.hidden = found.length <= limit;
  setActive();
  if (isOther) {
    rows.get(chosen)?.scrollIntoView({ block: 'nearest' });
  }
  // The row with the focus may be gone, and the keyboard should not have to start again.
  if (focused && !list.contains(document.activeElement)) {
    list.querySelector('[tabindex="0"]')?.focus();
  }
  return visible.length;
}

/** Shows from the top again, as a search for other words does. */
export function showFromTop() {
  limit = step;
  find('scroll').scrollTop = 0;
  reach(chosen);
}

/** Moves the focus to the row of a message, or else to the first row. */
export function focusRow(id) {
  (rows.get(id) ?? list.firstElementChild)?.focus();
}

// reach shows so many rows that a message has one.
function reach(id) {
  const at = found.findIndex(message => message.id === id);
  while (at >= limit) {
    limit += step;
  }
}

function render(message) {
  const row = template.content.firstElementChild.cloneNode(true);
  const find = selector => row.querySelector(selector);
  const isMail = message.channel === 'EMAIL';
  row.id = `row-${message.id}`;
  row.dataset.id = message.id;
  find('.to').textContent = message.to;
  // Of a text message, the words are all that there is.
  find('.subject').textContent = message.subject || message.text.trim();
  find('.subject').classList.toggle('words', !message.subject);
  find('.channel').textContent = isMail ? '' : 'Text message';
  find('.channel').classList.toggle('sms', !isMail);
  find('.kind').textContent = message.kind;
  find('time').dateTime = message.createdAt;
  find('time').title = new Date(message.createdAt).toLocaleString();
  return row;
}

function update(row, message, at) {
  const unread = !isRead(message.id);
  row.classList.toggle('unread', unread);
  setText(row.querySelector('.mark'), unread ? 'Unread' : '');
  setText(row.querySelector('time'), briefly(new Date(message.createdAt)));
  row.setAttribute('aria-selected', `${message.id === chosen}`);
  row.setAttribute('aria-posinset', `${at + 1}`);
  row.setAttribute('aria-setsize', `${found.length}`);
}

// setActive lets the Tab key reach one row.
function setActive() {
  const row = rows.get(active) ?? rows.get(chosen) ?? list.firstElementChild;
  for (const other of list.children) {
    other.tabIndex = other === row ? 0 : -1;
  }
}

list.addEventListener('focusin', event => {
  active = event.target.closest('.row')?.dataset.id ?? '';
  setActive();
});

const pageRows = 8;
const moves = {
  ArrowDown: at => at + 1,
  ArrowUp: at => at - 1,
  PageDown: at => at + pageRows,
  PageUp: at => at - pageRows,
  Home: () => 0,
  End: () => found.length - 1,
};

/**
 * Calls choose for a click and for Enter or the space bar on a row, and moved when the focus moves to another row by the
 * keyboard; show has to show the rows again.
 */
export function onList({ choose, moved, show }) {
  list.addEventListener('click', event => {
    const row = event.target.closest('.row');
    // Words of the list that are selected with the mouse are to be copied.
    const selection = getSelection();
    if (row && (selection.isCollapsed || !list.contains(selection.anchorNode))) {
      row.focus();
      choose(row.dataset.id);
    }
  });

  list.addEventListener('keydown', event => {
    const id = event.target.closest('.row')?.dataset.id;
    if (!id || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) {
      return;
    }
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      choose(id, { byKeyboard: true });
    }
    if (moves[event.key]) {
      event.preventDefault();
      const at = found.findIndex(message => message.id === id);
      const to = found[Math.min(Math.max(moves[event.key](at), 0), found.length - 1)].id;
      reach(to);
      show();
      focusRow(to);
      if (to !== id) {
        moved(to);
      }
    }
  });

  rest.querySelector('button').addEventListener('click', () => {
    const first = limit;
    limit += step;
    show();
    // The button moves away from under the finger, and the reading goes on where it stopped.
    list.children[first]?.focus();
  });
}
