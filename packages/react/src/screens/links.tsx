import { Link } from 'wouter';
import type { Problem } from '../errors';
import { useActivation } from '../hooks/useActivation';
import { useDeletionCancellation } from '../hooks/useDeletionCancellation';
import { useEmailConfirmation } from '../hooks/useEmailConfirmation';
import { useEmailUndo } from '../hooks/useEmailUndo';
import { usePasswordReset } from '../hooks/usePasswordReset';
import { useSecureAccount } from '../hooks/useSecureAccount';
import { Button } from '../parts/Button';
import { Field, YesNo } from '../parts/Field';
import { Form, secret } from '../parts/Form';
import { instead, LinkScreen, toAccount, toSignIn } from '../parts/LinkScreen';
import { PasswordField } from '../parts/PasswordField';
import { secondFactor } from '../parts/SecondFactor';
import { SupportLink } from '../parts/SupportLink';
import { formatTime } from '../time';
import { later, rich, t } from '../words';

export { ResetFactor } from './ResetFactor';

export function ResetPassword() {
  const { reset, second: choice, done, address, setAddress } = usePasswordReset();
  const second = secondFactor(choice);
  const came = done && { title: later('links.yourNewPasswordIs'), text: later('links.signInWithThe', { sessions: done.revokedSessions }), next: toSignIn };
  return (
    <LinkScreen title={t('common.chooseANewPassword')} intro={t('links.itReplacesTheOld')} done={came}>
      {token => (
        <Form
          problems={reset.problems}
          setProblems={reset.setProblems}
          onSubmit={values => reset.run({ token, password: secret(values, 'password'), ...second.of(values) })}
          place={second.place}
          remedy={instead('/forgot-password', 'links.sendMeANew')}
          actions={
            <Button type="submit" look="primary" waiting={reset.busy}>
              {reset.busy ? t('common.saving') : t('links.setNewPassword')}
            </Button>
          }
        >
          <Field
            name="username"
            label={t('common.email')}
            hint={t('links.optionalYourPasswordManager')}
            type="email"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            value={address}
            onChange={event => setAddress(event.target.value)}
          />
          <PasswordField name="password" label="new" autoComplete="new-password" known={[address].filter(Boolean)} />
          {second.fields}
        </Form>
      )}
    </LinkScreen>
  );
}

export function ConfirmActivation() {
  const { confirm, proofNeeded: asks, done, signedIn } = useActivation();
  // Another tab may sign out while this one stands open.
  const begun = signedIn && done?.session;
  const came = done && { title: later('links.yourEmailIsConfirmed'), text: begun ? later('links.welcomeAndSignedIn') : later('links.welcomeYourAccountIsActive'), next: begun ? toAccount : toSignIn };
  return (
    <LinkScreen title={t('common.confirmYourEmail')} intro={t('links.thisConfirmsThatThe')} done={came}>
      {token => (
        <>
          <Form
            problems={confirm.problems}
            setProblems={confirm.setProblems}
            onSubmit={values => confirm.run(asks ? { token, password: secret(values, 'password') } : { token })}
            place={{ INVALID_CREDENTIALS: { field: 'password', text: label => t('links.isNotTheOne', { label }) } }}
            remedy={instead('/', signedIn ? 'links.goToYourAccount' : 'links.signInYourAccount')}
            actions={
              <Button type="submit" look="primary" waiting={confirm.busy}>
                {confirm.busy ? t('common.confirming') : t('links.confirmEmail')}
              </Button>
            }
          >
            {asks && <PasswordField name="password" label="password" autoComplete="current-password" hint={t('links.theOneThatYou')} />}
          </Form>
          {asks && (
            <p className="other">
              {rich('links.youDidntRegisterThen', { link: words => <Link href="/forgot-password">{words}</Link> })}
            </p>
          )}
        </>
      )}
    </LinkScreen>
  );
}

export function ConfirmEmail() {
  const { confirm, done, signedIn } = useEmailConfirmation();
  const came = done && { title: later('links.yourNewEmailIs'), text: later('links.fromNowOnYou', { email: done.email }), next: signedIn ? toAccount : toSignIn };
  return (
    <LinkScreen
      title={t('common.confirmYourNewEmail')}
      intro={t('links.theAddressThatGot')}
      done={came}
    >
      {token => (
        <Form
          problems={confirm.problems}
          setProblems={confirm.setProblems}
          onSubmit={values => confirm.run({ token, newsletterAgreement: values.get('newsletterAgreement') === 'yes' })}
          remedy={instead('/email', signedIn ? 'links.itHasToBe' : 'links.askForANew')}
          actions={
            <Button type="submit" look="primary" waiting={confirm.busy}>
              {confirm.busy ? t('common.confirming') : t('links.confirmNewEmail')}
            </Button>
          }
        >
          <YesNo name="newsletterAgreement" question={t('links.mayWeSendNewsletters')} hint={t('links.thisReplacesYourAnswer')} />
        </Form>
      )}
    </LinkScreen>
  );
}

export function KeepAccount() {
  const { cancel, done } = useDeletionCancellation();
  const came = done && { title: later('links.yourAccountStays'), text: later('links.itIsOpenAgain'), next: toSignIn };
  return (
    <LinkScreen title={t('common.keepYourAccount')} intro={t('links.thisCallsTheDeletion')} done={came}>
      {token => (
        <Form
          problems={cancel.problems}
          setProblems={cancel.setProblems}
          onSubmit={() => cancel.run({ token })}
          remedy={instead('/sign-in', 'links.signInAnAccount')}
          actions={
            <Button type="submit" look="primary" waiting={cancel.busy}>
              {cancel.busy ? t('links.callingItOff') : t('common.keepMyAccount')}
            </Button>
          }
        >
          {null}
        </Form>
      )}
    </LinkScreen>
  );
}

export function SecureAccount() {
  const { secure, done } = useSecureAccount();
  const came = done && {
    title: later('links.yourAccountIsSecured'),
    text: () => t('links.yourOldPasswordNo', { sessions: done.revokedSessions, time: formatTime(done.changesPausedUntil) }),
    next: () => (
      <>
        {rich('links.noMailAskFor', { link: words => <Link href="/forgot-password">{words}</Link> })}
      </>
    ),
  };
  return (
    <LinkScreen
      title={t('common.thisWasntMe')}
      intro={t('links.everyDeviceIsSigned')}
      done={came}
    >
      {token => (
        <Form
          problems={secure.problems}
          setProblems={secure.setProblems}
          onSubmit={() => secure.run({ token })}
          remedy={instead('/forgot-password', 'links.ifSomebodyMayKnow')}
          actions={
            <Button type="submit" look="danger" waiting={secure.busy}>
              {secure.busy ? t('links.securing') : t('links.secureMyAccount')}
            </Button>
          }
        >
          {null}
        </Form>
      )}
    </LinkScreen>
  );
}

export function UndoEmail() {
  const { undo, done } = useEmailUndo();
  const came = done && {
    title: later('links.theChangeIsUndone'),
    text: later('links.theEmailOfYour', { email: done.email, sessions: done.revokedSessions }),
    next: () => (
      <Link href="/forgot-password" className="button primary">
        {t('common.chooseANewPassword')}
      </Link>
    ),
  };
  return (
    <LinkScreen
      title={t('common.undoTheChangeOf')}
      intro={t('links.yourAccountKeepsThe')}
      done={came}
    >
      {token => (
        <Form
          problems={undo.problems}
          setProblems={undo.setProblems}
          onSubmit={() => undo.run({ token })}
          remedy={undone}
          actions={
            <Button type="submit" look="danger" waiting={undo.busy}>
              {undo.busy ? t('links.undoing') : t('links.undoTheChange')}
            </Button>
          }
        >
          {null}
        </Form>
      )}
    </LinkScreen>
  );
}

/** Whoever stands before a void undo link may have lost their account: what they can do, in the order in which it helps. */
function undone({ code }: Problem) {
  return (
    code === 'TOKEN_INVALID' && (
      <ol>
        <li>{t('links.lookWhetherALater')}</li>
        <li>
          {rich('links.ifTheChangeWas', { link: words => <Link href="/forgot-password">{words}</Link> })}
        </li>
        <li>
          {rich('links.ifSomebodyElseHas', { support: () => <SupportLink /> })}
        </li>
      </ol>
    )
  );
}
