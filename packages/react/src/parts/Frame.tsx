import { useRef, type ReactNode } from 'react';
import { Link } from 'wouter';
import { useConfig } from '../config';
import { Banner } from './Banner';
import { BrandMark, ShopLinks } from './Brand';
import { useKeptFocus } from './keptfocus';
import { LanguageSwitch } from './LanguageSwitch';
import { Menu } from './Menu';
import { Signals } from './Signals';
import { SignOut } from './SignOut';
import { rich, t } from '../words';

/** What surrounds every screen: with the account's menu, or as a single card. */
export function Frame({ account, children }: { account: boolean; children: ReactNode }) {
  const main = useRef<HTMLElement>(null);
  useKeptFocus(main);
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

/** The fragment is for tokens, so the skip link moves the focus itself. */
function skip(event: React.MouseEvent) {
  event.preventDefault();
  document.getElementById('main')?.focus();
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
