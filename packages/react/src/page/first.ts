import { chunks, screenAt } from '../chunks';
import { begin, beginRest, bring, decide, outline as words, turn, wanted } from '../languages';
import { folder, written } from './written';
import '../style/index.css';

// The first script is small and runs while the others load: it gives the outline of the page the form of what comes.

const outline = document.querySelector('.page')!;
const screen = screenAt(location.pathname, folder.replace(/\/$/, '')) ?? '/';

decide({ preferred: written?.brand?.defaultLanguage });
for (const [code, outline] of Object.entries(written?.translations ?? {})) {
  bring(code, outline, () => fetch(`${folder}translations/${code}.json`).then(response => response.json()));
}

// The outline is in the language that the server took from the browser's request; one that was chosen is known only here.
const { 'outline.title': title, 'outline.opening': opening } = words(wanted());
document.title = title;
outline.querySelector('h1')!.textContent = title;
outline.querySelector('[role=status]')!.textContent = opening;
turn(wanted());

// Whether they came is known when they are needed.
begin().catch(() => {});

// Tabs of somebody who is signed in have their session here (session.ts).
if (sessionStorage.getItem('accountql.session') !== null) {
  outline.className = 'page account';
  outline.querySelector<HTMLElement>('.back')!.hidden = screen === '/';
  chunks[screen]().catch(() => {});
  beginRest().catch(() => {});
}

import('./start').catch(() => {
  const main = outline.querySelector('main')!;
  const failure = document.createElement('p');
  failure.textContent = words()['outline.failed'];
  failure.setAttribute('role', 'alert');

  const again = document.createElement('button');
  again.type = 'button';
  again.className = 'button primary';
  again.textContent = words()['outline.again'];
  again.addEventListener('click', () => location.reload());

  main.removeAttribute('aria-busy');
  main.replaceChildren(main.querySelector('h1')!, failure, again);
  addEventListener('online', () => location.reload());
});
