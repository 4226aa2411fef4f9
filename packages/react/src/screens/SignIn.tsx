import { Link, useLocation } from 'wouter';
import { useConfig } from '../config';
import type { Problem } from '../errors';
import { Button } from '../parts/Button';
import { Field } from '../parts/Field';
import { Form, secret, text } from '../parts/Form';
import { Icon } from '../parts/Icon';
import { PasswordField } from '../parts/PasswordField';
import { useInWords } from '../parts/Problems';
import { ProviderButtons } from '../parts/ProviderButtons';
import { Notice, Screen } from '../parts/Screen';
import { SecondStep } from '../parts/SecondStep';
import { SendActivationAgain } from '../parts/SendActivationAgain';
import * as session from '../session';
import { useTypedAddress } from '../typed';
import { usePasskeySignIn } from '../hooks/usePasskeySignIn';
import { useSettings } from '../hooks/useSettings';
import { useSignIn } from '../hooks/useSignIn';
import { later, rich, t, type Key } from '../words';

const farewells: Record<session.Farewell, Key> = {
  'signed-out': 'signIn.youreSignedOutSee',
  unheard: 'signIn.thisBrowserHasForgotten',
  ended: 'signIn.yourSessionHasEnded',
  deleted: 'signIn.yourAccountAndYour',
  closed: 'signIn.yourAccountIsClosed',
};

const kinds = { 'signed-out': 'good', unheard: 'warn', ended: 'info', deleted: 'good', closed: 'info' } as const satisfies Record<session.Farewell, string>;

const ofPassword = { SECOND_FACTOR_REQUIRED: later('signIn.toKeepThisAccount') };
const ofPasskey = { INVALID_CREDENTIALS: later('usePasskeySignIn.thisPasskeyDoesntSign'), DELETION_PENDING: later('common.thisAccountIsClosed') };

export function SignIn() {
  const { demo } = useConfig();
  const settings = useSettings();
  const registration = settings?.registration;
  const { farewell } = session.useSession();
  const [location, navigate] = useLocation();
  const address = useTypedAddress();
  const { signIn, keepAccount, ...flow } = useSignIn({ onSignedIn });
  const passkey = usePasskeySignIn({ onSignedIn });
  const problems = useInWords(ofPassword, signIn.problems, keepAccount.problems);
  const passkeyProblems = useInWords(ofPasskey, passkey.signIn.problems);

  function onSignedIn() {
    // Whoever came for a screen of the account gets it; the rest begins at the overview.
    if (location === '/sign-in' || farewell === 'deleted' || farewell === 'closed') {
      navigate('/', { replace: true });
    }
  }

  function signInWithPassword(email: string, password: string) {
    passkey.signIn.setProblems([]);
    signIn.run({ email, password });
  }

  function signInWithPasskey() {
    signIn.setProblems([]);
    passkey.signIn.run();
  }

  function remedy({ code }: Problem) {
    return code === 'ACTIVATION_REQUIRED' ? (
      <SendActivationAgain email={flow.email} />
    ) : (
      code === 'DELETION_PENDING' && (
        <Button look="link" waiting={keepAccount.busy} onClick={() => keepAccount.run()}>
          {keepAccount.busy ? t('signIn.callingTheDeletionOff') : t('signIn.keepMyAccountAnd')}
        </Button>
      )
    );
  }

  if (flow.challengeId !== undefined) {
    return <SecondStep challengeId={flow.challengeId} missing={flow.step === 'enrollment'} onSignedIn={onSignedIn} onAgain={flow.restart} />;
  }

  return (
    <Screen title={t('common.signIn')} back={false}>
      <div role="status">{farewell !== null && signIn.problems.length === 0 && passkeyProblems.length === 0 && <Notice kind={kinds[farewell]}>{t(farewells[farewell])}</Notice>}</div>
      <Form
        problems={problems}
        setProblems={signIn.setProblems}
        onSubmit={values => signInWithPassword(text(values, 'email') ?? '', secret(values, 'password'))}
        remedy={remedy}
        actions={
          <Button type="submit" look="primary" waiting={signIn.busy}>
            {signIn.busy ? t('common.signingIn') : t('common.signIn')}
          </Button>
        }
      >
        <Field {...address} name="email" label={t('common.email')} type="email" autoComplete={passkey.available ? 'username webauthn' : 'username'} autoCapitalize="none" spellCheck={false} required />
        <PasswordField name="password" label="password" autoComplete="current-password" />
        <p className="aside">
          <Link href="/forgot-password">{t('common.forgotYourPassword')}</Link>
        </p>
      </Form>
      {passkey.available && (
        <Form
          problems={passkeyProblems}
          setProblems={passkey.signIn.setProblems}
          onSubmit={signInWithPasskey}
          actions={
            <Button type="submit" waiting={passkey.signIn.busy}>
              <Icon name="finger" />
              {passkey.signIn.busy ? t('common.askingForIt') : t('signIn.signInWithA')}
            </Button>
          }
        />
      )}
      <ProviderButtons loginHint={address.value} />
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
          <Button look="link" waiting={signIn.busy} onClick={() => signInWithPassword(demo.email, demo.password)}>
            {t('signIn.tryItAsThe')}
          </Button>
        </p>
      )}
    </Screen>
  );
}
