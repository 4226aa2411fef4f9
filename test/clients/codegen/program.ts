// A program on what graphql-codegen makes of its documents. The compiler reads it; the test runs it.
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { GraphQLClient } from 'graphql-request';
import { graphql } from '../build/codegen/gql/index.js';

const signIn = graphql(`
  mutation CodegenSignIn($input: SignInInput!) {
    signIn(input: $input) {
      session {
        token
      }
    }
  }
`);

const page = graphql(`
  query CodegenPage($first: Int!) {
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

type Headers = Record<string, string>;

/** Signs in and reads the account, sending each document. */
export async function read(url: string, headers: Headers, email: string, password: string) {
  const { signIn: begun } = await new GraphQLClient(url, { headers }).request(signIn, { input: { email, password } });
  const token: string | null | undefined = begun?.session?.token;
  const signedIn = new GraphQLClient(url, { headers: { ...headers, Authorization: `Bearer ${token}` } });
  return (await signedIn.request(page, { first: 1 })).account;
}

/** Does the same, naming each document by the hash that stands in the manifest. */
export async function readByName(url: string, headers: Headers, email: string, password: string) {
  const { signIn: begun } = await ask(url, headers, signIn, { input: { email, password } });
  return (await ask(url, { ...headers, Authorization: `Bearer ${begun?.session?.token}` }, page, { first: 1 })).account;
}

/** The preset writes it beside the document, and not into its type. */
const hash = (document: object) => (document as { __meta__: { hash: string } }).__meta__.hash;

async function ask<Result, Variables>(
  url: string,
  headers: Headers,
  document: TypedDocumentNode<Result, Variables>,
  variables: Variables,
): Promise<Result> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify({ documentId: hash(document), variables }),
  });
  const { data, errors } = (await answer.json()) as { data?: Result; errors?: unknown };
  if (!data) throw new Error(JSON.stringify(errors));
  return data;
}

// What the schema does not have must not compile.
// @ts-expect-error the input has no field "mail"
export const wrongVariables = () => ask('', {}, signIn, { input: { mail: '', password: '' } });
// @ts-expect-error the document does not read the city
export const wrongField = async () => (await ask('', {}, page, { first: 1 })).account.city;
