import { useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import styles from 'style:scoped';
import { AccountProvider } from './AccountProvider';
import { inBrowser } from './browser';
import { AccountArea, AccountScreen, type OwnScreen, type Theme } from './Embedded';
import { useAccountSession } from './hooks/useAccountSession';

const attributes = ['url', 'api-key', 'cookies', 'trusted-documents', 'base', 'return-url', 'language', 'theme', 'screen'] as const;

// A server that renders a page imports this, too. It has no elements, and makes none.
const ElementOfBrowser = inBrowser ? HTMLElement : (class {} as typeof HTMLElement);

/**
 * <accountql-account url="…" api-key="…">: the account within any page. Its attributes are the properties of
 * <AccountProvider>, `theme` ("light", "dark" or "system"), and `screen` for one screen alone. It tells of who comes and goes by the
 * event "accountql-session", whose detail is { signedIn }. It shows nothing until it has `url` and `api-key`. On a server it can be imported, and is nothing.
 */
export class AccountElement extends ElementOfBrowser {
  static readonly observedAttributes = attributes;

  #root: ReturnType<typeof createRoot> | undefined;

  connectedCallback() {
    // The page's styles stay outside, and these stay inside.
    const shadow = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`:host{display:block}${styles}`);
    shadow.adoptedStyleSheets = [sheet];
    const place = document.createElement('div');
    shadow.replaceChildren(place);

    this.#root = createRoot(place);
    this.#render();
  }

  disconnectedCallback() {
    this.#root?.unmount();
    this.#root = undefined;
  }

  attributeChangedCallback() {
    this.#render();
  }

  #render() {
    const given = (name: (typeof attributes)[number]) => this.getAttribute(name);
    const on = (name: (typeof attributes)[number]) => this.hasAttribute(name) && given(name) !== 'false';
    const [base, returnUrl, language, theme, screen] = [given('base'), given('return-url'), given('language'), given('theme') as Theme | null, given('screen') as OwnScreen | null];

    if (!given('url') || !given('api-key')) {
      return;
    }
    this.#root?.render(
      <AccountProvider
        url={given('url') ?? ''}
        apiKey={given('api-key') ?? ''}
        cookies={on('cookies')}
        trustedDocuments={on('trusted-documents')}
        {...(base !== null && { base })}
        {...(returnUrl !== null && { returnUrl })}
        {...(language !== null && { language })}
      >
        <Told element={this} />
        {screen === null ? <AccountArea theme={theme ?? undefined} /> : <AccountScreen screen={screen} theme={theme ?? undefined} />}
      </AccountProvider>,
    );
  }
}

/** Tells the page around who comes and goes. */
function Told({ element }: { element: HTMLElement }) {
  const { state } = useAccountSession();
  useEffect(() => {
    if (state === 'signed-in' || state === 'signed-out') {
      element.dispatchEvent(new CustomEvent('accountql-session', { detail: { signedIn: state === 'signed-in' } }));
    }
  }, [element, state]);
  return null;
}

if (inBrowser && !customElements.get('accountql-account')) {
  customElements.define('accountql-account', AccountElement);
}

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'accountql-account': import('react').HTMLAttributes<HTMLElement> & { [Name in (typeof attributes)[number]]?: string };
    }
  }
}
