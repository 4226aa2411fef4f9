import type { ActivityOutcome, ErrorCode } from './gql/enums';
import { knownKey, t } from './words';

interface Event {
  operation: string;
  outcome: ActivityOutcome;
  reason: ErrorCode | null;
}

/** What happened, in a sentence. */
export function eventWords({ operation, outcome, reason }: Event): string {
  if (outcome === 'SUCCESS') {
    const done = `done.${operation.replaceAll(' ', '-')}`;
    return knownKey(done) ? t(done) : t('done.other');
  }

  const tried = `tried.${operation.replaceAll(' ', '-')}`;
  const what = knownKey(tried) ? t(tried) : t('tried.other');
  const because = `why.${reason}`;
  const why = knownKey(because) ? t(because) : outcome === 'FAILED' ? t('why.failed') : t('why.refused');
  return t('event.notDone', { what, why });
}
