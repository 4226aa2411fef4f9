import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useConfig } from '../config';
import { RegisterDocument, SignInDocument, type RegisterAccountInput } from '../gql/graphql';
import { Button } from '../parts/Button';
import { Field, Tick } from '../parts/Field';
import { Form, secret, text } from '../parts/Form';
import { PolicyField, policyInput } from '../parts/PolicyField';
import { PasswordField } from '../parts/PasswordField';
import { SendActivationAgain } from '../parts/SendActivationAgain';
import { Notice, Screen } from '../parts/Screen';
import { accepted, TermsToRegister } from '../parts/Terms';
import * as session from '../session';
import { useTypedAddress } from '../typed';
import { useAction } from '../hooks/useAction';
import { useSettings } from '../hooks/useSettings';
import { rich, t } from '../words';

export function Register() {
  const { run, busy, problems, setProblems } = useAction(RegisterDocument);
  const signIn = useAction(SignInDocument, { repeatable: true });
  const address = useTypedAddress();
  const [, navigate] = useLocation();
  const [sentTo, setSentTo] = useState<string>();
  const [firstName, setFirstName] = useState('');
  const settings = useSettings();
  const policies = settings?.fields ?? [];
  const terms = settings?.terms ?? [];
  const nameOf = policies.find(({ field }) => field === 'firstName');
  const asksName = nameOf?.access === 'WRITE' || nameOf?.access === 'ONCE';
  const required = policies.filter(({ required, field }) => required && field !== 'firstName');

  async function register(values: FormData) {
    const email = text(values, 'email') ?? '';
    const password = secret(values, 'password');
    const newsletter = values.get('newsletter') === 'yes';
    const name = asksName && firstName.trim() !== '' ? { firstName: firstName.trim() } : {};
    const agreed = terms.filter(({ required }) => required);
    const accepts = agreed.length === 0 ? {} : { terms: accepted(agreed) };
    const input = { email, password, ...name, ...policyInput(required, values), ...accepts, agreements: { email: newsletter } };
    if (!(await run({ input: input as RegisterAccountInput }))) {
      return;
    }
    // The answer never tells whether the address had an account already. Whether the new password
    // opens it does: then one is signed in, and else the mail says how to go on.
    const signedIn = await signIn.run({ input: { email, password } });
    if (signedIn) {
      navigate('/', { replace: true });
      session.start(signedIn.signIn.session.token);
    } else {
      setSentTo(email);
    }
  }

  if (sentTo !== undefined) {
    return <CheckYourMail email={sentTo} />;
  }
  if (settings?.registration === 'CLOSED') {
    return (
      <Screen title={t('common.createAnAccount')} back={false}>
        <Notice>{t('register.newAccountsCantBe')}</Notice>
        <p className="other">
          {rich('register.haveAnAccountAlready', { link: words => <Link href="/sign-in">{words}</Link> })}
        </p>
      </Screen>
    );
  }
  return (
    <Screen title={t('common.createAnAccount')} back={false}>
      <Form
        problems={problems}
        setProblems={setProblems}
        onSubmit={register}
        actions={
          <Button type="submit" look="primary" waiting={busy || signIn.busy}>
            {busy || signIn.busy ? t('register.creating') : t('register.createAccount')}
          </Button>
        }
      >
        <Field
          name="firstName"
          label={t('common.firstName')}
          hint={nameOf?.required === true ? undefined : t('register.optional')}
          autoComplete="given-name"
          required={nameOf?.required === true}
          hidden={settings !== undefined && !asksName}
          value={firstName}
          onChange={event => setFirstName(event.target.value)}
        />
        <Field {...address} name="email" label={t('common.email')} type="email" autoComplete="username" autoCapitalize="none" spellCheck={false} required />
        <PasswordField name="password" label="password" autoComplete="new-password" known={[firstName, address.value].filter(Boolean)} />
        {required.map(policy => (
          <PolicyField key={policy.field} policy={policy} />
        ))}
        <TermsToRegister documents={terms} />
        <Tick name="newsletter">{t('register.sendMeTheNewsletter')}</Tick>
      </Form>
      <p className="other">
        {rich('register.haveAnAccountAlready', { link: words => <Link href="/sign-in">{words}</Link> })}
      </p>
    </Screen>
  );
}

function CheckYourMail({ email }: { email: string }) {
  const { inbox } = useConfig();
  return (
    <Screen title={t('common.checkYourMail')} back={false}>
      <Notice kind="good">
        <p>
          {rich('register.weWriteToHow', { email, strong: words => <strong dir="auto">{words}</strong> })}
        </p>
        <p>{t('common.nothingThereAfterA')}</p>
        {inbox !== undefined && (
          <p>
            <a href={inbox} target="_blank" rel="noopener">
              {t('common.openTheInbox')}
            </a>
          </p>
        )}
      </Notice>
      <SendActivationAgain email={email} />
      <p className="other">
        <Link href="/sign-in">{t('register.goToTheSignin')}</Link>
      </p>
    </Screen>
  );
}
