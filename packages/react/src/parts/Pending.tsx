import type { ReactNode } from 'react';
import { useConfig } from '../config';
import type { PendingFragment } from '../gql/graphql';
import { clock, formatDeadline } from '../time';
import { Button } from './Button';
import { rich, t } from '../words';

interface PendingProps {
  title: string;
  change: PendingFragment;
  /** In how many seconds it can be sent again. */
  resendIn: number;
  /** Whether a code was texted, and not a link mailed. No answer says whether it arrived. */
  byCode?: boolean;
  sendAgain: () => void;
  cancel: () => void;
  busy: boolean;
  children?: ReactNode;
}

/** A change that awaits its confirmation: where the secret went, and what can be done. */
export function Pending({ title, change, resendIn, byCode = false, sendAgain, cancel, busy, children }: PendingProps) {
  const { inbox } = useConfig();

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
        <Button waiting={busy || resendIn > 0} onClick={sendAgain}>
          <span className="left">
            {resendIn > 0 ? t('pending.sendAgainIn', { clock: clock(resendIn) }) : t('pending.sendAgain')}
          </span>
        </Button>
        <Button look="link" waiting={busy} onClick={cancel}>
          {t('pending.cancelTheChange')}
        </Button>
      </div>
    </section>
  );
}
