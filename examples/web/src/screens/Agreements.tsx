import { useRef, useState } from 'react';
import { AgreementsDocument, UpdateAgreementsDocument, type AgreementsFragment } from '../gql/graphql';
import { Problems } from '../parts/Problems';
import { Card, Screen, Waiting } from '../parts/Screen';
import { useToast } from '../parts/Toast';
import { useAccount } from '../useAccount';
import { useAction } from '../useAction';

type Channel = Exclude<keyof AgreementsFragment, '__typename'>;

const channels: { channel: Channel; title: string; detail: string }[] = [
  { channel: 'email', title: 'Newsletters', detail: 'News and offers by e-mail.' },
  { channel: 'sms', title: 'Text messages', detail: 'Offers to your phone number.' },
  { channel: 'push', title: 'Push notifications', detail: 'From our app, on your devices.' },
  { channel: 'bluetooth', title: 'Bluetooth', detail: 'Offers from beacons while you are in a shop.' },
  { channel: 'rfid', title: 'RFID', detail: 'Recognises your card at the entrance.' },
  { channel: 'wifi', title: 'Wi-Fi', detail: 'Contact while you use our hotspots.' },
];

export function Agreements() {
  const { data, error, again } = useAccount(AgreementsDocument, {});
  return (
    <Screen title="Agreements" intro="How we may contact you. Each answer is saved at once, and you can change it at any time.">
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
      toast(`${titleOf(channel)}: ${on ? 'yes' : 'no'}. Saved.`);
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
                <span className="row-title">{title}</span>
                <span className="row-detail">
                  {detail}
                  {agreements[channel] === null && ' You haven’t been asked yet.'}
                  {channel in waiting && ' Saving …'}
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

const titleOf = (wanted: Channel) => channels.find(({ channel }) => channel === wanted)?.title ?? wanted;
