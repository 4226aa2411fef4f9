import { useEffect, useId, useRef, type ReactNode } from 'react';
import { Button } from './Button';

interface QuestionProps {
  title: string;
  children: ReactNode;
  /** What keeps things as they are: it has the focus first, so that Enter twice does no harm. */
  stay: string;
  go: string;
  onStay: () => void;
  onGo: () => void;
}

/** Asks before something that can't be taken back. It is open as long as it is there. */
export function Question({ title, children, stay, go, onStay, onGo }: QuestionProps) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const { current } = dialog;
    current?.showModal();
    // The browser would take the first button, and React writes no autofocus attribute.
    current?.querySelector<HTMLElement>('[data-first]')?.focus();
    return () => current?.close();
  }, []);
  return (
    <dialog ref={dialog} aria-labelledby={`${id}-title`} aria-describedby={`${id}-text`} onCancel={onStay}>
      <h2 id={`${id}-title`}>{title}</h2>
      <div id={`${id}-text`}>{children}</div>
      <div className="actions">
        <Button data-first onClick={onStay}>
          {stay}
        </Button>
        <Button look="danger" onClick={onGo}>
          {go}
        </Button>
      </div>
    </dialog>
  );
}
