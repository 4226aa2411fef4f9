import { answerWords, channelWords, sourceWords } from '../consents';
import { channelOf } from '../hooks/useAgreements';
import { useConsentHistory, type ConsentAnswer } from '../hooks/useConsentHistory';
import { formatTime } from '../time';
import { Button } from './Button';
import { Problems } from './Problems';
import { Badge, Card, Waiting } from './Screen';
import { t } from '../words';

/** What the customer answered, and when: the newest first, the older ones where they are wanted. */
export function ConsentHistory() {
  const { answers, hasMore, more, error, reload } = useConsentHistory();

  return (
    <Card title={t('agreements.history')}>
      {!answers ? (
        <Waiting error={error} again={reload} />
      ) : answers.length === 0 ? (
        <p className="hint">{t('agreements.youHaventBeenAsked')}</p>
      ) : (
        <ul className="rows">
          {answers.map(answer => (
            <Row key={answer.cursor} answer={answer} />
          ))}
        </ul>
      )}
      {hasMore && (
        <>
          <Problems problems={more.problems} />
          <div className="actions">
            <Button waiting={more.busy} onClick={() => more.run()}>
              {t('agreements.showOlder')}
            </Button>
          </div>
        </>
      )}
    </Card>
  );
}

const looks = { GRANTED: 'good', PENDING: 'warn', WITHDRAWN: 'plain', NOT_ASKED: 'plain' } as const;

function Row({ answer }: { answer: ConsentAnswer }) {
  const { channel, state, recordedAt, wording } = answer;
  return (
    <li>
      <p className="row-title">
        {t(channelWords[channelOf(channel)].title)} <Badge kind={looks[state]}>{t(answerWords[state])}</Badge>
      </p>
      <p className="row-detail">
        {recordedAt !== null && (
          <>
            <time dateTime={recordedAt}>{formatTime(recordedAt)}</time>
            {' · '}
          </>
        )}
        <bdi>{sourceWords(answer)}</bdi>
        {wording !== null && <> · <bdi>{t('agreements.wording', { wording })}</bdi></>}
      </p>
    </li>
  );
}
