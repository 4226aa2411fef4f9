import { createRoot } from 'react-dom/client';
import { AccountProvider } from '@accountql/react';
import { AccountArea, AccountScreen, type OwnScreen } from '@accountql/react/components';
import '@accountql/react/style.css';
import { connection } from './connection';
import './own.css';

/** A shop with looks of its own: the whole account between its header and footer, or one screen in a narrow column. */
function Shop() {
  const screen = connection.screen as OwnScreen | undefined;
  return (
    <>
      <header>
        <h1>Nordlicht</h1>
        <p>Lampen seit 1926</p>
      </header>
      <main className={screen && 'columns-of-shop'}>
        {screen && <article><h2>Lampen</h2><p>Jede ist von Hand gemacht.</p></article>}
        <AccountProvider url={connection.url} apiKey={connection.apiKey} base="/own">
          {screen ? <aside><AccountScreen screen={screen} /></aside> : <AccountArea />}
        </AccountProvider>
      </main>
      <footer>Nordlicht Leuchten GmbH</footer>
    </>
  );
}

createRoot(document.getElementById('root')!).render(<Shop />);
