import { createRoot } from 'react-dom/client';
import { gql } from '@urql/core';
import { AccountProvider, useAccountQuery, useAction, useSessions, useSignIn } from '@accountql/react';
import { connection } from './connection';

// The shop's own documents, which are in no manifest. Without the package "graphql", which codegen brings, a document has no type by itself.
const since = gql('query Since { account { id createdAt } }');
const company = gql('mutation Company($input: UpdateAccountInput!) { updateAccount(input: $input) { account { id company } } }');

interface Since { account: { createdAt: string } }
interface Company { updateAccount: { account: { company: string } } }

function Account() {
  const { signIn } = useSignIn();
  const { sessions } = useSessions();
  const { data, error } = useAccountQuery<Since, object>(since, {});
  const { run, problems } = useAction<Company, { input: { company: string } }>(company);
  return (
    <>
      <button onClick={() => signIn.run({ email: 'demo@example.com', password: 'correct horse battery staple' })}>Sign in</button>
      <button onClick={() => run({ input: { company: 'Nordlicht' } }).then(data => data && document.querySelector('output')!.append(data.updateAccount.account.company))}>Name the company</button>
      <p>{`${sessions?.length ?? 'no'} sessions, since ${data?.account.createdAt ?? 'nobody knows when'}`}</p>
      {error && <p role="alert">{error.message}</p>}
      {problems.map(({ code }) => (
        <p key={code} role="alert">{`problem: ${code}`}</p>
      ))}
      <output />
    </>
  );
}

createRoot(document.getElementById('root')!).render(
  <AccountProvider url={connection.url} apiKey={connection.apiKey} trustedDocuments>
    <Account />
  </AccountProvider>,
);
