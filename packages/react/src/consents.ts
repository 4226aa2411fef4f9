import type { ConsentState } from './gql/enums';
import type { AgreementChannel } from './hooks/useAgreements';
import type { ConsentAnswer } from './hooks/useConsentHistory';
import { knownKey, t, type Key } from './words';

// What customers agree to, in words: on the switches, and in the history of the answers.

/** What a channel is called, and what comes by it. */
export const channelWords: Record<AgreementChannel, { title: Key; detail: Key }> = {
  email: { title: 'agreements.newsletters', detail: 'agreements.newsAndOffersBy' },
  sms: { title: 'agreements.textMessages', detail: 'agreements.offersToYourPhone' },
  push: { title: 'agreements.pushNotifications', detail: 'agreements.fromOurAppOn' },
  bluetooth: { title: 'agreements.bluetooth', detail: 'agreements.offersFromBeaconsWhile' },
  rfid: { title: 'agreements.rfid', detail: 'agreements.recognisesYourCardAt' },
  wifi: { title: 'agreements.wifi', detail: 'agreements.contactWhileYouUse' },
  whatsapp: { title: 'agreements.whatsapp', detail: 'agreements.offersToYourPhone' },
  rcs: { title: 'agreements.rcs', detail: 'agreements.offersToYourPhone' },
};

/** What an answer amounts to. */
export const answerWords: Record<ConsentState, Key> = { GRANTED: 'common.yes', PENDING: 'agreements.yesNotConfirmed', WITHDRAWN: 'common.no', NOT_ASKED: 'agreements.noAnswer' };

/** By what an answer came: an operation, whose words are those of the activity; or what the shop noted elsewhere, in its own. */
export function sourceWords({ source }: ConsentAnswer): string {
  switch (source) {
    case 'updateAccount':
      return t('agreements.chosenInYourAccount');
    case 'Sec-GPC':
      return t('agreements.yourBrowserObjected');
  }
  const done = `done.${source?.replaceAll(' ', '-')}`;
  return ofOurs.test(source ?? '') && knownKey(done) ? t(done) : t('agreements.notedByTheShop', { source: source ?? '' });
}

/** What changes something has a name of several words; a single one, such as "account" or "other", is one of the shop's. */
const ofOurs = /[A-Z ]|^unsubscribe$/;
