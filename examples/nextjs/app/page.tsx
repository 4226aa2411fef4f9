import { redirect } from 'next/navigation';
import { read } from './accountql';
import { signOut } from './actions';

type Page = {
  account: {
    firstName: string | null;
    email: string;
    activity: { edges: { node: { at: string; description: string; ip: string | null } }[] };
  };
};

/** The customer's account, rendered here with their cookie; the browser gets HTML. */
export default async function AccountPage() {
  const { data, errors } = await read<Page>(`query AccountPage {
    account {
      firstName
      email
      activity(first: 5) {
        edges {
          node {
            at
            description
            ip
          }
        }
      }
    }
  }`);
  if (errors?.[0]?.extensions.code === 'UNAUTHENTICATED') {
    redirect('/sign-in');
  }
  if (!data) {
    throw new Error(`AccountQL: ${errors?.[0]?.message}`);
  }

  const { firstName, email, activity } = data.account;
  return (
    <>
      <h1>Hello, {firstName ?? email}</h1>
      <p>You are signed in as {email}.</p>
      <ul>
        {activity.edges.map(({ node: { at, description, ip } }) => (
          <li key={at}>
            {description}, {new Date(at).toUTCString()}, {ip ?? 'unknown'}
          </li>
        ))}
      </ul>
      <form action={signOut}>
        <button>Sign out</button>
      </form>
    </>
  );
}
