import type { ReactNode } from 'react';
import { Button } from './Button';
import { Dialog } from './Dialog';

interface QuestionProps {
  title: string;
  children: ReactNode;
  /** What keeps things as they are: it has the focus first, so that Enter twice does no harm. */
  stay: string;
  go: string;
  onStay: () => void;
  onGo: () => void;
}

/** Asks before something that can't be taken back. */
export function Question({ title, children, stay, go, onStay, onGo }: QuestionProps) {
  return (
    <Dialog title={title} text={children} onCancel={onStay}>
      <div className="actions">
        <Button data-first onClick={onStay}>
          {stay}
        </Button>
        <Button look="danger" onClick={onGo}>
          {go}
        </Button>
      </div>
    </Dialog>
  );
}
