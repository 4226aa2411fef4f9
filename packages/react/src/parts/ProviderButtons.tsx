import { useProviderRedirect } from '../hooks/useProviderRedirect';
import { Button } from './Button';
import { Problems } from './Problems';
import { t } from '../words';

/** A button for each service with a page of its own, below a line that says "or"; nothing where there is none. */
export function ProviderButtons({ loginHint }: { loginHint: string }) {
  const { providers, start } = useProviderRedirect();
  if (providers.length === 0) {
    return null;
  }
  return (
    <div className="providers">
      <p className="or">{t('common.or')}</p>
      <Problems problems={start.problems} />
      {providers.map(provider => (
        <Button key={provider.issuer} waiting={start.busy} onClick={() => start.run(provider, undefined, { loginHint })}>
          {t('common.continueWith', { provider: provider.page.name })}
        </Button>
      ))}
    </div>
  );
}
