import type { TermsDocumentFragment } from './gql/graphql';
import { language } from './languages';

/** What is read of one document: its title and address, and the tag of the language that it is written in. */
export type TermsText = NonNullable<TermsDocumentFragment['current']>['texts'][number];

/** What is sent of documents that are accepted. */
export function accepted(documents: TermsDocumentFragment[]): { id: string; version: string }[] {
  return documents.flatMap(({ id, current }) => (current ? [{ id, version: current.version }] : []));
}

/**
 * The text of a document in the page's language, or in the first of the browser's languages that there is, or in the
 * shop's own; undefined where no version of the document is in force.
 */
export function termsText({ current }: TermsDocumentFragment): TermsText | undefined {
  const base = (tag: string) => tag.split('-')[0];
  const texts = current?.texts ?? [];
  return [language(), ...navigator.languages].flatMap(wanted => texts.find(({ language }) => base(language) === base(wanted)) ?? [])[0] ?? texts[0];
}
