import type { IdentitiesFlow } from '../hooks/useIdentities';
import { Button } from './Button';
import { Form } from './Form';
import { ProofQuestion } from './Proof';
import { t } from '../words';

/** A button for each service that can be linked; nothing where there is none. */
export function LinkProviders({ linkable, startLink }: Pick<IdentitiesFlow, 'linkable' | 'startLink'>) {
  const { run, busy, problems, setProblems, ability, question } = startLink;
  if (linkable.length === 0) {
    return null;
  }
  return (
    <>
      <Form
        problems={problems}
        setProblems={setProblems}
        ability={ability}
        onSubmit={() => {}}
        actions={linkable.map(provider => (
          <Button key={provider.issuer} waiting={busy} onClick={() => run(provider)}>
            {t('password.link', { provider: provider.page.name })}
          </Button>
        ))}
      />
      <ProofQuestion question={question} />
    </>
  );
}
