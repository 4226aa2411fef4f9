import { useLanguage } from '../hooks/useLanguage';
import { language, languages } from '../languages';
import { t } from '../words';
import { useToast } from './Toast';

/** Chooses the page's language, for this browser and, of somebody who is signed in, for the account: its mails follow. */
export function LanguageSwitch({ account }: { account: boolean }) {
  const choose = useLanguage(account);
  const toast = useToast();

  async function change(code: string) {
    try {
      if (!(await choose(code))) {
        toast(t('language.notSaved'));
      }
    } catch {
      toast(t('outline.failed'));
    }
  }

  return (
    <select className="language" aria-label={t('language.label')} value={language()} onChange={({ target }) => change(target.value)}>
      {Object.entries(languages).map(([code, { name, machine }]) => (
        <option key={code} value={code} lang={code}>
          {machine ? t('language.machine', { name }) : name}
        </option>
      ))}
    </select>
  );
}
