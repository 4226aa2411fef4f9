// A program in gql.tada and urql. The compiler reads it; the test runs it.
import { Client, fetchExchange } from '@urql/core';
import { graphql } from './graphql.js';

const signIn = graphql(`
  mutation TadaSignIn($input: SignInInput!) {
    signIn(input: $input) {
      session {
        token
      }
    }
  }
`);

const page = graphql(`
  query TadaPage($first: Int!) {
    account {
      email
      emailVerified
      activity(first: $first) {
        edges {
          node {
            at
            outcome
          }
        }
      }
    }
  }
`);

// The names that stand in the manifest are one's own.
const named = {
  signIn: graphql.persisted<typeof signIn>('shop-sign-in'),
  page: graphql.persisted<typeof page>('shop-page'),
};

type Headers = Record<string, string>;

const client = (url: string, headers: Headers) =>
  new Client({ url, exchanges: [fetchExchange], preferGetMethod: false, fetchOptions: { headers } });

/** Signs in and reads the account, sending each document or naming it. */
export async function read(url: string, headers: Headers, email: string, password: string, documents = { signIn, page }) {
  const begun = await client(url, headers).mutation(documents.signIn, { input: { email, password } });
  const token: string | null | undefined = begun.data?.signIn?.session?.token;
  if (!token) throw begun.error ?? new Error('no token');

  const { data, error } = await client(url, { ...headers, Authorization: `Bearer ${token}` }).query(documents.page, { first: 1 });
  const address: string | null | undefined = data?.account.email;
  if (!address) throw error ?? new Error('no address');
  return data?.account;
}

export const readByName = (url: string, headers: Headers, email: string, password: string) =>
  read(url, headers, email, password, named);

// What the schema does not have must not compile.
// @ts-expect-error the input has no field "mail"
export const wrongVariables = () => client('', {}).mutation(signIn, { input: { mail: '', password: '' } });
// @ts-expect-error the document does not read the city
export const wrongField = async () => (await client('', {}).query(page, { first: 1 })).data?.account.city;
