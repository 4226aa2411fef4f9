import { useState } from 'react';
import { useQuery } from 'urql';
import { AgreementsDocument, UpdateAgreementsDocument, type AgreementsFragment } from '../gql/graphql';
import { Problems } from '../parts/Problems';
import { Card, Screen, Waiting } from '../parts/Screen';
import { useToast } from '../parts/Toast';
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
  const [{ data, error }, again] = useQuery({ query: AgreementsDocument });
  return (
    <Screen title="Agreements" intro="How we may contact you. Each answer is saved at once, and you can change it at any time.">
      {data ? <Switches agreements={data.account.agreements} /> : <Waiting error={error} again={again} />}
    </Screen>
  );
}

function Switches({ agreements }: { agreements: AgreementsFragment }) {
  const toast = useToast();
  const { run, busy, problems } = useAction(UpdateAgreementsDocument);
  // The switch turns at once, and stays so unless the answer is a refusal: the query that follows is a moment late.
  const [wanted, setWanted] = useState<Partial<Record<Channel, boolean | undefined>>>({});

  async function turn(channel: Channel, title: string, on: boolean) {
    if (busy) {
      return;
    }
    setWanted(others => ({ ...others, [channel]: on }));
    const data = await run({ input: { agreements: { [channel]: on } } });
    if (data) {
      toast(`${title}: ${on ? 'yes' : 'no'}. Saved.`);
    } else {
      setWanted(others => ({ ...others, [channel]: undefined }));
    }
  }

  return (
    <>
      <Problems problems={problems} />
      <Card>
        <ul className="rows">
          {channels.map(({ channel, title, detail }) => (
            <li key={channel}>
              <label className="switch">
                <span>
                  <span className="row-title">{title}</span>
                  <span className="row-detail">
                    {detail}
                    {agreements[channel] === null && ' You haven’t been asked yet.'}
                  </span>
                </span>
                <input type="checkbox" role="switch" name={channel} checked={wanted[channel] ?? agreements[channel] ?? false} onChange={event => turn(channel, title, event.target.checked)} />
              </label>
            </li>
          ))}
        </ul>
      </Card>
    </>
  );
}
