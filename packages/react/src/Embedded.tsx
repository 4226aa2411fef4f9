import { useState, type ReactNode } from 'react';
import { Router, useLocation } from 'wouter';
import { memoryLocation } from 'wouter/memory-location';
import { Area, own } from './Area';
import type { ScreenPath } from './chunks';
import { useConfig, useOpening } from './config';
import { direction, language, outline } from './languages';
import { OnDemand } from './ondemand';
import { Banner } from './parts/Banner';
import { EmbeddedFrame } from './parts/EmbeddedFrame';
import { Signals } from './parts/Signals';
import { Toaster } from './parts/Toast';
import { SignIn } from './screens/SignIn';
import { useSession } from './session';
import { t, useLanguage } from './words';

/** A screen of somebody who is signed in. */
export type OwnScreen = 'overview' | 'profile' | 'addresses' | 'email' | 'phone' | 'password' | 'passkeys' | 'authenticators' | 'agreements' | 'sessions' | 'activity' | 'data' | 'delete';

interface Look {
  /** The scheme of colours: "system" is that of the customer's system. Without it, it is the CSS color-scheme of the page around. */
  theme?: Theme | undefined;
}

export type Theme = 'light' | 'dark' | 'system';

/**
 * The whole account within a page of the shop: the sign-in, and then all screens with their menu. With a `base` in the
 * provider each has an address below it, where the links of mails lead as well.
 */
export function AccountArea({ theme }: Look) {
  return (
    <Embedded theme={theme}>
      <Area Frame={EmbeddedFrame} />
    </Embedded>
  );
}

/** One screen of the account without its menu, or the sign-in where nobody is signed in. */
export function AccountScreen({ screen, theme }: Look & { screen: OwnScreen }) {
  return (
    <Embedded theme={theme}>
      <Toaster>
        <Alone path={screen === 'overview' ? '/' : `/${screen}`} />
      </Toaster>
    </Embedded>
  );
}

function Alone({ path }: { path: ScreenPath }) {
  const { token, generation } = useSession();
  const [address] = useLocation();
  // Other services lead back to below the base, whichever screen is shown there.
  if (address === '/return') {
    return (
      <EmbeddedFrame account={false}>
        <OnDemand path="/return" title={t('common.yourAccount')} back={false} />
      </EmbeddedFrame>
    );
  }
  if (token === null) {
    return (
      <EmbeddedFrame account={false}>
        <SignIn />
      </EmbeddedFrame>
    );
  }
  return (
    <div key={generation} className="page alone">
      <Banner />
      <Signals />
      <section className="main" aria-label={t('common.yourAccount')}>
        <OnDemand path={path} title={t(own[path]!)} />
      </section>
    </div>
  );
}

/** Holds the styles, the language and the addresses apart from those of the page around. */
function Embedded({ theme, children }: Look & { children: ReactNode }) {
  const { base } = useConfig();
  const opening = useOpening();
  const [addresses] = useState(() => (base === null ? { hook: memoryLocation().hook, hrefs: () => '#' } : { base }));
  useLanguage();
  if (opening !== 'open') {
    return (
      <div className="accountql" data-theme={theme}>
        <Outline silent={opening === 'silent'} />
      </div>
    );
  }
  return (
    <div className="accountql" data-theme={theme} lang={language()} dir={direction(language())}>
      <Router {...addresses}>{children}</Router>
    </div>
  );
}

/** What stands until it is known who is signed in; a server renders it, too. */
function Outline({ silent }: { silent: boolean }) {
  const words = outline(useConfig().language ?? 'en');
  return (
    <div className="page single">
      <div className="main outline" aria-busy>
        <p role="status">{silent ? words['outline.silent'] : words['outline.opening']}</p>
        <span />
        <span />
        <span />
      </div>
    </div>
  );
}
