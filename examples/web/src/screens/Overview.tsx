import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useConfig } from '../config';
import { findDraft } from '../draft';
import { OverviewDocument, type OverviewQuery } from '../gql/graphql';
import { nameOf } from '../names';
import { useScreens } from '../parts/Frame';
import { Icon } from '../parts/Icon';
import { Picture } from '../parts/Picture';
import { SendActivationAgain } from '../parts/SendActivationAgain';
import { Badge, Notice, Screen, Waiting } from '../parts/Screen';
import { TermsToAccept } from '../parts/Terms';
import { countryName } from '../regions';
import { ago, formatDay, formatTime, useAgeing } from '../time';
import { useAccount } from '../useAccount';

type Account = OverviewQuery['account'];

export function Overview() {
  const { inbox } = useConfig();
  const { data, error, again } = useAccount(OverviewDocument, {}, {
    waiting: ({ account }) => account.pendingEmailChange !== null || account.pendingPhoneUpdate !== null || !account.emailVerified,
  });
  const screens = useScreens();
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
      {!account.emailVerified && !account.emailDisplaced && (
        <Notice kind="warn">
          <p>
            Please confirm your e-mail: open the link in the mail to <strong>{account.email}</strong>.
          </p>
          <div className="links">
            {inbox !== undefined && (
              <a href={inbox} target="_blank" rel="noopener">
                Open the inbox
              </a>
            )}
            <SendActivationAgain email={account.email} />
          </div>
        </Notice>
      )}
      {account.changesPausedUntil !== null && new Date(account.changesPausedUntil) > new Date() && (
        <Notice>This account was secured. Until {formatTime(account.changesPausedUntil)}, its e-mail, its phone and how you sign in can’t be changed.</Notice>
      )}
      <TermsToAccept documents={account.terms?.flatMap(({ acceptanceRequired, document }) => (acceptanceRequired ? [document] : [])) ?? []} />
      <ul className="tiles">
        {screens.map(({ path, icon, title }) => (
          <li key={path}>
            <Link href={path} className="tile">
              <Icon name={icon} />
              <span className="tile-text">
                <span className="tile-title">
                  {title} {badge(path, account)}
                </span>
                <span className="tile-detail">{detail(path, account)}</span>
              </span>
              <Icon name="next" />
            </Link>
          </li>
        ))}
      </ul>
    </Screen>
  );
}

/** What a tile tells about its screen, so that one often needn't open it. */
function detail(path: string, account: Account): ReactNode {
  const { agreements, passkeys, sessions } = account;
  switch (path) {
    case '/profile':
      return [nameOf(account), account.city, account.countryCode && countryName(account.countryCode)].filter(Boolean).join(' · ') || 'Name, address, language';
    case '/addresses':
      return 'Where orders and invoices go';
    case '/email':
      return account.emailDisplaced ? 'None: set another one' : account.email;
    case '/phone':
      return account.phone ?? 'None yet';
    case '/password':
      return 'Change your password';
    case '/passkeys':
      if (passkeys === null || passkeys.length === 0) {
        return 'Sign in without a password';
      }
      return passkeys.length === 1 ? 'One passkey' : `${passkeys.length} passkeys`;
    case '/agreements': {
      const { __typename, ...channels } = agreements;
      const given = Object.values(channels).filter(value => value === true).length;
      return given === 0 ? 'None given' : `${given} of ${Object.keys(channels).length} given`;
    }
    case '/sessions':
      if (sessions === null) {
        return 'Where you are signed in';
      }
      return sessions.length === 1 ? 'Signed in on this device' : `Signed in on ${sessions.length} devices`;
    case '/activity': {
      const last = account.activity?.edges[0]?.node;
      return last ? `${last.description}, ${ago(last.at)}` : 'What happened with your account';
    }
    case '/delete':
      return 'Ends it for good';
  }
  return null;
}

/** Whether the address or number is the customer's for sure, and whether something isn't saved yet. */
function badge(path: string, account: Account): ReactNode {
  if (path === '/profile') {
    return findDraft(account.id) !== null && <Badge kind="warn">Not saved</Badge>;
  }
  if (path === '/email') {
    return account.emailDisplaced && account.pendingEmailChange === null ? <Badge kind="warn">Missing</Badge> : verified(account.emailVerified, account.pendingEmailChange !== null);
  }
  if (path === '/phone' && (account.phone !== null || account.pendingPhoneUpdate !== null)) {
    return verified(account.phoneVerified, account.pendingPhoneUpdate !== null);
  }
  return null;
}

function verified(is: boolean, pending: boolean) {
  return pending ? <Badge kind="warn">Change to confirm</Badge> : is ? <Badge kind="good">Confirmed</Badge> : <Badge kind="warn">Not confirmed</Badge>;
}
