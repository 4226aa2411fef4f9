import { createContext, use, useEffect, useId, useLayoutEffect, useMemo, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { refusalOf, withTries, wrongField, type Code, type Problem, type Said } from '../errors';
import type { AbilityFragment } from '../gql/graphql';
import { useNow } from '../time';
import { Problems } from './Problems';
import { t } from '../words';

interface FormState {
  problems: Problem[];
  /** A field says that it is there, so that its problem is shown beside it and not at the buttons. */
  register: (name: string) => () => void;
}

const FormContext = createContext<FormState>({ problems: [], register: () => () => {} });

interface FormProps {
  problems: Problem[];
  setProblems: (problems: Problem[]) => void;
  /** Whether the operation would be let through now; if not the form says why, and is grey. */
  ability?: AbilityFragment | undefined;
  /** Gets the values after nothing required is empty. */
  onSubmit: (values: FormData) => unknown;
  /** The field that an error without one is about, such as the password of INVALID_CREDENTIALS. */
  place?: Partial<Record<Code, { field: string; text?: Said }>>;
  /** What can be done about a problem, below its words. */
  remedy?: (problem: Problem) => ReactNode;
  /** The buttons. What is wrong and about no field is said right above them, where one looks after pressing them. */
  actions: ReactNode;
  /** The fields, where there are any. */
  children?: ReactNode;
}

const missing: Record<string, 'form.mustBeTicked' | 'form.isMissing'> = { checkbox: 'form.mustBeTicked', radio: 'form.isMissing' };

/** A form whose problems stand beside their fields until these are edited; the first wrong field gets the focus. */
export function Form({ problems, setProblems, ability, onSubmit, place = {}, remedy, actions, children }: FormProps) {
  const form = useRef<HTMLFormElement>(null);
  const [names, setNames] = useState<readonly string[]>([]);
  const [register] = useState(() => (name: string) => {
    setNames(all => [...all, name]);
    return () => setNames(all => all.filter(other => other !== name));
  });
  const [corrected, setCorrected] = useState<{ of: Problem[]; names: readonly string[] }>({ of: problems, names: [] });
  const edited = corrected.of === problems ? corrected.names : [];

  const refusal = useMemo(() => (ability ? refusalOf(ability) : null), [ability]);
  const now = useNow(refusal?.retryAt ?? 0);
  const closed = refusal !== null && (refusal.retryAt === null || now < refusal.retryAt);

  const placed = problems
    .map(problem => {
      const to = place[problem.code];
      return to === undefined ? problem : { ...problem, field: to.field, text: to.text === undefined ? problem.text : withTries(to.text, problem.triesLeft) };
    })
    .filter(({ field }) => field === null || !edited.includes(field));
  const general = placed.filter(({ field }) => field === null || !names.includes(field));

  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [problems]);

  /** What is being corrected isn't wrong any more, as far as anybody knows. */
  function correct({ target }: FormEvent<HTMLFormElement>) {
    const { name } = target as HTMLInputElement;
    if (placed.some(({ field }) => field === name)) {
      setCorrected({ of: problems, names: [...edited, name] });
    }
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const values = new FormData(event.currentTarget);
    const empty = new Map<string, Problem>();
    for (const element of event.currentTarget.elements) {
      const { name, required, type } = element as HTMLInputElement;
      if (required && !values.get(name)) {
        const key = missing[type] ?? 'form.mustBeFilledIn';
        empty.set(name, wrongField(name, label => t(key, { label })));
      }
    }
    if (empty.size > 0) {
      setProblems([...empty.values()]);
      return;
    }
    onSubmit(values);
  }

  return (
    <FormContext value={{ problems: placed, register }}>
      {/* The method keeps passwords out of the address should the script ever fail. */}
      <form ref={form} method="post" noValidate onSubmit={submit} onInput={correct}>
        <Problems problems={closed && general.length === 0 ? [refusal] : []} />
        {children !== undefined && (
          <fieldset className="fields" disabled={closed}>
            {children}
          </fieldset>
        )}
        <Problems problems={general} remedy={remedy} />
        <fieldset className="actions" disabled={closed}>
          {actions}
        </fieldset>
      </form>
    </FormContext>
  );
}

export interface FieldIds {
  id: string;
  describedBy: string | undefined;
  invalid: true | undefined;
}

/** Says what is wrong with a field, for a component that shows one. */
export function useField(name: string, label: string, hint?: ReactNode): { ids: FieldIds; notes: ReactNode } {
  const { problems, register } = use(FormContext);
  const id = useId();
  useLayoutEffect(() => register(name), [register, name]);
  const problem = problems.find(({ field }) => field === name);
  const describedBy = [problem && `${id}-problem`, hint !== undefined && `${id}-hint`].filter(Boolean).join(' ');
  return {
    ids: { id, describedBy: describedBy || undefined, invalid: problem ? true : undefined },
    notes: (
      <>
        {problem && (
          <p id={`${id}-problem`} className="problem">
            {problem.text(label)}
          </p>
        )}
        {hint !== undefined && (
          <p id={`${id}-hint`} className="hint">
            {hint}
          </p>
        )}
      </>
    ),
  };
}

/** The text of a field without the spaces around it; null for none. */
export function text(values: FormData, name: string): string | null {
  const value = values.get(name);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

/** A password, in which every space counts. */
export function secret(values: FormData, name: string): string {
  const value = values.get(name);
  return typeof value === 'string' ? value : '';
}
