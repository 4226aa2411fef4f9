/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** How an operation ended. */
export type ActivityOutcome =
  /** It failed for a reason on our side, and nothing changed. */
  | 'FAILED'
  /** There were too many tries, and nothing changed. */
  | 'LIMITED'
  /** It was refused, and nothing changed. */
  | 'REFUSED'
  /** It was done. */
  | 'SUCCESS';

/** Consent per channel: omitted keeps, null forgets the answer. */
export type AgreementsInput = {
  /** Contact over Bluetooth beacons. */
  bluetooth?: boolean | null | undefined;
  /** Newsletters by e-mail. */
  email?: boolean | null | undefined;
  /** Push notifications. */
  push?: boolean | null | undefined;
  /** Contact over RFID. */
  rfid?: boolean | null | undefined;
  /** Text messages. */
  sms?: boolean | null | undefined;
  /** Contact over Wi-Fi hotspots. */
  wifi?: boolean | null | undefined;
};

/** Input of changePassword. */
export type ChangePasswordInput = {
  /** The new password. */
  newPassword: string;
  /** The current password. */
  oldPassword: string;
};

/** Input of confirmAccountActivation. */
export type ConfirmAccountActivationInput = {
  /** A fresh token of an identity that is linked to the account, instead of the password. */
  externalToken?: string | null | undefined;
  /** The provider of externalToken. */
  identityProvider?: IdentityProvider | null | undefined;
  /** The password of the registration; not needed with a session of the account. */
  password?: string | null | undefined;
  /** The token of the activation mail. */
  token: string;
};

/** Input of confirmEmailChange. */
export type ConfirmEmailChangeInput = {
  /** Consent for newsletters to the new address; replaces the old answer. */
  newsletterAgreement: boolean;
  /** The token that was mailed to the new address. */
  token: string;
};

/** Input of confirmPasswordReset. */
export type ConfirmPasswordResetInput = {
  /** The new password. */
  password: string;
  /** The token of the mail. */
  token: string;
};

/** Input of confirmPhoneUpdate. */
export type ConfirmPhoneUpdateInput = {
  /** What requestPhoneUpdate returned; needed where no session is sent. */
  challengeId?: string | number | null | undefined;
  /** The code of the SMS. Spaces and dashes in it do not count, and its digits may be of any script. */
  confirmationCode: string;
  /** The new number, as it was requested. */
  phone: string;
  /** Consent for text messages to the new number; replaces the old answer. */
  smsAgreement: boolean;
};

/** Input of deleteAccount. */
export type DeleteAccountInput = {
  /** The caller's own reference of the customer; recorded in the audit trail, never a proof. */
  authId?: string | null | undefined;
  /** The password, or a token of the linked identity provider: of a sign-in at most five minutes ago, and not used before. */
  clientAuthFactor: string;
  /** What the factor is: SYNERISE is this service's own password. */
  identityProvider?: IdentityProvider;
};

/**
 * Every value that `errors[].extensions.code` can have. Beside it stand `http.status`, `requestId`, and where they
 * apply `field` (a path inside `input`), `reason` (one of ErrorReason) with `limit` (a number), and `retryAfter` (seconds).
 */
export type ErrorCode =
  /** 403. The password is right, but the operator has blocked the account. */
  | 'ACCOUNT_BLOCKED'
  /** 403. The password is right, but the e-mail must be confirmed first. */
  | 'ACTIVATION_REQUIRED'
  /** 401. The X-Api-Key header is missing, or its key is unknown, revoked or expired. */
  | 'API_KEY_INVALID'
  /** 400, or 405, 406 and 415 for method and media types. The request is not what this address takes. */
  | 'BAD_REQUEST'
  /** 403. The code is wrong, used, expired, replaced, or was tried too often. */
  | 'CODE_INVALID'
  /** 409. The address was taken in the meantime; told only to somebody who proved it. */
  | 'EMAIL_UNAVAILABLE'
  /** 400. The document is not GraphQL. */
  | 'GRAPHQL_PARSE_FAILED'
  /** 400. The document or its variables do not fit the schema. */
  | 'GRAPHQL_VALIDATION_FAILED'
  /** 409. The first request with this Idempotency-Key still runs: send it again after `retryAfter` seconds. */
  | 'IDEMPOTENCY_KEY_IN_USE'
  /** 422. The Idempotency-Key came with another mutation before: take a new one for each mutation. */
  | 'IDEMPOTENCY_KEY_REUSED'
  /** 503. The identity provider is not configured or can't be reached. Nothing was changed. */
  | 'IDENTITY_PROVIDER_UNAVAILABLE'
  /** 500. Anything else. The cause is in the log under the request id. */
  | 'INTERNAL'
  /** 403. Wrong password or external token, or an unknown account; they are not told apart. */
  | 'INVALID_CREDENTIALS'
  /** 400. The field is not acceptable; there is one error for each wrong field. */
  | 'INVALID_INPUT'
  /** 503. The service has no sender of text messages. Nothing was changed; `can` foretells it. */
  | 'MESSAGE_CHANNEL_UNAVAILABLE'
  /** 503. Too many passwords are being checked at once: try again. Nothing was changed. */
  | 'OVERLOADED'
  /** 400. The new password is not acceptable; `reason` says why. A token stays valid. */
  | 'PASSWORD_REJECTED'
  /** 403. The API key lacks the operation's permission. */
  | 'PERMISSION_DENIED'
  /** 409. The number belongs to another account; told only to somebody who proved it. */
  | 'PHONE_UNAVAILABLE'
  /** 400. The document exceeds a limit of size or shape. */
  | 'QUERY_TOO_COMPLEX'
  /** 429. Too many tries: wait `retryAfter` seconds. */
  | 'RATE_LIMITED'
  /** 403. A session alone is not enough here: repeat the call with the current password. */
  | 'REAUTHENTICATION_REQUIRED'
  /** 413. The request's body is too large. */
  | 'REQUEST_TOO_LARGE'
  /** 403. The token is unknown, used, expired, replaced, someone else's, or for another purpose. */
  | 'TOKEN_INVALID'
  /** 401. No live customer session where one is needed: sign in again. */
  | 'UNAUTHENTICATED'
  /** 503. The database can't serve now. Nothing was changed, unless the message says that this is not known. */
  | 'UNAVAILABLE'
  /** 409. The account has changed since expectedVersion: read it again. */
  | 'VERSION_CONFLICT';

/** Who vouches for a customer. */
export type IdentityProvider =
  /** Apple. */
  | 'APPLE'
  /** Facebook. */
  | 'FACEBOOK'
  /** Google. */
  | 'GOOGLE'
  /** Any other OpenID Connect issuer that the operator configured. */
  | 'OAUTH'
  /** This service's own password (the source's name for it). */
  | 'SYNERISE'
  /** Only in answers: a provider that is no longer known. Refused as input. */
  | 'UNKNOWN';

/** Input of registerAccount. */
export type RegisterAccountInput = {
  /** Street and house number. */
  address?: string | null | undefined;
  /** Consent per channel. */
  agreements?: AgreementsInput | null | undefined;
  /** Free data. */
  attributes?: Record<string, unknown> | null | undefined;
  /** Address of a picture: https only. */
  avatarUrl?: string | null | undefined;
  /** Date of birth. */
  birthDate?: string | null | undefined;
  /** City. */
  city?: string | null | undefined;
  /** Company. */
  company?: string | null | undefined;
  /** Country. */
  countryCode?: string | null | undefined;
  /** The name that others see. */
  displayName?: string | null | undefined;
  /** The address to sign in with. */
  email: string;
  /** Given name. */
  firstName?: string | null | undefined;
  /** The language of messages to the customer: a tag of BCP 47, of which language, script and region are kept. */
  language?: string | null | undefined;
  /** Family name. */
  lastName?: string | null | undefined;
  /** The password to sign in with. */
  password: string;
  /** Province, state or region. */
  province?: string | null | undefined;
  /** Sex. */
  sex?: Sex | null | undefined;
  /** Postal code. */
  zipCode?: string | null | undefined;
};

/** Input of requestAccountActivation. */
export type RequestAccountActivationInput = {
  /** The account's address. */
  email: string;
};

/** Input of requestEmailChange. The session names the account; without one, accountEmail does, with the same proof. */
export type RequestEmailChangeInput = {
  /** The account's current address, where no session is sent. */
  accountEmail?: string | null | undefined;
  /** The caller's own reference of the customer; recorded in the audit trail, never a proof. */
  authId?: string | null | undefined;
  /** The new address. */
  email: string;
  /** A token of a linked identity provider, instead of the password: of a sign-in at most five minutes ago, and not used before. */
  externalToken?: string | null | undefined;
  /** The provider of externalToken. */
  identityProvider?: IdentityProvider | null | undefined;
  /** The current password. */
  password?: string | null | undefined;
};

/** Input of requestPasswordReset. */
export type RequestPasswordResetInput = {
  /** The account's address. */
  email: string;
};

/** Input of requestPhoneUpdate. The session names the account; without one, accountEmail does, with proof. */
export type RequestPhoneUpdateInput = {
  /** The account's address, where no session is sent. */
  accountEmail?: string | null | undefined;
  /** A token of a linked identity provider, instead of the password: of a sign-in at most five minutes ago, and not used before. */
  externalToken?: string | null | undefined;
  /** The provider of externalToken. */
  identityProvider?: IdentityProvider | null | undefined;
  /** The current password; needed without a session or with one whose last proof is too old. */
  password?: string | null | undefined;
  /** The new number, in international form. */
  phone: string;
};

/** Input of revokeSession. */
export type RevokeSessionInput = {
  /** The session's id. */
  id: string | number;
};

/** Sex, in the source's values. */
export type Sex =
  /** Female. */
  | 'FEMALE'
  /** Male. */
  | 'MALE'
  /** Not given. */
  | 'NOT_SPECIFIED'
  /** Another. */
  | 'OTHER';

/** Input of signIn. */
export type SignInInput = {
  /** The account's address. */
  email: string;
  /** The password. */
  password: string;
};

/** Input of signOut. */
export type SignOutInput = {
  /** Which sessions end. */
  scope?: SignOutScope;
};

/** Which sessions signOut ends. */
export type SignOutScope =
  /** All. */
  | 'ALL_SESSIONS'
  /** All but that one. */
  | 'OTHER_SESSIONS'
  /** The one that the request was made with. */
  | 'THIS_SESSION';

/** Input of undoEmailChange. */
export type UndoEmailChangeInput = {
  /** The token of the notice to the former address. */
  token: string;
};

/** Fields to change: omitted keeps, null clears, an empty string is refused. */
export type UpdateAccountInput = {
  /** Street and house number. */
  address?: string | null | undefined;
  /** Consent per channel; channels that are omitted keep their value. Can't be null. */
  agreements?: AgreementsInput | null | undefined;
  /** Merged by key into the stored attributes; a key set to null is removed. Can't be null. */
  attributes?: Record<string, unknown> | null | undefined;
  /** Address of a picture: https only. */
  avatarUrl?: string | null | undefined;
  /** Date of birth. */
  birthDate?: string | null | undefined;
  /** City. */
  city?: string | null | undefined;
  /** Company. */
  company?: string | null | undefined;
  /** Country. */
  countryCode?: string | null | undefined;
  /** The name that others see. */
  displayName?: string | null | undefined;
  /** A new address: needs `password` or `externalToken`, and takes effect by confirmEmailChange. Can't be null. */
  email?: string | null | undefined;
  /** Refuse with VERSION_CONFLICT unless the account is at this version. */
  expectedVersion?: number | null | undefined;
  /** A fresh token of a linked identity provider, as proof instead of the password. */
  externalToken?: string | null | undefined;
  /** Given name. */
  firstName?: string | null | undefined;
  /** The provider of externalToken. */
  identityProvider?: IdentityProvider | null | undefined;
  /** The language of messages to the customer: a tag of BCP 47, of which language, script and region are kept. */
  language?: string | null | undefined;
  /** Family name. */
  lastName?: string | null | undefined;
  /** The current password, as proof for a new email or phone. It never sets a new password. */
  password?: string | null | undefined;
  /** A new number: needs `password` or `externalToken`, and takes effect by confirmPhoneUpdate. Null removes the number, with the same proof. */
  phone?: string | null | undefined;
  /** Province, state or region. */
  province?: string | null | undefined;
  /** Sex; null means NOT_SPECIFIED. */
  sex?: Sex | null | undefined;
  /** Postal code. */
  zipCode?: string | null | undefined;
};

export type OverviewQueryVariables = Exact<{ [key: string]: never; }>;


export type OverviewQuery = { __typename: 'Query', account: { __typename: 'Account', id: string, avatarUrl: string | null, email: string, emailVerified: boolean, emailDisplaced: boolean, phone: string | null, phoneVerified: boolean, firstName: string | null, lastName: string | null, displayName: string | null, city: string | null, countryCode: string | null, createdAt: string, agreements: { __typename: 'Agreements', email: boolean | null, sms: boolean | null, push: boolean | null, bluetooth: boolean | null, rfid: boolean | null, wifi: boolean | null }, pendingEmailChange: { __typename: 'PendingChange', challengeId: string, destination: string, expiresAt: string, resendAvailableAt: string } | null, pendingPhoneUpdate: { __typename: 'PendingChange', challengeId: string, destination: string, expiresAt: string, resendAvailableAt: string } | null, sessions: Array<{ __typename: 'Session', id: string }> | null, activity: { __typename: 'ActivityConnection', edges: Array<{ __typename: 'ActivityEdge', node: { __typename: 'ActivityEvent', at: string, description: string } }> } | null } };

export type ProfileQueryVariables = Exact<{ [key: string]: never; }>;


export type ProfileQuery = { __typename: 'Query', account: { __typename: 'Account', id: string, version: number, firstName: string | null, lastName: string | null, displayName: string | null, sex: Sex, birthDate: string | null, avatarUrl: string | null, company: string | null, address: string | null, city: string | null, province: string | null, zipCode: string | null, countryCode: string | null, language: string | null, can: { __typename: 'Abilities', updateAccount: { __typename: 'Ability', allowed: boolean, reason: ErrorCode | null, retryAfter: number | null, stepUpNeeded: boolean } } } };

export type EmailQueryVariables = Exact<{ [key: string]: never; }>;


export type EmailQuery = { __typename: 'Query', account: { __typename: 'Account', id: string, email: string, emailVerified: boolean, emailDisplaced: boolean, can: { __typename: 'Abilities', requestEmailChange: { __typename: 'Ability', allowed: boolean, reason: ErrorCode | null, retryAfter: number | null, stepUpNeeded: boolean } }, pendingEmailChange: { __typename: 'PendingChange', challengeId: string, destination: string, expiresAt: string, resendAvailableAt: string } | null } };

export type PhoneQueryVariables = Exact<{ [key: string]: never; }>;


export type PhoneQuery = { __typename: 'Query', account: { __typename: 'Account', id: string, phone: string | null, phoneVerified: boolean, can: { __typename: 'Abilities', requestPhoneUpdate: { __typename: 'Ability', allowed: boolean, reason: ErrorCode | null, retryAfter: number | null, stepUpNeeded: boolean }, confirmPhoneUpdate: { __typename: 'Ability', allowed: boolean, reason: ErrorCode | null, retryAfter: number | null, stepUpNeeded: boolean } }, pendingPhoneUpdate: { __typename: 'PendingChange', challengeId: string, destination: string, expiresAt: string, resendAvailableAt: string } | null } };

export type AgreementsQueryVariables = Exact<{ [key: string]: never; }>;


export type AgreementsQuery = { __typename: 'Query', account: { __typename: 'Account', id: string, agreements: { __typename: 'Agreements', email: boolean | null, sms: boolean | null, push: boolean | null, bluetooth: boolean | null, rfid: boolean | null, wifi: boolean | null } } };

export type SessionsQueryVariables = Exact<{ [key: string]: never; }>;


export type SessionsQuery = { __typename: 'Query', account: { __typename: 'Account', id: string, sessions: Array<{ __typename: 'Session', id: string, createdAt: string, lastUsedAt: string, expiresAt: string, current: boolean, userAgent: string | null, ip: string | null }> | null } };

export type ActivityQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type ActivityQuery = { __typename: 'Query', account: { __typename: 'Account', id: string, activity: { __typename: 'ActivityConnection', edges: Array<{ __typename: 'ActivityEdge', cursor: string, node: { __typename: 'ActivityEvent', at: string, description: string, outcome: ActivityOutcome, reason: ErrorCode | null, ip: string | null, userAgent: string | null } }>, pageInfo: { __typename: 'PageInfo', endCursor: string | null, hasNextPage: boolean } } | null } };

export type PasswordQueryVariables = Exact<{ [key: string]: never; }>;


export type PasswordQuery = { __typename: 'Query', account: { __typename: 'Account', id: string, email: string, emailDisplaced: boolean, firstName: string | null, lastName: string | null, identities: Array<{ __typename: 'Identity', identityProvider: IdentityProvider, linkedAt: string }> | null, can: { __typename: 'Abilities', changePassword: { __typename: 'Ability', allowed: boolean, reason: ErrorCode | null, retryAfter: number | null, stepUpNeeded: boolean } } } };

export type DeletionQueryVariables = Exact<{ [key: string]: never; }>;


export type DeletionQuery = { __typename: 'Query', account: { __typename: 'Account', id: string, email: string, emailDisplaced: boolean, can: { __typename: 'Abilities', deleteAccount: { __typename: 'Ability', allowed: boolean, reason: ErrorCode | null, retryAfter: number | null, stepUpNeeded: boolean } } } };

export type ProbeQueryVariables = Exact<{ [key: string]: never; }>;


export type ProbeQuery = { __typename: 'Query', account: { __typename: 'Account', id: string } };

export type ProfileFragment = { __typename: 'Account', id: string, version: number, firstName: string | null, lastName: string | null, displayName: string | null, sex: Sex, birthDate: string | null, avatarUrl: string | null, company: string | null, address: string | null, city: string | null, province: string | null, zipCode: string | null, countryCode: string | null, language: string | null };

export type EmailFragment = { __typename: 'Account', id: string, email: string, emailVerified: boolean, emailDisplaced: boolean, pendingEmailChange: { __typename: 'PendingChange', challengeId: string, destination: string, expiresAt: string, resendAvailableAt: string } | null };

export type PhoneFragment = { __typename: 'Account', id: string, phone: string | null, phoneVerified: boolean, pendingPhoneUpdate: { __typename: 'PendingChange', challengeId: string, destination: string, expiresAt: string, resendAvailableAt: string } | null };

export type PendingFragment = { __typename: 'PendingChange', challengeId: string, destination: string, expiresAt: string, resendAvailableAt: string };

export type AbilityFragment = { __typename: 'Ability', allowed: boolean, reason: ErrorCode | null, retryAfter: number | null, stepUpNeeded: boolean };

export type AgreementsFragment = { __typename: 'Agreements', email: boolean | null, sms: boolean | null, push: boolean | null, bluetooth: boolean | null, rfid: boolean | null, wifi: boolean | null };

export type RegisterMutationVariables = Exact<{
  input: RegisterAccountInput;
}>;


export type RegisterMutation = { __typename: 'Mutation', registerAccount: { __typename: 'RegisterAccountPayload', accepted: boolean } };

export type RequestActivationMutationVariables = Exact<{
  input: RequestAccountActivationInput;
}>;


export type RequestActivationMutation = { __typename: 'Mutation', requestAccountActivation: { __typename: 'RequestAccountActivationPayload', accepted: boolean, resendAvailableAt: string | null } };

export type ConfirmActivationMutationVariables = Exact<{
  input: ConfirmAccountActivationInput;
}>;


export type ConfirmActivationMutation = { __typename: 'Mutation', confirmAccountActivation: { __typename: 'ConfirmAccountActivationPayload', session: { __typename: 'Session', id: string, token: string | null } } };

export type SignInMutationVariables = Exact<{
  input: SignInInput;
}>;


export type SignInMutation = { __typename: 'Mutation', signIn: { __typename: 'SignInPayload', session: { __typename: 'Session', id: string, token: string | null } } };

export type RequestPasswordResetMutationVariables = Exact<{
  input: RequestPasswordResetInput;
}>;


export type RequestPasswordResetMutation = { __typename: 'Mutation', requestPasswordReset: { __typename: 'RequestPasswordResetPayload', accepted: boolean } };

export type ConfirmPasswordResetMutationVariables = Exact<{
  input: ConfirmPasswordResetInput;
}>;


export type ConfirmPasswordResetMutation = { __typename: 'Mutation', confirmPasswordReset: { __typename: 'ConfirmPasswordResetPayload', revokedSessions: number } };

export type UpdateProfileMutationVariables = Exact<{
  input: UpdateAccountInput;
}>;


export type UpdateProfileMutation = { __typename: 'Mutation', updateAccount: { __typename: 'UpdateAccountPayload', account: { __typename: 'Account', id: string, version: number, firstName: string | null, lastName: string | null, displayName: string | null, sex: Sex, birthDate: string | null, avatarUrl: string | null, company: string | null, address: string | null, city: string | null, province: string | null, zipCode: string | null, countryCode: string | null, language: string | null } | null } };

export type UpdateAgreementsMutationVariables = Exact<{
  input: UpdateAccountInput;
}>;


export type UpdateAgreementsMutation = { __typename: 'Mutation', updateAccount: { __typename: 'UpdateAccountPayload', account: { __typename: 'Account', id: string, agreements: { __typename: 'Agreements', email: boolean | null, sms: boolean | null, push: boolean | null, bluetooth: boolean | null, rfid: boolean | null, wifi: boolean | null } } | null } };

export type RemovePhoneMutationVariables = Exact<{
  input: UpdateAccountInput;
}>;


export type RemovePhoneMutation = { __typename: 'Mutation', updateAccount: { __typename: 'UpdateAccountPayload', account: { __typename: 'Account', id: string, phone: string | null, phoneVerified: boolean, pendingPhoneUpdate: { __typename: 'PendingChange', challengeId: string, destination: string, expiresAt: string, resendAvailableAt: string } | null } | null } };

export type ChangePasswordMutationVariables = Exact<{
  input: ChangePasswordInput;
}>;


export type ChangePasswordMutation = { __typename: 'Mutation', changePassword: { __typename: 'ChangePasswordPayload', revokedSessions: number, session: { __typename: 'Session', id: string, token: string | null } } };

export type RequestEmailChangeMutationVariables = Exact<{
  input: RequestEmailChangeInput;
}>;


export type RequestEmailChangeMutation = { __typename: 'Mutation', requestEmailChange: { __typename: 'RequestEmailChangePayload', pending: { __typename: 'PendingChange', challengeId: string, destination: string, expiresAt: string, resendAvailableAt: string } } };

export type ConfirmEmailChangeMutationVariables = Exact<{
  input: ConfirmEmailChangeInput;
}>;


export type ConfirmEmailChangeMutation = { __typename: 'Mutation', confirmEmailChange: { __typename: 'ConfirmEmailChangePayload', email: string } };

export type CancelEmailChangeMutationVariables = Exact<{ [key: string]: never; }>;


export type CancelEmailChangeMutation = { __typename: 'Mutation', cancelEmailChange: { __typename: 'CancelEmailChangePayload', account: { __typename: 'Account', id: string, email: string, emailVerified: boolean, emailDisplaced: boolean, pendingEmailChange: { __typename: 'PendingChange', challengeId: string, destination: string, expiresAt: string, resendAvailableAt: string } | null } | null } };

export type UndoEmailChangeMutationVariables = Exact<{
  input: UndoEmailChangeInput;
}>;


export type UndoEmailChangeMutation = { __typename: 'Mutation', undoEmailChange: { __typename: 'UndoEmailChangePayload', email: string, revokedSessions: number } };

export type RequestPhoneUpdateMutationVariables = Exact<{
  input: RequestPhoneUpdateInput;
}>;


export type RequestPhoneUpdateMutation = { __typename: 'Mutation', requestPhoneUpdate: { __typename: 'RequestPhoneUpdatePayload', pending: { __typename: 'PendingChange', challengeId: string, destination: string, expiresAt: string, resendAvailableAt: string } } };

export type ConfirmPhoneUpdateMutationVariables = Exact<{
  input: ConfirmPhoneUpdateInput;
}>;


export type ConfirmPhoneUpdateMutation = { __typename: 'Mutation', confirmPhoneUpdate: { __typename: 'ConfirmPhoneUpdatePayload', phone: string } };

export type CancelPhoneUpdateMutationVariables = Exact<{ [key: string]: never; }>;


export type CancelPhoneUpdateMutation = { __typename: 'Mutation', cancelPhoneUpdate: { __typename: 'CancelPhoneUpdatePayload', account: { __typename: 'Account', id: string, phone: string | null, phoneVerified: boolean, pendingPhoneUpdate: { __typename: 'PendingChange', challengeId: string, destination: string, expiresAt: string, resendAvailableAt: string } | null } | null } };

export type SignOutMutationVariables = Exact<{
  input: SignOutInput;
}>;


export type SignOutMutation = { __typename: 'Mutation', signOut: { __typename: 'SignOutPayload', revokedSessions: number } };

export type RevokeSessionMutationVariables = Exact<{
  input: RevokeSessionInput;
}>;


export type RevokeSessionMutation = { __typename: 'Mutation', revokeSession: { __typename: 'RevokeSessionPayload', revokedSessions: number } };

export type DeleteAccountMutationVariables = Exact<{
  input: DeleteAccountInput;
}>;


export type DeleteAccountMutation = { __typename: 'Mutation', deleteAccount: { __typename: 'DeleteAccountPayload', deletedAt: string } };

export const ProfileFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Profile"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Account"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"firstName"}},{"kind":"Field","name":{"kind":"Name","value":"lastName"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"sex"}},{"kind":"Field","name":{"kind":"Name","value":"birthDate"}},{"kind":"Field","name":{"kind":"Name","value":"avatarUrl"}},{"kind":"Field","name":{"kind":"Name","value":"company"}},{"kind":"Field","name":{"kind":"Name","value":"address"}},{"kind":"Field","name":{"kind":"Name","value":"city"}},{"kind":"Field","name":{"kind":"Name","value":"province"}},{"kind":"Field","name":{"kind":"Name","value":"zipCode"}},{"kind":"Field","name":{"kind":"Name","value":"countryCode"}},{"kind":"Field","name":{"kind":"Name","value":"language"}}]}}]} as unknown as DocumentNode<ProfileFragment, unknown>;
export const PendingFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Pending"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PendingChange"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"challengeId"}},{"kind":"Field","name":{"kind":"Name","value":"destination"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"resendAvailableAt"}}]}}]} as unknown as DocumentNode<PendingFragment, unknown>;
export const EmailFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Email"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Account"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"emailVerified"}},{"kind":"Field","name":{"kind":"Name","value":"emailDisplaced"}},{"kind":"Field","name":{"kind":"Name","value":"pendingEmailChange"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Pending"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Pending"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PendingChange"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"challengeId"}},{"kind":"Field","name":{"kind":"Name","value":"destination"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"resendAvailableAt"}}]}}]} as unknown as DocumentNode<EmailFragment, unknown>;
export const PhoneFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Phone"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Account"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"phoneVerified"}},{"kind":"Field","name":{"kind":"Name","value":"pendingPhoneUpdate"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Pending"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Pending"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PendingChange"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"challengeId"}},{"kind":"Field","name":{"kind":"Name","value":"destination"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"resendAvailableAt"}}]}}]} as unknown as DocumentNode<PhoneFragment, unknown>;
export const AbilityFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Ability"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Ability"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfter"}},{"kind":"Field","name":{"kind":"Name","value":"stepUpNeeded"}}]}}]} as unknown as DocumentNode<AbilityFragment, unknown>;
export const AgreementsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Agreements"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Agreements"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"sms"}},{"kind":"Field","name":{"kind":"Name","value":"push"}},{"kind":"Field","name":{"kind":"Name","value":"bluetooth"}},{"kind":"Field","name":{"kind":"Name","value":"rfid"}},{"kind":"Field","name":{"kind":"Name","value":"wifi"}}]}}]} as unknown as DocumentNode<AgreementsFragment, unknown>;
export const OverviewDocument = {"__meta__":{"hash":"sha256:03312eeb946c632e8b6b7433601b4cd671779e0ef4ce220bed787ceb9b927bc4"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Overview"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"avatarUrl"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"emailVerified"}},{"kind":"Field","name":{"kind":"Name","value":"emailDisplaced"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"phoneVerified"}},{"kind":"Field","name":{"kind":"Name","value":"firstName"}},{"kind":"Field","name":{"kind":"Name","value":"lastName"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"city"}},{"kind":"Field","name":{"kind":"Name","value":"countryCode"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"agreements"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Agreements"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pendingEmailChange"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Pending"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pendingPhoneUpdate"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Pending"}}]}},{"kind":"Field","name":{"kind":"Name","value":"sessions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"activity"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"1"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"description"}}]}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Agreements"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Agreements"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"sms"}},{"kind":"Field","name":{"kind":"Name","value":"push"}},{"kind":"Field","name":{"kind":"Name","value":"bluetooth"}},{"kind":"Field","name":{"kind":"Name","value":"rfid"}},{"kind":"Field","name":{"kind":"Name","value":"wifi"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Pending"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PendingChange"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"challengeId"}},{"kind":"Field","name":{"kind":"Name","value":"destination"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"resendAvailableAt"}}]}}]} as unknown as DocumentNode<OverviewQuery, OverviewQueryVariables>;
export const ProfileDocument = {"__meta__":{"hash":"sha256:fb4865fc549082ffb2d43cabbcbfd9bf8d54553c92b03bac295016a773c72168"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Profile"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Profile"}},{"kind":"Field","name":{"kind":"Name","value":"can"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"updateAccount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Ability"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Profile"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Account"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"firstName"}},{"kind":"Field","name":{"kind":"Name","value":"lastName"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"sex"}},{"kind":"Field","name":{"kind":"Name","value":"birthDate"}},{"kind":"Field","name":{"kind":"Name","value":"avatarUrl"}},{"kind":"Field","name":{"kind":"Name","value":"company"}},{"kind":"Field","name":{"kind":"Name","value":"address"}},{"kind":"Field","name":{"kind":"Name","value":"city"}},{"kind":"Field","name":{"kind":"Name","value":"province"}},{"kind":"Field","name":{"kind":"Name","value":"zipCode"}},{"kind":"Field","name":{"kind":"Name","value":"countryCode"}},{"kind":"Field","name":{"kind":"Name","value":"language"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Ability"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Ability"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfter"}},{"kind":"Field","name":{"kind":"Name","value":"stepUpNeeded"}}]}}]} as unknown as DocumentNode<ProfileQuery, ProfileQueryVariables>;
export const EmailDocument = {"__meta__":{"hash":"sha256:9b8de480882d9d5072bcfc6f4ea09f4e44db4d575a415294466a6fffd22f746a"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Email"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Email"}},{"kind":"Field","name":{"kind":"Name","value":"can"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"requestEmailChange"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Ability"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Pending"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PendingChange"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"challengeId"}},{"kind":"Field","name":{"kind":"Name","value":"destination"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"resendAvailableAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Email"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Account"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"emailVerified"}},{"kind":"Field","name":{"kind":"Name","value":"emailDisplaced"}},{"kind":"Field","name":{"kind":"Name","value":"pendingEmailChange"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Pending"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Ability"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Ability"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfter"}},{"kind":"Field","name":{"kind":"Name","value":"stepUpNeeded"}}]}}]} as unknown as DocumentNode<EmailQuery, EmailQueryVariables>;
export const PhoneDocument = {"__meta__":{"hash":"sha256:cd71b9d97e3db731bcf711a10a857c1c4849ba48de0f92fb718123c5e0ebedc0"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Phone"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Phone"}},{"kind":"Field","name":{"kind":"Name","value":"can"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"requestPhoneUpdate"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Ability"}}]}},{"kind":"Field","name":{"kind":"Name","value":"confirmPhoneUpdate"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Ability"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Pending"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PendingChange"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"challengeId"}},{"kind":"Field","name":{"kind":"Name","value":"destination"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"resendAvailableAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Phone"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Account"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"phoneVerified"}},{"kind":"Field","name":{"kind":"Name","value":"pendingPhoneUpdate"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Pending"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Ability"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Ability"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfter"}},{"kind":"Field","name":{"kind":"Name","value":"stepUpNeeded"}}]}}]} as unknown as DocumentNode<PhoneQuery, PhoneQueryVariables>;
export const AgreementsDocument = {"__meta__":{"hash":"sha256:a4d4ab0b085a3e11404eebefabd1913dffeaa22c34256cb93ac95a9228dfd80a"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Agreements"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"agreements"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Agreements"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Agreements"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Agreements"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"sms"}},{"kind":"Field","name":{"kind":"Name","value":"push"}},{"kind":"Field","name":{"kind":"Name","value":"bluetooth"}},{"kind":"Field","name":{"kind":"Name","value":"rfid"}},{"kind":"Field","name":{"kind":"Name","value":"wifi"}}]}}]} as unknown as DocumentNode<AgreementsQuery, AgreementsQueryVariables>;
export const SessionsDocument = {"__meta__":{"hash":"sha256:d13421558b321a5a3336917006aa94f2fbba1499cd981f66eb90d8a39523c133"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Sessions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sessions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"current"}},{"kind":"Field","name":{"kind":"Name","value":"userAgent"}},{"kind":"Field","name":{"kind":"Name","value":"ip"}}]}}]}}]}}]} as unknown as DocumentNode<SessionsQuery, SessionsQueryVariables>;
export const ActivityDocument = {"__meta__":{"hash":"sha256:96251e1852537a079b6c5f067f8b8a602d4a56e55a8e817417642e6696f92100"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Activity"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"activity"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"ip"}},{"kind":"Field","name":{"kind":"Name","value":"userAgent"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}},{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}}]}}]}}]}}]}}]} as unknown as DocumentNode<ActivityQuery, ActivityQueryVariables>;
export const PasswordDocument = {"__meta__":{"hash":"sha256:553035fd87fcb92c9d4dbd9708f0b00c644036e54da3e51c470954c061a1aa8e"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Password"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"emailDisplaced"}},{"kind":"Field","name":{"kind":"Name","value":"firstName"}},{"kind":"Field","name":{"kind":"Name","value":"lastName"}},{"kind":"Field","name":{"kind":"Name","value":"identities"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"identityProvider"}},{"kind":"Field","name":{"kind":"Name","value":"linkedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"can"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"changePassword"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Ability"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Ability"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Ability"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfter"}},{"kind":"Field","name":{"kind":"Name","value":"stepUpNeeded"}}]}}]} as unknown as DocumentNode<PasswordQuery, PasswordQueryVariables>;
export const DeletionDocument = {"__meta__":{"hash":"sha256:9889c7cd480de398433fe17ae0d0317ccffc46ef6d0cabd27d7be5ed9601dfa6"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Deletion"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"emailDisplaced"}},{"kind":"Field","name":{"kind":"Name","value":"can"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"deleteAccount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Ability"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Ability"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Ability"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfter"}},{"kind":"Field","name":{"kind":"Name","value":"stepUpNeeded"}}]}}]} as unknown as DocumentNode<DeletionQuery, DeletionQueryVariables>;
export const ProbeDocument = {"__meta__":{"hash":"sha256:9a72559082bbea2dae14c26e73c2674d283d61c6df2105986eb2888fd51ebb06"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Probe"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]} as unknown as DocumentNode<ProbeQuery, ProbeQueryVariables>;
export const RegisterDocument = {"__meta__":{"hash":"sha256:84b2c83db030dd8975b0609edae3c0c3de52c17fab61e619243b2eb892a6ba75"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"Register"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RegisterAccountInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"registerAccount"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"accepted"}}]}}]}}]} as unknown as DocumentNode<RegisterMutation, RegisterMutationVariables>;
export const RequestActivationDocument = {"__meta__":{"hash":"sha256:1709aef64c522c22b12a9ef8eb5fb0ec1a22a644be12bfd13106630a55489a97"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RequestActivation"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RequestAccountActivationInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"requestAccountActivation"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"accepted"}},{"kind":"Field","name":{"kind":"Name","value":"resendAvailableAt"}}]}}]}}]} as unknown as DocumentNode<RequestActivationMutation, RequestActivationMutationVariables>;
export const ConfirmActivationDocument = {"__meta__":{"hash":"sha256:d9bbc12949dc945a57baf458a30782a1c617a4d6d83931fbab0f3272640a9c26"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ConfirmActivation"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ConfirmAccountActivationInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"confirmAccountActivation"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"token"}}]}}]}}]}}]} as unknown as DocumentNode<ConfirmActivationMutation, ConfirmActivationMutationVariables>;
export const SignInDocument = {"__meta__":{"hash":"sha256:b56301c21e1e73af84284fea6f3706e594f02fb6c23fcdf1f8813d86ad45cfaa"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SignIn"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SignInInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"signIn"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"token"}}]}}]}}]}}]} as unknown as DocumentNode<SignInMutation, SignInMutationVariables>;
export const RequestPasswordResetDocument = {"__meta__":{"hash":"sha256:2e2779baeb88e0fac8bdaeb2d6fde7f9c8b19101cb4658a8cd5bc0c041ffc824"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RequestPasswordReset"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RequestPasswordResetInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"requestPasswordReset"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"accepted"}}]}}]}}]} as unknown as DocumentNode<RequestPasswordResetMutation, RequestPasswordResetMutationVariables>;
export const ConfirmPasswordResetDocument = {"__meta__":{"hash":"sha256:029cf4af5a451e9e58180abf1354ef3f7e96293314f51f149ae76aef39f47772"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ConfirmPasswordReset"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ConfirmPasswordResetInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"confirmPasswordReset"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"revokedSessions"}}]}}]}}]} as unknown as DocumentNode<ConfirmPasswordResetMutation, ConfirmPasswordResetMutationVariables>;
export const UpdateProfileDocument = {"__meta__":{"hash":"sha256:7d85e162e647f13c8c7eb180685f8a31e69610407ab469337f7395afc9a09fad"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateProfile"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateAccountInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"updateAccount"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Profile"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Profile"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Account"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"firstName"}},{"kind":"Field","name":{"kind":"Name","value":"lastName"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"sex"}},{"kind":"Field","name":{"kind":"Name","value":"birthDate"}},{"kind":"Field","name":{"kind":"Name","value":"avatarUrl"}},{"kind":"Field","name":{"kind":"Name","value":"company"}},{"kind":"Field","name":{"kind":"Name","value":"address"}},{"kind":"Field","name":{"kind":"Name","value":"city"}},{"kind":"Field","name":{"kind":"Name","value":"province"}},{"kind":"Field","name":{"kind":"Name","value":"zipCode"}},{"kind":"Field","name":{"kind":"Name","value":"countryCode"}},{"kind":"Field","name":{"kind":"Name","value":"language"}}]}}]} as unknown as DocumentNode<UpdateProfileMutation, UpdateProfileMutationVariables>;
export const UpdateAgreementsDocument = {"__meta__":{"hash":"sha256:523bfd0990bc7545b40547dceacb52faf020034e07342afec3154b72efcbde5c"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateAgreements"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateAccountInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"updateAccount"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"agreements"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Agreements"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Agreements"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Agreements"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"sms"}},{"kind":"Field","name":{"kind":"Name","value":"push"}},{"kind":"Field","name":{"kind":"Name","value":"bluetooth"}},{"kind":"Field","name":{"kind":"Name","value":"rfid"}},{"kind":"Field","name":{"kind":"Name","value":"wifi"}}]}}]} as unknown as DocumentNode<UpdateAgreementsMutation, UpdateAgreementsMutationVariables>;
export const RemovePhoneDocument = {"__meta__":{"hash":"sha256:006643a3c82f8521bf7f1d34900f054d459993dd491f576f29818c7d7e5f3a4c"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RemovePhone"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateAccountInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"updateAccount"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Phone"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Pending"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PendingChange"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"challengeId"}},{"kind":"Field","name":{"kind":"Name","value":"destination"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"resendAvailableAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Phone"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Account"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"phoneVerified"}},{"kind":"Field","name":{"kind":"Name","value":"pendingPhoneUpdate"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Pending"}}]}}]}}]} as unknown as DocumentNode<RemovePhoneMutation, RemovePhoneMutationVariables>;
export const ChangePasswordDocument = {"__meta__":{"hash":"sha256:9a95e6806381ac11af2992acbec084baa26dc36de2a1408aad910e8d609703f8"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ChangePassword"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ChangePasswordInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"changePassword"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"token"}}]}},{"kind":"Field","name":{"kind":"Name","value":"revokedSessions"}}]}}]}}]} as unknown as DocumentNode<ChangePasswordMutation, ChangePasswordMutationVariables>;
export const RequestEmailChangeDocument = {"__meta__":{"hash":"sha256:e1b4debc7b4c09adc1927557ed4f63f563eac4134d28cbab5f3af676099b26dc"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RequestEmailChange"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RequestEmailChangeInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"requestEmailChange"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"pending"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Pending"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Pending"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PendingChange"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"challengeId"}},{"kind":"Field","name":{"kind":"Name","value":"destination"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"resendAvailableAt"}}]}}]} as unknown as DocumentNode<RequestEmailChangeMutation, RequestEmailChangeMutationVariables>;
export const ConfirmEmailChangeDocument = {"__meta__":{"hash":"sha256:a8be1c8f737aec2b71c427683e3e2001690ac0f1dfb9f2baf06364687d839804"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ConfirmEmailChange"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ConfirmEmailChangeInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"confirmEmailChange"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"email"}}]}}]}}]} as unknown as DocumentNode<ConfirmEmailChangeMutation, ConfirmEmailChangeMutationVariables>;
export const CancelEmailChangeDocument = {"__meta__":{"hash":"sha256:ac03fd040f77a1be2e00f6922a9284b2f0113d0e58aa254f8011486ed7385fbb"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CancelEmailChange"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"cancelEmailChange"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Email"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Pending"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PendingChange"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"challengeId"}},{"kind":"Field","name":{"kind":"Name","value":"destination"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"resendAvailableAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Email"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Account"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"emailVerified"}},{"kind":"Field","name":{"kind":"Name","value":"emailDisplaced"}},{"kind":"Field","name":{"kind":"Name","value":"pendingEmailChange"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Pending"}}]}}]}}]} as unknown as DocumentNode<CancelEmailChangeMutation, CancelEmailChangeMutationVariables>;
export const UndoEmailChangeDocument = {"__meta__":{"hash":"sha256:2f71900e29837e4678596d52a7b6a46aed26826000cadd070caac668d77547be"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UndoEmailChange"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UndoEmailChangeInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"undoEmailChange"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"revokedSessions"}}]}}]}}]} as unknown as DocumentNode<UndoEmailChangeMutation, UndoEmailChangeMutationVariables>;
export const RequestPhoneUpdateDocument = {"__meta__":{"hash":"sha256:0a653d3711a7e5e376549ad4f38015476b10681f1d7f845e0591bbe2323531be"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RequestPhoneUpdate"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RequestPhoneUpdateInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"requestPhoneUpdate"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"pending"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Pending"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Pending"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PendingChange"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"challengeId"}},{"kind":"Field","name":{"kind":"Name","value":"destination"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"resendAvailableAt"}}]}}]} as unknown as DocumentNode<RequestPhoneUpdateMutation, RequestPhoneUpdateMutationVariables>;
export const ConfirmPhoneUpdateDocument = {"__meta__":{"hash":"sha256:ca122c71eb9ec05908f4b75d7d3523c3caa4d8b85e0dece17d869f26d49876c8"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ConfirmPhoneUpdate"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ConfirmPhoneUpdateInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"confirmPhoneUpdate"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}}]}}]}}]} as unknown as DocumentNode<ConfirmPhoneUpdateMutation, ConfirmPhoneUpdateMutationVariables>;
export const CancelPhoneUpdateDocument = {"__meta__":{"hash":"sha256:41f325ca407c6808b5214fd5a24ea5e8447fbaf6283d9d0bf2ce72f83e998040"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CancelPhoneUpdate"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"cancelPhoneUpdate"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Phone"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Pending"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PendingChange"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"challengeId"}},{"kind":"Field","name":{"kind":"Name","value":"destination"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"resendAvailableAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Phone"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Account"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"phoneVerified"}},{"kind":"Field","name":{"kind":"Name","value":"pendingPhoneUpdate"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Pending"}}]}}]}}]} as unknown as DocumentNode<CancelPhoneUpdateMutation, CancelPhoneUpdateMutationVariables>;
export const SignOutDocument = {"__meta__":{"hash":"sha256:9ffa5ca2f7c2e4ed47165ba35fa848d7cce974f781acebd94a70c216d550ec2a"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SignOut"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SignOutInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"signOut"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"revokedSessions"}}]}}]}}]} as unknown as DocumentNode<SignOutMutation, SignOutMutationVariables>;
export const RevokeSessionDocument = {"__meta__":{"hash":"sha256:df3dbbe1a386391c7d290e06a674b1551e003396d0be21205c23642bfff5355e"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RevokeSession"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RevokeSessionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"revokeSession"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"revokedSessions"}}]}}]}}]} as unknown as DocumentNode<RevokeSessionMutation, RevokeSessionMutationVariables>;
export const DeleteAccountDocument = {"__meta__":{"hash":"sha256:23bab0c2dfa07975b5950ab0ccd8e74300e1548004f5966d95f43b5f9dcf5d92"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeleteAccount"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteAccountInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"deleteAccount"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"deletedAt"}}]}}]}}]} as unknown as DocumentNode<DeleteAccountMutation, DeleteAccountMutationVariables>;