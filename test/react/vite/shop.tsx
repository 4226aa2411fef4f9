import { createRoot } from 'react-dom/client';
import { AccountProvider } from '@accountql/react';
import { AccountArea } from '@accountql/react/components';
import '@accountql/react/style.css';
import './shop.css';

const { url, apiKey } = Object.fromEntries(new URLSearchParams(location.search));

// What the test says at first is kept for the addresses that the area has.
const connection = (JSON.parse(sessionStorage.getItem('shop') ?? 'null') as Record<string, string> | null) ?? { url: url!, apiKey: apiKey! };
sessionStorage.setItem('shop', JSON.stringify(connection));

createRoot(document.getElementById('root')!).render(
  <>
    <header>
      <h1>A shop</h1>
    </header>
    <main>
      <AccountProvider url={connection.url!} apiKey={connection.apiKey!} base="/vite/account" language="de">
        <AccountArea theme="light" />
      </AccountProvider>
    </main>
  </>,
);
