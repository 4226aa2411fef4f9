import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useConfig } from '../config';
import type { Problem } from '../errors';
import { CancelAccountDeletionDocument, SignInDocument } from '../gql/graphql';
import { Button } from '../parts/Button';
import { Field } from '../parts/Field';
import { Form, secret, text } from '../parts/Form';
import { Icon } from '../parts/Icon';
import { PasswordField } from '../parts/PasswordField';
import { Notice, Screen } from '../parts/Screen';
import { SecondStep, secondStepOf } from '../parts/SecondStep';
import { SendActivationAgain } from '../parts/SendActivationAgain';
import * as session from '../session';
import { supported } from '../passkeys';
import { useTypedAddress } from '../typed';
import { useAction } from '../hooks/useAction';
import { usePasskeySignIn } from '../hooks/usePasskeySignIn';
import { useSettings } from '../hooks/useSettings';
import { later, rich, t, type Key } from '../words';

const farewells: Record<session.Farewell, Key> = {
  'signed-out': 'signIn.youreSignedOutSee',
  unheard: 'signIn.thisBrowserHasForgotten',
  ended: 'signIn.yourSessionHasEnded',
  deleted: 'signIn.yourAccountAndYour',
  closed: 'signIn.yourAccountIsClosed',
};

const kinds = { 'signed-out': 'good', unheard: 'warn', ended: 'info', deleted: 'good', closed: 'info' } as const satisfies Record<session.Farewell, string>;

export function SignIn() {
  const { demo } = useConfig();
  const settings = useSettings();
  const registration = settings?.registration;
  const { farewell } = session.useSession();
  const [location, navigate] = useLocation();
  const { run, busy, problems, setProblems } = useAction(SignInDocument, { repeatable: true });
  const address = useTypedAddress();
  const { run: cancel, busy: cancelling, problems: unkept } = useAction(CancelAccountDeletionDocument, { repeatable: true });
  const [tried, setTried] = useState({ email: '', password: '' });

  const withPasskeys = supported && settings?.passkeys === true;
  const passkey = usePasskeySignIn(withPasskeys, begin);

  function begin(token: string | null) {
    // Whoever came for a screen of the account gets it; the rest begins at the overview.
    if (location === '/sign-in' || farewell === 'deleted' || farewell === 'closed') {
      navigate('/', { replace: true });
    }
    session.start(token);
  }

  async function signIn(email: string, password: string) {
    setTried({ email, password });
    passkey.setProblems([]);
    const data = await run({ input: { email, password } });
    if (data) {
      begin(data.signIn.session.token);
    }
  }

  function signInWithPasskey() {
    setProblems([]);
    passkey.signIn();
  }

  async function keepAccount() {
    if (await cancel({ input: { accountEmail: tried.email, password: tried.password } })) {
      await signIn(tried.email, tried.password);
    }
  }

  function remedy({ code }: Problem) {
    return code === 'ACTIVATION_REQUIRED' ? (
      <SendActivationAgain email={tried.email} />
    ) : (
      code === 'DELETION_PENDING' && (
        <Button look="link" waiting={cancelling} onClick={keepAccount}>
          {cancelling ? t('signIn.callingTheDeletionOff') : t('signIn.keepMyAccountAnd')}
        </Button>
      )
    );
  }

  const step = secondStepOf(problems);
  if (step) {
    return <SecondStep {...step} onSignedIn={begin} onAgain={() => setProblems([])} />;
  }

  return (
    <Screen title={t('common.signIn')} back={false}>
      <div role="status">{farewell !== null && problems.length === 0 && passkey.problems.length === 0 && <Notice kind={kinds[farewell]}>{t(farewells[farewell])}</Notice>}</div>
      <Form
        problems={[...problems, ...unkept.map(problem => (problem.code === 'SECOND_FACTOR_REQUIRED' ? { ...problem, field: null, text: later('signIn.toKeepThisAccount') } : problem))]}
        setProblems={setProblems}
        onSubmit={values => signIn(text(values, 'email') ?? '', secret(values, 'password'))}
        remedy={remedy}
        actions={
          <Button type="submit" look="primary" waiting={busy}>
            {busy ? t('common.signingIn') : t('common.signIn')}
          </Button>
        }
      >
        <Field {...address} name="email" label={t('common.email')} type="email" autoComplete={withPasskeys ? 'username webauthn' : 'username'} autoCapitalize="none" spellCheck={false} required />
        <PasswordField name="password" label="password" autoComplete="current-password" />
        <p className="aside">
          <Link href="/forgot-password">{t('common.forgotYourPassword')}</Link>
        </p>
      </Form>
      {withPasskeys && (
        <Form
          problems={passkey.problems}
          setProblems={passkey.setProblems}
          onSubmit={signInWithPasskey}
          actions={
            <Button type="submit" waiting={passkey.busy}>
              <Icon name="finger" />
              {passkey.busy ? t('common.askingForIt') : t('signIn.signInWithA')}
            </Button>
          }
        />
      )}
      {settings?.signInCode === true && (
        <p className="other">
          {rich('signIn.noPasswordSendMe', { link: words => <Link href="/sign-in-code">{words}</Link> })}
        </p>
      )}
      {registration !== 'CLOSED' && (
        <p className="other">
          {rich('signIn.newHereCreateAn', { link: words => <Link href="/register">{words}</Link> })}
        </p>
      )}
      {demo !== undefined && (
        <p className="other">
          <Button look="link" waiting={busy} onClick={() => signIn(demo.email, demo.password)}>
            {t('signIn.tryItAsThe')}
          </Button>
        </p>
      )}
    </Screen>
  );
}
