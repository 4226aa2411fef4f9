// The inbox asks for the messages every two seconds while somebody can see it. What a message
// says is always set as text, and the HTML of a mail stays inside a sandboxed frame.

const interval = 2000;
const list = document.getElementById('messages');
const template = document.getElementById('message');
const empty = document.getElementById('empty');
const problem = document.getElementById('problem');
const count = document.getElementById('count');

const shown = new Map();
let firstLoad = true;
let timer;

async function refresh() {
  clearTimeout(timer);
  try {
    const response = await fetch('/inbox.json', { cache: 'no-store' });
    if (!response.ok) {
      throw new Error(`HTTP status ${response.status}`);
    }
    show(await response.json());
    problem.hidden = true;
  } catch {
    problem.hidden = false;
  }
  // Two calls can overlap when the page becomes visible again, and only one may go on.
  clearTimeout(timer);
  if (document.visibilityState === 'visible') {
    timer = setTimeout(refresh, interval);
  }
}

// show adds what is new and removes what is gone. The rest is left alone, so that an open mail
// stays open and the focus stays where it is.
function show(messages) {
  const ids = new Set(messages.map(message => message.id));
  for (const [id, element] of shown) {
    if (!ids.has(id)) {
      element.remove();
      shown.delete(id);
    }
  }
  let next = list.firstElementChild;
  for (const message of messages) {
    let element = shown.get(message.id);
    if (!element) {
      element = render(message);
      element.classList.toggle('new', !firstLoad);
      shown.set(message.id, element);
    }
    if (element === next) {
      next = next.nextElementSibling;
    } else {
      list.insertBefore(element, next);
    }
    showTime(element.querySelector('time'));
  }
  empty.hidden = messages.length > 0;
  // The count is read aloud when it changes, and setting the same text again would repeat it.
  const text = messages.length === 1 ? '1 message' : `${messages.length} messages, newest first`;
  const wanted = messages.length ? text : '';
  if (count.textContent !== wanted) {
    count.textContent = wanted;
  }
  firstLoad = false;
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
  find('.text').textContent = message.text.trim();
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
    details.addEventListener('toggle', () => details.open && openMail(details, message));
  }
  return element;
}

// openMail makes the frame when it is first wanted. The sandbox allows no script and gives the
// mail no origin; a link may open a tab, since inside the frame it could not open at all.
function openMail(details, message) {
  if (details.querySelector('iframe')) {
    return;
  }
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-popups allow-popups-to-escape-sandbox');
  frame.title = `The mail "${message.subject}" as HTML`;
  frame.srcdoc = `<base target="_blank">${message.html}`;
  details.append(frame);
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

document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') {
    refresh();
  }
});
refresh();
