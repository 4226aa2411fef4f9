import { useState } from 'react';
import { CancelFactorResetDocument, ConfirmFactorResetDocument } from '../gql/graphql';
import { Button } from '../parts/Button';
import { Form } from '../parts/Form';
import { forgetToken, instead, LinkScreen, toSignIn, type Done } from '../parts/LinkScreen';
import { Notice } from '../parts/Screen';
import { formatTime } from '../time';
import { useAction } from '../hooks/useAction';
import { later, t } from '../words';

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
        title: later('resetFactor.yourSecondFactorIs'),
        text: later('resetFactor.signInWithoutA', { sessions: data.confirmFactorReset.revokedSessions }),
        next: toSignIn,
      });
    }
  }

  async function keep(token: string) {
    removal.setProblems([]);
    if (await keeping.run({ input: { token } })) {
      forgetToken();
      setDone({ title: later('resetFactor.yourSecondFactorStays'), text: later('resetFactor.nothingIsRemovedIf'), next: toSignIn });
    }
  }

  return (
    <LinkScreen
      title={t('common.yourSecondFactor')}
      intro={t('resetFactor.somebodySaidThatYour')}
      done={done}
    >
      {token => (
        <Form
          problems={problems}
          setProblems={removal.setProblems}
          onSubmit={() => remove(token)}
          remedy={instead('/sign-in', 'resetFactor.signInWhoeverHas')}
          actions={
            <>
              <Button type="submit" look="danger" waiting={removal.busy}>
                {removal.busy ? t('common.removing') : t('resetFactor.removeMySecondFactor')}
              </Button>
              <Button look="primary" waiting={keeping.busy} onClick={() => void keep(token)}>
                {keeping.busy ? t('resetFactor.keepingIt') : t('resetFactor.keepMySecondFactor')}
              </Button>
            </>
          }
        >
          {waits && <Notice>{t('resetFactor.itCanBeRemoved', { time: formatTime(new Date(waits).toISOString()) })}</Notice>}
        </Form>
      )}
    </LinkScreen>
  );
}
