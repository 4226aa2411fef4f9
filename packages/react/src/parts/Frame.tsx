import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
import { Link, useLocation } from 'wouter';
import { useConfig } from '../config';
import { anyDraft } from '../draft';
import { signOut } from '../leaving';
import { useHasScreen } from '../brand';
import { useSettings, useSettingsAnswer } from '../hooks/useSettings';
import { Banner } from './Banner';
import { BrandMark, ShopLinks } from './Brand';
import { Button } from './Button';
import { Icon, type IconName } from './Icon';
import { LanguageSwitch } from './LanguageSwitch';
import { Question } from './Question';
import { Signals } from './Signals';
import { rich, t, type Key } from '../words';

const screens: { path: string; icon: IconName; title: Key }[] = [
  { path: '/profile', icon: 'person', title: 'common.profile' },
  { path: '/addresses', icon: 'pin', title: 'common.addresses' },
  { path: '/email', icon: 'mail', title: 'common.email' },
  { path: '/phone', icon: 'phone', title: 'common.phone' },
  { path: '/password', icon: 'key', title: 'common.password' },
  { path: '/passkeys', icon: 'finger', title: 'common.passkeys' },
  { path: '/authenticators', icon: 'shield', title: 'common.secondStep' },
  { path: '/agreements', icon: 'bell', title: 'common.agreements' },
  { path: '/sessions', icon: 'devices', title: 'common.devices' },
  { path: '/activity', icon: 'clock', title: 'common.activity' },
  { path: '/data', icon: 'copy', title: 'common.yourData' },
  { path: '/delete', icon: 'trash', title: 'common.deleteAccount' },
];

/** The screens that the shop has. */
export function useScreens() {
  const { passkeys = true, secondFactor = 'OPTIONAL' } = useSettings() ?? {};
  const has = useHasScreen();
  return screens.filter(({ path }) => has(path) && (path !== '/passkeys' || passkeys) && (path !== '/authenticators' || secondFactor !== 'OFF'));
}

/** What surrounds every screen: with the account's menu, or as a single card. */
export function Frame({ account, children }: { account: boolean; children: ReactNode }) {
  const main = useRef<HTMLElement>(null);
  const { embedded = false } = useConfig();
  useKeptFocus(main);
  if (embedded) {
    return <Part account={account} main={main} children={children} />;
  }
  return (
    <div className={account ? 'page account' : 'page single'}>
      <a className="skip" href="#main" onClick={skip}>
        {t('frame.skipToTheContent')}
      </a>
      <header>
        <Link href="/" className="brand">
          <BrandMark />
        </Link>
        {account && <SignOut />}
      </header>
      <Banner />
      {account && <Menu />}
      {account && <Signals />}
      <main ref={main} id="main" className="main" tabIndex={-1}>
        {children}
      </main>
      <footer>
        <LanguageSwitch account={account} />
        <ShopLinks />
        <Development />
      </footer>
    </div>
  );
}

/** What surrounds a screen within a page of the shop, which has its own header, footer and main part. */
function Part({ account, main, children }: { account: boolean; main: RefObject<HTMLElement | null>; children: ReactNode }) {
  return (
    <div className={account ? 'page account' : 'page single'}>
      <Banner />
      {account && <Menu />}
      {account && <Signals />}
      <section ref={main} className="main" aria-label={t('common.yourAccount')}>
        {children}
      </section>
      <footer>
        <LanguageSwitch account={account} />
        {account && <SignOut />}
      </footer>
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
    // A part in a shadow tree has its own focus, and the body's focus outside means that there is none.
    const within = main.current!.getRootNode() as Document | ShadowRoot;
    const observer = new MutationObserver(() => {
      if (focused !== null && !focused.isConnected && document.activeElement === document.body) {
        focused = null;
        main.current?.querySelector('h1')?.focus({ preventScroll: true });
      }
    });
    within.addEventListener('focusin', remember as EventListener);
    observer.observe(within, { childList: true, subtree: true });
    return () => {
      within.removeEventListener('focusin', remember as EventListener);
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
    <nav aria-label={t('common.yourAccount')} className={pending ? 'pending' : undefined}>
      <ul>
        {[{ path: '/', icon: 'home' as const, title: 'frame.overview' as const }, ...screens].map(({ path, icon, title }) => (
          <li key={path}>
            <Link href={path} aria-current={location === path ? 'page' : undefined}>
              <Icon name={icon} />
              {t(title)}
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
        {busy ? t('common.signingOut') : t('common.signOut')}
      </Button>
      {asking && (
        <Question title={t('frame.signOutWithoutSaving')} stay={t('frame.stayHere')} go={t('common.signOut')} onStay={() => setAsking(false)} onGo={leave}>
          <p>{t('frame.youChangedSomethingIn')}</p>
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
    <p>
        {rich('frame.developmentModeMailAnd', { link: words => <a href={inbox} target="_blank" rel="noopener">{words}</a>, link2: words => <a href="/" target="_blank" rel="noopener">{words}</a> })}
    </p>
  );
}
