import type { ButtonHTMLAttributes } from 'react';

interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled'> {
  look?: 'primary' | 'quiet' | 'danger' | 'link';
  /** Something runs, or can't be done yet. The button keeps the focus, which a disabled one would lose. */
  waiting?: boolean;
}

export function Button({ look = 'quiet', waiting = false, type = 'button', onClick, ...button }: ButtonProps) {
  return (
    <button
      {...button}
      type={type}
      className={`button ${look}`}
      aria-disabled={waiting}
      onClick={event => {
        if (waiting) {
          event.preventDefault();
          return;
        }
        onClick?.(event);
      }}
    />
  );
}
