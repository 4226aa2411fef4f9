import { language } from './languages';

interface Named {
  firstName: string | null;
  lastName: string | null;
  displayName: string | null;
}

/** Whether the family's name stands first in the page's language. */
const familyFirst = () => ['ja', 'ko', 'zh', 'hu', 'vi'].includes(language());

/** What is about the first name and about the last one, in the order of the page's language. */
export const inOrder = <Part>(first: Part, last: Part): Part[] => (familyFirst() ? [last, first] : [first, last]);

/** What a customer is called, or an empty text. */
export function nameOf({ firstName, lastName, displayName }: Named): string {
  return inOrder(firstName, lastName).filter(Boolean).join(' ') || displayName || '';
}

/** What a customer is greeted by: the first name, and where the family's stands first all of it. */
export function greetingOf(account: Named): string {
  return familyFirst() ? nameOf(account) : (account.firstName ?? nameOf(account));
}
