import { useState } from 'react';
import { Button } from '../parts/Button';
import { Tick } from '../parts/Field';
import { Form, secret } from '../parts/Form';
import { PasswordField } from '../parts/PasswordField';
import { secondFactor } from '../parts/SecondFactor';
import { Question } from '../parts/Question';
import { Card, Screen } from '../parts/Screen';
import { useDeletion } from '../hooks/useDeletion';
import { later, rich, t } from '../words';

export function Delete() {
  const { email, ability, byPasskey, second: choice, remove } = useDeletion();
  // What the form holds, while the question is asked.
  const [asking, setAsking] = useState<FormData>();
  const second = secondFactor(choice);

  function go(values: FormData) {
    setAsking(undefined);
    remove.run(byPasskey ? {} : { password: secret(values, 'password'), ...second.of(values) });
  }

  return (
    <Screen title={t('common.deleteAccount')} intro={t('delete.thisClosesYourAccount')}>
      <Card>
        <ul className="plain">
          <li>{t('delete.yourProfileYourAgreements')}</li>
          <li>{t('delete.everyDeviceIsSigned')}</li>
          <li>{t('delete.afterwardsYourEmailAnd')}</li>
        </ul>
        <Form
          problems={remove.problems}
          setProblems={remove.setProblems}
          ability={ability}
          onSubmit={setAsking}
          place={byPasskey ? {} : { INVALID_CREDENTIALS: { field: 'password', text: later('common.thisIsntYourCurrent') }, ...second.place }}
          actions={
            <Button type="submit" look="danger" waiting={remove.busy}>
              {remove.busy ? t('delete.deleting') : t('common.deleteAccount')}
            </Button>
          }
        >
          {byPasskey ? <p>{t('delete.yourBrowserWillAsk')}</p> : <PasswordField name="password" label="current" autoComplete="current-password" />}
          {second.fields}
          <Tick name="sure" required>
            {t('delete.iWantToDelete')}
          </Tick>
        </Form>
      </Card>
      {asking !== undefined && (
        <Question
          title={t('delete.deleteYourAccount')}
          stay={t('common.keepMyAccount')}
          go={t('delete.yesDeleteIt')}
          onStay={() => setAsking(undefined)}
          onGo={() => go(asking)}
        >
          <p>
            {email === undefined ? t('delete.yourAccountWillBe') : rich('delete.theAccountWillBe', { email, strong: words => <strong dir="auto">{words}</strong> })}
          </p>
        </Question>
      )}
    </Screen>
  );
}
