import { useState } from 'react';
import { useConfig } from '../config';
import { anyDraft } from '../draft';
import { signOut } from '../leaving';
import { Button } from './Button';
import { Icon } from './Icon';
import { Question } from './Question';
import { t } from '../words';

/** The button that ends the session. What isn't saved yet would be lost, so then it asks first. */
export function SignOut() {
  const config = useConfig();
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState(false);

  function leave() {
    setAsking(false);
    setBusy(true);
    signOut(config);
  }

  return (
    <>
      <Button look="link" waiting={busy} onClick={async () => ((await anyDraft()) ? setAsking(true) : leave())}>
        <Icon name="out" />
        {busy ? t('common.signingOut') : t('common.signOut')}
      </Button>
      {asking && (
        <Question title={t('frame.signOutWithoutSaving')} stay={t('frame.stayHere')} go={t('common.signOut')} onStay={() => setAsking(false)} onGo={leave}>
          <p>{t('frame.youChangedSomethingIn')}</p>
        </Question>
      )}
    </>
  );
}
