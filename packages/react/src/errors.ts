import type { CombinedError } from '@urql/core';
import type { ErrorCode, ErrorReason } from './gql/enums';
import type { AbilityFragment } from './gql/graphql';
import { later, t, tOf } from './words';

/** A code of the schema, or what the page calls an answer that didn't come from the API. */
export type Code = ErrorCode | 'OFFLINE' | 'NETWORK' | 'GATEWAY';

/** What is said, in the language that the page has then; of a field's value with the label of the field. */
export type Said = (label: string) => string;

/** One error of an answer, as the page shows it. */
export interface Problem {
  code: Code;
  /** The path inside `input` of the field at fault. */
  field: string | null;
  text: Said;
  /** When it is worth trying again, in milliseconds since 1970. */
  retryAt: number | null;
  /** The second step that a sign-in goes on with. */
  challengeId?: string | undefined;
  /** How often a code that was wrong can still be tried. */
  triesLeft?: number | undefined;
  /** Which of several causes of the code it is, where the server says so. */
  reason?: ErrorReason | undefined;
  requestId: string | null;
}

interface Extensions {
  code?: ErrorCode;
  field?: string;
  reason?: ErrorReason;
  limit?: number;
  retryAfter?: number;
  triesLeft?: number;
  challengeId?: string;
  requestId?: string;
}

/** A field of the page that isn't as it must be, without asking the server. */
export const wrongField = (field: string, text: Said): Problem => ({ code: 'INVALID_INPUT', field, text, retryAt: null, requestId: null });

/**
 * Sorts out what came back instead of data: one problem for each of the answer's errors. After a
 * change without an answer it says that the change may have been made.
 */
export function problemsOf(error: CombinedError, change = false): Problem[] {
  if (error.graphQLErrors.length === 0) {
    const code = error.response ? 'GATEWAY' : navigator.onLine ? 'NETWORK' : 'OFFLINE';
    const text = change && code !== 'OFFLINE' ? later(`unheard.${code}`) : later(`error.${code}`);
    return [{ code, field: null, text, retryAt: null, requestId: null }];
  }
  return error.graphQLErrors.map(({ extensions }) => {
    const { code = 'INTERNAL', field = null, retryAfter, triesLeft, challengeId, reason, requestId = null } = extensions as Extensions;
    return {
      code,
      field,
      text: withTries(sentence(extensions as Extensions), triesLeft),
      retryAt: retryAfter === undefined ? null : Date.now() + retryAfter * 1000,
      triesLeft,
      challengeId,
      reason,
      requestId,
    };
  });
}

/**
 * What to tell people, by code and reason and never in the server's words, which are English. The types make it complete:
 * a code or a reason that is new in the schema doesn't compile until it has a sentence.
 */
function sentence({ code = 'INTERNAL', field = '', reason, limit = 0, triesLeft = 0 }: Extensions): Said {
  if (triesLeft > 0) {
    return later('field.wrongCode');
  }
  if (reason !== undefined && (code === 'INVALID_INPUT' || code === 'PASSWORD_REJECTED')) {
    return label => tOf(`reason.${reason}`, { label: label || t('field.this'), limit, field: field.split('.').at(-1) ?? '' });
  }
  return later(`error.${code}`);
}

/** What is said of a wrong code, and how often it can still be tried. */
export const withTries = (text: Said, triesLeft = 0): Said => (triesLeft === 0 ? text : label => `${text(label)} ${t('field.triesLeft', { triesLeft })}`);

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
    text: code === 'INVALID_CREDENTIALS' ? later('field.noPassword') : later(`error.${code}`),
    retryAt: retryAfter === null ? null : Date.now() + retryAfter * 1000,
    requestId: null,
  };
}
