import { eventWords } from '../events';
import { deviceWords, placeWords } from '../devices';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { Facts, type Fact } from '../parts/Facts';
import { useScreens } from '../parts/Menu';
import { Icon } from '../parts/Icon';
import { Picture } from '../parts/Picture';
import { Badge, Card, Notice, Screen, Waiting } from '../parts/Screen';
import { Tasks } from '../parts/Tasks';
import { TermsToAccept } from '../parts/TermsToAccept';
import { countryName } from '../regions';
import { ago, formatDay, formatTime, useAgeing } from '../time';
import { useOverview, type Overview as Data, type OverviewContact } from '../hooks/useOverview';
import { useTerms } from '../hooks/useTerms';
import { t, listOf } from '../words';

export function Overview() {
  const { overview, error, reload } = useOverview();
  const terms = useTerms(overview?.account.terms);
  useAgeing();

  if (!overview) {
    return (
      <Screen title={t('common.yourAccount')} back={false} provisional>
        <Waiting error={error} again={reload} />
      </Screen>
    );
  }

  const { account, name, greeting, changesPausedUntil } = overview;
  return (
    <Screen
      title={name === '' ? t('overview.welcome') : t('overview.hello', { name: greeting })}
      back={false}
      intro={t('overview.customerSince', { day: formatDay(account.createdAt) })}
      picture={account.avatarUrl !== null && <Picture url={account.avatarUrl} name={name} />}
    >
      {account.emailDisplaced && (
        <Notice kind="warn">
          <p>{t('overview.somebodyElseHasConfirmed')}</p>
          <p>
            <Link href="/email">{t('overview.setAnotherAddress')}</Link>
          </p>
        </Notice>
      )}
      {changesPausedUntil !== null && <Notice>{t('overview.thisAccountWasSecured', { time: formatTime(changesPausedUntil) })}</Notice>}
      <TermsToAccept {...terms} />
      <Tasks account={account} />
      <div className="columns">
        <Card title={t('overview.signingIn')}>
          <Facts facts={signingIn(overview)} />
        </Card>
        <Card title={t('overview.aboutYou')}>
          <Facts facts={aboutYou(overview)} />
        </Card>
      </div>
      <Directory />
    </Screen>
  );
}

/** Where the customer is signed in and by what, and what happened last. */
function signingIn({ sessions, ways, lastEvent }: Data): Fact[] {
  const here = sessions?.current;
  const [other, ...more] = sessions?.elsewhere ?? [];
  const { password, secondFactor, passkeys } = ways;
  const waysIn = [
    ...(password ? [secondFactor ? t('overview.passwordWithASecond') : t('common.password')] : []),
    ...(passkeys > 0 ? [t(password ? 'overview.passkeysToo' : 'overview.passkeys', { passkeys })] : []),
  ];

  return [
    ...(here ? [{ path: '/sessions', name: t('common.thisDevice'), value: whereIs(here), detail: t('overview.signedIn', { ago: ago(here.createdAt) }) }] : []),
    ...(other
      ? [{ path: '/sessions', name: t('overview.signedInElsewhere'), value: whereIs(other), detail: t('overview.usedAndMore', { ago: ago(other.lastUsedAt), more: more.length }) }]
      : sessions === null
        ? []
        : [{ path: '/sessions', name: t('overview.signedInElsewhere'), value: t('overview.nowhere') }]),
    ...(waysIn.length > 0 ? [{ path: '/password', name: t('overview.waysIn'), value: listOf(waysIn) }] : []),
    ...(lastEvent ? [{ path: '/activity', name: t('overview.lastActivity'), value: eventWords(lastEvent), detail: ago(lastEvent.at) }] : []),
  ];
}

type Session = NonNullable<Data['sessions']>['elsewhere'][number];

function whereIs({ name, device, place }: Session): string {
  return [name ?? deviceWords(device), place && placeWords(place)].filter(Boolean).join(', ');
}

/** Who the customer is, how they are reached, and what they agreed to. */
function aboutYou({ account, name, email, phone, agreements, profileUnsaved }: Data): Fact[] {
  const from = [account.city, account.countryCode && countryName(account.countryCode)].filter(Boolean).join(', ');

  return [
    { path: '/profile', name: t('common.name'), value: name || t('overview.notGiven'), detail: from, badge: profileUnsaved && <Badge kind="warn">{t('overview.notSaved')}</Badge> },
    {
      path: '/email',
      name: t('common.email'),
      value: email.state === null ? t('overview.noneSetAnotherOne') : (email.value ?? t('common.noneYet')),
      badge: email.state === null ? <Badge kind="warn">{t('common.missing')}</Badge> : stateBadge(email),
    },
    { path: '/phone', name: t('common.phone'), value: phone.value ?? t('common.noneYet'), badge: stateBadge(phone) },
    { path: '/agreements', name: t('common.agreements'), value: t('overview.given', agreements) },
  ];
}

/** Whether the address or number is the customer's for sure. */
function stateBadge({ state }: OverviewContact): ReactNode {
  return state && <Badge kind={state === 'CONFIRMED' ? 'good' : 'warn'}>{t(stateWords[state])}</Badge>;
}

const stateWords = { PENDING: 'overview.changeToConfirm', CONFIRMED: 'common.confirmed', UNCONFIRMED: 'common.notConfirmed' } as const;

/** The screens, where the window is too narrow for the menu. */
function Directory() {
  return (
    <section className="directory" aria-label={t('overview.screens')}>
      <ul className="tiles">
        {useScreens().map(({ path, icon, title }) => (
          <li key={path}>
            <Link href={path} className="tile">
              <Icon name={icon} />
              <span className="tile-title">{t(title)}</span>
              <Icon name="next" />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
