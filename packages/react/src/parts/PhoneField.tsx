import { useState, type ReactNode } from 'react';
import { useBrand } from '../brand';
import { countriesWith, digitsOf, probableCountry, useCallingCodes, type CallingCodes } from '../phones';
import { t } from '../words';
import { text, useField } from './Form';

interface PhoneFieldProps {
  name: string;
  label: string;
  hint?: ReactNode;
  required?: boolean;
  /** In international form. */
  defaultValue?: string;
  /** The country that the number is of unless it says another one; by default the shop's, or else the browser's. */
  country?: string;
}

/**
 * A phone number: a country to choose, and the number as it is dialled there. One that is typed, pasted or filled in with
 * its country's code chooses the country.
 */
export function PhoneField({ name, label, hint, required = false, defaultValue = '', country = '' }: PhoneFieldProps) {
  const { ids, notes } = useField(name, label, hint);
  const codes = useCallingCodes();
  const [number, setNumber] = useState(defaultValue);
  const [chosen, setChosen] = useState<string>();
  const shop = useBrand()?.defaultCountry ?? '';

  /** Another country is chosen for the number that is there: the code before it, if there is one, goes. */
  function choose(next: string, code: string) {
    setChosen(next);
    setNumber(digitsOf(number)?.slice(code.length) ?? number);
  }

  return (
    <div className="field">
      <label htmlFor={ids.id}>{label}</label>
      <div className="phone" dir="ltr">
        {codes && <Country codes={codes} name={`${name}Country`} number={number} assumed={chosen ?? (country || shop)} choose={choose} />}
        <input id={ids.id} name={name} type="tel" autoComplete="tel" required={required} value={number} onChange={({ target }) => setNumber(target.value)} aria-invalid={ids.invalid} aria-describedby={ids.describedBy} />
      </div>
      {notes}
    </div>
  );
}

interface CountryProps {
  codes: CallingCodes;
  name: string;
  number: string;
  /** The country of a number that says none; one without numbers for the browser's. */
  assumed: string;
  choose: (country: string, code: string) => void;
}

function Country({ codes, name, number, assumed, choose }: CountryProps) {
  const given = codes.of(assumed) === undefined ? probableCountry(codes) : assumed;
  const shown = codes.country(number, given) ?? given;
  const code = codes.of(shown) ?? '';
  return (
    <div className="phone-country">
      <span aria-hidden="true">
        {shown} +{code}
      </span>
      <select name={name} aria-label={t('phoneField.country')} value={`${shown} ${code}`} onChange={({ target }) => choose(target.value.split(' ')[0] ?? '', code)} autoComplete="off">
        {countriesWith(codes).map(({ code, name }) => (
          <option key={code} value={`${code} ${codes.of(code)}`}>
            {name} +{codes.of(code)}
          </option>
        ))}
      </select>
    </div>
  );
}

/** The number of such a field in international form; null for none. */
export function phoneOf(values: FormData, name: string): string | null {
  const typed = text(values, name);
  const country = text(values, `${name}Country`);
  return typed === null || country === null || digitsOf(typed) !== undefined ? typed : `+${country.split(' ')[1]} ${typed}`;
}
