import { eventWords } from '../events';
import { deviceWords } from '../devices';
import { Link } from 'wouter';
import { Button } from '../parts/Button';
import { Icon } from '../parts/Icon';
import { Card, Screen, Waiting } from '../parts/Screen';
import { SupportLink } from '../parts/SupportLink';
import { dayName, formatHour, useAgeing } from '../time';
import { useActivity, useActivityPage, type ActivityEvent, type ActivityStart } from '../hooks/useActivity';
import { rich, t } from '../words';

export function Activity() {
  const { pages, more } = useActivity();
  return (
    <Screen title={t('common.activity')} intro={t('activity.whatWasDoneWith')}>
      <Card>
        {pages.map((start, at) => (
          <Page key={start.after} start={start} followed={pages.length > 1} more={at === pages.length - 1 ? more : undefined} />
        ))}
      </Card>
    </Screen>
  );
}

function Page({ start, followed, more }: { start: ActivityStart; followed: boolean; more: ((next: ActivityStart) => void) | undefined }) {
  const { events, error, reload, next } = useActivityPage(start, followed);
  useAgeing();
  if (!events) {
    return <Waiting error={error} again={reload} />;
  }
  return (
    <>
      <ul className="rows">
        {events.map(({ cursor, node }, at) => {
          const day = dayName(node.at);
          const previous = events[at - 1]?.node.at ?? start.previousAt;
          const begins = previous === null || day !== dayName(previous);
          return <Row key={cursor} event={node} day={begins ? day : null} />;
        })}
      </ul>
      {more && next && (
        <div className="actions">
          <Button onClick={() => more(next)}>{t('activity.showMore')}</Button>
        </div>
      )}
    </>
  );
}

function Row({ event, day }: { event: ActivityEvent; day: string | null }) {
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
function byPerson({ ip, device }: ActivityEvent): boolean {
  return ip !== null || device !== null;
}

/** A guess at a secret may be somebody else's; a field that was filled in wrongly is nobody's business. */
function alarming({ outcome, reason }: ActivityEvent): boolean {
  return outcome === 'LIMITED' || (outcome === 'REFUSED' && (reason === 'INVALID_CREDENTIALS' || reason === 'CODE_INVALID'));
}

function NotMe({ done, reason }: { done: boolean; reason: ActivityEvent['reason'] }) {
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
