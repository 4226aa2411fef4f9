import { Link } from 'wouter';
import { useConfig } from '../config';
import { Button } from '../parts/Button';
import { Field } from '../parts/Field';
import { Form, text } from '../parts/Form';
import { Notice, Screen } from '../parts/Screen';
import { useTypedAddress } from '../typed';
import { usePasswordResetRequest } from '../hooks/usePasswordResetRequest';
import { rich, t } from '../words';

export function ForgotPassword() {
  const { inbox } = useConfig();
  const { request, sentTo } = usePasswordResetRequest();
  const address = useTypedAddress();

  if (sentTo !== undefined) {
    return (
      <Screen title={t('common.checkYourMail')} back={false}>
        <Notice kind="good">
          <p>
            {rich('forgotPassword.ifThereIsAn', { sentTo, strong: words => <strong dir="auto">{words}</strong> })}
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
        <p className="other">
          <Link href="/sign-in">{t('common.backToTheSignin')}</Link>
        </p>
      </Screen>
    );
  }
  return (
    <Screen title={t('common.forgotYourPassword')} back={false} intro={t('forgotPassword.tellUsYourEmail')}>
      <Form
        problems={request.problems}
        setProblems={request.setProblems}
        onSubmit={values => request.run({ email: text(values, 'email') ?? '' })}
        actions={
          <Button type="submit" look="primary" waiting={request.busy}>
            {request.busy ? t('common.sending') : t('common.sendTheLink')}
          </Button>
        }
      >
        <Field {...address} name="email" label={t('common.email')} type="email" autoComplete="username" autoCapitalize="none" spellCheck={false} required />
      </Form>
      <p className="other">
        <Link href="/sign-in">{t('common.backToTheSignin')}</Link>
      </p>
    </Screen>
  );
}
