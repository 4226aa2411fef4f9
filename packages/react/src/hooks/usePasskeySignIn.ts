import { useEffect, useState } from 'react';
import { useClient } from 'urql';
import { problemsOf } from '../errors';
import { RequestPasskeySignInDocument, SignInWithPasskeyDocument, type SignInWithPasskeyMutation } from '../gql/graphql';
import * as passkeys from '../passkeys';
import { startSession, type SignInOptions } from './signInSteps';
import type { FlowAction } from './flow';
import { useOperation } from './useOperation';
import { useSettings } from './useSettings';

/** After how long a page that waits asks for new options, in milliseconds: they live for five minutes. */
const patience = 240_000;

export interface PasskeySignInFlow {
  /** Whether the shop and the browser have passkeys; false as long as the shop's settings are not there. */
  available: boolean;
  /** Has the customer choose a passkey, and signs in with it; the session starts by itself. A customer who doesn't choose one is no problem. */
  signIn: FlowAction<[], SignInWithPasskeyMutation['signInWithPasskey']>;
}

/**
 * Signs in with a passkey: by a button, and as long as the component is there by the autofill of a field, which has
 * `autocomplete="username webauthn"`. The browser asks for one at a time, so the button ends the waiting, which begins
 * again where it didn't sign in.
 */
export function usePasskeySignIn(options: SignInOptions = {}): PasskeySignInFlow {
  const client = useClient();
  const available = useSettings()?.passkeys === true && passkeys.supported;
  const { run, busy, problems, setProblems } = useOperation(SignInWithPasskeyDocument, 'signInWithPasskey', { repeatable: true, onDone: startSession(options) });
  const [asking, setAsking] = useState(false);

  const ask = () => client.mutation(RequestPasskeySignInDocument, { input: {} }).toPromise();
  const finish = async (outcome: passkeys.Outcome) => ('answer' in outcome ? run({ response: outcome.answer }) : undefined);

  async function signIn() {
    setAsking(true);
    setProblems([]);
    const { data, error } = await ask();
    const answer = data && (await finish(await passkeys.use(data.requestPasskeySignIn.options)));
    if (error && !data) {
      setProblems(problemsOf(error));
    }
    setAsking(false);
    return answer;
  }

  useEffect(() => {
    if (!available || asking) {
      return;
    }
    const over = new AbortController();
    wait(over.signal);
    return () => over.abort();
  }, [available, asking]);

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

  return { available, signIn: { run: signIn, busy: busy || asking, problems, setProblems } };
}
