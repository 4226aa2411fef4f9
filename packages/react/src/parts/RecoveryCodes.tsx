import { save } from '../save';
import { Button } from './Button';
import { CopyButton } from './CopyButton';
import { Card, Notice } from './Screen';
import { rich, t } from '../words';

interface RecoveryCodesProps {
  codes: readonly string[];
  /** Whether they take the place of others. */
  replacing: boolean;
  onKept: () => void;
}

/** New recovery codes, which are shown this once. */
export function RecoveryCodes({ codes, replacing, onKept }: RecoveryCodesProps) {
  const file = () => `${t('recoveryCodes.file')}\n\n${codes.join('\n')}\n`;
  return (
    <Card title={t('recoveryCodes.yourRecoveryCodes')}>
      <p>
        {rich('recoveryCodes.eachOfThemStands', { strong: words => <strong dir="auto">{words}</strong> })}
      </p>
      <ul className="recovery">
        {codes.map(code => (
          <li key={code}>
            <code dir="ltr">{code}</code>
          </li>
        ))}
      </ul>
      <div className="actions">
        <CopyButton text={codes.join('\n')} copied={t('recoveryCodes.theCodesAreCopied')}>
          {t('recoveryCodes.copy')}
        </CopyButton>
        <Button onClick={() => save('recovery-codes.txt', 'text/plain', file())}>{t('common.download')}</Button>
        <Button onClick={() => print()}>{t('recoveryCodes.print')}</Button>
      </div>
      {replacing && <Notice>{t('recoveryCodes.earlierRecoveryCodesDont')}</Notice>}
      <div className="actions">
        <Button look="primary" onClick={onKept}>
          {t('recoveryCodes.iHaveKeptThem')}
        </Button>
      </div>
    </Card>
  );
}
