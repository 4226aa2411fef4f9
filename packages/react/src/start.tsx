import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { findCookie } from './client';
import { readConfig } from './config';
import { begin, outline } from './languages';
import * as leaving from './leaving';
import { loadOnApproach } from './ondemand';
import { askOtherTabs } from './session';

// Until there is something to render, the outline of the page in index.html stands.
let root: ReturnType<typeof createRoot> | undefined;
const render = (what: React.ReactNode) => (root ??= createRoot(document.getElementById('root')!)).render(what);

// A link to the page that is already open changes the fragment only, in which its token stands.
addEventListener('hashchange', () => location.reload());
loadOnApproach();

async function open() {
  const [config] = await Promise.all([readConfig(), askOtherTabs(), begin()]);
  if (!leaving.resume(config)) {
    await findCookie(config);
  }
  leaving.tryWhenPossible(config);
  render(
    <StrictMode>
      <App config={config} />
    </StrictMode>,
  );
}

function keepOpening() {
  open().catch(() => {
    render(
      <p className="failed" role="status">
        {outline()['outline.silent']}
      </p>,
    );
    setTimeout(keepOpening, 5000);
  });
}

keepOpening();
