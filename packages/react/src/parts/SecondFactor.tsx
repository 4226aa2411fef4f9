import type { ReactNode } from 'react';
import type { Code, Said } from '../errors';
import type { SecondFactorChoice } from '../hooks/useSecondFactorChoice';
import { Button } from './Button';
import { CodeField } from './CodeField';
import { Field } from './Field';
import { text } from './Form';
import { later, t } from '../words';

interface SecondFactor {
  /** The inputs, for a form that has others; nothing where one factor is enough. */
  fields: ReactNode;
  /** Where the form says that the code is wrong. */
  place: Partial<Record<Code, { field: string; text?: Said }>>;
  /** What of the input of an operation it is. */
  of: (values: FormData) => { authenticatorCode?: string | null; recoveryCode?: string | null };
}

const wrong = later('secondFactor.thisCodeIsntRight');
const wrongRecovery = later('secondFactor.thisIsNoneOf');

/** The second of two factors, beside the first in the same form: the code of an authenticator, or a recovery code. */
export function secondFactor({ needed, field: name, choose }: SecondFactorChoice): SecondFactor {
  if (!needed) {
    return { fields: null, place: {}, of: () => ({}) };
  }

  const recovery = name === 'recoveryCode';
  return {
    fields: <SecondFactorFields name={name} recovery={recovery} setRecovery={next => choose(next ? 'recoveryCode' : 'authenticatorCode')} />,
    place: { CODE_INVALID: { field: name, text: recovery ? wrongRecovery : wrong }, SECOND_FACTOR_REQUIRED: { field: name, text: later('secondFactor.yourAccountAsksFor') } },
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
        <Field key="recovery" name={name} label={t('secondFactor.recoveryCode')} hint={t('secondFactor.oneOfTheTen')} autoComplete="off" autoCapitalize="characters" spellCheck={false} className="code" required autoFocus={alone} />
      ) : (
        <CodeField key="code" name={name} label={t('secondFactor.codeOfYourAuthenticator')} hint={t('secondFactor.sixDigitsInThe')} submits={alone} autoFocus={alone} />
      )}
      <p className="aside">
        <Button look="link" onClick={() => setRecovery(!recovery)}>
          {recovery ? t('secondFactor.useTheAuthenticator') : t('secondFactor.useARecoveryCode')}
        </Button>
      </p>
    </>
  );
}

/** The words for a wrong code. */
export const wrongCode = (recovery: boolean) => (recovery ? wrongRecovery : wrong);
