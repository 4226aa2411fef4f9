import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useConfig } from '../config';
import { findDraft } from '../draft';
import { supported } from '../passkeys';
import type { Account } from '../screens/Overview';
import { useSettings } from '../useSettings';
import { Icon, type IconName } from './Icon';
import { Card, Notice } from './Screen';
import { SendActivationAgain } from './SendActivationAgain';

interface Task {
  icon: IconName;
  title: string;
  text: ReactNode;
  /** What is done about it, right here or on another screen. */
  next: ReactNode;
  /** It can wait for ever: an offer. */
  optional?: boolean;
}

/** What waits for the customer, the pressing first, or that nothing does. */
export function Tasks({ account }: { account: Account }) {
  const tasks = useTasks(account);
  if (tasks.length === 0) {
    return account.emailDisplaced ? null : <Notice kind="good">All is in order. Nothing waits for you.</Notice>;
  }
  return (
    <Card title={tasks.every(({ optional }) => optional) ? 'Worth a minute' : 'To do'}>
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
  const { email, emailVerified, emailDisplaced, pendingEmailChange, pendingPhoneUpdate, passkeys, authenticators, recoveryCodesLeft } = account;
  const tasks: Task[] = [];

  if (!emailVerified && !emailDisplaced) {
    tasks.push({
      icon: 'mail',
      title: 'Confirm your e-mail',
      text: (
        <>
          Open the link in the mail to <strong>{email}</strong>.
        </>
      ),
      next: (
        <>
          {inbox !== undefined && (
            <a href={inbox} target="_blank" rel="noopener">
              Open the inbox
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
      title: 'Confirm your new e-mail',
      text: (
        <>
          Open the link in the mail to <strong>{pendingEmailChange.destination}</strong>.
        </>
      ),
      next: <Link href="/email">Send it again, or cancel the change</Link>,
    });
  }

  if (pendingPhoneUpdate !== null) {
    tasks.push({
      icon: 'phone',
      title: 'Confirm your new number',
      text: (
        <>
          We sent a code to <strong>{pendingPhoneUpdate.destination}</strong>.
        </>
      ),
      next: <Link href="/phone">Enter the code</Link>,
    });
  }

  if (findDraft(account.id) !== null) {
    tasks.push({ icon: 'person', title: 'Save your profile', text: 'You changed something that isn’t saved yet.', next: <Link href="/profile">Go on with it</Link> });
  }

  if (authenticators?.length && recoveryCodesLeft !== null && recoveryCodesLeft < 3) {
    tasks.push({
      icon: 'shield',
      title: 'Make new recovery codes',
      text: recoveryCodesLeft === 0 ? 'You have none left for the day your authenticator is lost.' : `You have only ${recoveryCodesLeft} left for the day your authenticator is lost.`,
      next: <Link href="/authenticators">Make new ones</Link>,
    });
  }

  if (settings?.passkeys && supported && passkeys?.length === 0 && emailVerified) {
    tasks.push({
      icon: 'finger',
      title: 'Sign in without a password',
      text: 'A passkey is your fingerprint, your face or the PIN of your device. Nobody can guess it or phish it.',
      next: <Link href="/passkeys">Add a passkey</Link>,
      optional: true,
    });
  }

  return tasks;
}
