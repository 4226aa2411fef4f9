// The inbox asks for the messages every two seconds while somebody can see it. What a message
// says is always set as text, and the HTML of a mail stays inside a sandboxed frame.

const interval = 2000;
// A page that shows a thousand messages at once helps nobody to find one.
const step = 30;
const find = id => document.getElementById(id);
const list = find('messages');
const template = find('message');
const filter = find('filter');
const search = find('search');
const kind = find('kind');

const shown = new Map();
const seen = new Set();
let messages = [];
let version = '';
let limit = step;
let firstLoad = true;
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
    firstLoad = false;
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

// show adds what is new and removes what is gone. The rest is left alone, so that an open mail
// stays open and the focus stays where it is.
function show() {
  const found = messages.filter(wanted);
  const visible = found.slice(0, limit);
  const ids = new Set(visible.map(message => message.id));
  for (const [id, element] of shown) {
    if (!ids.has(id)) {
      element.remove();
      shown.delete(id);
    }
  }
  let next = list.firstElementChild;
  for (const message of visible) {
    let element = shown.get(message.id);
    if (!element) {
      element = render(message);
      element.classList.toggle('new', !firstLoad && !seen.has(message.id));
      shown.set(message.id, element);
    }
    if (element === next) {
      next = next.nextElementSibling;
    } else {
      list.insertBefore(element, next);
    }
    showTime(element.querySelector('time'));
  }
  messages.forEach(message => seen.add(message.id));
  find('empty').hidden = messages.length > 0;
  filter.hidden = messages.length === 0;
  find('rest').hidden = found.length <= limit;
  say(found.length, visible.length);
}

// say tells how many there are. It is read aloud when it changes, and setting the same text again would repeat it.
function say(found, visible) {
  let text = messages.length === 1 ? '1 message' : `${messages.length} messages, newest first`;
  if (found < messages.length) {
    text = `${found} of ${text}`;
  }
  if (visible < found) {
    text += `; the latest ${visible} are shown`;
  }
  const count = find('count');
  if (messages.length === 0) {
    text = '';
  }
  if (count.textContent !== text) {
    count.textContent = text;
  }
}

function render(message) {
  const element = template.content.firstElementChild.cloneNode(true);
  const find = selector => element.querySelector(selector);
  const isMail = message.channel === 'EMAIL';

  find('.channel').textContent = isMail ? 'Mail' : message.channel;
  find('.channel').classList.add(isMail ? 'mail' : 'sms');
  find('h2').textContent = message.subject || 'Text message';
  find('.address').textContent = message.to;
  find('.kind').textContent = message.kind ? ` · ${message.kind}` : '';
  find('time').dateTime = message.createdAt;
  find('time').title = new Date(message.createdAt).toLocaleString();

  const secret = message.code ?? message.token;
  if (secret) {
    const name = message.code ? 'code' : 'token';
    find('.secret').hidden = false;
    find('.name').textContent = name === 'code' ? 'Code' : 'Token';
    find('.secret code').textContent = secret;
    const button = find('.copy');
    button.textContent = `Copy ${name}`;
    button.addEventListener('click', () => copy(button, find('.secret code'), secret));
  }

  const link = message.text.match(/https?:\/\/[^\s<>"]+/)?.[0].replace(/[.,;:!?)\]]+$/, '');
  if (link) {
    find('.open').hidden = false;
    find('.open').href = link;
    find('.open').title = link;
  } else {
    find('.actions').remove();
  }

  if (message.html) {
    const details = find('.html');
    details.hidden = false;
    find('.plain .text').textContent = message.text.trim();
    details.addEventListener('toggle', () => details.open && openMail(find('.frame'), message));
  } else {
    find('p.sms').hidden = false;
    find('p.sms').textContent = message.text.trim();
  }
  return element;
}

// openMail makes the frame when it is first wanted. The sandbox allows no script and gives the
// mail no origin; a link may open a tab, since inside the frame it could not open at all.
function openMail(place, message) {
  if (place.firstChild) {
    return;
  }
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-popups allow-popups-to-escape-sandbox');
  frame.title = `The mail "${message.subject}" as HTML`;
  frame.srcdoc = `<base target="_blank">${message.html}`;
  place.append(frame);
}

async function copy(button, code, secret) {
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(secret);
    button.textContent = 'Copied';
  } catch {
    // Without permission for the clipboard, the text is at least selected for the keyboard.
    getSelection().selectAllChildren(code);
    button.textContent = 'Selected: press Ctrl+C';
  }
  setTimeout(() => (button.textContent = label), 1600);
}

function showTime(time) {
  const seconds = Math.max(0, Math.round((Date.now() - new Date(time.dateTime)) / 1000));
  const text =
    seconds < 10 ? 'just now'
    : seconds < 60 ? `${seconds} seconds ago`
    : seconds < 3600 ? ago(Math.floor(seconds / 60), 'minute')
    : seconds < 86400 ? ago(Math.floor(seconds / 3600), 'hour')
    : new Date(time.dateTime).toLocaleString();
  if (time.textContent !== text) {
    time.textContent = text;
  }
}

const ago = (n, unit) => `${n} ${unit}${n === 1 ? '' : 's'} ago`;

// Other words are other messages, from their beginning.
filter.addEventListener('input', () => {
  limit = step;
  show();
});
filter.addEventListener('submit', event => event.preventDefault());
find('rest').querySelector('button').addEventListener('click', () => {
  const first = limit;
  limit += step;
  show();
  // The button moves away from under the finger, and the reading goes on where it stopped.
  list.children[first]?.querySelector('summary, a, button')?.focus();
});

document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') {
    refresh();
  }
});
refresh();
