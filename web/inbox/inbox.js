// The inbox: the list of messages, and the chosen one beside it or, in a narrow window, in its place. The page asks for the
// messages every two seconds while somebody can see it. Its address names the chosen message.
import { focusRow, onList, showFromTop, showRows } from './list.js';
import { focusMessage, read } from './reading.js';
import { isRead, markRead } from './store.js';
import { setText } from './times.js';

const interval = 2000;
const find = id => document.getElementById(id);
const filter = find('filter');
const search = find('search');
const kind = find('kind');
const wide = matchMedia('(min-width: 720px)');

let messages = [];
let version = '';
// The messages that were there at the last look, or null before the first.
let known = null;
let chosen = named();
let timer;

async function refresh() {
  clearTimeout(timer);
  try {
    // What the page has already isn't sent again: there may be megabytes of it.
    const response = await fetch('/inbox.json', { cache: 'no-store', headers: version ? { 'If-None-Match': version } : {} });
    if (response.status !== 304) {
      if (!response.ok) {
        throw new Error(`HTTP status ${response.status}`);
      }
      messages = await response.json();
      version = response.headers.get('ETag') ?? '';
      offerKinds();
    }
    show();
    known = new Set(messages.map(message => message.id));
    find('problem').hidden = true;
  } catch {
    find('problem').hidden = false;
  }
  // Two calls can overlap when the page becomes visible again, and only one may go on.
  clearTimeout(timer);
  if (document.visibilityState === 'visible') {
    timer = setTimeout(refresh, interval);
  }
}

// offerKinds lists the kinds that there are, and keeps the one that is chosen.
function offerKinds() {
  const kinds = [...new Set(messages.map(message => message.kind))].sort();
  const offered = [...kind.options].slice(1).map(option => option.value);
  for (const name of kinds.filter(name => !offered.includes(name))) {
    const after = [...kind.options].slice(1).find(option => option.value > name) ?? null;
    kind.add(new Option(name, name), after);
  }
}

// wanted tells whether a message has every word that is searched for, in its recipient, its subject or its text.
function wanted(message) {
  if (kind.value !== '' && message.kind !== kind.value) {
    return false;
  }
  const all = `${message.to}\n${message.subject}\n${message.text}`.toLowerCase();
  return search.value.toLowerCase().split(/\s+/).every(word => all.includes(word));
}

// show brings the whole page in line with the messages, what is searched for and what is chosen.
function show() {
  // Beside the list there is room for a message, and the newest is mostly the one that one came for.
  if (chosen === '' && wide.matches && messages.length > 0) {
    go(messages[0].id, 'replaceState');
  }
  const message = messages.find(({ id }) => id === chosen);
  if (message) {
    markRead(chosen, messages);
  }
  const isEmpty = messages.length === 0;
  find('inbox').toggleAttribute('data-reading', chosen !== '' && !isEmpty);
  find('inbox').toggleAttribute('data-empty', isEmpty);
  find('empty').hidden = !isEmpty;
  filter.hidden = isEmpty;

  const found = messages.filter(wanted);
  say(found.length, showRows(found, chosen, known));
  const gone = chosen !== '' && !message;
  read(message, gone ? 'This message is gone. The inbox keeps the latest thousand, until the server ends.' : '');
}

// say tells how many there are. It is read aloud when it changes.
function say(found, visible) {
  let text = messages.length === 1 ? '1 message' : `${messages.length} messages, newest first`;
  if (found < messages.length) {
    text = `${found} of ${text}`;
  }
  if (visible < found) {
    text += `; the latest ${visible} are shown`;
  }
  setText(find('count'), messages.length === 0 ? '' : text);

  const unread = messages.filter(({ id }) => !isRead(id)).length;
  document.title = `${unread > 0 ? `(${unread}) ` : ''}Inbox · AccountQL`;
}

// named returns the message that the page's address names, or ''.
function named() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return '';
  }
}

// go chooses a message, or none if id is '', and names it in the address: "how" is the history's pushState or
// replaceState, and state says what made the entry.
function go(id, how, state = null) {
  if (id !== named()) {
    history[how](state, '', id === '' ? location.pathname : `#${encodeURIComponent(id)}`);
  }
  chosen = id;
}

// followAddress is for what changes the address from outside: back and forward, and people.
function followAddress() {
  const left = chosen;
  if (named() === left) {
    return;
  }
  const inside = find('inbox').contains(document.activeElement);
  const wasHidden = !inside && document.activeElement === document.body;
  chosen = named();
  show();
  // In a narrow window the one takes the place of the other, and the focus must not stay where nothing is seen.
  if (!wide.matches && (inside || wasHidden)) {
    if (chosen === '') {
      focusRow(left);
    } else {
      focusMessage();
    }
  }
}

// backToList leaves the message in a narrow window, by the way on which one came.
function backToList() {
  if (history.state === 'list') {
    history.back();
    return;
  }
  const left = chosen;
  go('', 'pushState');
  show();
  focusRow(left);
}

onList({
  show,
  choose(id, { byKeyboard = false } = {}) {
    go(id, 'pushState', wide.matches ? null : 'list');
    show();
    if (!wide.matches || byKeyboard) {
      focusMessage();
    }
  },
  moved(id) {
    // A walk through the list with the arrows is one step back, however long it was.
    if (wide.matches) {
      go(id, history.state === 'arrows' ? 'replaceState' : 'pushState', 'arrows');
      show();
    }
  },
});

// Other words are other messages, from their beginning.
filter.addEventListener('input', () => {
  showFromTop();
  show();
});
filter.addEventListener('submit', event => event.preventDefault());
search.addEventListener('keydown', event => {
  if (event.key === 'ArrowDown') {
    event.preventDefault();
    focusRow('');
  }
});

find('back').querySelector('a').addEventListener('click', event => {
  if (!event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    backToList();
  }
});
find('reading').addEventListener('keydown', event => {
  if (event.key !== 'Escape') {
    return;
  }
  if (wide.matches) {
    focusRow(chosen);
  } else {
    backToList();
  }
});

addEventListener('popstate', followAddress);
addEventListener('hashchange', followAddress);
wide.addEventListener('change', show);
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') {
    refresh();
  }
});
refresh();
