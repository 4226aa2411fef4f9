import { useActivationRequest, type ActivationRequestFlow } from '../hooks/useActivationRequest';
import { clock, duration } from '../time';
import { Button } from './Button';
import { useInSight, Wait } from './Problems';
import { t, type Key } from '../words';

const said: Record<NonNullable<ActivationRequestFlow['mail']>, Key> = {
  untold: 'sendActivationAgain.wellSendItIf',
  leaving: 'sendActivationAgain.theMailLeavesWithin',
  'used-up': 'sendActivationAgain.youveHadAsMany',
};

/**
 * Asks for the activation mail once more. Strangers are told nothing of an address, neither that a mail was sent;
 * the account's own session is told when the next one can go, which is soon unless the hour's share is used up.
 */
export function SendActivationAgain({ email }: { email: string }) {
  const { send, mail, resendIn: left } = useActivationRequest();
  const problem = send.problems[0];
  const place = useInSight<HTMLParagraphElement>(send.problems);
  return (
    <div className="again">
      <Button look="link" waiting={send.busy || left > 0} onClick={() => send.run({ email })}>
        <span className="left">
          {send.busy ? t('common.askingForIt') : left > 0 ? t('sendActivationAgain.sendTheMailAgainIn', { wait: left > 3600 ? duration(left) : clock(left) }) : t('sendActivationAgain.sendTheMailAgain')}
        </span>
      </Button>
      <p role="status" className="said">
        {mail && !problem && t(said[mail])}
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
