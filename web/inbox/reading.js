// The chosen message beside the list. What a message says is always set as text, and the HTML of a mail stays inside a
// sandboxed frame.
import { keep, keptChoice } from './store.js';
import { atLength, setText } from './times.js';

const find = id => document.getElementById(id);
const place = find('place');
const nothing = find('nothing');
const template = find('message');
const schemes = ['auto', 'light', 'dark'];

let shown = '';
let view = keptChoice('view', ['mail', 'text']);
let scheme = keptChoice('scheme', schemes);

/** Shows a message, or the words instead of one. The message that is shown already is left as it is. */
export function read(message, instead) {
  setText(nothing, instead);
  nothing.hidden = instead === '';
  if (!message) {
    place.replaceChildren();
    shown = '';
    return;
  }
  if (message.id !== shown) {
    place.replaceChildren(render(message));
    find('reading').scrollTop = 0;
    shown = message.id;
  }
  setText(place.querySelector('time'), atLength(new Date(message.createdAt)));
}

/** Moves the focus to the beginning of the message. */
export function focusMessage() {
  place.querySelector('h2')?.focus();
}

function render(message) {
  const element = template.content.firstElementChild.cloneNode(true);
  const find = selector => element.querySelector(selector);
  const isMail = message.channel === 'EMAIL';

  find('h2').textContent = message.subject || 'Text message';
  find('.to').textContent = message.to;
  find('time').dateTime = message.createdAt;
  find('.channel').textContent = isMail ? 'Mail' : 'SMS';
  find('.channel').classList.toggle('sms', !isMail);
  find('.kind').textContent = message.kind;
  find('.text').textContent = message.text.trim();

  const secret = message.code ?? message.token;
  if (secret) {
    const name = message.code ? 'code' : 'token';
    find('.secret').classList.add(name);
    find('.secret .name').textContent = name === 'code' ? 'Code' : 'Token';
    find('.secret .copy').textContent = `Copy ${name}`;
    offer(find('.secret'), secret);
  }
  const link = message.text.match(/https?:\/\/[^\s<>"]+/)?.[0].replace(/[.,;:!?)\]]+$/, '');
  if (link) {
    find('.open').href = link;
    offer(find('.link'), link);
  }

  if (message.html) {
    find('.views').hidden = false;
    element.addEventListener('change', event => {
      if (event.target.name === 'view') {
        view = event.target.value;
      } else {
        scheme = event.target.value;
      }
      keep(event.target.name, event.target.value);
      showView(element, message);
    });
  }
  showView(element, message);
  return element;
}

// offer shows a secret or a link with a button that copies it.
function offer(box, text) {
  const code = box.querySelector('code');
  box.hidden = false;
  code.textContent = text;
  const button = box.querySelector('.copy');
  button.addEventListener('click', () => copy(button, code, text));
}

// showView shows the mail or its text, in the scheme that is chosen.
function showView(element, message) {
  const asMail = message.html !== '' && view === 'mail';
  for (const input of element.querySelectorAll('.views input')) {
    input.checked = input.value === (input.name === 'view' ? view : scheme);
  }
  element.querySelector('.scheme').hidden = !asMail;
  element.querySelector('.text').hidden = asMail;
  const frame = element.querySelector('.frame');
  frame.hidden = !asMail;
  frame.replaceChildren();
  if (asMail) {
    frame.append(openMail(message));
  }
}

// openMail makes the frame. The sandbox allows no script and gives the mail no origin; a link may open a tab, since inside
// the frame it could not open at all.
function openMail(message) {
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-popups allow-popups-to-escape-sandbox');
  frame.title = `The mail "${message.subject}" as HTML`;
  frame.className = scheme;
  frame.srcdoc = `<base target="_blank">${inScheme(message.html)}`;
  return frame;
}

// inScheme returns a mail as a device in the scheme shows it: the mail's questions for the scheme become their answers.
function inScheme(html) {
  if (scheme === 'auto') {
    return html;
  }
  return html
    .replaceAll('(prefers-color-scheme: dark)', scheme === 'dark' ? 'all' : 'not all')
    .replaceAll('color-scheme: light dark', `color-scheme: ${scheme}`);
}

async function copy(button, code, text) {
  const label = button.dataset.label ?? button.textContent;
  button.dataset.label = label;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = 'Copied';
  } catch {
    // Without permission for the clipboard, the text is at least selected for the keyboard.
    getSelection().selectAllChildren(code);
    button.textContent = 'Selected: press Ctrl+C';
  }
  setTimeout(() => (button.textContent = label), 1600);
}
