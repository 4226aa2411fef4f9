import { useState } from 'react';
import { t } from '../words';

interface PictureProps {
  /** An https address, as the server takes no other. */
  url: string;
  name: string;
  /** What is said beside it where it can't be loaded. */
  failure?: string;
}

/** The customer's picture, from wherever it is: its host learns neither the page nor the account. Where it can't be loaded their initials stand. */
export function Picture({ url, name, failure }: PictureProps) {
  const [failed, setFailed] = useState<string>();
  const lost = failed === url;
  return (
    <>
      {lost ? (
        <span className="picture" aria-hidden="true">
          {initials(name)}
        </span>
      ) : (
        <img className="picture" src={url} alt={t('picture.yourPicture')} width="64" height="64" decoding="async" referrerPolicy="no-referrer" onError={() => setFailed(url)} />
      )}
      {failure !== undefined && (
        <p role="status" className="hint">
          {lost && failure}
        </p>
      )}
    </>
  );
}

/** "Ada King Lovelace" → "AL"; a letter may be more than one unit of the text. */
function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends.map(word => String.fromCodePoint(word?.codePointAt(0) ?? 0x20).toUpperCase()).join('') || '?';
}
