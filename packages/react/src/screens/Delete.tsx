import { useState } from 'react';
import { DeleteAccountDocument, DeletionDocument } from '../gql/graphql';
import { Button } from '../parts/Button';
import { Tick } from '../parts/Field';
import { Form, secret } from '../parts/Form';
import { PasswordField } from '../parts/PasswordField';
import { useSecondFactor } from '../parts/SecondFactor';
import { Question } from '../parts/Question';
import { Card, Screen } from '../parts/Screen';
import { supported } from '../passkeys';
import * as session from '../session';
import { useAccountQuery } from '../hooks/useAccountQuery';
import { useAction } from '../hooks/useAction';
import { passkeyProblem, usePasskeyProof } from '../hooks/usePasskeyProof';
import { later, rich, t } from '../words';

export function Delete() {
  const { data } = useAccountQuery(DeletionDocument, {});
  const { run, busy, problems, setProblems } = useAction(DeleteAccountDocument);
  const passkey = usePasskeyProof('deleteAccount');
  // What the form holds, while the question is asked.
  const [asking, setAsking] = useState<FormData>();
  const factors = data?.account.can.deleteAccount.factors ?? [];
  const byPasskey = supported && factors.includes('PASSKEY') && !factors.includes('PASSWORD');
  const second = useSecondFactor(!byPasskey && (data?.account.can.deleteAccount.secondFactorNeeded ?? false), problems);

  async function deleteAccount(values: FormData) {
    setAsking(undefined);
    const answer = byPasskey ? await passkey.ask() : secret(values, 'password');
    if (answer === undefined) {
      return;
    }
    const data = await run({
      input: typeof answer === 'string' ? { clientAuthFactor: answer, identityProvider: 'SYNERISE', ...second.of(values) } : { clientAuthFactor: JSON.stringify(answer), identityProvider: 'PASSKEY' },
    });
    if (data) {
      session.end(data.deleteAccount.deletion === null ? 'deleted' : 'closed');
    }
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
          problems={byPasskey ? [...passkey.problems, ...problems.map(passkeyProblem)] : problems}
          setProblems={setProblems}
          ability={data?.account.can.deleteAccount}
          onSubmit={setAsking}
          place={byPasskey ? {} : { INVALID_CREDENTIALS: { field: 'password', text: later('common.thisIsntYourCurrent') }, ...second.place }}
          actions={
            <Button type="submit" look="danger" waiting={busy || passkey.busy}>
              {busy ? t('delete.deleting') : t('common.deleteAccount')}
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
          onGo={() => deleteAccount(asking)}
        >
          <p>
            {data === undefined || data.account.emailDisplaced
              ? t('delete.yourAccountWillBe')
              : rich('delete.theAccountWillBe', { email: data.account.email, strong: words => <strong dir="auto">{words}</strong> })}
          </p>
        </Question>
      )}
    </Screen>
  );
}
