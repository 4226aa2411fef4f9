import type { ReactNode } from 'react';
import '@accountql/react/style.css';

export const metadata = { title: 'A shop' };

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <header>A shop</header>
        <main>{children}</main>
      </body>
    </html>
  );
}
