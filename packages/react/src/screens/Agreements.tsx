import { useId, useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import { useHasScreen } from '../brand';
import { useConfig } from '../config';
import { answerWords, channelWords } from '../consents';
import { Button } from '../parts/Button';
import { ConsentHistory } from '../parts/ConsentHistory';
import { Problems } from '../parts/Problems';
import { Card, Screen, Waiting } from '../parts/Screen';
import { useToast } from '../parts/Toast';
import { useAgreements, type Agreement, type AgreementsFlow, type AgreementWait } from '../hooks/useAgreements';
import { formatDay } from '../time';
import { rich, t } from '../words';

export function Agreements() {
  const { agreements, choose, error, reload } = useAgreements();
  return (
    <Screen title={t('common.agreements')} intro={t('agreements.howWeMayContact')}>
      {agreements ? (
        <>
          <Card>
            <ul className="rows">
              {agreements.map(agreement => (
                <Switch key={agreement.channel} agreement={agreement} choose={choose} />
              ))}
            </ul>
          </Card>
          <ConsentHistory />
        </>
      ) : (
        <Waiting error={error} again={reload} />
      )}
    </Screen>
  );
}

interface SwitchProps {
  agreement: Agreement;
  choose: AgreementsFlow['choose'];
}

function Switch({ agreement, choose }: SwitchProps) {
  const toast = useToast();
  const state = useId();
  const { channel, on, saving, waitsFor, problems } = agreement;
  const { title, detail } = channelWords[channel];

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
          <span className="row-detail">{t(detail)}</span>
        </span>
        <input type="checkbox" role="switch" name={channel} checked={on} aria-describedby={state} onChange={event => turn(event.target.checked)} />
      </label>
      <p className="row-detail" id={state}>
        <State agreement={agreement} />
      </p>
      {waitsFor === 'mailed-link' && <MailAgain agreement={agreement} choose={choose} />}
      <Problems problems={problems} />
    </li>
  );
}

/** What is saved, in words. */
function State({ agreement: { state, since, saving, waitsFor } }: { agreement: Agreement }) {
  if (saving) {
    return t('common.saving');
  }
  if (waitsFor) {
    return <WaitsFor what={waitsFor} />;
  }
  if (since === null) {
    return state === 'NOT_ASKED' && t('agreements.youHaventBeenAsked');
  }
  return `${t(answerWords[state])} · ${formatDay(since)}`;
}

/** What a yes waits for, and where that is done. */
function WaitsFor({ what }: { what: AgreementWait }) {
  const has = useHasScreen();
  const to = (path: string) => (words: ReactNode) => (has(path) ? <Link href={path}>{words}</Link> : words);
  switch (what) {
    case 'confirmed-email':
      return rich('agreements.youSaidYesConfirmEmail', { link: to('/email') });
    case 'phone':
      return rich('agreements.youSaidYesAddPhone', { link: to('/phone') });
    case 'confirmed-phone':
      return rich('agreements.youSaidYesConfirmPhone', { link: to('/phone') });
    case 'mailed-link':
      return t('agreements.youSaidYesOpenLink');
  }
}

/** Has the mail sent once more that asks for the second opt-in. */
function MailAgain({ agreement: { channel, saving }, choose }: SwitchProps) {
  const { inbox } = useConfig();
  const [asked, setAsked] = useState(false);

  async function send() {
    setAsked(false);
    setAsked((await choose(channel, true)) !== undefined);
  }

  return (
    <div className="row-detail">
      <p role="status">{asked && t('sendActivationAgain.wellSendItIf')}</p>
      <p>
        <Button look="link" waiting={saving} onClick={send}>
          {saving ? t('common.askingForIt') : t('sendActivationAgain.sendTheMailAgain')}
        </Button>
        {inbox !== undefined && (
          <>
            {' · '}
            <a href={inbox} target="_blank" rel="noopener">
              {t('common.openTheInbox')}
            </a>
          </>
        )}
      </p>
    </div>
  );
}
