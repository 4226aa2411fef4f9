// A sign-in that waits for the customer's first authenticator: in memory alone, because its challenge is worth a password.

let challenge: string | undefined;

/** Keeps the challenge of a sign-in for the screen that goes on with it. */
export function waitForEnrollment(challengeId: string) {
  challenge = challengeId;
}

/** The challenge, if this page has not been loaded anew since. */
export function waitingEnrollment(): string | undefined {
  return challenge;
}
