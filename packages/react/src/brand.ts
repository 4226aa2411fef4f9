import { useConfig } from './config';
import { useSettings } from './hooks/useSettings';

// How the shop presents itself. What AccountQL serves has it in its configuration, from the first moment on; a page that
// another server delivers learns it from the settings.

/** The shop's brand, in the words of SiteSettings.brand. */
export interface Brand {
  name: string;
  logo: { light: string; dark: string } | null;
  links: Record<LinkName, string | null>;
  defaultCountry: string | null;
  defaultLanguage: string | null;
  /** The screens that there are, such as EMAIL. */
  screens: readonly string[];
  /** The picture beside the name where there is no logo. */
  mark?: string;
}

export type LinkName = 'help' | 'imprint' | 'privacy' | 'terms';

/** The brand, or undefined while nobody knows it. */
export function useBrand(): Brand | undefined {
  const known = useConfig().brand;
  const told = useSettings()?.brand;
  return known ?? told;
}

/** Whether the shop has a screen, by its path. What is on no list, such as the overview, is always there. */
export function useHasScreen(): (path: string) => boolean {
  const screens = useBrand()?.screens;
  return path => {
    const name = path.slice(1).toUpperCase();
    return !optional.includes(name) || screens === undefined || screens.includes(name);
  };
}

const optional = ['PROFILE', 'ADDRESSES', 'EMAIL', 'PHONE', 'PASSWORD', 'PASSKEYS', 'AUTHENTICATORS', 'AGREEMENTS', 'SESSIONS', 'ACTIVITY', 'DATA', 'DELETE'];
