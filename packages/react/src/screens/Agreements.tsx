import { Problems } from '../parts/Problems';
import { Card, Screen, Waiting } from '../parts/Screen';
import { useToast } from '../parts/Toast';
import { useAgreements, type Agreement, type AgreementChannel, type AgreementsFlow } from '../hooks/useAgreements';
import { t, type Key } from '../words';

const words: Record<AgreementChannel, { title: Key; detail: Key }> = {
  email: { title: 'agreements.newsletters', detail: 'agreements.newsAndOffersBy' },
  sms: { title: 'agreements.textMessages', detail: 'agreements.offersToYourPhone' },
  push: { title: 'agreements.pushNotifications', detail: 'agreements.fromOurAppOn' },
  bluetooth: { title: 'agreements.bluetooth', detail: 'agreements.offersFromBeaconsWhile' },
  rfid: { title: 'agreements.rfid', detail: 'agreements.recognisesYourCardAt' },
  wifi: { title: 'agreements.wifi', detail: 'agreements.contactWhileYouUse' },
};

export function Agreements() {
  const { agreements, choose, error, reload } = useAgreements();
  return (
    <Screen title={t('common.agreements')} intro={t('agreements.howWeMayContact')}>
      {agreements ? (
        <Card>
          <ul className="rows">
            {agreements.map(agreement => (
              <Switch key={agreement.channel} agreement={agreement} choose={choose} />
            ))}
          </ul>
        </Card>
      ) : (
        <Waiting error={error} again={reload} />
      )}
    </Screen>
  );
}

function Switch({ agreement, choose }: { agreement: Agreement; choose: AgreementsFlow['choose'] }) {
  const toast = useToast();
  const { channel, answer, on, saving, problems } = agreement;
  const { title, detail } = words[channel];

  async function turn(next: boolean) {
    if (await choose(channel, next)) {
      toast(t(next ? 'agreements.savedYes' : 'agreements.savedNo', { channel: t(title) }));
    }
  }

  return (
    <li aria-busy={saving}>
      <label className="switch">
        <span>
          <span className="row-title">{t(title)}</span>
          <span className="row-detail">
            {t(detail)}
            {answer === null && ` ${t('agreements.youHaventBeenAsked')}`}
            {saving && ` ${t('common.saving')}`}
          </span>
        </span>
        <input type="checkbox" role="switch" name={channel} checked={on} onChange={event => turn(event.target.checked)} />
      </label>
      <Problems problems={problems} />
    </li>
  );
}
