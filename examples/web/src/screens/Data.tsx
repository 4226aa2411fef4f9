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
import { useAccount } from '../useAccount';
import { useAction } from '../useAction';

/** Asks for a copy of all data, which a mail announces. */
export function Data() {
  const { data } = useAccount(DataExportAbilityDocument, {});
  const { run, busy, problems, setProblems } = useAction(RequestDataExportDocument);
  const proof = useProof(data?.account.can.requestDataExport, problems);
  const [asked, setAsked] = useState(false);

  async function ask() {
    if (await run({ input: {} })) {
      setAsked(true);
    }
  }

  return (
    <Screen title="Your data" intro="A copy of everything that we store of you: profile, consents, devices, messages and activity.">
      <div role="status">{asked && <Notice kind="good">We’ve sent a mail to {data?.account.email}. Its link downloads the copy, for a day.</Notice>}</div>
      {!asked && (
        <Card>
          <Form
            problems={problems}
            setProblems={setProblems}
            ability={proof.ability}
            onSubmit={() => proof.first(ask)}
            actions={
              <Button type="submit" look="primary" waiting={busy}>
                {busy ? 'Making the copy …' : 'Make a copy'}
              </Button>
            }
          >
            <p>We’ll send you a mail with a link to it.</p>
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
    <Screen title="Download your data" intro="The file holds everything that we store of you, as JSON. Keep it where nobody else reads it.">
      <Card>
        <Form
          problems={problems}
          setProblems={setProblems}
          onSubmit={values => download(text(values, 'token') ?? '')}
          remedy={({ code }) => code === 'TOKEN_INVALID' && <Link href="/data">Ask for a new copy</Link>}
          actions={
            <Button type="submit" look="primary" waiting={busy}>
              {busy ? 'Downloading …' : 'Download'}
            </Button>
          }
        >
          <Field
            name="token"
            label="Code from the mail"
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
