import { useRef, useState, useSyncExternalStore } from 'react';

// The links in mails have their token in the fragment, which browsers send to no server and so to no server's log.
// Opening one changes nothing, because mail scanners open links, too: only a button does.

export interface LinkToken {
  /** The token of the link that led here, or of the one that was pasted; empty where there is none. */
  token: string;
  /** Takes what somebody copied from a mail: the link, or only the end of it. Says whether there was a token in it. */
  paste: (copied: string) => boolean;
}

/** The token for the flow that a mailed link is for. Some mail programs cut a link in two: then it can be pasted. */
export function useLinkToken(): LinkToken {
  const [pasted, setPasted] = useState('');
  const first = useRef<string>(undefined);
  // A server doesn't know the fragment. What stood there once is the token, also after it is forgotten.
  const linked = useSyncExternalStore(never, () => (first.current ??= readToken()), () => '');

  function paste(copied: string): boolean {
    const found = (copied.split('token=').at(-1) ?? '').replace(/[\s<>"]/g, '');
    setPasted(found);
    return found !== '';
  }

  return { token: linked || pasted, paste };
}

/** For what doesn't change while a component is there. */
const never = () => () => {};

function readToken(): string {
  return new URLSearchParams(location.hash.slice(1)).get('token')?.trim() ?? '';
}

/** The token is used up; the address goes on without it, if it is there. */
export function forgetToken() {
  if (readToken() !== '') {
    history.replaceState(history.state, '', location.pathname);
  }
}
