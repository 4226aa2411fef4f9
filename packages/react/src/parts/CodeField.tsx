import { useState, type FormEvent, type ReactNode } from 'react';
import { Field } from './Field';

/** How many digits an authenticator shows. */
const length = 6;

interface CodeFieldProps {
  name: string;
  label: string;
  hint?: ReactNode;
  /** Whether the form goes off by itself with the last digit, because there is nothing else in it to fill in. */
  submits?: boolean;
  autoFocus?: boolean;
}

/** The code that an authenticator shows. What is pasted may have spaces in it. */
export function CodeField({ submits = false, autoFocus = false, ...field }: CodeFieldProps) {
  const [value, setValue] = useState('');

  function take({ currentTarget: input }: FormEvent<HTMLInputElement>) {
    const digits = input.value.replace(/\D/g, '').slice(0, length);
    input.value = digits;
    setValue(digits);
    if (submits && digits.length === length && digits !== value) {
      // The form hears of the input, too, and first.
      setTimeout(() => input.form?.requestSubmit());
    }
  }

  return <Field {...field} value={value} onInput={take} onChange={() => {}} inputMode="numeric" autoComplete="one-time-code" className="code" spellCheck={false} required autoFocus={autoFocus} />;
}
