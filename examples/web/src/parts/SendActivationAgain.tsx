import { useState } from 'react';
import { RequestActivationDocument } from '../gql/graphql';
import { clock, useNow } from '../time';
import { useAction } from '../useAction';
import { Button } from './Button';

/** The pause that the server makes between two mails to an address. */
const pause = 60_000;

/** Asks for the activation mail once more. Nobody is told whether an address has an account, so neither are they told that a mail was sent. */
export function SendActivationAgain({ email }: { email: string }) {
  const { run, busy, problems } = useAction(RequestActivationDocument, { repeatable: true });
  const [nextAt, setNextAt] = useState(0);
  const left = Math.max(0, Math.ceil((nextAt - useNow(nextAt)) / 1000));

  async function send() {
    if (await run({ input: { email } })) {
      setNextAt(Date.now() + pause);
    }
  }

  const problem = problems[0];
  return (
    <>
      <Button look="link" waiting={busy || left > 0} onClick={send}>
        <span className="left">
          {busy ? 'Asking for it …' : 'Send the mail again'}
          {left > 0 && ` in ${clock(left)}`}
        </span>
      </Button>
      <span role="status" className="said">
        {nextAt > 0 && !problem && 'We’ll send it if it’s due. If nothing comes in a few minutes, look into your spam folder, or try again in an hour.'}
      </span>
      {problem && <span role="alert" className="problem">{problem.text}</span>}
    </>
  );
}
