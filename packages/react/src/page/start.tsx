import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Router } from 'wouter';
import { Connected } from '../AccountProvider';
import { Area } from '../Area';
import { Frame } from '../parts/Frame';
import { outline } from '../languages';
import * as leaving from '../leaving';
import { open as find, patience } from '../opening';
import { readConfig } from './config';

// Until there is something to render, the outline of the page in index.html stands.
let root: ReturnType<typeof createRoot> | undefined;
const render = (what: React.ReactNode) => (root ??= createRoot(document.getElementById('root')!)).render(what);

// A link to the page that is already open changes the fragment only, in which its token stands.
addEventListener('hashchange', () => location.reload());

async function open() {
  const config = await readConfig();
  await find(config);
  leaving.tryWhenPossible(config);
  render(
    <StrictMode>
      <Connected config={config}>
        <Router base={config.base}>
          <Area Frame={Frame} />
        </Router>
      </Connected>
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
    setTimeout(keepOpening, patience);
  });
}

keepOpening();
