import { eventWords } from '../events';
import { deviceWords, placeWords } from '../devices';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { findDraft } from '../draft';
import { OverviewDocument, type OverviewQuery } from '../gql/graphql';
import { greetingOf, nameOf } from '../names';
import { Facts, type Fact } from '../parts/Facts';
import { useScreens } from '../parts/Menu';
import { Icon } from '../parts/Icon';
import { Picture } from '../parts/Picture';
import { Badge, Card, Notice, Screen, Waiting } from '../parts/Screen';
import { Tasks } from '../parts/Tasks';
import { TermsToAccept } from '../parts/Terms';
import { countryName } from '../regions';
import { ago, formatDay, formatTime, useAgeing } from '../time';
import { useAccountQuery } from '../hooks/useAccountQuery';
import { t, listOf } from '../words';

export type Account = OverviewQuery['account'];

export function Overview() {
  const { data, error, again } = useAccountQuery(OverviewDocument, {}, {
    waiting: ({ account }) => account.pendingEmailChange !== null || account.pendingPhoneUpdate !== null || !account.emailVerified,
  });
  useAgeing();
  if (!data) {
    return (
      <Screen title={t('common.yourAccount')} back={false} provisional>
        <Waiting error={error} again={again} />
      </Screen>
    );
  }
  const { account } = data;
  const name = nameOf(account);
  return (
    <Screen
      title={name === '' ? t('overview.welcome') : t('overview.hello', { name: greetingOf(account) })}
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
      {account.changesPausedUntil !== null && new Date(account.changesPausedUntil) > new Date() && (
        <Notice>{t('overview.thisAccountWasSecured', { time: formatTime(account.changesPausedUntil) })}</Notice>
      )}
      <TermsToAccept documents={account.terms?.flatMap(({ acceptanceRequired, document }) => (acceptanceRequired ? [document] : [])) ?? []} />
      <Tasks account={account} />
      <div className="columns">
        <Card title={t('overview.signingIn')}>
          <Facts facts={signingIn(account)} />
        </Card>
        <Card title={t('overview.aboutYou')}>
          <Facts facts={aboutYou(account)} />
        </Card>
      </div>
      <Directory />
    </Screen>
  );
}

/** Where the customer is signed in and by what, and what happened last. */
function signingIn(account: Account): Fact[] {
  const { sessions, can, passkeys, authenticators, activity } = account;
  const here = sessions?.find(({ current }) => current);
  const [other, ...more] = sessions?.filter(({ current }) => !current) ?? [];
  const password = can.proveIdentity.factors?.includes('PASSWORD');
  const keys = passkeys?.length ?? 0;
  const ways = [
    ...(password ? [authenticators?.length ? t('overview.passwordWithASecond') : t('common.password')] : []),
    ...(keys > 0 ? [t(password ? 'overview.passkeysToo' : 'overview.passkeys', { passkeys: keys })] : []),
  ];
  const last = activity?.edges[0]?.node;

  return [
    ...(here ? [{ path: '/sessions', name: t('common.thisDevice'), value: whereIs(here), detail: t('overview.signedIn', { ago: ago(here.createdAt) }) }] : []),
    ...(other
      ? [{ path: '/sessions', name: t('overview.signedInElsewhere'), value: whereIs(other), detail: t('overview.usedAndMore', { ago: ago(other.lastUsedAt), more: more.length }) }]
      : sessions === null
        ? []
        : [{ path: '/sessions', name: t('overview.signedInElsewhere'), value: t('overview.nowhere') }]),
    ...(ways.length > 0 ? [{ path: '/password', name: t('overview.waysIn'), value: listOf(ways) }] : []),
    ...(last ? [{ path: '/activity', name: t('overview.lastActivity'), value: eventWords(last), detail: ago(last.at) }] : []),
  ];
}

type Session = NonNullable<Account['sessions']>[number];

function whereIs({ name, device, place }: Session): string {
  return [name ?? deviceWords(device), place && placeWords(place)].filter(Boolean).join(', ');
}

/** Who the customer is, how they are reached, and what they agreed to. */
function aboutYou(account: Account): Fact[] {
  const { agreements, emailVerified, pendingEmailChange, phoneVerified, pendingPhoneUpdate } = account;
  const { __typename, ...channels } = agreements;
  const given = Object.values(channels).filter(value => value === true).length;
  const from = [account.city, account.countryCode && countryName(account.countryCode)].filter(Boolean).join(', ');

  return [
    { path: '/profile', name: t('common.name'), value: nameOf(account) || t('overview.notGiven'), detail: from, badge: findDraft(account.id) !== null && <Badge kind="warn">{t('overview.notSaved')}</Badge> },
    account.emailDisplaced && pendingEmailChange === null
      ? { path: '/email', name: t('common.email'), value: t('overview.noneSetAnotherOne'), badge: <Badge kind="warn">{t('common.missing')}</Badge> }
      : { path: '/email', name: t('common.email'), value: account.emailDisplaced ? t('common.noneYet') : account.email, badge: verified(emailVerified, pendingEmailChange !== null) },
    {
      path: '/phone',
      name: t('common.phone'),
      value: account.phone ?? t('common.noneYet'),
      badge: (account.phone !== null || pendingPhoneUpdate !== null) && verified(phoneVerified, pendingPhoneUpdate !== null),
    },
    { path: '/agreements', name: t('common.agreements'), value: t('overview.given', { given, all: Object.keys(channels).length }) },
  ];
}

/** Whether the address or number is the customer's for sure. */
function verified(is: boolean, pending: boolean): ReactNode {
  return pending ? <Badge kind="warn">{t('overview.changeToConfirm')}</Badge> : is ? <Badge kind="good">{t('common.confirmed')}</Badge> : <Badge kind="warn">{t('common.notConfirmed')}</Badge>;
}

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
