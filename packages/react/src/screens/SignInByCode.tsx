import { useState, type ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useConfig } from '../config';
import type { Problem } from '../errors';
import { RequestSignInCodeDocument, SignInWithCodeDocument, type RequestSignInCodeMutation } from '../gql/graphql';
import { Button } from '../parts/Button';
import { CodeField } from '../parts/CodeField';
import { Field } from '../parts/Field';
import { Form, text } from '../parts/Form';
import { Problems } from '../parts/Problems';
import { Screen } from '../parts/Screen';
import { SecondStep, secondStepOf } from '../parts/SecondStep';
import * as session from '../session';
import { clock, useNow } from '../time';
import { useTypedAddress } from '../typed';
import { useAction } from '../hooks/useAction';
import { later, rich, t } from '../words';

/** How many letters and digits a code has. */
const codeLength = 8;

/** What was asked for. The code works with the challenge alone, which is kept here and nowhere else. */
type Sent = RequestSignInCodeMutation['requestSignInCode'] & { email: string };

const sentences: Partial<Record<Problem['code'], () => string>> = {
  PERMISSION_DENIED: later('signInByCode.signingInByCode'),
  DELETION_PENDING: later('common.thisAccountIsClosed'),
};

const inWords = (problems: Problem[]) => problems.map(problem => ({ ...problem, text: sentences[problem.code] ?? problem.text }));

/** Signs in with a code that is mailed: the address first, and then the code. */
export function SignInByCode() {
  const [sent, setSent] = useState<Sent>();
  return sent ? <TypeCode sent={sent} setSent={setSent} /> : <AskForCode setSent={setSent} />;
}

/** Asks for a code, and says what was asked for. */
function useCodeRequest(setSent: (sent: Sent) => void) {
  const { run, ...action } = useAction(RequestSignInCodeDocument, { repeatable: true });
  async function request(email: string) {
    const data = await run({ input: { email } });
    if (data) {
      setSent({ ...data.requestSignInCode, email });
    }
  }
  return { ...action, problems: inWords(action.problems), request };
}

function AskForCode({ setSent }: { setSent: (sent: Sent) => void }) {
  const { request, busy, problems, setProblems } = useCodeRequest(setSent);
  const address = useTypedAddress();
  return (
    <Screen title={t('common.signInByCode')} back={false} intro={t('signInByCode.tellUsYourEmail')}>
      <Form
        problems={problems}
        setProblems={setProblems}
        onSubmit={values => request(text(values, 'email') ?? '')}
        actions={
          <Button type="submit" look="primary" waiting={busy}>
            {busy ? t('common.sending') : t('signInByCode.sendMeACode')}
          </Button>
        }
      >
        <Field {...address} name="email" label={t('common.email')} type="email" autoComplete="username" autoCapitalize="none" spellCheck={false} required />
      </Form>
      <ToSignIn>{t('common.backToTheSignin')}</ToSignIn>
    </Screen>
  );
}

function TypeCode({ sent, setSent }: { sent: Sent; setSent: (sent: Sent | undefined) => void }) {
  const { inbox } = useConfig();
  const [, navigate] = useLocation();
  const { run, busy, problems, setProblems } = useAction(SignInWithCodeDocument);

  async function signIn(code: string) {
    const data = await run({ input: { challengeId: sent.challengeId, code } });
    if (data) {
      begin(data.signInWithCode.session.token);
    }
  }

  function begin(token: string | null) {
    navigate('/', { replace: true });
    session.start(token);
  }

  const step = secondStepOf(problems);
  if (step) {
    return <SecondStep {...step} onSignedIn={begin} onAgain={() => setSent(undefined)} />;
  }

  return (
    <Screen
      title={t('common.checkYourMail')}
      back={false}
      intro={
        <>
          {rich('signInByCode.ifIsTheConfirmed', { email: sent.email, strong: words => <strong dir="auto">{words}</strong> })}
        </>
      }
    >
      <Form
        problems={inWords(problems)}
        setProblems={setProblems}
        onSubmit={values => signIn(text(values, 'code') ?? '')}
        place={{ CODE_INVALID: { field: 'code' } }}
        actions={
          <Button type="submit" look="primary" waiting={busy}>
            {busy ? t('common.signingIn') : t('common.signIn')}
          </Button>
        }
      >
        <CodeField name="code" label={t('common.code')} hint={t('signInByCode.lettersAndDigits', { codeLength })} sent="EMAIL" submits />
      </Form>
      <Another sent={sent} setSent={setSent} />
      {inbox !== undefined && (
        <p className="other">
          <a href={inbox} target="_blank" rel="noopener">
            {t('common.openTheInbox')}
          </a>
        </p>
      )}
      <p className="other">
        <Button look="link" onClick={() => setSent(undefined)}>
          {t('signInByCode.useAnotherAddress')}
        </Button>
      </p>
      <ToSignIn>{t('signInByCode.signInAnotherWay')}</ToSignIn>
    </Screen>
  );
}

/** Has another code sent, once that is possible at once: it takes the place of the former one. */
function Another({ sent, setSent }: { sent: Sent; setSent: (sent: Sent) => void }) {
  const { request, busy, problems } = useCodeRequest(setSent);
  const resendAt = new Date(sent.resendAvailableAt).getTime();
  const left = Math.max(0, Math.ceil((resendAt - useNow(resendAt)) / 1000));
  if (left > 0) {
    return <p className="hint">{t('signInByCode.nothingThereLookInto', { clock: clock(left) })}</p>;
  }
  return (
    <>
      <Problems problems={problems} />
      <div className="actions">
        <Button look="link" waiting={busy} onClick={() => request(sent.email)}>
          {busy ? t('common.sending') : t('signInByCode.sendAnotherCode')}
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
