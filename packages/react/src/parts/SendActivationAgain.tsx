import { useState } from 'react';
import { RequestActivationDocument } from '../gql/graphql';
import { clock, duration, useNow } from '../time';
import { useAction } from '../hooks/useAction';
import { Button } from './Button';
import { useInSight, Wait } from './Problems';
import { t } from '../words';

/** The pause between two mails where the server doesn't tell: it tells nobody but the account's own session. */
const pause = 60_000;

interface Asked {
  /** When the next mail can go. */
  nextAt: number;
  /** Whether the server said so, and not the page. */
  told: boolean;
}

/**
 * Asks for the activation mail once more. Strangers are told nothing of an address, neither that a mail was sent;
 * the account's own session is told when the next one can go, which is soon unless the hour's share is used up.
 */
export function SendActivationAgain({ email }: { email: string }) {
  const { run, busy, problems } = useAction(RequestActivationDocument, { repeatable: true });
  const [asked, setAsked] = useState<Asked>();
  const nextAt = asked?.nextAt ?? 0;
  const left = Math.max(0, Math.ceil((nextAt - useNow(nextAt)) / 1000));

  async function send() {
    const data = await run({ input: { email } });
    if (data) {
      const told = data.requestAccountActivation.resendAvailableAt;
      setAsked({ nextAt: told === null ? Date.now() + pause : new Date(told).getTime(), told: told !== null });
    }
  }

  const problem = problems[0];
  const place = useInSight<HTMLParagraphElement>(problems);
  return (
    <div className="again">
      <Button look="link" waiting={busy || left > 0} onClick={send}>
        <span className="left">
          {busy ? t('common.askingForIt') : left > 0 ? t('sendActivationAgain.sendTheMailAgainIn', { wait: left > 3600 ? duration(left) : clock(left) }) : t('sendActivationAgain.sendTheMailAgain')}
        </span>
      </Button>
      <p role="status" className="said">
        {asked && !problem && said(asked)}
      </p>
      <p ref={place} role="alert" className="problem">
        {problem && (
          <>
            {problem.text('')} {problem.retryAt !== null && <Wait until={problem.retryAt} />}
          </>
        )}
      </p>
    </div>
  );
}

/** What is true when the answer comes; the two minutes leave room for a mail that waits for the one before it. */
function said({ nextAt, told }: Asked): string {
  if (!told) {
    return t('sendActivationAgain.wellSendItIf');
  }
  if (nextAt - Date.now() > 2.5 * pause) {
    return t('sendActivationAgain.youveHadAsMany');
  }
  return t('sendActivationAgain.theMailLeavesWithin');
}
