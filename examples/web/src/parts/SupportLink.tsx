import { useConfig } from '../config';

/** "our support", with its address where there is one: --support-contact is a mail address or a page. */
export function SupportLink() {
  const { support } = useConfig();
  if (support === undefined || support === '') {
    return <>our support</>;
  }
  const link = /^https?:\/\//.test(support) ? support : /^[^\s/]+@[^\s/]+$/.test(support) ? `mailto:${support}` : undefined;
  return <>our support: {link === undefined ? support : <a href={link}>{support}</a>}</>;
}
