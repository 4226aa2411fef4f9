import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useConfig } from '../config';
import type { OverviewAccount } from '../hooks/useOverview';
import { useTasks, type Task } from '../hooks/useTasks';
import { Icon, type IconName } from './Icon';
import { Card, Notice } from './Screen';
import { SendActivationAgain } from './SendActivationAgain';
import { rich, t } from '../words';

/** How a task is put, and what is done about it: the words of the link to its screen, or something right here. */
type Words = [icon: IconName, title: string, text: ReactNode, next: ReactNode];

/** What waits for the customer, the pressing first, or that nothing does. */
export function Tasks({ account }: { account: OverviewAccount }) {
  const tasks = useTasks(account);
  if (tasks.length === 0) {
    return account.emailDisplaced ? null : <Notice kind="good">{t('tasks.allIsInOrder')}</Notice>;
  }
  return (
    <Card title={t(tasks.every(isOffer) ? 'tasks.worthAMinute' : 'tasks.toDo')}>
      <ul className="tasks">
        {tasks.map(task => (
          <Entry key={task.kind} task={task} />
        ))}
      </ul>
    </Card>
  );
}

/** It can wait for ever. */
const isOffer = ({ kind }: Task) => kind === 'addPasskey';

function Entry({ task }: { task: Task }) {
  const [icon, title, text, next] = wordsOf(task);
  return (
    <li className={isOffer(task) ? 'task optional' : 'task'}>
      <Icon name={icon} />
      <div>
        <h3>{title}</h3>
        <p>{text}</p>
        <div className="links">{task.target ? <Link href={task.target}>{next}</Link> : next}</div>
      </div>
    </li>
  );
}

const strong = (words: ReactNode) => <strong dir="auto">{words}</strong>;

function wordsOf(task: Task): Words {
  switch (task.kind) {
    case 'confirmEmail':
      return ['mail', t('common.confirmYourEmail'), rich('tasks.openTheLinkIn', { email: task.email, strong }), <InTheMail email={task.email} />];
    case 'confirmNewEmail':
      return ['mail', t('common.confirmYourNewEmail'), rich('tasks.openTheLinkInThe', { destination: task.destination, strong }), t('tasks.sendItAgainOr')];
    case 'confirmNewPhone':
      return ['phone', t('tasks.confirmYourNewNumber'), rich('tasks.weSentACode', { destination: task.destination, strong }), t('tasks.enterTheCode')];
    case 'saveProfile':
      return ['person', t('tasks.saveYourProfile'), t('tasks.youChangedSomethingThat'), t('tasks.goOnWithIt')];
    case 'newRecoveryCodes':
      return ['shield', t('common.makeNewRecoveryCodes'), t('tasks.youHaveOnlyLeft', { left: task.left }), t('common.makeNewOnes')];
    case 'addPasskey':
      return ['finger', t('common.signInWithoutA'), t('tasks.aPasskeyIsYour'), t('common.addAPasskey')];
  }
}

/** The way to the mail, and another one. */
function InTheMail({ email }: { email: string }) {
  const { inbox } = useConfig();
  return (
    <>
      {inbox !== undefined && (
        <a href={inbox} target="_blank" rel="noopener">
          {t('common.openTheInbox')}
        </a>
      )}
      <SendActivationAgain email={email} />
    </>
  );
}
