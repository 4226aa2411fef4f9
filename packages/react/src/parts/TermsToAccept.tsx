import type { TermsFlow } from '../hooks/useTerms';
import { Button } from './Button';
import { Form } from './Form';
import { Notice } from './Screen';
import { TermsTicks } from './Terms';
import { t } from '../words';

/** Asks for the terms that the customer has to accept before something of the account can be changed. */
export function TermsToAccept({ documents, accept }: TermsFlow) {
  if (documents.length === 0) {
    return null;
  }
  return (
    <Notice kind="warn">
      <p>{t('terms.pleaseReadAndAccept')}</p>
      <Form
        problems={accept.problems}
        setProblems={accept.setProblems}
        onSubmit={accept.run}
        actions={
          <Button type="submit" look="primary" waiting={accept.busy}>
            {accept.busy ? t('terms.accepting') : t('terms.accept')}
          </Button>
        }
      >
        <TermsTicks documents={documents} />
      </Form>
    </Notice>
  );
}
