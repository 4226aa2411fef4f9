import type { ReactNode } from 'react';
import { useConfig } from '../config';
import type { PendingFragment } from '../gql/graphql';
import { clock, formatDeadline, useNow } from '../time';
import { Button } from './Button';

interface PendingProps {
  title: string;
  change: PendingFragment;
  /** What is done, such as "We write to", and what of it expires: "The link in the mail". No answer says whether it arrived. */
  sending: string;
  expires: string;
  sendAgain: () => void;
  cancel: () => void;
  busy: boolean;
  children?: ReactNode;
}

/** A change that awaits its confirmation: where the secret went, and what can be done. */
export function Pending({ title, change, sending, expires, sendAgain, cancel, busy, children }: PendingProps) {
  const { inbox } = useConfig();
  const resendAt = new Date(change.resendAvailableAt).getTime();
  const left = Math.max(0, Math.ceil((resendAt - useNow(resendAt)) / 1000));
  return (
    <section className="card pending">
      <h2>{title}</h2>
      <p>
        {sending} <strong>{change.destination}</strong>. {expires} is valid until {formatDeadline(change.expiresAt)}.
        {inbox !== undefined && (
          <>
            {' '}
            <a href={inbox} target="_blank" rel="noopener">
              Open the inbox
            </a>
          </>
        )}
      </p>
      {children}
      <div className="actions">
        <Button waiting={busy || left > 0} onClick={sendAgain}>
          <span className="left">
            Send again{left > 0 && ` in ${clock(left)}`}
          </span>
        </Button>
        <Button look="link" waiting={busy} onClick={cancel}>
          Cancel the change
        </Button>
      </div>
    </section>
  );
}
