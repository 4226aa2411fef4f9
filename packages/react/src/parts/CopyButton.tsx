import { useToast } from './Toast';
import { Button } from './Button';
import { t } from '../words';

/** Copies a text; where the browser doesn't let it, says how else. */
export function CopyButton({ text, copied, children }: { text: string; copied: string; children: string }) {
  const toast = useToast();

  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      toast(copied);
    } catch {
      toast(t('copyButton.yourBrowserDoesntLet'));
    }
  }

  return <Button onClick={copy}>{children}</Button>;
}
