import { createContext, use, useRef, useState, type ReactNode } from 'react';
import { Icon } from './Icon';

const ToastContext = createContext<(text: string) => void>(() => {});

/** Returns a function that says in passing that something is done. */
export function useToast() {
  return use(ToastContext);
}

export function Toaster({ children }: { children: ReactNode }) {
  const [toast, setToast] = useState<{ text: string; number: number }>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [show] = useState(() => (text: string) => {
    clearTimeout(timer.current);
    setToast(last => ({ text, number: (last?.number ?? 0) + 1 }));
    timer.current = setTimeout(() => setToast(undefined), 6000);
  });
  return (
    <ToastContext value={show}>
      {children}
      <div className="toasts" role="status">
        {toast && (
          <p key={toast.number} className="toast">
            <Icon name="check" />
            {toast.text}
          </p>
        )}
      </div>
    </ToastContext>
  );
}
