import { onPossibleChange } from './changes';
import { newClient } from './client';
import type { Config } from './config';
import { problemsOf } from './errors';
import { SignOutDocument } from './gql/graphql';
import * as session from './session';

// Signing out is a promise that the session is dead. Where the server can't be told, this browser
// forgets the session all the same, says that it lives, and tells the server as soon as it answers.

const key = session.leavingKey;
const pace = 5000;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Ends the session of this tab. */
export async function signOut(config: Config): Promise<void> {
  const { token } = session.current();
  if (token === null || (await tell(config, token))) {
    session.end('signed-out');
    return;
  }
  session.end('unheard');
  sessionStorage.setItem(key, token);
  tryLater(config);
}

/** Goes on where the tab was reloaded before the server heard; says whether a sign-out waits. */
export function resume(config: Config): boolean {
  if (sessionStorage.getItem(key) === null || session.current().token !== null) {
    return false;
  }
  session.correctFarewell('unheard');
  tryLater(config);
  return true;
}

function tryLater(config: Config) {
  clearTimeout(timer);
  timer = setTimeout(() => tryAgain(config), pace);
}

async function tryAgain(config: Config) {
  const token = sessionStorage.getItem(key);
  if (token === null) {
    return;
  }
  if (!(await tell(config, token))) {
    tryLater(config);
    return;
  }
  if (sessionStorage.getItem(key) === token) {
    sessionStorage.removeItem(key);
    session.correctFarewell('signed-out');
  }
}

/** Returns whether the session is certainly dead. */
async function tell(config: Config, token: string): Promise<boolean> {
  const { data, error } = await newClient(config, token).mutation(SignOutDocument, { input: { scope: 'THIS_SESSION' } });
  return data !== undefined && data !== null || (error !== undefined && problemsOf(error).some(({ code }) => code === 'UNAUTHENTICATED'));
}

/** Tries when the browser is back on a network, or the customer back at the page; returns how to stop. */
export function tryWhenPossible(config: Config): () => void {
  return onPossibleChange(() => tryAgain(config));
}
