import { useToast } from './Toast';
import { Button } from './Button';

/** Copies a text; where the browser doesn't let it, says how else. */
export function CopyButton({ text, copied, children }: { text: string; copied: string; children: string }) {
  const toast = useToast();

  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      toast(copied);
    } catch {
      toast('Your browser doesn’t let the page copy: please mark the text and copy it');
    }
  }

  return <Button onClick={copy}>{children}</Button>;
}
