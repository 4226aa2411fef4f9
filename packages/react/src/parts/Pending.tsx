import type { ReactNode } from 'react';
import { useConfig } from '../config';
import type { PendingFragment } from '../gql/graphql';
import { clock, formatDeadline, useNow } from '../time';
import { Button } from './Button';
import { rich, t } from '../words';

interface PendingProps {
  title: string;
  change: PendingFragment;
  /** Whether a code was texted, and not a link mailed. No answer says whether it arrived. */
  byCode?: boolean;
  sendAgain: () => void;
  cancel: () => void;
  busy: boolean;
  children?: ReactNode;
}

/** A change that awaits its confirmation: where the secret went, and what can be done. */
export function Pending({ title, change, byCode = false, sendAgain, cancel, busy, children }: PendingProps) {
  const { inbox } = useConfig();
  const resendAt = new Date(change.resendAvailableAt).getTime();
  const left = Math.max(0, Math.ceil((resendAt - useNow(resendAt)) / 1000));
  return (
    <section className="card pending">
      <h2>{title}</h2>
      <p>
        {rich(byCode ? 'pending.code' : 'pending.link', {
          destination: change.destination,
          until: formatDeadline(change.expiresAt),
          strong: words => <strong dir="auto">{words}</strong>,
        })}
        {inbox !== undefined && (
          <>
            {' '}
            <a href={inbox} target="_blank" rel="noopener">
              {t('common.openTheInbox')}
            </a>
          </>
        )}
      </p>
      {children}
      <div className="actions">
        <Button waiting={busy || left > 0} onClick={sendAgain}>
          <span className="left">
            {left > 0 ? t('pending.sendAgainIn', { clock: clock(left) }) : t('pending.sendAgain')}
          </span>
        </Button>
        <Button look="link" waiting={busy} onClick={cancel}>
          {t('pending.cancelTheChange')}
        </Button>
      </div>
    </section>
  );
}
