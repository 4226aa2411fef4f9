import { useEffect, useRef, type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes } from 'react';
import { useField } from './Form';
import { t } from '../words';

interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  name: string;
  label: string;
  hint?: ReactNode;
}

/** A labelled input with its hint and what is wrong with it; nothing if it is hidden. */
export function Field(props: FieldProps) {
  return props.hidden ? null : <Input {...props} />;
}

function Input({ name, label, hint, hidden: _, autoFocus = false, ...input }: FieldProps) {
  const { ids, notes } = useField(name, label, hint);
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (autoFocus) {
      box.current?.focus();
    }
  }, [autoFocus]);
  return (
    <div className="field">
      <label htmlFor={ids.id}>{label}</label>
      <input {...input} dir={leftToRight(input) ? 'ltr' : undefined} ref={box} data-focus={autoFocus || undefined} id={ids.id} name={name} aria-invalid={ids.invalid} aria-describedby={ids.describedBy} />
      {notes}
    </div>
  );
}

/** Addresses, numbers and codes are written in one direction in every language. */
const leftToRight = ({ type = 'text', className }: FieldProps | Omit<FieldProps, 'name' | 'label'>) => ['email', 'tel', 'url'].includes(type) || className === 'code';

interface SelectProps extends SelectHTMLAttributes<HTMLSelectElement> {
  name: string;
  label: string;
  hint?: ReactNode;
}

/** A labelled choice of one; nothing if it is hidden. */
export function Select(props: SelectProps) {
  return props.hidden ? null : <Choice {...props} />;
}

function Choice({ name, label, hint, hidden: _, children, ...select }: SelectProps) {
  const { ids, notes } = useField(name, label, hint);
  return (
    <div className="field">
      <label htmlFor={ids.id}>{label}</label>
      <select {...select} id={ids.id} name={name} aria-invalid={ids.invalid} aria-describedby={ids.describedBy}>
        {children}
      </select>
      {notes}
    </div>
  );
}

/** Yes or no, where the page must not answer for the customer. */
export function YesNo({ name, question, hint }: { name: string; question: string; hint?: ReactNode }) {
  const { ids, notes } = useField(name, t('field.yourAnswer'), hint);
  return (
    <fieldset className="field" aria-describedby={ids.describedBy}>
      <legend>{question}</legend>
      <div className="answers">
        {(['yes', 'no'] as const).map(answer => (
          <label key={answer} className="answer">
            <input type="radio" name={name} value={answer} required aria-invalid={ids.invalid} />
            {answer === 'yes' ? t('common.yes') : t('common.no')}
          </label>
        ))}
      </div>
      {notes}
    </fieldset>
  );
}

/** A box to tick. */
export function Tick({ name, required = false, ticked = false, children }: { name: string; required?: boolean; ticked?: boolean; children: ReactNode }) {
  const { ids, notes } = useField(name, t('field.thisBox'));
  return (
    <div className="field">
      <label className="tick">
        <input type="checkbox" name={name} value="yes" required={required} defaultChecked={ticked} aria-invalid={ids.invalid} aria-describedby={ids.describedBy} />
        <span>{children}</span>
      </label>
      {notes}
    </div>
  );
}
