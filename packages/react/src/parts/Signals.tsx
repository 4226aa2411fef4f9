import { useEffect } from 'react';
import { followAccount } from '../languages';
import { useAccountSignals } from '../hooks/useAccountSignals';

/**
 * What goes by the account after the sign-in and after each change, whatever the screen: the language of the page, and
 * the passkeys that the browser is told of, so that it offers no others.
 */
export function Signals() {
  const { language } = useAccountSignals();

  useEffect(() => {
    if (language !== undefined) {
      // Where its messages can't be loaded, the page goes on in the language that it has.
      followAccount(language).catch(() => {});
    }
  }, [language]);

  return null;
}
