import { createRoot } from 'react-dom/client';
import { AccountProvider } from '@accountql/react';
import { AccountArea } from '@accountql/react/components';
import '@accountql/react/style.css';
import { connection } from './connection';
import './shop.css';

createRoot(document.getElementById('root')!).render(
  <>
    <header>
      <h1>A shop</h1>
    </header>
    <main>
      <AccountProvider url={connection.url} apiKey={connection.apiKey} base="/vite/account" language="de">
        <AccountArea theme="light" />
      </AccountProvider>
    </main>
  </>,
);
