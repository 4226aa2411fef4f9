import { eventWords } from '../events';
import { deviceWords } from '../devices';
import { useState } from 'react';
import { Link } from 'wouter';
import { ActivityDocument, type ActivityQuery } from '../gql/graphql';
import { Button } from '../parts/Button';
import { Icon } from '../parts/Icon';
import { Card, Screen, Waiting } from '../parts/Screen';
import { SupportLink } from '../parts/SupportLink';
import { dayName, formatHour, useAgeing } from '../time';
import { useAccountQuery } from '../hooks/useAccountQuery';
import { rich, t } from '../words';

type Event = NonNullable<ActivityQuery['account']['activity']>['edges'][number]['node'];

/** Where a page begins, and the day that the one before it ended with. */
interface Start {
  after: string | null;
  day: string | null;
}

export function Activity() {
  // Pages stay where they are, since new events come before the first.
  const [pages, setPages] = useState<Start[]>([{ after: null, day: null }]);
  return (
    <Screen title={t('common.activity')} intro={t('activity.whatWasDoneWith')}>
      <Card>
        {pages.map((start, at) => (
          <Page key={start.after} start={start} only={pages.length === 1} more={at === pages.length - 1 ? next => setPages([...pages, next]) : undefined} />
        ))}
      </Card>
    </Screen>
  );
}

function Page({ start, only, more }: { start: Start; only: boolean; more: ((next: Start) => void) | undefined }) {
  // A page that others follow must not grow, or what moves out of it would be on none.
  const { data, error, again } = useAccountQuery(ActivityDocument, { after: start.after }, { frozen: !only });
  useAgeing();
  if (!data?.account.activity) {
    return <Waiting error={error} again={again} />;
  }
  const { edges, pageInfo } = data.account.activity;
  const { endCursor, hasNextPage } = pageInfo;
  const last = edges.at(-1);
  return (
    <>
      <ul className="rows">
        {edges.map(({ cursor, node }, at) => {
          const day = dayName(node.at);
          const before = edges[at - 1];
          const begins = day !== (before ? dayName(before.node.at) : start.day);
          return <Row key={cursor} event={node} day={begins ? day : null} />;
        })}
      </ul>
      {more && hasNextPage && endCursor !== null && (
        <div className="actions">
          <Button onClick={() => more({ after: endCursor, day: last ? dayName(last.node.at) : start.day })}>{t('activity.showMore')}</Button>
        </div>
      )}
    </>
  );
}

function Row({ event, day }: { event: Event; day: string | null }) {
  const { at, outcome, reason, ip, device } = event;
  const description = eventWords(event);
  return (
    <li className={day === null ? undefined : 'day'}>
      {day !== null && <h2>{day}</h2>}
      <p className="row-title event">
        {alarming(event) && <Icon name="alert" />}
        {description}
      </p>
      <p className="row-detail">
        <time dateTime={at}>{formatHour(at)}</time>
        {device !== null && ` · ${deviceWords(device)}`}
        {ip !== null && <> · <bdi>{ip}</bdi></>}
      </p>
      {byPerson(event) && (outcome === 'SUCCESS' || alarming(event)) && (
        <details className="not-me">
          <summary>
            {rich('activity.thisWasntMe', { description, at: formatHour(at), unseen: words => <span className="unseen">{words}</span> })}
          </summary>
          <NotMe done={outcome === 'SUCCESS'} reason={reason} />
        </details>
      )}
    </li>
  );
}

/** What our support or another account's proof did came from no device, and says itself who it was. */
function byPerson({ ip, device }: Event): boolean {
  return ip !== null || device !== null;
}

/** A guess at a secret may be somebody else's; a field that was filled in wrongly is nobody's business. */
function alarming({ outcome, reason }: Event): boolean {
  return outcome === 'LIMITED' || (outcome === 'REFUSED' && (reason === 'INVALID_CREDENTIALS' || reason === 'CODE_INVALID'));
}

function NotMe({ done, reason }: { done: boolean; reason: Event['reason'] }) {
  return (
    <div className="advice">
      <p>
        {done
          ? t('activity.thenSomebodyElseCan')
          : reason === 'INVALID_CREDENTIALS'
            ? t('activity.thenSomebodyTriedAnd')
            : t('activity.nothingWasChangedIf')}
      </p>
      <ol>
        <li>
          {rich('activity.chooseANewPassword', { link: words => <Link href="/password">{words}</Link> })}
        </li>
        <li>
          {rich('activity.lookAtYourDevices', { link: words => <Link href="/sessions">{words}</Link>, link2: words => <Link href="/email">{words}</Link>, link3: words => <Link href="/phone">{words}</Link> })}
        </li>
        <li>
          {rich('activity.dontKnowThatPassword', { link: words => <Link href="/forgot-password">{words}</Link>, support: () => <SupportLink /> })}
        </li>
      </ol>
    </div>
  );
}
