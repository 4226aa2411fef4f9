import { useSettings } from '../hooks/useSettings';
import { rich, t } from '../words';

/** "our support", with its address where there is one: a mail address or a page. */
export function SupportLink() {
  const support = useSettings()?.supportContact ?? '';
  if (support === '') {
    return <>{t('supportLink.ourSupport')}</>;
  }
  const link = /^https?:\/\//.test(support) ? support : /^[^\s/]+@[^\s/]+$/.test(support) ? `mailto:${support}` : undefined;
  return rich('supportLink.ourSupportAt', { support: link === undefined ? support : <a href={link}>{support}</a>, at: words => <bdi>{words}</bdi> });
}
