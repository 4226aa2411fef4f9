import { useState } from 'react';
import { CancelFactorResetDocument, ConfirmFactorResetDocument } from '../gql/graphql';
import { Button } from '../parts/Button';
import { Form } from '../parts/Form';
import { ended, forgetToken, instead, LinkScreen, toSignIn, type Done } from '../parts/LinkScreen';
import { Notice } from '../parts/Screen';
import { formatTime } from '../time';
import { useAction } from '../useAction';

/** What the mail about lost second factors leads to: remove them from the third day on, or keep them at any time. */
export function ResetFactor() {
  const removal = useAction(ConfirmFactorResetDocument);
  const keeping = useAction(CancelFactorResetDocument);
  const [done, setDone] = useState<Done>();
  const waits = removal.problems.find(({ code }) => code === 'RATE_LIMITED')?.retryAt;
  // That it has to wait is no mistake of the customer's.
  const problems = [...(waits ? [] : removal.problems), ...keeping.problems];

  async function remove(token: string) {
    keeping.setProblems([]);
    const data = await removal.run({ input: { token } });
    if (data) {
      forgetToken();
      setDone({
        title: 'Your second factor is removed',
        text: `${ended(data.confirmFactorReset.revokedSessions)} Sign in without a code, and set up an authenticator app again in your account.`,
        next: toSignIn,
      });
    }
  }

  async function keep(token: string) {
    removal.setProblems([]);
    if (await keeping.run({ input: { token } })) {
      forgetToken();
      setDone({ title: 'Your second factor stays', text: 'Nothing is removed. If it wasn’t you who asked for it, somebody may know your password: choose a new one.', next: toSignIn });
    }
  }

  return (
    <LinkScreen
      title="Your second factor"
      intro="Somebody said that your authenticator app and your recovery codes are lost. If it was you, remove them here, from the third day on. If it wasn’t, keep them."
      done={done}
    >
      {token => (
        <Form
          problems={problems}
          setProblems={removal.setProblems}
          onSubmit={() => remove(token)}
          remedy={instead('/sign-in', 'Sign in: whoever has lost the second factor can ask again there')}
          actions={
            <>
              <Button type="submit" look="danger" waiting={removal.busy}>
                {removal.busy ? 'Removing …' : 'Remove my second factor'}
              </Button>
              <Button look="primary" waiting={keeping.busy} onClick={() => void keep(token)}>
                {keeping.busy ? 'Keeping it …' : 'Keep my second factor'}
              </Button>
            </>
          }
        >
          {waits && <Notice>It can be removed from {formatTime(new Date(waits).toISOString())} on. Keep the mail until then, or keep your second factor now.</Notice>}
        </Form>
      )}
    </LinkScreen>
  );
}
