import { Link, useLocation } from 'wouter';
import { useHasScreen } from '../brand';
import { useSettings, useSettingsAnswer } from '../hooks/useSettings';
import { Icon, type IconName } from './Icon';
import { t, type Key } from '../words';

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

/** The account's menu: a link to each screen. */
export function Menu() {
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
