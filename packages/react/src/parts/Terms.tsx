import type { TermsDocumentFragment } from '../gql/graphql';
import { termsText } from '../terms';
import { Tick } from './Field';
import { rich } from '../words';

export { accepted } from '../terms';

/** The documents as a new customer sees them: a box for what must be accepted, and links to the rest. */
export function TermsToRegister({ documents }: { documents: TermsDocumentFragment[] }) {
  const others = documents.flatMap(document => (document.required ? [] : (termsText(document) ?? [])));
  return (
    <>
      <TermsTicks documents={documents.filter(({ required }) => required)} />
      {others.length > 0 && (
        <p className="links">
          {others.map(({ url, title }) => (
            <a key={url} href={url} target="_blank" rel="noopener">
              {title}
            </a>
          ))}
        </p>
      )}
    </>
  );
}

/** A box for each document, beside the link to its text. */
export function TermsTicks({ documents }: { documents: TermsDocumentFragment[] }) {
  return documents.map(document => {
    const text = termsText(document);
    return (
      text && (
        <Tick key={document.id} name={`terms-${document.id}`} required>
          {rich('terms.iHaveReadAnd', { title: text.title, link: words => <a href={text.url} target="_blank" rel="noopener">{words}</a> })}
        </Tick>
      )
    );
  });
}
