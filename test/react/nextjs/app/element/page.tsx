'use client';
import '@accountql/react/element';

/** The element in a page that a server renders. */
export default function Element() {
  return <accountql-account url="/graphql" api-key={process.env.NEXT_PUBLIC_ACCOUNTQL_KEY ?? ''} cookies="" />;
}
