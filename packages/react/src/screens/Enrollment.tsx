import { useState } from 'react';
import { Redirect, useLocation } from 'wouter';
import { waitingEnrollment } from '../enrollment';
import { useEnrollment } from '../hooks/useEnrollment';
import { AuthenticatorSetup } from '../parts/AuthenticatorSetup';
import { Button } from '../parts/Button';
import { Form, text } from '../parts/Form';
import { useInWords } from '../parts/Problems';
import { RecoveryCodes } from '../parts/RecoveryCodes';
import { Screen } from '../parts/Screen';
import { later, t } from '../words';

const sentences = { TOKEN_INVALID: later('enrollment.thatTookTooLong') };

/** A sign-in where the shop requires a second step, and the customer has none yet: it sets the first authenticator up. */
export function Enrollment() {
  const [challengeId] = useState(waitingEnrollment);
  return challengeId === undefined ? <Redirect to="/sign-in" replace /> : <Enroll challengeId={challengeId} />;
}

function Enroll({ challengeId }: { challengeId: string }) {
  const [, navigate] = useLocation();
  const { begin, setup, confirm, recoveryCodes, ...flow } = useEnrollment(challengeId, { onSignedIn: () => navigate('/', { replace: true }) });
  const problems = useInWords(sentences, begin.problems);
  const leave = () => navigate('/sign-in', { replace: true });

  return (
    <Screen title={t('common.setUpYourSecond')} back={false} intro={t('enrollment.weAskEverybodyFor')}>
      {flow.step === 'recovery-codes' ? (
        <RecoveryCodes codes={recoveryCodes} replacing={false} onKept={flow.finish} />
      ) : setup ? (
        <AuthenticatorSetup begun={setup} first action={confirm} confirm={async values => void (await confirm.run({ code: text(values, 'code') }))} named={false} onCancel={leave} />
      ) : (
        <Form
          problems={problems}
          setProblems={begin.setProblems}
          onSubmit={begin.run}
          actions={
            <>
              <Button type="submit" look="primary" waiting={begin.busy}>
                {begin.busy ? t('common.beginning') : t('common.setItUp')}
              </Button>
              <Button onClick={leave}>{t('enrollment.signInAgain')}</Button>
            </>
          }
        />
      )}
    </Screen>
  );
}
