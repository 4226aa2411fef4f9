import { Link } from 'wouter';
import { Button } from '../parts/Button';
import { Field } from '../parts/Field';
import { Form, text } from '../parts/Form';
import { ProofQuestion } from '../parts/Proof';
import { Card, Notice, Screen } from '../parts/Screen';
import { save } from '../save';
import { useDataDownload, useDataExport } from '../hooks/useDataExport';
import { rich, t } from '../words';

/** Asks for a copy of all data, which a mail announces. */
export function Data() {
  const { email, request, requested } = useDataExport();
  return (
    <Screen title={t('common.yourData')} intro={t('data.aCopyOfEverything')}>
      <div role="status">{requested && <Notice kind="good">{rich('data.weveSentAMail', { email, strong: words => <bdi>{words}</bdi> })}</Notice>}</div>
      {!requested && (
        <Card>
          <Form
            problems={request.problems}
            setProblems={request.setProblems}
            ability={request.ability}
            onSubmit={() => request.run()}
            actions={
              <Button type="submit" look="primary" waiting={request.busy}>
                {request.busy ? t('data.makingTheCopy') : t('data.makeACopy')}
              </Button>
            }
          >
            <p>{t('data.wellSendYouA')}</p>
          </Form>
          <ProofQuestion question={request.question} />
        </Card>
      )}
    </Screen>
  );
}

/** Where the mail leads: only who is signed in to the account can read the copy. */
export function DownloadData() {
  const { download } = useDataDownload();

  async function submit(token: string) {
    const copy = await download.run(token);
    if (copy) {
      save('my-data.json', 'application/json', JSON.stringify(copy.document, null, 2));
    }
  }

  return (
    <Screen title={t('common.downloadYourData')} intro={t('data.theFileHoldsEverything')}>
      <Card>
        <Form
          problems={download.problems}
          setProblems={download.setProblems}
          onSubmit={values => submit(text(values, 'token') ?? '')}
          remedy={({ code }) => code === 'TOKEN_INVALID' && <Link href="/data">{t('data.askForANew')}</Link>}
          actions={
            <Button type="submit" look="primary" waiting={download.busy}>
              {download.busy ? t('data.downloading') : t('common.download')}
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
