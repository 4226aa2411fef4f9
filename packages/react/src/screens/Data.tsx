import { useState } from 'react';
import { Link } from 'wouter';
import { useClient } from 'urql';
import { problemsOf, type Problem } from '../errors';
import { DataExportAbilityDocument, DataExportDocument, RequestDataExportDocument } from '../gql/graphql';
import { Button } from '../parts/Button';
import { Field } from '../parts/Field';
import { Form, text } from '../parts/Form';
import { useProof } from '../parts/Proof';
import { Card, Notice, Screen } from '../parts/Screen';
import { save } from '../save';
import { useAccountQuery } from '../hooks/useAccountQuery';
import { useAction } from '../hooks/useAction';
import { rich, t } from '../words';

/** Asks for a copy of all data, which a mail announces. */
export function Data() {
  const { data } = useAccountQuery(DataExportAbilityDocument, {});
  const { run, busy, problems, setProblems } = useAction(RequestDataExportDocument);
  const proof = useProof(data?.account.can.requestDataExport, problems);
  const [asked, setAsked] = useState(false);

  async function ask() {
    if (await run({ input: {} })) {
      setAsked(true);
    }
  }

  return (
    <Screen title={t('common.yourData')} intro={t('data.aCopyOfEverything')}>
      <div role="status">{asked && <Notice kind="good">{rich('data.weveSentAMail', { email: data?.account.email, strong: words => <bdi>{words}</bdi> })}</Notice>}</div>
      {!asked && (
        <Card>
          <Form
            problems={problems}
            setProblems={setProblems}
            ability={proof.ability}
            onSubmit={() => proof.first(ask)}
            actions={
              <Button type="submit" look="primary" waiting={busy}>
                {busy ? t('data.makingTheCopy') : t('data.makeACopy')}
              </Button>
            }
          >
            <p>{t('data.wellSendYouA')}</p>
          </Form>
          {proof.question}
        </Card>
      )}
    </Screen>
  );
}

/** Where the mail leads: only who is signed in to the account can read the copy. */
export function DownloadData() {
  const client = useClient();
  const [problems, setProblems] = useState<Problem[]>([]);
  const [busy, setBusy] = useState(false);

  async function download(token: string) {
    setBusy(true);
    const { data, error } = await client.query(DataExportDocument, { token }, { requestPolicy: 'network-only' });
    setBusy(false);
    setProblems(error ? problemsOf(error, false) : []);
    if (data) {
      save('my-data.json', 'application/json', JSON.stringify(data.dataExport.document, null, 2));
    }
  }

  return (
    <Screen title={t('common.downloadYourData')} intro={t('data.theFileHoldsEverything')}>
      <Card>
        <Form
          problems={problems}
          setProblems={setProblems}
          onSubmit={values => download(text(values, 'token') ?? '')}
          remedy={({ code }) => code === 'TOKEN_INVALID' && <Link href="/data">{t('data.askForANew')}</Link>}
          actions={
            <Button type="submit" look="primary" waiting={busy}>
              {busy ? t('data.downloading') : t('common.download')}
            </Button>
          }
        >
          <Field
            name="token"
            label={t('data.codeFromTheMail')}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            required
            defaultValue={new URLSearchParams(location.hash.slice(1)).get('token') ?? ''}
          />
        </Form>
      </Card>
    </Screen>
  );
}
