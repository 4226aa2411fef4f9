import { useDeferredValue, useEffect, useState, type ReactNode } from 'react';
import type { Strength } from '../strength';
import { useSettings } from '../hooks/useSettings';
import { useField } from './Form';
import { Icon } from './Icon';
import { rich, t } from '../words';

const labels = { password: 'common.password', current: 'common.currentPassword', new: 'common.newPassword', own: 'password.yourPassword' } as const;

interface PasswordFieldProps {
  name: string;
  /** Which password it is. */
  label: keyof typeof labels;
  /** "current-password" is one to type, "new-password" one to choose: its strength is shown. */
  autoComplete: 'current-password' | 'new-password';
  hint?: ReactNode;
  /** Words that make a new password weak, such as the customer's name. */
  known?: string[];
}

/** A password that can be looked at, and if it is new with its strength. */
export function PasswordField({ name, label: which, autoComplete, hint, known }: PasswordFieldProps) {
  const fresh = autoComplete === 'new-password';
  const shortest = useSettings()?.password.minLength;
  const advice = shortest === undefined ? t('passwordField.advice') : t('passwordField.adviceWithLength', { shortest });
  const label = t(labels[which]);
  const { ids, notes } = useField(name, label, hint ?? (fresh ? advice : undefined));
  const [shown, setShown] = useState(false);
  const [value, setValue] = useState('');
  return (
    <div className="field">
      <label htmlFor={ids.id}>{label}</label>
      <div className="password" dir="ltr">
        <input
          id={ids.id}
          name={name}
          type={shown ? 'text' : 'password'}
          required
          autoComplete={autoComplete}
          autoCapitalize="none"
          spellCheck={false}
          value={value}
          onChange={event => setValue(event.target.value)}
          aria-invalid={ids.invalid}
          aria-describedby={ids.describedBy}
        />
        <button type="button" className="show" aria-pressed={shown} aria-controls={ids.id} aria-label={t('passwordField.show', { which })} onClick={() => setShown(!shown)}>
          <Icon name={shown ? 'eyeOff' : 'eye'} />
        </button>
      </div>
      {fresh && <Meter password={value} known={known ?? []} />}
      {notes}
    </div>
  );
}

const strengths = ['passwordField.veryEasyToGuess', 'passwordField.easyToGuess', 'passwordField.couldBeBetter', 'passwordField.good', 'passwordField.veryGood'] as const;

/** The strength of a password; the estimator is loaded when there is one to judge. */
function Meter({ password, known }: { password: string; known: string[] }) {
  const [estimate, setEstimate] = useState<{ strength: Strength }>();
  const judged = useDeferredValue(password);
  const wanted = password !== '';
  useEffect(() => {
    if (wanted && !estimate) {
      // The meter is a help only: where it can't be loaded the server still judges.
      import('../strength').then(setEstimate, () => {});
    }
  }, [wanted, estimate]);
  const score = estimate && wanted ? estimate.strength(judged, known) : undefined;
  // Its room is there from the first letter on: what comes later must not move the buttons below it.
  return (
    <div className="meter" data-score={score} hidden={!wanted}>
      <div className="bars" aria-hidden="true">
        {[1, 2, 3, 4].map(bar => (
          <span key={bar} className={score !== undefined && Math.max(score, 1) >= bar ? 'on' : ''} />
        ))}
      </div>
      <p aria-live="polite">
        {score !== undefined && (
          <>
            {rich('passwordField.strength', { strength: t(strengths[score]), unseen: words => <span className="unseen">{words}</span> })}
          </>
        )}
      </p>
    </div>
  );
}
