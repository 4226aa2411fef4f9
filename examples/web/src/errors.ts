import type { CombinedError } from '@urql/core';
import type { ErrorCode, ErrorReason } from './gql/enums';
import type { AbilityFragment } from './gql/graphql';

/** A code of the schema, or what the page calls an answer that didn't come from the API. */
export type Code = ErrorCode | 'OFFLINE' | 'NETWORK' | 'GATEWAY';

/** One error of an answer, as the page shows it. */
export interface Problem {
  code: Code;
  /** The path inside `input` of the field at fault. */
  field: string | null;
  /** A sentence, or for the two codes of wrong fields the end of one that begins with the field's label. */
  text: string;
  /** When it is worth trying again, in milliseconds since 1970. */
  retryAt: number | null;
  /** The second step that a sign-in goes on with. */
  challengeId?: string | undefined;
  /** Which of several causes of the code it is, where the server says so. */
  reason?: ErrorReason | undefined;
  requestId: string | null;
}

/**
 * What to tell people. The type makes it complete: a code that is new in the schema doesn't
 * compile until it has a sentence. Empty ones go on with the server's own words, which name the reason.
 */
const sentences: Record<Code, string> = {
  // What the customer can put right.
  INVALID_INPUT: '',
  PASSWORD_REJECTED: '',
  INVALID_CREDENTIALS: 'The e-mail or the password isn’t right. Please check both.',
  REAUTHENTICATION_REQUIRED: 'Please prove first that it’s you.',
  SECOND_FACTOR_REQUIRED: 'Your account asks for a second factor: enter a code of your authenticator app, or a recovery code.',
  TERMS_REQUIRED: 'Please read and accept our terms first, on the first page of your account.',
  TOKEN_INVALID: 'This link can’t be used: it was used already, has expired, or a newer one has replaced it.',
  CODE_INVALID: 'This code isn’t right, has expired, or was tried too often. You can have a new one sent.',
  EMAIL_UNAVAILABLE: 'This address belongs to an account already.',
  PHONE_UNAVAILABLE: 'This number belongs to another account.',
  VERSION_CONFLICT: 'Your account was changed somewhere else in the meantime, so nothing was saved.',
  UNAUTHENTICATED: 'You’re signed out. Please sign in again.',
  IDEMPOTENCY_KEY_IN_USE: 'That takes longer than usual. Please look in a moment whether it was done.',

  // What takes somebody else, or time.
  ACTIVATION_REQUIRED: 'Please confirm your e-mail first: open the link in our latest mail to you.',
  ACCOUNT_BLOCKED: 'This account is blocked. Please contact our support.',
  DELETION_PENDING: 'This account is closed and waits for its deletion. You can still keep it.',
  RATE_LIMITED: 'That has to wait: it was too often in a short time, or the account was secured lately.',
  MESSAGE_CHANNEL_UNAVAILABLE: 'We don’t send text messages at the moment, so a number can’t be added or changed.',
  IDENTITY_PROVIDER_UNAVAILABLE: 'The other service can’t vouch for you right now. Nothing was changed; please try again later.',
  OVERLOADED: 'Very many people are signing in right now. Nothing was changed; please try again in a moment.',
  UNAVAILABLE: 'We can’t reach our database right now. Please look in a moment whether your change was made, and try again if not.',
  OFFLINE: 'You’re offline, so nothing was sent. Please try again when you have a connection.',
  NETWORK: 'The server doesn’t answer. Please check your connection and try again.',
  GATEWAY: 'Our service isn’t available right now. This isn’t about your connection: please try again in a few minutes.',

  // What is wrong with this page or how it was installed.
  API_KEY_INVALID: 'This page isn’t allowed to ask for accounts any more. Please tell our support.',
  PERMISSION_DENIED: 'This page isn’t allowed to do that. Please tell our support.',
  REQUEST_TOO_LARGE: 'That is more text than we can take at once. Please shorten it.',
  QUERY_TOO_COMPLEX: 'This page asked for too much at once. Please tell our support.',
  IDEMPOTENCY_KEY_REUSED: 'This page mixed something up. Please reload it, and look whether your change was made.',
  BAD_REQUEST: 'The server didn’t understand this page. Please reload it, and tell our support if that doesn’t help.',
  GRAPHQL_PARSE_FAILED: 'The server didn’t understand this page. Please reload it, and tell our support if that doesn’t help.',
  GRAPHQL_VALIDATION_FAILED: 'The server didn’t understand this page. Please reload it, and tell our support if that doesn’t help.',
  INTERNAL: 'Something went wrong on our side. Please try again, and tell our support if it happens again.',
};

interface Extensions {
  code?: ErrorCode;
  field?: string;
  reason?: ErrorReason;
  limit?: number;
  retryAfter?: number;
  challengeId?: string;
  requestId?: string;
}

/** What to say in place of the last sentence where a change was sent and the answer to it was lost. */
const perhapsDone = 'We can’t tell whether that was done: please look before you try again.';

/**
 * Sorts out what came back instead of data: one problem for each of the answer's errors. After a
 * change without an answer it says that the change may have been made.
 */
export function problemsOf(error: CombinedError, change = false): Problem[] {
  if (error.graphQLErrors.length === 0) {
    const code = error.response ? 'GATEWAY' : navigator.onLine ? 'NETWORK' : 'OFFLINE';
    const text = change && code !== 'OFFLINE' ? `${sentences[code].split('. ')[0]}. ${perhapsDone}` : sentences[code];
    return [{ code, field: null, text, retryAt: null, requestId: null }];
  }
  return error.graphQLErrors.map(({ message, extensions }) => {
    const { code = 'INTERNAL', field = null, reason, retryAfter, challengeId, requestId = null } = extensions as Extensions;
    return {
      code,
      field,
      text: sentences[code] || remainder(message, field),
      retryAt: retryAfter === undefined ? null : Date.now() + retryAfter * 1000,
      challengeId,
      reason,
      requestId,
    };
  });
}

/** Why an operation would be refused now, whatever the input; null where it wouldn't. */
export function refusalOf({ allowed, reason, retryAfter }: AbilityFragment): Problem | null {
  if (allowed) {
    return null;
  }
  const code = reason ?? 'INTERNAL';
  return {
    code,
    field: null,
    // Nobody has typed anything yet, so it can't be wrong: there is no password.
    text: code === 'INVALID_CREDENTIALS' ? 'Your account has no password: you sign in another way.' : sentences[code],
    retryAt: retryAfter === null ? null : Date.now() + retryAfter * 1000,
    requestId: null,
  };
}

/** The server's message begins with the field's name in the schema, where the page has a label. */
function remainder(message: string, field: string | null): string {
  const text = field !== null && message.startsWith(`${field} `) ? message.slice(field.length + 1) : message;
  // "null" is the schema's word; here a field is cleared by emptying it.
  return text.replace(/; send null.*$/, '.');
}

/** Codes whose text goes on from the field's label. */
export function continuesLabel(problem: Problem): boolean {
  return problem.code === 'INVALID_INPUT' || problem.code === 'PASSWORD_REJECTED';
}
