import { useEffect, type RefObject } from 'react';

/** When what has the focus goes away, such as a form that is done, the screen's heading gets it. */
export function useKeptFocus(main: RefObject<HTMLElement | null>) {
  useEffect(() => {
    let focused: Element | null = null;
    const remember = ({ target }: FocusEvent) => {
      focused = target instanceof Element ? target : null;
    };
    // A part in a shadow tree has its own focus, and the body's focus outside means that there is none.
    const within = main.current!.getRootNode() as Document | ShadowRoot;
    const observer = new MutationObserver(() => {
      if (focused !== null && !focused.isConnected && document.activeElement === document.body) {
        focused = null;
        main.current?.querySelector('h1')?.focus({ preventScroll: true });
      }
    });
    within.addEventListener('focusin', remember as EventListener);
    observer.observe(within, { childList: true, subtree: true });
    return () => {
      within.removeEventListener('focusin', remember as EventListener);
      observer.disconnect();
    };
  }, [main]);
}
