import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { Provider } from 'urql';
import { newClient } from './client';
import { ConfigContext, OpeningContext, type Config, type Opening } from './config';
import { beginRest, decide } from './languages';
import * as leaving from './leaving';
import { open, patience } from './opening';
import { useSession } from './session';

/** Where the API is, and what is decided about it. */
export interface AccountProviderProps {
  /** The address of the API, such as https://accounts.shop.example/graphql, or /graphql behind the page's own server. */
  url: string;
  /** The X-Api-Key. Everybody who opens the page can read it, so bind it to the page's origin: `accountql apikey create --origin`. */
  apiKey: string;
  /** Whether the API keeps sessions in cookies (--cookies on). Otherwise the tab keeps them. */
  cookies?: boolean;
  /** Whether hashes are sent in place of documents (--trusted-documents with the package's documents.json). A document without a hash, of your own, is sent as it is; --trusted-documents-only refuses it with BAD_REQUEST. */
  trustedDocuments?: boolean;
  /** The path below which the screens have their addresses, such as /account. Without it they have none. */
  base?: string;
  /** Where other services lead back to, as a path or an address: a page with useProviderReturn. Without it /return below the base. */
  returnUrl?: string;
  /** A language, such as "de", for a customer who asks for none that there is. */
  language?: string;
  children?: ReactNode;
}

/** Connects what is in it with the API. There is one on a page. */
export function AccountProvider({ url, apiKey, cookies = false, trustedDocuments = false, base, returnUrl, language, children }: AccountProviderProps) {
  if (url === '' || apiKey === '') {
    throw new Error(`<AccountProvider> has no ${url === '' ? 'url' : 'apiKey'}`);
  }
  const config = useMemo(
    (): Config => ({ url, apiKey, cookies, trustedDocuments, base: base?.replace(/\/$/, '') ?? null, returnUrl, embedded: true, language }),
    [url, apiKey, cookies, trustedDocuments, base, returnUrl, language],
  );
  const opening = useOpened(config);
  return (
    <OpeningContext value={opening}>
      <Connected config={config}>{children}</Connected>
    </OpeningContext>
  );
}

/** Opens, as often as it takes. */
function useOpened(config: Config): Opening {
  const [opening, setOpening] = useState<Opening>('opening');
  useEffect(() => {
    let over = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    decide({ preferred: config.language, embedded: true });

    function keepOpening() {
      open(config).then(
        () => {
          // A hook's problems can be in words that the sign-in doesn't need.
          beginRest().catch(() => {});
          return over || setOpening('open');
        },
        () => {
          if (!over) {
            setOpening('silent');
            timer = setTimeout(keepOpening, patience);
          }
        },
      );
    }

    keepOpening();
    const stop = leaving.tryWhenPossible(config);
    return () => {
      over = true;
      clearTimeout(timer);
      stop();
    };
  }, [config]);
  return opening;
}

/** Gives what is in it a client for the customer of now. */
export function Connected({ config, children }: { config: Config; children: ReactNode }) {
  const { generation } = useSession();
  // The generation stands here for its own sake: the next customer must not get the last one's cache.
  const client = useMemo(() => newClient(config), [config, generation]);
  return (
    <ConfigContext value={config}>
      <Provider value={client}>{children}</Provider>
    </ConfigContext>
  );
}
