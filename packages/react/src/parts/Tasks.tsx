import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useHasScreen } from '../brand';
import { useConfig } from '../config';
import { findDraft } from '../draft';
import { supported } from '../passkeys';
import type { Account } from '../screens/Overview';
import { useSettings } from '../hooks/useSettings';
import { Icon, type IconName } from './Icon';
import { Card, Notice } from './Screen';
import { SendActivationAgain } from './SendActivationAgain';
import { rich, t } from '../words';

interface Task {
  icon: IconName;
  title: string;
  text: ReactNode;
  /** What is done about it, right here or on another screen. */
  next: ReactNode;
  /** The screen on which it is done; without it there is no such task. */
  screen?: string;
  /** It can wait for ever: an offer. */
  optional?: boolean;
}

/** What waits for the customer, the pressing first, or that nothing does. */
export function Tasks({ account }: { account: Account }) {
  const tasks = useTasks(account);
  if (tasks.length === 0) {
    return account.emailDisplaced ? null : <Notice kind="good">{t('tasks.allIsInOrder')}</Notice>;
  }
  return (
    <Card title={tasks.every(({ optional }) => optional) ? t('tasks.worthAMinute') : t('tasks.toDo')}>
      <ul className="tasks">
        {tasks.map(({ icon, title, text, next, optional }) => (
          <li key={title} className={optional ? 'task optional' : 'task'}>
            <Icon name={icon} />
            <div>
              <h3>{title}</h3>
              <p>{text}</p>
              <div className="links">{next}</div>
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function useTasks(account: Account): Task[] {
  const { inbox } = useConfig();
  const settings = useSettings();
  const has = useHasScreen();
  const { email, emailVerified, emailDisplaced, pendingEmailChange, pendingPhoneUpdate, passkeys, authenticators, recoveryCodesLeft } = account;
  const tasks: Task[] = [];

  if (!emailVerified && !emailDisplaced) {
    tasks.push({
      icon: 'mail',
      title: t('common.confirmYourEmail'),
      text: (
        <>
          {rich('tasks.openTheLinkIn', { email, strong: words => <strong dir="auto">{words}</strong> })}
        </>
      ),
      next: (
        <>
          {inbox !== undefined && (
            <a href={inbox} target="_blank" rel="noopener">
              {t('common.openTheInbox')}
            </a>
          )}
          <SendActivationAgain email={email} />
        </>
      ),
    });
  }

  if (pendingEmailChange !== null) {
    tasks.push({
      icon: 'mail',
      title: t('common.confirmYourNewEmail'),
      text: (
        <>
          {rich('tasks.openTheLinkInThe', { destination: pendingEmailChange.destination, strong: words => <strong dir="auto">{words}</strong> })}
        </>
      ),
      screen: '/email',
      next: <Link href="/email">{t('tasks.sendItAgainOr')}</Link>,
    });
  }

  if (pendingPhoneUpdate !== null) {
    tasks.push({
      icon: 'phone',
      title: t('tasks.confirmYourNewNumber'),
      text: (
        <>
          {rich('tasks.weSentACode', { destination: pendingPhoneUpdate.destination, strong: words => <strong dir="auto">{words}</strong> })}
        </>
      ),
      screen: '/phone',
      next: <Link href="/phone">{t('tasks.enterTheCode')}</Link>,
    });
  }

  if (findDraft(account.id) !== null) {
    tasks.push({ icon: 'person', title: t('tasks.saveYourProfile'), text: t('tasks.youChangedSomethingThat'), screen: '/profile', next: <Link href="/profile">{t('tasks.goOnWithIt')}</Link> });
  }

  if (authenticators?.length && recoveryCodesLeft !== null && recoveryCodesLeft < 3) {
    tasks.push({
      icon: 'shield',
      title: t('common.makeNewRecoveryCodes'),
      text: t('tasks.youHaveOnlyLeft', { left: recoveryCodesLeft }),
      screen: '/authenticators',
      next: <Link href="/authenticators">{t('common.makeNewOnes')}</Link>,
    });
  }

  if (settings?.passkeys && supported && passkeys?.length === 0 && emailVerified) {
    tasks.push({
      icon: 'finger',
      title: t('common.signInWithoutA'),
      text: t('tasks.aPasskeyIsYour'),
      screen: '/passkeys',
      next: <Link href="/passkeys">{t('common.addAPasskey')}</Link>,
      optional: true,
    });
  }

  return tasks.filter(({ screen }) => screen === undefined || has(screen));
}
