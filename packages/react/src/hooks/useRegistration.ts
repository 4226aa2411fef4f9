import { useRef, useState } from 'react';
import { RegisterDocument, SignInDocument, type PolicyFragment, type RegisterAccountInput, type RegisterMutation, type TermsDocumentFragment } from '../gql/graphql';
import { language } from '../languages';
import { ownTimeZone } from '../regions';
import { startSession, type SignInOptions } from './signInSteps';
import type { FlowAction } from './flow';
import { useOperation } from './useOperation';
import { useSettings } from './useSettings';

export interface RegistrationFlow {
  /** Whether the shop takes new accounts; undefined until its settings are there. */
  open: boolean | undefined;
  /** The shop's policy for the first name, where a new customer may give it. */
  firstName: PolicyFragment | undefined;
  /** The other fields that the shop requires of everybody. */
  required: PolicyFragment[];
  /** The shop's terms. Who registers accepts the current versions of those that are required. */
  terms: TermsDocumentFragment[];
  /** Makes the account, and signs in where it can be: then the session starts by itself. Without a `language` the account has that of the page, and without a `timeZone` that of the browser. */
  register: FlowAction<[fields: RegisterAccountInput], RegisterMutation['registerAccount']>;
  /** The address that was written to, where it takes the mail to go on: it says how, also to who had an account already. */
  sentTo: string | undefined;
}

/** Makes an account. The answer is the same for an address that has one, so that nobody learns who is a customer. */
export function useRegistration(options: SignInOptions = {}): RegistrationFlow {
  const settings = useSettings();
  const [sentTo, setSentTo] = useState<string>();
  const policies = settings?.fields ?? [];
  const given = (name: string) => policies.find(({ field, access }) => field === name && (access === 'WRITE' || access === 'ONCE'));
  // The first mail is in the language that the customer reads already, and its times in the zone of their clock.
  const spoken = given('language') ? { language: language() } : {};
  const zone = () => (given('timeZone') ? { timeZone: ownTimeZone() } : {});
  const register = useOperation(RegisterDocument, 'registerAccount');
  const signIn = useOperation(SignInDocument, 'signIn', { repeatable: true, onDone: startSession(options) });

  const running = useRef(false);

  async function run(fields: RegisterAccountInput) {
    if (running.current) {
      return undefined;
    }
    running.current = true;
    return registerAndSignIn(fields).finally(() => (running.current = false));
  }

  /** A time zone that the browser knows and the API doesn't yet is nobody's mistake: then it goes without one. */
  async function send(fields: RegisterAccountInput) {
    const answer = await register.run({ ...spoken, ...zone(), ...fields });
    const refusals = register.refusals();
    const zoneAlone = refusals.length > 0 && refusals.every(({ field }) => field === 'timeZone');
    return zoneAlone && fields.timeZone === undefined ? register.run({ ...spoken, ...fields }) : answer;
  }

  async function registerAndSignIn(fields: RegisterAccountInput) {
    const answer = await send(fields);
    // The answer never tells whether the address had an account already. Whether the new password
    // opens it does: then one is signed in, and else the mail says how to go on.
    if (answer && !(await signIn.run({ email: fields.email, password: fields.password }))) {
      setSentTo(fields.email);
    }
    return answer;
  }

  return {
    open: settings && settings.registration !== 'CLOSED',
    firstName: given('firstName'),
    required: policies.filter(({ required, field }) => required && field !== 'firstName'),
    terms: settings?.terms ?? [],
    register: { ...register, busy: register.busy || signIn.busy, run },
    sentTo,
  };
}
