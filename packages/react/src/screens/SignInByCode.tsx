import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useConfig } from '../config';
import { Button } from '../parts/Button';
import { CodeField } from '../parts/CodeField';
import { Field } from '../parts/Field';
import { Form, text } from '../parts/Form';
import { Problems, useInWords } from '../parts/Problems';
import { Screen } from '../parts/Screen';
import { SecondStep } from '../parts/SecondStep';
import { clock } from '../time';
import { useTypedAddress } from '../typed';
import { useSignInByCode, type SignInByCodeFlow } from '../hooks/useSignInByCode';
import { later, rich, t } from '../words';

/** How many letters and digits a code has. */
const codeLength = 8;

const sentences = { PERMISSION_DENIED: later('signInByCode.signingInByCode'), DELETION_PENDING: later('common.thisAccountIsClosed') };

/** Signs in with a code that is mailed: the address first, and then the code. */
export function SignInByCode() {
  const [, navigate] = useLocation();
  const onSignedIn = () => navigate('/', { replace: true });
  const flow = useSignInByCode({ onSignedIn });
  if (flow.challengeId !== undefined) {
    return <SecondStep challengeId={flow.challengeId} missing={flow.step === 'enrollment'} onSignedIn={onSignedIn} onAgain={flow.restart} />;
  }
  return flow.step === 'address' ? <AskForCode flow={flow} /> : <TypeCode flow={flow} />;
}

function AskForCode({ flow: { request } }: { flow: SignInByCodeFlow }) {
  const problems = useInWords(sentences, request.problems);
  const address = useTypedAddress();
  return (
    <Screen title={t('common.signInByCode')} back={false} intro={t('signInByCode.tellUsYourEmail')}>
      <Form
        problems={problems}
        setProblems={request.setProblems}
        onSubmit={values => request.run({ email: text(values, 'email') ?? '' })}
        actions={
          <Button type="submit" look="primary" waiting={request.busy}>
            {request.busy ? t('common.sending') : t('signInByCode.sendMeACode')}
          </Button>
        }
      >
        <Field {...address} name="email" label={t('common.email')} type="email" autoComplete="username" autoCapitalize="none" spellCheck={false} required />
      </Form>
      <ToSignIn>{t('common.backToTheSignin')}</ToSignIn>
    </Screen>
  );
}

function TypeCode({ flow }: { flow: SignInByCodeFlow }) {
  const { sentTo: email, signIn, restart } = flow;
  const { inbox } = useConfig();
  const problems = useInWords(sentences, signIn.problems);
  return (
    <Screen
      title={t('common.checkYourMail')}
      back={false}
      intro={
        <>
          {rich('signInByCode.ifIsTheConfirmed', { email, strong: words => <strong dir="auto">{words}</strong> })}
        </>
      }
    >
      <Form
        problems={problems}
        setProblems={signIn.setProblems}
        onSubmit={values => signIn.run({ code: text(values, 'code') ?? '' })}
        place={{ CODE_INVALID: { field: 'code' } }}
        actions={
          <Button type="submit" look="primary" waiting={signIn.busy}>
            {signIn.busy ? t('common.signingIn') : t('common.signIn')}
          </Button>
        }
      >
        <CodeField name="code" label={t('common.code')} hint={t('signInByCode.lettersAndDigits', { codeLength })} sent="EMAIL" submits />
      </Form>
      <Another flow={flow} />
      {inbox !== undefined && (
        <p className="other">
          <a href={inbox} target="_blank" rel="noopener">
            {t('common.openTheInbox')}
          </a>
        </p>
      )}
      <p className="other">
        <Button look="link" onClick={restart}>
          {t('signInByCode.useAnotherAddress')}
        </Button>
      </p>
      <ToSignIn>{t('signInByCode.signInAnotherWay')}</ToSignIn>
    </Screen>
  );
}

/** Has another code sent, once that is possible at once: it takes the place of the former one. */
function Another({ flow: { resend, resendIn: left } }: { flow: SignInByCodeFlow }) {
  const problems = useInWords(sentences, resend.problems);
  if (left > 0) {
    return <p className="hint">{t('signInByCode.nothingThereLookInto', { clock: clock(left) })}</p>;
  }
  return (
    <>
      <Problems problems={problems} />
      <div className="actions">
        <Button look="link" waiting={resend.busy} onClick={resend.run}>
          {resend.busy ? t('common.sending') : t('signInByCode.sendAnotherCode')}
        </Button>
      </div>
    </>
  );
}

function ToSignIn({ children }: { children: ReactNode }) {
  return (
    <p className="other">
      <Link href="/sign-in">{children}</Link>
    </p>
  );
}
