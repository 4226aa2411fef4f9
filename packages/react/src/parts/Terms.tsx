import { AcceptTermsDocument, type TermsDocumentFragment } from '../gql/graphql';
import { language } from '../languages';
import { useAction } from '../hooks/useAction';
import { Button } from './Button';
import { Tick } from './Field';
import { Form } from './Form';
import { Notice } from './Screen';
import { rich, t } from '../words';

/** Asks for the terms that the customer has to accept before something of the account can be changed. */
export function TermsToAccept({ documents }: { documents: TermsDocumentFragment[] }) {
  const { run, busy, problems, setProblems } = useAction(AcceptTermsDocument, { repeatable: true, onScreen: true });
  if (documents.length === 0) {
    return null;
  }
  return (
    <Notice kind="warn">
      <p>{t('terms.pleaseReadAndAccept')}</p>
      <Form
        problems={problems}
        setProblems={setProblems}
        onSubmit={() => run({ input: { terms: accepted(documents) } })}
        actions={
          <Button type="submit" look="primary" waiting={busy}>
            {busy ? t('terms.accepting') : t('terms.accept')}
          </Button>
        }
      >
        <TermsTicks documents={documents} />
      </Form>
    </Notice>
  );
}

/** The documents as a new customer sees them: a box for what must be accepted, and links to the rest. */
export function TermsToRegister({ documents }: { documents: TermsDocumentFragment[] }) {
  const others = documents.flatMap(({ required, current }) => (required || !current ? [] : (inLanguage(current.texts) ?? [])));
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
  return documents.map(({ id, current }) => {
    const text = current && inLanguage(current.texts);
    return (
      text && (
        <Tick key={id} name={`terms-${id}`} required>
          {rich('terms.iHaveReadAnd', { title: text.title, link: words => <a href={text.url} target="_blank" rel="noopener">{words}</a> })}
        </Tick>
      )
    );
  });
}

/** What is sent of the documents whose boxes are ticked. */
export function accepted(documents: TermsDocumentFragment[]): { id: string; version: string }[] {
  return documents.flatMap(({ id, current }) => (current ? [{ id, version: current.version }] : []));
}

type Text = NonNullable<TermsDocumentFragment['current']>['texts'][number];

/** The text in the page's language, or in the first of the browser's languages that there is, or in the shop's own. */
function inLanguage(texts: Text[]): Text | undefined {
  const base = (tag: string) => tag.split('-')[0];
  return [language(), ...navigator.languages].flatMap(wanted => texts.find(({ language }) => base(language) === base(wanted)) ?? [])[0] ?? texts[0];
}
