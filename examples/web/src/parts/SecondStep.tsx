import { useState } from 'react';
import { CompleteSignInDocument } from '../gql/graphql';
import { useAction } from '../useAction';
import { Button } from './Button';
import { Form, text } from './Form';
import { Screen } from './Screen';
import { SecondFactorFields, wrongCode } from './SecondFactor';
import { SupportLink } from './SupportLink';

interface SecondStepProps {
  /** Names the sign-in whose first step is done. */
  challengeId: string;
  onSignedIn: (token: string | null) => void;
  /** Back to the first step. */
  onAgain: () => void;
}

/** The second step of a sign-in: the code of an authenticator, which goes off by itself, or a recovery code. */
export function SecondStep({ challengeId, onSignedIn, onAgain }: SecondStepProps) {
  const { run, busy, problems, setProblems } = useAction(CompleteSignInDocument, { repeatable: true });
  const [recovery, setRecovery] = useState(false);
  const name = recovery ? 'recoveryCode' : 'code';

  async function complete(values: FormData) {
    const data = await run({ input: { challengeId, [name]: text(values, name) } });
    if (data) {
      onSignedIn(data.completeSignIn.session.token);
    }
  }

  function change(next: boolean) {
    setProblems([]);
    setRecovery(next);
  }

  return (
    <Screen title="Enter your code" back={false} intro="The first step is done. Your account asks for a second one.">
      <Form
        problems={problems.map(problem => (problem.code === 'TOKEN_INVALID' ? { ...problem, field: null, text: 'That took too long, or there were too many wrong codes. Please sign in again.' } : problem))}
        setProblems={setProblems}
        onSubmit={complete}
        place={{ CODE_INVALID: { field: name, text: wrongCode(recovery) } }}
        actions={
          <Button type="submit" look="primary" waiting={busy}>
            {busy ? 'Signing in …' : 'Sign in'}
          </Button>
        }
      >
        <SecondFactorFields name={name} recovery={recovery} setRecovery={change} alone />
      </Form>
      {recovery && (
        <p className="hint">
          No codes left, and no authenticator? Turn to <SupportLink />.
        </p>
      )}
      <p className="other">
        <Button look="link" onClick={onAgain}>
          Sign in as somebody else
        </Button>
      </p>
    </Screen>
  );
}
