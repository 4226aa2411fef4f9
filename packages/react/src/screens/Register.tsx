import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useConfig } from '../config';
import type { RegisterAccountInput } from '../gql/graphql';
import { Button } from '../parts/Button';
import { Field, Tick } from '../parts/Field';
import { Form, secret, text } from '../parts/Form';
import { PolicyField, policyInput } from '../parts/PolicyField';
import { PasswordField } from '../parts/PasswordField';
import { ProviderButtons } from '../parts/ProviderButtons';
import { SendActivationAgain } from '../parts/SendActivationAgain';
import { Notice, Screen } from '../parts/Screen';
import { accepted, TermsToRegister } from '../parts/Terms';
import { useTypedAddress } from '../typed';
import { useRegistration } from '../hooks/useRegistration';
import { rich, t } from '../words';

export function Register() {
  const [, navigate] = useLocation();
  const { open, firstName: policy, required, terms, register, sentTo } = useRegistration({ onSignedIn: () => navigate('/', { replace: true }) });
  const address = useTypedAddress();
  const [firstName, setFirstName] = useState('');

  function submit(values: FormData) {
    const name = policy && firstName.trim() !== '' ? { firstName: firstName.trim() } : {};
    const agreed = terms.filter(({ required }) => required);
    const accepts = agreed.length === 0 ? {} : { terms: accepted(agreed) };
    const agreements = { email: values.get('newsletter') === 'yes' };
    const who = { email: text(values, 'email') ?? '', password: secret(values, 'password') };
    register.run({ ...who, ...name, ...policyInput(required, values), ...accepts, agreements } as RegisterAccountInput);
  }

  if (sentTo !== undefined) {
    return <CheckYourMail email={sentTo} />;
  }
  if (open === false) {
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
        problems={register.problems}
        setProblems={register.setProblems}
        onSubmit={submit}
        actions={
          <Button type="submit" look="primary" waiting={register.busy}>
            {register.busy ? t('register.creating') : t('register.createAccount')}
          </Button>
        }
      >
        <Field
          name="firstName"
          label={t('common.firstName')}
          hint={policy?.required === true ? undefined : t('register.optional')}
          autoComplete="given-name"
          required={policy?.required === true}
          hidden={open !== undefined && !policy}
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
      <ProviderButtons loginHint={address.value} />
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
