import { Link } from 'wouter';
import { Screen } from '../parts/Screen';
import { t } from '../words';

export function NotFound() {
  return (
    <Screen title={t('notFound.thereIsNothingHere')} intro={t('notFound.theAddressMayBe')}>
      <p>
        <Link href="/" className="button primary">
          {t('common.goToYourAccount')}
        </Link>
      </p>
    </Screen>
  );
}
