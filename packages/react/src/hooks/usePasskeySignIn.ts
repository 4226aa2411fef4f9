import { useEffect, useState } from 'react';
import { useClient } from 'urql';
import { problemsOf, type Problem } from '../errors';
import { RequestPasskeySignInDocument, SignInWithPasskeyDocument } from '../gql/graphql';
import * as passkeys from '../passkeys';
import { useAction } from './useAction';
import { later } from '../words';

/** After how long a page that waits asks for new options, in milliseconds: they live for five minutes. */
const patience = 240_000;

const sentences: Partial<Record<Problem['code'], () => string>> = {
  INVALID_CREDENTIALS: later('usePasskeySignIn.thisPasskeyDoesntSign'),
  DELETION_PENDING: later('common.thisAccountIsClosed'),
};

/**
 * Signs in with a passkey: by a button, and as long as the screen is there by the autofill of its field. The browser asks
 * for one at a time, so the button ends the waiting, which begins again where it didn't sign in.
 */
export function usePasskeySignIn(on: boolean, signedIn: (token: string | null) => void) {
  const client = useClient();
  const { run, busy, problems, setProblems } = useAction(SignInWithPasskeyDocument, { repeatable: true });
  const [asking, setAsking] = useState(false);

  const ask = () => client.mutation(RequestPasskeySignInDocument, { input: {} }).toPromise();

  async function finish(outcome: passkeys.Outcome) {
    const data = 'answer' in outcome && (await run({ input: { response: outcome.answer } }));
    if (data) {
      signedIn(data.signInWithPasskey.session.token);
    }
  }

  async function signIn() {
    setAsking(true);
    setProblems([]);
    const { data, error } = await ask();
    if (data) {
      await finish(await passkeys.use(data.requestPasskeySignIn.options));
    } else if (error) {
      setProblems(problemsOf(error));
    }
    setAsking(false);
  }

  useEffect(() => {
    if (!on || asking) {
      return;
    }
    const over = new AbortController();
    wait(over.signal);
    return () => over.abort();
  }, [on, asking]);

  /** Waits for the autofill, with new options before the old ones end. */
  async function wait(over: AbortSignal) {
    if (!(await PublicKeyCredential.isConditionalMediationAvailable?.())) {
      return;
    }
    while (!over.aborted) {
      const { data } = await ask();
      if (!data || over.aborted) {
        return;
      }
      const late = AbortSignal.timeout(patience);
      const outcome = await passkeys.use(data.requestPasskeySignIn.options, { mediation: 'conditional', signal: AbortSignal.any([over, late]) });
      if (!late.aborted && !('answer' in outcome)) {
        return;
      }
      await finish(outcome);
    }
  }

  return {
    signIn,
    busy: busy || asking,
    problems: problems.map(problem => ({ ...problem, text: sentences[problem.code] ?? problem.text })),
    setProblems,
  };
}
