import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import type { Problem } from '../errors';
import { CancelAccountDeletionDocument, ConfirmActivationDocument, ConfirmEmailChangeDocument, ConfirmPasswordResetDocument, SecureAccountDocument, UndoEmailChangeDocument } from '../gql/graphql';
import { Button } from '../parts/Button';
import { Field, YesNo } from '../parts/Field';
import { Form, secret } from '../parts/Form';
import { forgetToken, instead, LinkScreen, toAccount, toSignIn, type Done } from '../parts/LinkScreen';
import { PasswordField } from '../parts/PasswordField';
import { useSecondFactor } from '../parts/SecondFactor';
import { SupportLink } from '../parts/SupportLink';
import * as session from '../session';
import { formatTime } from '../time';
import { askTyped, setTyped, typed } from '../typed';
import { useAction } from '../hooks/useAction';
import { later, rich, t } from '../words';

export { ResetFactor } from './ResetFactor';

export function ResetPassword() {
  const { run, busy, problems, setProblems } = useAction(ConfirmPasswordResetDocument);
  const second = useSecondFactor(false, problems);
  const [done, setDone] = useState<Done>();
  // The link tells the server whose password it is, but a password manager wants to be told by the page.
  const [address, setAddress] = useState(typed);
  useEffect(() => askTyped(setAddress), []);

  async function reset(token: string, values: FormData) {
    const data = await run({ input: { token, password: secret(values, 'password'), ...second.of(values) } });
    if (data) {
      forgetToken();
      setTyped(address);
      setDone({ title: later('links.yourNewPasswordIs'), text: later('links.signInWithThe', { sessions: data.confirmPasswordReset.revokedSessions }), next: toSignIn });
    }
  }
  return (
    <LinkScreen title={t('common.chooseANewPassword')} intro={t('links.itReplacesTheOld')} done={done}>
      {token => (
        <Form
          problems={problems}
          setProblems={setProblems}
          onSubmit={values => reset(token, values)}
          place={second.place}
          remedy={instead('/forgot-password', 'links.sendMeANew')}
          actions={
            <Button type="submit" look="primary" waiting={busy}>
              {busy ? t('common.saving') : t('links.setNewPassword')}
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
  const { token: signedIn } = session.useSession();
  const { run, busy, problems, setProblems } = useAction(ConfirmActivationDocument);
  const [done, setDone] = useState<Done>();
  // The link proves the mailbox; who registered is shown by the session here or, where there is none or another's, by the password.
  const [asked, setAsked] = useState(false);
  const asks = asked || signedIn === null;
  if (!asked && problems.some(({ code }) => code === 'REAUTHENTICATION_REQUIRED')) {
    setAsked(true);
  }

  async function activate(token: string, values: FormData) {
    const data = await run({ input: asks ? { token, password: secret(values, 'password') } : { token } });
    if (data) {
      forgetToken();
      // The session that the link gives takes the place of the one that was here.
      const { session: begun } = data.confirmAccountActivation;
      if (begun) {
        session.start(begun.token);
      }
      setDone({ title: later('links.yourEmailIsConfirmed'), text: begun ? later('links.welcomeAndSignedIn') : later('links.welcomeYourAccountIsActive'), next: begun ? toAccount : toSignIn });
    }
  }
  // Another tab may sign out while this one stands open.
  const now = done && signedIn === null ? { ...done, text: later('links.welcomeYourAccountIsActive'), next: toSignIn } : done;
  return (
    <LinkScreen title={t('common.confirmYourEmail')} intro={t('links.thisConfirmsThatThe')} done={now}>
      {token => (
        <>
          <Form
            problems={problems}
            setProblems={setProblems}
            onSubmit={values => activate(token, values)}
            place={{ INVALID_CREDENTIALS: { field: 'password', text: label => t('links.isNotTheOne', { label }) } }}
            remedy={instead('/', signedIn === null ? 'links.signInYourAccount' : 'links.goToYourAccount')}
            actions={
              <Button type="submit" look="primary" waiting={busy}>
                {busy ? t('common.confirming') : t('links.confirmEmail')}
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
  const { token: signedIn } = session.useSession();
  const { run, busy, problems, setProblems } = useAction(ConfirmEmailChangeDocument);
  const [done, setDone] = useState<Done>();
  async function confirm(token: string, values: FormData) {
    const data = await run({ input: { token, newsletterAgreement: values.get('newsletterAgreement') === 'yes' } });
    if (data) {
      forgetToken();
      setDone({
        title: later('links.yourNewEmailIs'),
        text: later('links.fromNowOnYou', { email: data.confirmEmailChange.email }),
        next: toAccount,
      });
    }
  }
  return (
    <LinkScreen
      title={t('common.confirmYourNewEmail')}
      intro={t('links.theAddressThatGot')}
      done={done && { ...done, next: signedIn === null ? toSignIn : toAccount }}
    >
      {token => (
        <Form
          problems={problems}
          setProblems={setProblems}
          onSubmit={values => confirm(token, values)}
          remedy={instead('/email', signedIn === null ? 'links.askForANew' : 'links.itHasToBe')}
          actions={
            <Button type="submit" look="primary" waiting={busy}>
              {busy ? t('common.confirming') : t('links.confirmNewEmail')}
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
  const { run, busy, problems, setProblems } = useAction(CancelAccountDeletionDocument);
  const [done, setDone] = useState<Done>();
  async function keep(token: string) {
    if (await run({ input: { token } })) {
      forgetToken();
      setDone({ title: later('links.yourAccountStays'), text: later('links.itIsOpenAgain'), next: toSignIn });
    }
  }
  return (
    <LinkScreen title={t('common.keepYourAccount')} intro={t('links.thisCallsTheDeletion')} done={done}>
      {token => (
        <Form
          problems={problems}
          setProblems={setProblems}
          onSubmit={() => keep(token)}
          remedy={instead('/sign-in', 'links.signInAnAccount')}
          actions={
            <Button type="submit" look="primary" waiting={busy}>
              {busy ? t('links.callingItOff') : t('common.keepMyAccount')}
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
  const { run, busy, problems, setProblems } = useAction(SecureAccountDocument);
  const [done, setDone] = useState<Done>();
  async function secure(token: string) {
    const data = await run({ input: { token } });
    if (data) {
      forgetToken();
      const { revokedSessions, changesPausedUntil } = data.secureAccount;
      setDone({
        title: later('links.yourAccountIsSecured'),
        text: () => t('links.yourOldPasswordNo', { sessions: revokedSessions, time: formatTime(changesPausedUntil) }),
        next: () => (
          <>
            {rich('links.noMailAskFor', { link: words => <Link href="/forgot-password">{words}</Link> })}
          </>
        ),
      });
    }
  }
  return (
    <LinkScreen
      title={t('common.thisWasntMe')}
      intro={t('links.everyDeviceIsSigned')}
      done={done}
    >
      {token => (
        <Form
          problems={problems}
          setProblems={setProblems}
          onSubmit={() => secure(token)}
          remedy={instead('/forgot-password', 'links.ifSomebodyMayKnow')}
          actions={
            <Button type="submit" look="danger" waiting={busy}>
              {busy ? t('links.securing') : t('links.secureMyAccount')}
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
  const { run, busy, problems, setProblems } = useAction(UndoEmailChangeDocument);
  const [done, setDone] = useState<Done>();
  async function undo(token: string) {
    const data = await run({ input: { token } });
    if (data) {
      forgetToken();
      setTyped(data.undoEmailChange.email);
      setDone({
        title: later('links.theChangeIsUndone'),
        text: later('links.theEmailOfYour', { email: data.undoEmailChange.email, sessions: data.undoEmailChange.revokedSessions }),
        next: () => (
          <Link href="/forgot-password" className="button primary">
            {t('common.chooseANewPassword')}
          </Link>
        ),
      });
    }
  }
  return (
    <LinkScreen
      title={t('common.undoTheChangeOf')}
      intro={t('links.yourAccountKeepsThe')}
      done={done}
    >
      {token => (
        <Form
          problems={problems}
          setProblems={setProblems}
          onSubmit={() => undo(token)}
          remedy={undone}
          actions={
            <Button type="submit" look="danger" waiting={busy}>
              {busy ? t('links.undoing') : t('links.undoTheChange')}
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
