import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { findCookie } from './client';
import { readConfig } from './config';
import { askOtherTabs } from './session';
import './page.css';

const root = createRoot(document.getElementById('root')!);

// A link to the page that is already open changes the fragment only, in which its token stands.
addEventListener('hashchange', () => location.reload());

async function open() {
  const [config] = await Promise.all([readConfig(), askOtherTabs()]);
  await findCookie(config);
  root.render(
    <StrictMode>
      <App config={config} />
    </StrictMode>,
  );
}

open().catch(() => root.render(<p className="failed">The server doesn’t answer. Please reload the page in a moment.</p>));
