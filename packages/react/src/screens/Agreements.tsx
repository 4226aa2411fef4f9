import { useRef, useState } from 'react';
import { AgreementsDocument, UpdateAgreementsDocument, type AgreementsFragment } from '../gql/graphql';
import { Problems } from '../parts/Problems';
import { Card, Screen, Waiting } from '../parts/Screen';
import { useToast } from '../parts/Toast';
import { useAccountQuery } from '../hooks/useAccountQuery';
import { useAction } from '../hooks/useAction';
import { t, type Key } from '../words';

type Channel = Exclude<keyof AgreementsFragment, '__typename'>;

const channels: { channel: Channel; title: Key; detail: Key }[] = [
  { channel: 'email', title: 'agreements.newsletters', detail: 'agreements.newsAndOffersBy' },
  { channel: 'sms', title: 'agreements.textMessages', detail: 'agreements.offersToYourPhone' },
  { channel: 'push', title: 'agreements.pushNotifications', detail: 'agreements.fromOurAppOn' },
  { channel: 'bluetooth', title: 'agreements.bluetooth', detail: 'agreements.offersFromBeaconsWhile' },
  { channel: 'rfid', title: 'agreements.rfid', detail: 'agreements.recognisesYourCardAt' },
  { channel: 'wifi', title: 'agreements.wifi', detail: 'agreements.contactWhileYouUse' },
];

export function Agreements() {
  const { data, error, again } = useAccountQuery(AgreementsDocument, {});
  return (
    <Screen title={t('common.agreements')} intro={t('agreements.howWeMayContact')}>
      {data ? <Switches agreements={data.account.agreements} /> : <Waiting error={error} again={again} />}
    </Screen>
  );
}

function Switches({ agreements }: { agreements: AgreementsFragment }) {
  const toast = useToast();
  const { run, problems } = useAction(UpdateAgreementsDocument, { repeatable: true });
  // A switch turns at once. Its answer waits here until it is saved, one after the other in the order of the turns.
  const [waiting, setWaiting] = useState<Partial<Record<Channel, boolean>>>({});
  // What was saved, until the answer that knows it is here.
  const [saved, setSaved] = useState<{ since: AgreementsFragment; answers: Partial<Record<Channel, boolean>> }>();
  const latest = useRef(agreements);
  latest.current = agreements;
  const queue = useRef(new Map<Channel, boolean>());
  const saving = useRef(false);
  // The switch that the problems are about.
  const [failed, setFailed] = useState<Channel>();

  function turn(channel: Channel, on: boolean) {
    queue.current.delete(channel);
    queue.current.set(channel, on);
    setWaiting(others => ({ ...others, [channel]: on }));
    if (!saving.current) {
      save();
    }
  }

  async function save() {
    saving.current = true;
    for (let next = queue.current.entries().next(); !next.done; next = queue.current.entries().next()) {
      const [channel, on] = next.value;
      queue.current.delete(channel);
      setFailed(channel);
      const done = await run({ input: { agreements: { [channel]: on } } });
      if (done) {
        setSaved(last => ({ since: latest.current, answers: { ...(last?.since === latest.current ? last.answers : {}), [channel]: on } }));
      }
      // Whoever turned the switch again meanwhile means the later answer.
      if (!queue.current.has(channel)) {
        setWaiting(({ [channel]: _, ...others }) => others);
      }
      if (!done) {
        // What comes after a failure would fail, too, or hide what it says.
        queue.current.clear();
        setWaiting({});
        break;
      }
      toast(on ? t('agreements.savedYes', { channel: t(titleOf(channel)) }) : t('agreements.savedNo', { channel: t(titleOf(channel)) }));
    }
    saving.current = false;
  }

  const shown = (channel: Channel) => waiting[channel] ?? (saved?.since === agreements ? saved.answers[channel] : undefined) ?? agreements[channel] ?? false;

  return (
    <Card>
      <ul className="rows">
        {channels.map(({ channel, title, detail }) => (
          <li key={channel} aria-busy={channel in waiting}>
            <label className="switch">
              <span>
                <span className="row-title">{t(title)}</span>
                <span className="row-detail">
                  {t(detail)}
                  {agreements[channel] === null && ` ${t('agreements.youHaventBeenAsked')}`}
                  {channel in waiting && ` ${t('common.saving')}`}
                </span>
              </span>
              <input type="checkbox" role="switch" name={channel} checked={shown(channel)} onChange={event => turn(channel, event.target.checked)} />
            </label>
            <Problems problems={failed === channel ? problems : []} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

const titleOf = (wanted: Channel) => channels.find(({ channel }) => channel === wanted)!.title;
