import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
import { Link, useLocation } from 'wouter';
import { useConfig } from '../config';
import { anyDraft } from '../draft';
import icon from '../icon.svg';
import { signOut } from '../leaving';
import { supported } from '../passkeys';
import { useSettings, useSettingsAnswer } from '../useSettings';
import { Banner } from './Banner';
import { Button } from './Button';
import { Icon, type IconName } from './Icon';
import { Question } from './Question';
import { Signals } from './Signals';

const screens: { path: string; icon: IconName; title: string }[] = [
  { path: '/profile', icon: 'person', title: 'Profile' },
  { path: '/addresses', icon: 'pin', title: 'Addresses' },
  { path: '/email', icon: 'mail', title: 'E-mail' },
  { path: '/phone', icon: 'phone', title: 'Phone' },
  { path: '/password', icon: 'key', title: 'Password' },
  { path: '/passkeys', icon: 'finger', title: 'Passkeys' },
  { path: '/authenticators', icon: 'shield', title: 'Second step' },
  { path: '/agreements', icon: 'bell', title: 'Agreements' },
  { path: '/sessions', icon: 'devices', title: 'Devices' },
  { path: '/activity', icon: 'clock', title: 'Activity' },
  { path: '/data', icon: 'copy', title: 'Your data' },
  { path: '/delete', icon: 'trash', title: 'Delete account' },
];

/** The screens that the shop has. */
export function useScreens() {
  const { passkeys = true, secondFactor = 'OPTIONAL' } = useSettings() ?? {};
  return screens.filter(({ path }) => (path !== '/passkeys' || passkeys) && (path !== '/authenticators' || secondFactor !== 'OFF'));
}

/** What surrounds every screen: with the account's menu, or as a single card. */
export function Frame({ account, children }: { account: boolean; children: ReactNode }) {
  const main = useRef<HTMLElement>(null);
  const settings = useSettings();
  const known = useConfig().brand;
  const brand = settings?.brand.name ?? known ?? 'AccountQL';
  useKeptFocus(main);
  return (
    <div className={account ? 'page account' : 'page single'}>
      <a className="skip" href="#main" onClick={skip}>
        Skip to the content
      </a>
      <header>
        <Link href="/" className="brand">
          <img src={icon} alt="" width="32" height="32" />
          {brand}
        </Link>
        {account && <SignOut />}
      </header>
      <Banner />
      {account && <Menu />}
      {account && supported && settings?.passkeys && <Signals />}
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
  const screens = useScreens();
  // Which screens there are is the shop's: what has been shown must not move.
  const { pending } = useSettingsAnswer();
  return (
    <nav aria-label="Your account" className={pending ? 'pending' : undefined}>
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
  const config = useConfig();
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState(false);

  function leave() {
    setAsking(false);
    setBusy(true);
    signOut(config);
  }

  return (
    <>
      <Button look="link" waiting={busy} onClick={async () => ((await anyDraft()) ? setAsking(true) : leave())}>
        <Icon name="out" />
        {busy ? 'Signing out …' : 'Sign out'}
      </Button>
      {asking && (
        <Question title="Sign out without saving?" stay="Stay here" go="Sign out" onStay={() => setAsking(false)} onGo={leave}>
          <p>You changed something in your profile, here or in another tab, that isn’t saved. Signing out throws it away.</p>
        </Question>
      )}
    </>
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
