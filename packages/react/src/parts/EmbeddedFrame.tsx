import { useRef, type ReactNode } from 'react';
import { Banner } from './Banner';
import { useKeptFocus } from './keptfocus';
import { LanguageSwitch } from './LanguageSwitch';
import { Menu } from './Menu';
import { Signals } from './Signals';
import { SignOut } from './SignOut';
import { t } from '../words';

/** What surrounds a screen within a page of the shop, which has its own header, footer and main part. */
export function EmbeddedFrame({ account, children }: { account: boolean; children: ReactNode }) {
  const main = useRef<HTMLElement>(null);
  useKeptFocus(main);
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
