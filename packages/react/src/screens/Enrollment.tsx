import { useState } from 'react';
import { Redirect, useLocation } from 'wouter';
import { waitingEnrollment } from '../enrollment';
import { CompleteSignInDocument, EnrollAuthenticatorDocument } from '../gql/graphql';
import { AuthenticatorSetup, type Begun } from '../parts/AuthenticatorSetup';
import { Button } from '../parts/Button';
import { Form, text } from '../parts/Form';
import { RecoveryCodes } from '../parts/RecoveryCodes';
import { Screen } from '../parts/Screen';
import * as session from '../session';
import { useAction } from '../hooks/useAction';
import { later, t } from '../words';

/** A sign-in where the shop requires a second step, and the customer has none yet: it sets the first authenticator up. */
export function Enrollment() {
  const [challengeId] = useState(waitingEnrollment);
  const [begun, setBegun] = useState<Begun>();
  const [done, setDone] = useState<{ token: string | null; codes: string[] }>();
  const [, navigate] = useLocation();
  const { run, busy, problems, setProblems } = useAction(EnrollAuthenticatorDocument);
  const { run: complete, ...action } = useAction(CompleteSignInDocument, { repeatable: true });

  if (challengeId === undefined) {
    return <Redirect to="/sign-in" replace />;
  }

  async function begin(id: string) {
    const data = await run({ input: { challengeId: id } });
    setBegun(data?.enrollAuthenticator);
  }

  async function confirm(values: FormData) {
    const data = begun && (await complete({ input: { challengeId: begun.challengeId, code: text(values, 'code') } }));
    if (data) {
      setDone({ token: data.completeSignIn.session.token, codes: data.completeSignIn.recoveryCodes });
    }
  }

  function enter(token: string | null) {
    navigate('/', { replace: true });
    session.start(token);
  }

  return (
    <Screen title={t('common.setUpYourSecond')} back={false} intro={t('enrollment.weAskEverybodyFor')}>
      {done ? (
        <RecoveryCodes codes={done.codes} replacing={false} onKept={() => enter(done.token)} />
      ) : begun ? (
        <AuthenticatorSetup begun={begun} first action={action} confirm={confirm} named={false} onCancel={() => navigate('/sign-in', { replace: true })} />
      ) : (
        <Form
          problems={problems.map(problem => (problem.code === 'TOKEN_INVALID' ? { ...problem, text: later('enrollment.thatTookTooLong') } : problem))}
          setProblems={setProblems}
          onSubmit={() => begin(challengeId)}
          actions={
            <>
              <Button type="submit" look="primary" waiting={busy}>
                {busy ? t('common.beginning') : t('common.setItUp')}
              </Button>
              <Button onClick={() => navigate('/sign-in', { replace: true })}>{t('enrollment.signInAgain')}</Button>
            </>
          }
        />
      )}
    </Screen>
  );
}
