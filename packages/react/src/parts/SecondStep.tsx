import { useState } from 'react';
import { Redirect } from 'wouter';
import { waitForEnrollment } from '../enrollment';
import { useFactorResetRequest } from '../hooks/useFactorResetRequest';
import { useSecondStep } from '../hooks/useSecondStep';
import { formatTime } from '../time';
import { Button } from './Button';
import { Form, text } from './Form';
import { useInWords } from './Problems';
import { Notice, Screen } from './Screen';
import { SecondFactorFields, wrongCode } from './SecondFactor';
import { later, t } from '../words';

interface SecondStepProps {
  /** Names the sign-in whose first step is done. */
  challengeId: string;
  /** Whether the account has no second factor yet: then it gets one first. */
  missing: boolean;
  onSignedIn: () => void;
  /** Back to the first step. */
  onAgain: () => void;
}

const sentences = { TOKEN_INVALID: later('secondStep.thatTookTooLong') };

/** The second step of a sign-in: the code of an authenticator, which goes off by itself, or a recovery code. */
export function SecondStep({ challengeId, missing, onSignedIn, onAgain }: SecondStepProps) {
  const { complete } = useSecondStep(challengeId, { onSignedIn });
  const problems = useInWords(sentences, complete.problems);
  const [recovery, setRecovery] = useState(false);
  const name = recovery ? 'recoveryCode' : 'code';

  if (missing) {
    waitForEnrollment(challengeId);
    return <Redirect to="/set-up-second-step" replace />;
  }

  function change(next: boolean) {
    complete.setProblems([]);
    setRecovery(next);
  }

  return (
    <Screen title={t('common.enterYourCode')} back={false} intro={t('secondStep.theFirstStepIs')}>
      <Form
        problems={problems}
        setProblems={complete.setProblems}
        onSubmit={values => complete.run({ [name]: text(values, name) })}
        place={{ CODE_INVALID: { field: name, text: wrongCode(recovery) } }}
        actions={
          <Button type="submit" look="primary" waiting={complete.busy}>
            {complete.busy ? t('common.signingIn') : t('common.signIn')}
          </Button>
        }
      >
        <SecondFactorFields name={name} recovery={recovery} setRecovery={change} alone />
      </Form>
      {recovery && <Lost challengeId={challengeId} />}
      <p className="other">
        <Button look="link" onClick={onAgain}>
          {t('secondStep.signInAsSomebody')}
        </Button>
      </p>
    </Screen>
  );
}

/** For who has lost all: begins the removal of the second factors, which takes three days. */
function Lost({ challengeId }: { challengeId: string }) {
  const { request, availableAt } = useFactorResetRequest();
  if (availableAt !== undefined) {
    return <Notice kind="good">{t('secondStep.weSentYouA', { time: formatTime(availableAt) })}</Notice>;
  }
  return (
    <Form
      problems={request.problems}
      setProblems={request.setProblems}
      onSubmit={() => request.run({ challengeId })}
      actions={
        <Button type="submit" look="link" waiting={request.busy}>
          {request.busy ? t('secondStep.asking') : t('secondStep.iHaveLostMy')}
        </Button>
      }
    />
  );
}
