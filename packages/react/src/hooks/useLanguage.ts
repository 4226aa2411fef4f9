import { useClient } from 'urql';
import { UpdateProfileDocument } from '../gql/graphql';
import { choose } from '../languages';

/**
 * Returns how to choose the page's language (`language` and `languages` of ../languages tell which it is, and which there
 * are): for this browser and, of somebody who is signed in, for the account, whose mails follow. Resolves to whether that
 * is saved; rejects, and nothing changed, where the language's messages can't be loaded.
 */
export function useLanguage(account: boolean): (code: string) => Promise<boolean> {
  const client = useClient();
  return async code => {
    await choose(code);
    return !account || !(await client.mutation(UpdateProfileDocument, { input: { language: code } })).error;
  };
}
