import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { findDraft } from '../draft';
import { OverviewDocument, type OverviewQuery } from '../gql/graphql';
import { nameOf } from '../names';
import { Facts, type Fact } from '../parts/Facts';
import { useScreens } from '../parts/Frame';
import { Icon } from '../parts/Icon';
import { Picture } from '../parts/Picture';
import { Badge, Card, Notice, Screen, Waiting } from '../parts/Screen';
import { Tasks } from '../parts/Tasks';
import { TermsToAccept } from '../parts/Terms';
import { countryName } from '../regions';
import { ago, formatDay, formatTime, useAgeing } from '../time';
import { useAccount } from '../useAccount';

export type Account = OverviewQuery['account'];

export function Overview() {
  const { data, error, again } = useAccount(OverviewDocument, {}, {
    waiting: ({ account }) => account.pendingEmailChange !== null || account.pendingPhoneUpdate !== null || !account.emailVerified,
  });
  useAgeing();
  if (!data) {
    return (
      <Screen title="Your account" back={false} provisional>
        <Waiting error={error} again={again} />
      </Screen>
    );
  }
  const { account } = data;
  const name = nameOf(account);
  return (
    <Screen
      title={name === '' ? 'Welcome' : `Hello, ${account.firstName ?? name}`}
      back={false}
      intro={`Customer since ${formatDay(account.createdAt)}`}
      picture={account.avatarUrl !== null && <Picture url={account.avatarUrl} name={name} />}
    >
      {account.emailDisplaced && (
        <Notice kind="warn">
          <p>Somebody else has confirmed the e-mail that your account had, so it isn’t yours any more. Your account and what is in it are.</p>
          <p>
            <Link href="/email">Set another address</Link>
          </p>
        </Notice>
      )}
      {account.changesPausedUntil !== null && new Date(account.changesPausedUntil) > new Date() && (
        <Notice>This account was secured. Until {formatTime(account.changesPausedUntil)}, its e-mail, its phone and how you sign in can’t be changed.</Notice>
      )}
      <TermsToAccept documents={account.terms?.flatMap(({ acceptanceRequired, document }) => (acceptanceRequired ? [document] : [])) ?? []} />
      <Tasks account={account} />
      <div className="columns">
        <Card title="Signing in">
          <Facts facts={signingIn(account)} />
        </Card>
        <Card title="About you">
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
  const ways = [
    can.proveIdentity.factors?.includes('PASSWORD') && (authenticators?.length ? 'Password with a second step' : 'Password'),
    passkeys !== null && passkeys.length > 0 && (passkeys.length === 1 ? 'a passkey' : `${passkeys.length} passkeys`),
  ].filter(way => typeof way === 'string');
  const last = activity?.edges[0]?.node;

  return [
    ...(here ? [{ path: '/sessions', name: 'This device', value: whereIs(here), detail: `Signed in ${ago(here.createdAt)}` }] : []),
    ...(other
      ? [{ path: '/sessions', name: 'Signed in elsewhere', value: whereIs(other), detail: `Used ${ago(other.lastUsedAt)}${more.length > 0 ? `, and ${more.length} more` : ''}` }]
      : sessions === null
        ? []
        : [{ path: '/sessions', name: 'Signed in elsewhere', value: 'Nowhere' }]),
    ...(ways.length > 0 ? [{ path: '/password', name: 'Ways in', value: sentence(ways.join(' and ')) }] : []),
    ...(last ? [{ path: '/activity', name: 'Last activity', value: last.description, detail: ago(last.at) }] : []),
  ];
}

type Session = NonNullable<Account['sessions']>[number];

function whereIs({ name, device, place }: Session): string {
  return [name ?? device.description, place?.description].filter(Boolean).join(', ');
}

const sentence = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

/** Who the customer is, how they are reached, and what they agreed to. */
function aboutYou(account: Account): Fact[] {
  const { agreements, emailVerified, pendingEmailChange, phoneVerified, pendingPhoneUpdate } = account;
  const { __typename, ...channels } = agreements;
  const given = Object.values(channels).filter(value => value === true).length;
  const from = [account.city, account.countryCode && countryName(account.countryCode)].filter(Boolean).join(', ');

  return [
    { path: '/profile', name: 'Name', value: nameOf(account) || 'Not given', detail: from, badge: findDraft(account.id) !== null && <Badge kind="warn">Not saved</Badge> },
    account.emailDisplaced && pendingEmailChange === null
      ? { path: '/email', name: 'E-mail', value: 'None: set another one', badge: <Badge kind="warn">Missing</Badge> }
      : { path: '/email', name: 'E-mail', value: account.emailDisplaced ? 'None yet' : account.email, badge: verified(emailVerified, pendingEmailChange !== null) },
    {
      path: '/phone',
      name: 'Phone',
      value: account.phone ?? 'None yet',
      badge: (account.phone !== null || pendingPhoneUpdate !== null) && verified(phoneVerified, pendingPhoneUpdate !== null),
    },
    { path: '/agreements', name: 'Agreements', value: given === 0 ? 'None given' : `${given} of ${Object.keys(channels).length} given` },
  ];
}

/** Whether the address or number is the customer's for sure. */
function verified(is: boolean, pending: boolean): ReactNode {
  return pending ? <Badge kind="warn">Change to confirm</Badge> : is ? <Badge kind="good">Confirmed</Badge> : <Badge kind="warn">Not confirmed</Badge>;
}

/** The screens, where the window is too narrow for the menu. */
function Directory() {
  return (
    <section className="directory" aria-label="Screens">
      <ul className="tiles">
        {useScreens().map(({ path, icon, title }) => (
          <li key={path}>
            <Link href={path} className="tile">
              <Icon name={icon} />
              <span className="tile-title">{title}</span>
              <Icon name="next" />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
