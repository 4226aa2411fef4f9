import { AccountProvider } from '@accountql/react';
import { AccountArea } from '@accountql/react/components';

export default function Account() {
  return (
    <AccountProvider url="/graphql" apiKey={process.env.NEXT_PUBLIC_ACCOUNTQL_KEY ?? ''} cookies base="/konto">
      <AccountArea />
    </AccountProvider>
  );
}
