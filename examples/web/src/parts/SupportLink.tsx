import { useSettings } from '../useSettings';

/** "our support", with its address where there is one: a mail address or a page. */
export function SupportLink() {
  const support = useSettings()?.supportContact ?? '';
  if (support === '') {
    return <>our support</>;
  }
  const link = /^https?:\/\//.test(support) ? support : /^[^\s/]+@[^\s/]+$/.test(support) ? `mailto:${support}` : undefined;
  return <>our support: {link === undefined ? support : <a href={link}>{support}</a>}</>;
}
