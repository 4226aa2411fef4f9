import { useRef, type FocusEvent, type FormEvent, type ReactNode } from 'react';
import { Field } from './Field';

interface CodeFieldProps {
  name: string;
  label: string;
  hint?: ReactNode;
  /** By what the code was sent; left out for one that an authenticator shows. */
  sent?: 'EMAIL' | 'PHONE';
  /** Whether the form goes off by itself with the last character, where nothing else in it is left to fill in. */
  submits?: boolean;
  autoFocus?: boolean;
}

/**
 * A code: eight letters and digits in a mail, six digits in a text message or an authenticator. What is pasted may have
 * spaces and hyphens in it. A code that is refused is selected, so that the next one takes its place.
 */
export function CodeField({ sent, submits = false, ...field }: CodeFieldProps) {
  // The same code goes off once.
  const tried = useRef('');
  const mailed = sent === 'EMAIL';
  const length = mailed ? 8 : 6;

  function take({ currentTarget: input }: FormEvent<HTMLInputElement>) {
    const code = (input.value = mailed ? input.value.replace(/[\s-]/g, '') : input.value.replace(/\P{Nd}/gu, '').slice(0, length));
    if (submits && code.length === length && code !== tried.current && input.form?.matches(':valid')) {
      tried.current = code;
      input.select();
      // The form hears of the input, too, and first.
      setTimeout(() => input.form?.requestSubmit());
    }
  }

  /** The form brings the focus to what is wrong. */
  function show({ currentTarget: input }: FocusEvent<HTMLInputElement>) {
    if (input.matches('[aria-invalid]')) {
      tried.current = input.value;
      input.select();
    }
  }

  return <Field {...field} onInput={take} onFocus={show} inputMode={mailed ? 'text' : 'numeric'} autoCapitalize="characters" autoComplete="one-time-code" className="code" spellCheck={false} required />;
}
