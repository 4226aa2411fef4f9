import { Link } from 'wouter';
import type { IdentityCodeChannel } from '../gql/enums';
import { clock } from '../time';
import type { IdentityProof, ProofWays, SentCode } from '../hooks/useIdentityProof';
import type { IdentityQuestion } from '../hooks/useStepUp';
import type { RedirectProvider } from '../redirect';
import { Button } from './Button';
import { CodeField } from './CodeField';
import { Dialog } from './Dialog';
import { Form, secret, text } from './Form';
import { PasswordField } from './PasswordField';
import { Problems } from './Problems';
import { secondFactor } from './SecondFactor';
import { later, rich, t } from '../words';

/** The question of a step-up, while it is asked. It stands beside a form, for it has its own. */
export function ProofQuestion({ question }: { question: IdentityQuestion | undefined }) {
  // What has the focus first is what can be proved, so it is known before the question is there.
  if (!question || (!question.ways && question.problems.length === 0)) {
    return null;
  }
  const { ways, problems, cancel } = question;
  return (
    <Dialog title={t('proof.isItYou')} text={<p>{t('proof.pleaseProveItOnce')}</p>} onCancel={cancel}>
      {ways ? <Ways proof={question} ways={ways} /> : <Problems problems={problems} />}
      <div className="actions">
        <Button look="link" onClick={cancel}>
          {t('common.cancel')}
        </Button>
      </div>
    </Dialog>
  );
}

interface WaysProps {
  proof: IdentityProof;
  ways: ProofWays;
}

/** The ways to prove it that this customer has, and this browser. */
function Ways({ proof, ways }: WaysProps) {
  if (proof.sent) {
    return <ByCode proof={proof} sent={proof.sent} />;
  }
  if (!ways.password && !ways.passkey && ways.providers.length + ways.codes.length === 0) {
    return (
      <p>
        {rich('proof.thereIsNothingThat', { link: words => <Link href="/forgot-password">{words}</Link> })}
      </p>
    );
  }
  return (
    <>
      {ways.password && <ByPassword proof={proof} ways={ways} />}
      {ways.passkey && <ByPasskey by={proof.byPasskey} />}
      {ways.providers.map(provider => (
        <ByProvider key={provider.issuer} provider={provider} by={proof.byProvider} />
      ))}
      {ways.codes.map(channel => (
        <AskForCode key={channel} channel={channel} by={proof.sendCode} />
      ))}
    </>
  );
}

function ByPassword({ proof: { prove, second: choice }, ways }: WaysProps) {
  const { run, busy, problems, setProblems } = prove;
  const second = secondFactor(choice);
  return (
    <Form
      problems={problems}
      setProblems={setProblems}
      ability={ways.ability}
      onSubmit={values => run({ password: secret(values, 'password'), ...second.of(values) })}
      place={{ INVALID_CREDENTIALS: { field: 'password', text: later('common.thisIsntYourCurrent') }, ...second.place }}
      actions={<Continue busy={busy} />}
    >
      {/* Password managers want to know whose password it is. */}
      <input type="email" name="username" autoComplete="username" value={ways.email} readOnly hidden />
      <PasswordField name="password" label="current" autoComplete="current-password" />
      {second.fields}
    </Form>
  );
}

function Continue({ busy }: { busy: boolean }) {
  return (
    <Button type="submit" look="primary" waiting={busy}>
      {busy ? t('proof.checking') : t('proof.continue')}
    </Button>
  );
}

function ByPasskey({ by: { run, busy, problems } }: { by: IdentityProof['byPasskey'] }) {
  return (
    <>
      <Problems problems={problems} />
      <div className="actions">
        <Button waiting={busy} onClick={() => run()}>
          {t('proof.useAPasskey')}
        </Button>
      </div>
    </>
  );
}

function ByProvider({ provider, by: { run, busy, problems } }: { provider: RedirectProvider; by: IdentityProof['byProvider'] }) {
  return (
    <>
      <Problems problems={problems} />
      <div className="actions">
        <Button waiting={busy} onClick={() => run(provider)}>
          {t('common.continueWith', { provider: provider.page.name })}
        </Button>
      </div>
    </>
  );
}

/** Asks for a code to the proven address or number. */
function AskForCode({ channel, by, again = false }: { channel: IdentityCodeChannel; by: IdentityProof['sendCode']; again?: boolean }) {
  const mine = by.channel === channel;
  const busy = mine && by.busy;
  return (
    <>
      <Problems problems={mine ? by.problems : []} />
      <div className="actions">
        <Button look="link" waiting={busy} onClick={() => by.run(channel)}>
          {busy ? t('common.sending') : again ? t('proof.sendTheCodeAgain') : channel === 'EMAIL' ? t('proof.sendMeACode') : t('proof.textMeACode')}
        </Button>
      </div>
    </>
  );
}

function ByCode({ proof: { prove, second: choice, sendCode, resendIn }, sent }: { proof: IdentityProof; sent: SentCode }) {
  const { run, busy, problems, setProblems } = prove;
  const second = secondFactor(choice);
  return (
    <>
      <Form
        problems={problems}
        setProblems={setProblems}
        onSubmit={values => run({ code: text(values, 'code'), ...second.of(values) })}
        // Of two codes, the answer doesn't say which is wrong.
        place={{ ...second.place, CODE_INVALID: { field: 'code', ...(second.fields !== null && { text: later('proof.oneOfTheTwo') }) } }}
        actions={<Continue busy={busy} />}
      >
        <CodeField name="code" label={t('common.code')} hint={t('proof.weSentItTo', { destination: sent.destination })} sent={sent.channel} submits autoFocus />
        {second.fields}
      </Form>
      {resendIn > 0 ? <p className="hint">{t('proof.nothingThereInYou', { clock: clock(resendIn) })}</p> : <AskForCode channel={sent.channel} by={sendCode} again />}
    </>
  );
}
