import { useEffect } from 'react';
import { Link, useLocation } from 'wouter';
import { useConfig } from '../config';
import type { Code, Problem, Said } from '../errors';
import { useProviderReturn, type ProviderReturnFlow } from '../hooks/useProviderReturn';
import { Button } from '../parts/Button';
import { Form } from '../parts/Form';
import { Problems } from '../parts/Problems';
import { ProofQuestion } from '../parts/Proof';
import { Notice, Screen, Waiting } from '../parts/Screen';
import { secondFactor } from '../parts/SecondFactor';
import { SecondStep } from '../parts/SecondStep';
import { useToast } from '../parts/Toast';
import { later, t } from '../words';

/** Where other services send customers back to: it goes on with what they left for, and leads back to where they were. */
export function Return() {
  const toast = useToast();
  const flow = useProviderReturn({ onSignedIn: () => goBack(true) });
  const goBack = useWayBack(flow.path);
  const [, navigate] = useLocation();
  const { step, purpose, provider = '' } = flow;

  useEffect(() => {
    if (step === 'cancelled') {
      toast(t('return.nothingWasChanged', { provider }));
      goBack(false);
    } else if (step === 'done') {
      if (purpose !== 'signIn') {
        toast(purpose === 'link' ? t('return.linked', { provider }) : t('return.proved'));
      }
      goBack(purpose === 'signIn');
    }
  }, [step]);

  if (flow.challengeId !== undefined) {
    return <SecondStep challengeId={flow.challengeId} missing={step === 'enrollment'} onSignedIn={() => goBack(true)} onAgain={() => navigate('/sign-in', { replace: true })} />;
  }
  if (step === 'code') {
    return <ProofCode flow={flow} />;
  }
  if (step === 'failed' || step === 'refused') {
    return <Stopped flow={flow} goBack={() => goBack(false)} />;
  }
  return (
    <Screen title={t('common.yourAccount')} back={false} provisional>
      <Waiting error={undefined} again={() => {}} />
      <ProofQuestion question={flow.question} />
    </Screen>
  );
}

/** The screens that are for nobody who is signed in, or that came right before the sign-in. */
const before = /\/(sign-in|register|delete)$/;

/** Leads to where the customer was, which may be another page of the shop; where that is not for who has signed in, to the overview. */
function useWayBack(path = ''): (signedIn: boolean) => void {
  const [, navigate] = useLocation();
  const { base } = useConfig();
  return signedIn => {
    if (path === '' || (signedIn && before.test(path))) {
      navigate('/', { replace: true });
    } else if (base !== null && `${path}/`.startsWith(`${base}/`)) {
      navigate(`~${path}`, { replace: true });
    } else {
      // Alone, a path that begins with two slashes would name another host.
      location.replace(location.origin + path);
    }
  };
}

/** The second factor beside a proof, where the account has one. */
function ProofCode({ flow: { proceed, secondFactor: choice } }: { flow: ProviderReturnFlow }) {
  const { run, busy, problems, setProblems } = proceed;
  const second = secondFactor(choice);
  return (
    <Screen title={t('proof.isItYou')} back={false} intro={t('secondStep.theFirstStepIs')}>
      <Form
        problems={problems}
        setProblems={setProblems}
        onSubmit={values => run(second.of(values))}
        place={second.place}
        actions={
          <Button type="submit" look="primary" waiting={busy}>
            {busy ? t('proof.checking') : t('proof.continue')}
          </Button>
        }
      >
        {second.fields}
      </Form>
    </Screen>
  );
}

/** The codes after which the same token is worth another try. */
const passing: readonly Code[] = ['OFFLINE', 'NETWORK', 'GATEWAY', 'IDENTITY_PROVIDER_UNAVAILABLE', 'INTERNAL', 'OVERLOADED', 'RATE_LIMITED', 'UNAVAILABLE'];

/** What went wrong, and a way on. */
function Stopped({ flow, goBack }: { flow: ProviderReturnFlow; goBack: () => void }) {
  const { failure, purpose, provider = '', proceed } = flow;
  const problems = flow.problems.map(problem => ({ ...problem, text: saidOf(problem, purpose, provider) ?? problem.text }));
  const again = failure === undefined && problems.every(({ code }) => passing.includes(code));

  return (
    <Screen title={t('return.thatDidntWork')} back={false}>
      {failure !== undefined && <Notice kind="warn">{failureWords(failure, provider)}</Notice>}
      <Problems problems={problems} />
      {again && (
        <p className="other">
          <Button look="primary" waiting={proceed.busy} onClick={() => proceed.run()}>
            {t('common.tryAgain')}
          </Button>
        </p>
      )}
      <p className="other">
        <WayOn flow={flow} goBack={goBack} />
      </p>
    </Screen>
  );
}

function failureWords(failure: NonNullable<ProviderReturnFlow['failure']>, provider: string): string {
  switch (failure) {
    case 'unknown':
      return t('return.unknown');
    case 'foreign':
      return t('return.foreign');
    case 'refused':
      return t('return.refused', { provider });
    case 'silent':
      return t('return.silent', { provider });
    case 'signed-out':
      return t('return.signedOut');
    case 'other-account':
      return t('return.otherAccount');
  }
}

/** What a refusal means here, where that isn't what it means elsewhere. */
function saidOf({ code, reason }: Problem, purpose: ProviderReturnFlow['purpose'], provider: string): Said | undefined {
  if (code === 'INVALID_CREDENTIALS') {
    return purpose === 'prove' ? later('return.notTheLinkedOne', { provider }) : later('return.notAccepted', { provider });
  }
  // Sent again it is the same sign-in, so there is nothing to look for.
  if (code === 'NETWORK' || code === 'GATEWAY') {
    return later(`error.${code}`);
  }
  if (reason === 'EMAIL_NOT_VERIFIED') {
    return later('return.addressNotConfirmed', { provider });
  }
  if (reason === 'TAKEN') {
    return later('return.linkedElsewhere', { provider });
  }
  if (purpose !== 'signIn') {
    return undefined;
  }
  const atSignIn: Partial<Record<Code, Said>> = {
    EMAIL_UNAVAILABLE: later('return.addressHasAnAccount', { provider }),
    PERMISSION_DENIED: later('return.nobodyHere', { provider }),
    DELETION_PENDING: later('common.thisAccountIsClosed'),
  };
  return atSignIn[code];
}

/** Where it goes on from what went wrong. */
function WayOn({ flow: { failure, purpose, problems, path }, goBack }: { flow: ProviderReturnFlow; goBack: () => void }) {
  if (problems.some(({ reason }) => reason === 'EMAIL_NOT_VERIFIED')) {
    return <Link href="/register">{t('common.createAnAccount')}</Link>;
  }
  if (purpose === 'signIn' || failure === 'signed-out') {
    return <Link href="/sign-in">{t('common.backToTheSignin')}</Link>;
  }
  if (path === undefined) {
    return <Link href="/">{t('common.goToYourAccount')}</Link>;
  }
  return (
    <Button look="link" onClick={goBack}>
      {t('return.back')}
    </Button>
  );
}
