import { save } from '../save';
import { Button } from './Button';
import { CopyButton } from './CopyButton';
import { Card, Notice } from './Screen';

interface RecoveryCodesProps {
  codes: readonly string[];
  /** Whether they take the place of others. */
  replacing: boolean;
  onKept: () => void;
}

/** New recovery codes, which are shown this once. */
export function RecoveryCodes({ codes, replacing, onKept }: RecoveryCodesProps) {
  const file = () => `Recovery codes, each for one sign-in without the authenticator:\n\n${codes.join('\n')}\n`;
  return (
    <Card title="Your recovery codes">
      <p>
        Each of them stands in for your authenticator once: when your phone is lost, broken or far away. <strong>We show them only now.</strong> Keep them where nobody else looks, and not only on
        that phone.
      </p>
      <ul className="recovery">
        {codes.map(code => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className="actions">
        <CopyButton text={codes.join('\n')} copied="The codes are copied">
          Copy
        </CopyButton>
        <Button onClick={() => save('recovery-codes.txt', 'text/plain', file())}>Download</Button>
        <Button onClick={() => print()}>Print</Button>
      </div>
      {replacing && <Notice>Earlier recovery codes don’t work any more.</Notice>}
      <div className="actions">
        <Button look="primary" onClick={onKept}>
          I have kept them
        </Button>
      </div>
    </Card>
  );
}
