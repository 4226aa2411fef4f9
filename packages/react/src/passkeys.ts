import { inBrowser } from './browser';

// What the page asks the browser about passkeys. Why the browser refuses is for programmers: here it is one of two things.

type Answer = Record<string, unknown>;

/** What the authenticator answered, or why it didn't: the customer didn't want to, or it holds a passkey of the account already. */
export type Outcome = { answer: Answer } | { failed: 'cancelled' | 'known' };

/** Whether the browser has passkeys here. They are for names, so a page at a number has none. */
export const supported =
  inBrowser && 'PublicKeyCredential' in window && 'parseRequestOptionsFromJSON' in PublicKeyCredential && !/^[\d.]+$|:/.test(location.hostname);

/** Makes a passkey with the options of requestPasskey. */
export function make(options: Answer): Promise<Outcome> {
  return ask(() => navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options as never) }));
}

/** Uses a passkey with the options of a sign-in or a proof; with mediation "conditional" it waits for the autofill of a field. */
export function use(options: Answer, waiting: Pick<CredentialRequestOptions, 'mediation' | 'signal'> = {}): Promise<Outcome> {
  return ask(() => navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options as never), ...waiting }));
}

async function ask(request: () => Promise<Credential | null>): Promise<Outcome> {
  try {
    const credential = await request();
    return credential instanceof PublicKeyCredential ? { answer: { ...credential.toJSON() } } : { failed: 'cancelled' };
  } catch (error) {
    return { failed: error instanceof DOMException && error.name === 'InvalidStateError' ? 'known' : 'cancelled' };
  }
}

/** Tells the browser which passkeys are accepted and what the customer is called, where it listens. */
export async function tellBrowser({ allAcceptedCredentials, currentUserDetails }: { allAcceptedCredentials: Answer; currentUserDetails: Answer }): Promise<void> {
  const { signalAllAcceptedCredentials, signalCurrentUserDetails } = PublicKeyCredential as Partial<typeof PublicKeyCredential>;
  // It is advice: a browser that can't take it goes on as before.
  await Promise.allSettled([
    signalAllAcceptedCredentials?.call(PublicKeyCredential, allAcceptedCredentials as never),
    signalCurrentUserDetails?.call(PublicKeyCredential, currentUserDetails as never),
  ]);
}
