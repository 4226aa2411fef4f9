import { useState } from 'react';
import { Redirect } from 'wouter';
import { waitForEnrollment } from '../enrollment';
import type { Problem } from '../errors';
import { CompleteSignInDocument, RequestFactorResetDocument } from '../gql/graphql';
import { formatTime } from '../time';
import { useAction } from '../hooks/useAction';
import { Button } from './Button';
import { Form, text } from './Form';
import { Notice, Screen } from './Screen';
import { SecondFactorFields, wrongCode } from './SecondFactor';
import { later, t } from '../words';

interface SecondStepProps {
  /** Names the sign-in whose first step is done. */
  challengeId: string;
  /** Whether the account has no second factor yet: then it gets one first. */
  missing: boolean;
  onSignedIn: (token: string | null) => void;
  /** Back to the first step. */
  onAgain: () => void;
}

/** The second step that a sign-in asks for, if it asks for one. */
export function secondStepOf(problems: readonly Problem[]): Pick<SecondStepProps, 'challengeId' | 'missing'> | undefined {
  const asks = problems.find(({ code, challengeId }) => code === 'SECOND_FACTOR_REQUIRED' && challengeId !== undefined);
  return asks?.challengeId === undefined ? undefined : { challengeId: asks.challengeId, missing: asks.reason === 'SECOND_FACTOR_MISSING' };
}

/** The second step of a sign-in: the code of an authenticator, which goes off by itself, or a recovery code. */
export function SecondStep({ challengeId, missing, onSignedIn, onAgain }: SecondStepProps) {
  const { run, busy, problems, setProblems } = useAction(CompleteSignInDocument, { repeatable: true });
  const [recovery, setRecovery] = useState(false);
  const name = recovery ? 'recoveryCode' : 'code';

  async function complete(values: FormData) {
    const data = await run({ input: { challengeId, [name]: text(values, name) } });
    if (data) {
      onSignedIn(data.completeSignIn.session.token);
    }
  }

  if (missing) {
    waitForEnrollment(challengeId);
    return <Redirect to="/set-up-second-step" replace />;
  }

  function change(next: boolean) {
    setProblems([]);
    setRecovery(next);
  }

  return (
    <Screen title={t('common.enterYourCode')} back={false} intro={t('secondStep.theFirstStepIs')}>
      <Form
        problems={problems.map(problem => (problem.code === 'TOKEN_INVALID' ? { ...problem, field: null, text: later('secondStep.thatTookTooLong') } : problem))}
        setProblems={setProblems}
        onSubmit={complete}
        place={{ CODE_INVALID: { field: name, text: wrongCode(recovery) } }}
        actions={
          <Button type="submit" look="primary" waiting={busy}>
            {busy ? t('common.signingIn') : t('common.signIn')}
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
  const { run, busy, problems, setProblems } = useAction(RequestFactorResetDocument, { repeatable: true });
  const [available, setAvailable] = useState<string>();

  async function ask() {
    const data = await run({ input: { challengeId } });
    setAvailable(data?.requestFactorReset.availableAt);
  }

  if (available !== undefined) {
    return <Notice kind="good">{t('secondStep.weSentYouA', { time: formatTime(available) })}</Notice>;
  }
  return (
    <Form
      problems={problems}
      setProblems={setProblems}
      onSubmit={ask}
      actions={
        <Button type="submit" look="link" waiting={busy}>
          {busy ? t('secondStep.asking') : t('secondStep.iHaveLostMy')}
        </Button>
      }
    />
  );
}
