import { useState, type ReactNode } from 'react';
import type { Code, Problem } from '../errors';
import { Button } from './Button';
import { CodeField } from './CodeField';
import { Field } from './Field';
import { text } from './Form';

interface SecondFactor {
  /** The inputs, for a form that has others; nothing where one factor is enough. */
  fields: ReactNode;
  /** Where the form says that the code is wrong. */
  place: Partial<Record<Code, { field: string; text?: string }>>;
  /** What of the input of an operation it is. */
  of: (values: FormData) => { authenticatorCode?: string | null; recoveryCode?: string | null };
}

const wrong = 'This code isn’t right, or was used already. An authenticator shows a new one every half minute.';
const wrongRecovery = 'This is none of your recovery codes, or it was used already.';

/** The second of two factors, beside the first in the same form: the code of an authenticator, or a recovery code. */
export function useSecondFactor(needed: boolean, problems: Problem[]): SecondFactor {
  const [recovery, setRecovery] = useState(false);
  // The forecast may be missing or a moment too old; then the refusal says that it is needed.
  const [asked, setAsked] = useState(false);
  if (!asked && problems.some(({ code }) => code === 'SECOND_FACTOR_REQUIRED')) {
    setAsked(true);
  }

  if (!needed && !asked) {
    return { fields: null, place: {}, of: () => ({}) };
  }
  const name = recovery ? 'recoveryCode' : 'authenticatorCode';
  return {
    fields: <SecondFactorFields name={name} recovery={recovery} setRecovery={setRecovery} />,
    place: { CODE_INVALID: { field: name, text: recovery ? wrongRecovery : wrong }, SECOND_FACTOR_REQUIRED: { field: name, text: 'Your account asks for this, too.' } },
    of: values => ({ [name]: text(values, name) }),
  };
}

interface FieldsProps {
  name: string;
  recovery: boolean;
  setRecovery: (recovery: boolean) => void;
  /** Whether the code is all that the form asks for. */
  alone?: boolean;
}

/** One of the two codes, and how to give the other one. */
export function SecondFactorFields({ name, recovery, setRecovery, alone = false }: FieldsProps) {
  return (
    <>
      {recovery ? (
        <Field key="recovery" name={name} label="Recovery code" hint="One of the ten that you kept. It works once." autoComplete="off" autoCapitalize="characters" spellCheck={false} className="code" required autoFocus={alone} />
      ) : (
        <CodeField key="code" name={name} label="Code of your authenticator" hint="Six digits, in the app where you added this account." submits={alone} autoFocus={alone} />
      )}
      <p className="aside">
        <Button look="link" onClick={() => setRecovery(!recovery)}>
          {recovery ? 'Use the authenticator' : 'Use a recovery code'}
        </Button>
      </p>
    </>
  );
}

/** The words for a wrong code. */
export const wrongCode = (recovery: boolean) => (recovery ? wrongRecovery : wrong);
