import { useEffect, useRef, type ReactNode, type RefObject } from 'react';
import { Link, useLocation } from 'wouter';
import { useConfig } from '../config';
import { SignOutDocument } from '../gql/graphql';
import * as session from '../session';
import { useAction } from '../useAction';
import { Button } from './Button';
import { Icon, type IconName } from './Icon';

export const screens: { path: string; icon: IconName; title: string }[] = [
  { path: '/profile', icon: 'person', title: 'Profile' },
  { path: '/email', icon: 'mail', title: 'E-mail' },
  { path: '/phone', icon: 'phone', title: 'Phone' },
  { path: '/password', icon: 'key', title: 'Password' },
  { path: '/agreements', icon: 'bell', title: 'Agreements' },
  { path: '/sessions', icon: 'devices', title: 'Devices' },
  { path: '/activity', icon: 'clock', title: 'Activity' },
  { path: '/delete', icon: 'trash', title: 'Delete account' },
];

/** What surrounds every screen: with the account's menu, or as a single card. */
export function Frame({ account, children }: { account: boolean; children: ReactNode }) {
  const main = useRef<HTMLElement>(null);
  useKeptFocus(main);
  return (
    <div className={account ? 'page account' : 'page single'}>
      <a className="skip" href="#main" onClick={skip}>
        Skip to the content
      </a>
      <header>
        <Link href="/" className="brand">
          <img src={`${import.meta.env.BASE_URL}icon.svg`} alt="" width="32" height="32" />
          AccountQL
        </Link>
        {account && <SignOut />}
      </header>
      {account && <Menu />}
      <main ref={main} id="main" tabIndex={-1}>
        {children}
      </main>
      <Development />
    </div>
  );
}

/** When what has the focus goes away, such as a form that is done, the screen's heading gets it. */
function useKeptFocus(main: RefObject<HTMLElement | null>) {
  useEffect(() => {
    let focused: Element | null = null;
    const remember = ({ target }: FocusEvent) => {
      focused = target instanceof Element ? target : null;
    };
    const observer = new MutationObserver(() => {
      if (focused !== null && !focused.isConnected && document.activeElement === document.body) {
        focused = null;
        main.current?.querySelector('h1')?.focus({ preventScroll: true });
      }
    });
    document.addEventListener('focusin', remember);
    observer.observe(document.body, { childList: true, subtree: true });
    return () => {
      document.removeEventListener('focusin', remember);
      observer.disconnect();
    };
  }, [main]);
}

/** The fragment is for tokens, so the skip link moves the focus itself. */
function skip(event: React.MouseEvent) {
  event.preventDefault();
  document.getElementById('main')?.focus();
}

function Menu() {
  const [location] = useLocation();
  return (
    <nav aria-label="Your account">
      <ul>
        {[{ path: '/', icon: 'home' as const, title: 'Overview' }, ...screens].map(({ path, icon, title }) => (
          <li key={path}>
            <Link href={path} aria-current={location === path ? 'page' : undefined}>
              <Icon name={icon} />
              {title}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function SignOut() {
  const { run, busy } = useAction(SignOutDocument);
  async function signOut() {
    await run({ input: { scope: 'THIS_SESSION' } });
    // Whatever the server says, this browser forgets the session.
    session.end('signed-out');
  }
  return (
    <Button look="link" waiting={busy} onClick={signOut}>
      <Icon name="out" />
      Sign out
    </Button>
  );
}

function Development() {
  const { inbox } = useConfig();
  if (inbox === undefined) {
    return null;
  }
  return (
    <footer>
      <p>
        Development mode: mail and text messages are in{' '}
        <a href={inbox} target="_blank" rel="noopener">
          the inbox
        </a>
        , the API in{' '}
        <a href="/" target="_blank" rel="noopener">
          GraphiQL
        </a>
        .
      </p>
    </footer>
  );
}
