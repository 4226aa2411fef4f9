/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** Input of acceptTerms. */
export type AcceptTermsInput = {
  /** The versions, one of each document, at least one and at most 20. */
  terms: Array<TermsAcceptanceInput>;
};

/** A screen of the account page that a shop can leave out. */
export type AccountScreen =
  /** What happened to the account. */
  | 'ACTIVITY'
  /** The book of addresses. */
  | 'ADDRESSES'
  /** What the customer agreed to. */
  | 'AGREEMENTS'
  /** Authenticators and recovery codes. */
  | 'AUTHENTICATORS'
  /** A copy of the customer's data. */
  | 'DATA'
  /** The deletion of the account. */
  | 'DELETE'
  /** The e-mail address, and its change. */
  | 'EMAIL'
  /** Passkeys. */
  | 'PASSKEYS'
  /** The password. */
  | 'PASSWORD'
  /** The phone number. */
  | 'PHONE'
  /** Name, birthday and what else the shop asks for. */
  | 'PROFILE'
  /** Where the customer is signed in, and the known devices. */
  | 'SESSIONS';

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
  /** Messages by RCS to the phone number. */
  rcs?: boolean | null | undefined;
  /** Contact over RFID. */
  rfid?: boolean | null | undefined;
  /** Text messages. */
  sms?: boolean | null | undefined;
  /** Messages by WhatsApp to the phone number. */
  whatsapp?: boolean | null | undefined;
  /** Contact over Wi-Fi hotspots. */
  wifi?: boolean | null | undefined;
};

/** Input of cancelAccountDeletion: either a token, or an address with one proof. */
export type CancelAccountDeletionInput = {
  /** The address of the account. */
  accountEmail?: string | null | undefined;
  /** A code that an authenticator shows, where the account has one: beside the other factor. A passkey needs none. */
  authenticatorCode?: string | null | undefined;
  /** A token of a linked identity provider: of a sign-in at most five minutes ago, and not used before. */
  externalToken?: string | null | undefined;
  /** The provider of externalToken. */
  identityProvider?: IdentityProvider | null | undefined;
  /** What an authenticator answered to the options of requestPasskeyProof for this operation: toJSON() of the PublicKeyCredential. */
  passkey?: Record<string, unknown> | null | undefined;
  /** The password of the account. */
  password?: string | null | undefined;
  /** A recovery code in place of authenticatorCode. It works once; case, spaces and dashes in it do not count. */
  recoveryCode?: string | null | undefined;
  /** The token of the notice. */
  token?: string | null | undefined;
};

/** Input of cancelFactorReset. */
export type CancelFactorResetInput = {
  /** The token of one of the mails; needed without a session. */
  token?: string | null | undefined;
};

/** Input of changePassword. */
export type ChangePasswordInput = {
  /** A code that an authenticator shows, where the account has one: beside the other factor. */
  authenticatorCode?: string | null | undefined;
  /** The new password. */
  newPassword: string;
  /** The current password. */
  oldPassword: string;
  /** A recovery code in place of authenticatorCode. It works once; case, spaces and dashes in it do not count. */
  recoveryCode?: string | null | undefined;
};

/** Input of completeSignIn: the challenge, and either a code or a recovery code. */
export type CompleteSignInInput = {
  /** The caller's own reference of the customer; recorded in the audit trail, never a proof. */
  authId?: string | null | undefined;
  /** That of SECOND_FACTOR_REQUIRED. */
  challengeId: string | number;
  /** The code that an authenticator shows: six digits. Spaces in it do not count. */
  code?: string | null | undefined;
  /** A recovery code. It works once; case, spaces and dashes in it do not count. */
  recoveryCode?: string | null | undefined;
};

/** Input of confirmAccountActivation. */
export type ConfirmAccountActivationInput = {
  /** A code that an authenticator shows, where the account has one: beside the other factor. A passkey needs none. */
  authenticatorCode?: string | null | undefined;
  /** A fresh token of an identity that is linked to the account, instead of the password. */
  externalToken?: string | null | undefined;
  /** The provider of externalToken. */
  identityProvider?: IdentityProvider | null | undefined;
  /** What an authenticator answered to the options of requestPasskeyProof for this operation: toJSON() of the PublicKeyCredential. */
  passkey?: Record<string, unknown> | null | undefined;
  /** The password of the registration; not needed with a session of the account. */
  password?: string | null | undefined;
  /** A recovery code in place of authenticatorCode. It works once; case, spaces and dashes in it do not count. */
  recoveryCode?: string | null | undefined;
  /** The token of the activation mail. */
  token: string;
};

/** Input of confirmAuthenticator. */
export type ConfirmAuthenticatorInput = {
  /** That of requestAuthenticator. */
  challengeId: string | number;
  /** The code that the app shows: six digits. Spaces in it do not count. */
  code: string;
  /** What the customer calls the authenticator, at most 64 characters. */
  name?: string | null | undefined;
};

/** Input of confirmEmailChange. */
export type ConfirmEmailChangeInput = {
  /** Consent for newsletters to the new address; replaces the old answer. */
  newsletterAgreement: boolean;
  /** The token that was mailed to the new address. */
  token: string;
};

/** Input of confirmFactorReset. */
export type ConfirmFactorResetInput = {
  /** The token of the mail to the account's address. */
  token: string;
};

/** Input of confirmPasskey. */
export type ConfirmPasskeyInput = {
  /** What the authenticator answered: toJSON() of the PublicKeyCredential. */
  response: Record<string, unknown>;
};

/** Input of confirmPasswordReset. */
export type ConfirmPasswordResetInput = {
  /** A code that an authenticator shows, where the account has one. */
  authenticatorCode?: string | null | undefined;
  /** The new password. */
  password: string;
  /** A recovery code in place of authenticatorCode. It works once; case, spaces and dashes in it do not count. */
  recoveryCode?: string | null | undefined;
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

/** A channel by which a shop may reach a customer who agreed to it. */
export type ConsentChannel =
  /** Contact over Bluetooth beacons. */
  | 'BLUETOOTH'
  /** Newsletters by e-mail. */
  | 'EMAIL'
  /** Push notifications. */
  | 'PUSH'
  /** Messages by RCS to the phone number. */
  | 'RCS'
  /** Contact over RFID. */
  | 'RFID'
  /** Text messages. */
  | 'SMS'
  /** Messages by WhatsApp to the phone number. */
  | 'WHATSAPP'
  /** Contact over Wi-Fi hotspots. */
  | 'WIFI';

/** What a customer's answer amounts to. */
export type ConsentState =
  /** The customer agreed, and it counts. */
  | 'GRANTED'
  /** The customer was not asked, or the answer ended, as with the number that it was for. */
  | 'NOT_ASKED'
  /** The customer agreed, and it does not count yet: the address or number has to be proven, or the second opt-in is missing. */
  | 'PENDING'
  /** The customer refused or withdrew. */
  | 'WITHDRAWN';

/** Input of createAddress. */
export type CreateAddressInput = {
  /** City. */
  city?: string | null | undefined;
  /** Company. */
  company?: string | null | undefined;
  /** Country. */
  countryCode: string;
  /** Whether it becomes the default for billing, instead of the former one; null is as false. */
  defaultBilling?: boolean | null | undefined;
  /** Whether it becomes the default for shipping, instead of the former one; null is as false. */
  defaultShipping?: boolean | null | undefined;
  /** Given name of who is there. */
  firstName?: string | null | undefined;
  /** Family name of who is there. */
  lastName?: string | null | undefined;
  /** Street and house number, or what stands in their place. */
  line1: string;
  /** A second line: a flat, a building, a district. */
  line2?: string | null | undefined;
  /** A third line. */
  line3?: string | null | undefined;
  /** A phone number for the delivery. */
  phone?: string | null | undefined;
  /** Postal code. Its form is checked where the country's are known, and that it is one of the province. */
  postalCode?: string | null | undefined;
  /** Province, state or region: where the country's are known, its code of ISO 3166-2 without the country, or its name. */
  province?: string | null | undefined;
  /** The company's or the person's number for taxes. It is not checked. */
  taxId?: string | null | undefined;
};

/** Input of deleteAccount. */
export type DeleteAccountInput = {
  /** The caller's own reference of the customer; recorded in the audit trail, never a proof. */
  authId?: string | null | undefined;
  /** A code that an authenticator shows, where the account has one: beside the other factor. A passkey needs none. */
  authenticatorCode?: string | null | undefined;
  /** The password, or a token of the linked identity provider: of a sign-in at most five minutes ago, and not used before. For PASSKEY, the JSON text of what an authenticator answered to the options of requestPasskeyProof. */
  clientAuthFactor: string;
  /** What the factor is: SYNERISE is this service's own password, PASSKEY one of its passkeys. */
  identityProvider?: IdentityProvider;
  /** A recovery code in place of authenticatorCode. It works once; case, spaces and dashes in it do not count. */
  recoveryCode?: string | null | undefined;
};

/** Input of deleteAddress. */
export type DeleteAddressInput = {
  /** Refuse with VERSION_CONFLICT unless the address is at this version. */
  expectedVersion?: number | null | undefined;
  /** Which address. */
  id: string | number;
};

/** Sorts of devices and programs. */
export type DeviceKind =
  /** An app that says nothing of the device that it runs on. */
  | 'APP'
  /** A program that reads the web on its own. */
  | 'BOT'
  /** A computer. */
  | 'COMPUTER'
  /** A console for games. */
  | 'CONSOLE'
  /** A phone. */
  | 'PHONE'
  /** A program without a page, such as curl or a script. */
  | 'PROGRAM'
  /** A tablet. */
  | 'TABLET'
  /** A television, or what is plugged into one. */
  | 'TV'
  /** It is not known. */
  | 'UNKNOWN';

/** Input of enrollAuthenticator. */
export type EnrollAuthenticatorInput = {
  /** That of SECOND_FACTOR_REQUIRED. The one of the answer replaces it. */
  challengeId: string | number;
};

/**
 * Every value that `errors[].extensions.code` can have. Beside it stand `http.status`, `requestId`, and where they
 * apply `field` (a path inside `input`), `reason` (one of ErrorReason) with `limit` (a whole number), `retryAfter` (seconds), and
 * `challengeId` (of SECOND_FACTOR_REQUIRED).
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
  /** 403. The code is wrong, used, expired, replaced, or was tried too often; `triesLeft` says how often it can still be tried. */
  | 'CODE_INVALID'
  /** 403. The account waits for its deletion: cancelAccountDeletion keeps it. */
  | 'DELETION_PENDING'
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
  /** 403. The first factor is right, and the account asks for a second one: with a `challengeId` in `extensions`, completeSignIn takes a code; without one, repeat the call with authenticatorCode or recoveryCode. */
  | 'SECOND_FACTOR_REQUIRED'
  /** 403. The shop has terms that the customer must accept first: acceptTerms. Account.terms says which, and `can` foretells it. */
  | 'TERMS_REQUIRED'
  /** 403. The token is unknown, used, expired, replaced, someone else's, or for another purpose. */
  | 'TOKEN_INVALID'
  /** 401. No live customer session where one is needed: sign in again. */
  | 'UNAUTHENTICATED'
  /** 503. The database can't serve now. Nothing was changed, unless the message says that this is not known. */
  | 'UNAVAILABLE'
  /** 409. The account or the address has changed since expectedVersion: read it again. */
  | 'VERSION_CONFLICT';

/** What a customer proves by who they are. */
export type Factor =
  /** A code of an authenticator, which goes beside another factor. */
  | 'AUTHENTICATOR'
  /** A code of requestIdentityCode to the proven address. */
  | 'EMAIL_CODE'
  /** A token of a linked identity provider. */
  | 'IDENTITY_PROVIDER'
  /** A passkey: the answer to the options of requestPasskeyProof. */
  | 'PASSKEY'
  /** The password. */
  | 'PASSWORD'
  /** A code of requestIdentityCode to the number, which was proven before the session began. */
  | 'PHONE_CODE'
  /** A recovery code, in place of a code of an authenticator. */
  | 'RECOVERY_CODE';

/** What a customer may do with a field. */
export type FieldAccess =
  /** Write it while it is empty; read it from then on. */
  | 'ONCE'
  /** Read it; the shop writes it. */
  | 'READ'
  /** Read and write it. */
  | 'WRITE';

/** The type of a key of the attributes. */
export type FieldType =
  /** True or false. */
  | 'BOOLEAN'
  /** One of the options, as a text. */
  | 'CHOICE'
  /** A calendar date, YYYY-MM-DD, as a text. */
  | 'DATE'
  /** A whole number. */
  | 'INTEGER'
  /** A number. */
  | 'NUMBER'
  /** A text in one line, as those of the profile. */
  | 'TEXT';

/** Input of forgetDevice. */
export type ForgetDeviceInput = {
  /** The device's id. */
  id: string | number;
};

/** Where requestIdentityCode sends the code. */
export type IdentityCodeChannel =
  /** To the proven e-mail address. */
  | 'EMAIL'
  /** To the proven phone number. */
  | 'PHONE';

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
  /** This service, by a passkey. As input of deleteAccount alone. */
  | 'PASSKEY'
  /** This service's own password (the source's name for it). */
  | 'SYNERISE'
  /** Only in answers: a provider that is no longer known. Refused as input. */
  | 'UNKNOWN';

/** Input of linkIdentityProvider. */
export type LinkIdentityProviderInput = {
  /** A code that an authenticator shows, where the account has one: beside the other factor. A passkey needs none. */
  authenticatorCode?: string | null | undefined;
  /** A fresh token of a provider that is linked already, as proof instead of the password. */
  currentExternalToken?: string | null | undefined;
  /** The provider of currentExternalToken. */
  currentIdentityProvider?: IdentityProvider | null | undefined;
  /** Its token for the customer: of a sign-in at most five minutes ago, and not used before. */
  externalToken: string;
  /** The provider to link. */
  identityProvider: IdentityProvider;
  /** What an authenticator answered to the options of requestPasskeyProof for this operation: toJSON() of the PublicKeyCredential. */
  passkey?: Record<string, unknown> | null | undefined;
  /** The current password, as proof. */
  password?: string | null | undefined;
  /** A recovery code in place of authenticatorCode. It works once; case, spaces and dashes in it do not count. */
  recoveryCode?: string | null | undefined;
};

/** Input of proveIdentity: exactly one factor, and a second one where the account has an authenticator. */
export type ProveIdentityInput = {
  /** A code that an authenticator shows, where the account has one: beside the other factor. A passkey needs none. */
  authenticatorCode?: string | null | undefined;
  /** A code of requestIdentityCode. Case, spaces and dashes in it do not count. */
  code?: string | null | undefined;
  /** A token of a linked identity provider: of a sign-in at most five minutes ago, and not used before. */
  externalToken?: string | null | undefined;
  /** The provider of externalToken. */
  identityProvider?: IdentityProvider | null | undefined;
  /** What an authenticator answered to the options of requestPasskeyProof for this operation: toJSON() of the PublicKeyCredential. */
  passkey?: Record<string, unknown> | null | undefined;
  /** The password of the account. */
  password?: string | null | undefined;
  /** A recovery code in place of authenticatorCode. It works once; case, spaces and dashes in it do not count. */
  recoveryCode?: string | null | undefined;
};

/** Input of registerAccount. */
export type RegisterAccountInput = {
  /** Street and house number. */
  address?: string | null | undefined;
  /** Consent per channel. */
  agreements?: AgreementsInput | null | undefined;
  /** Data of the shop. Customers write any keys, unless the shop has policies of them: see SiteSettings.fields. */
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
  /** The versions of the shop's terms that the customer accepts, at most 20: every document that has to be accepted must be among them. */
  terms?: Array<TermsAcceptanceInput> | null | undefined;
  /** The time zone of the times in messages to the customer, which a page knows from its browser. */
  timeZone?: string | null | undefined;
  /** Postal code. */
  zipCode?: string | null | undefined;
};

/** Who may register. */
export type RegistrationMode =
  /** Nobody: registerAccount is answered PERMISSION_DENIED. */
  | 'CLOSED'
  /** Everybody, and who has registered can sign in. */
  | 'OPEN'
  /** Everybody, and who has registered confirms the e-mail before the first sign-in. */
  | 'VERIFIED';

/** Input of removeAuthenticator: which authenticator, and one proof. */
export type RemoveAuthenticatorInput = {
  /** A code that an authenticator shows, where the account has one: beside the other factor. A passkey needs none. */
  authenticatorCode?: string | null | undefined;
  /** A token of a linked identity provider: of a sign-in at most five minutes ago, and not used before. */
  externalToken?: string | null | undefined;
  /** Which authenticator. */
  id: string | number;
  /** The provider of externalToken. */
  identityProvider?: IdentityProvider | null | undefined;
  /** What an authenticator answered to the options of requestPasskeyProof for this operation: toJSON() of the PublicKeyCredential. */
  passkey?: Record<string, unknown> | null | undefined;
  /** The password of the account. */
  password?: string | null | undefined;
  /** A recovery code in place of authenticatorCode. It works once; case, spaces and dashes in it do not count. */
  recoveryCode?: string | null | undefined;
};

/** Input of removePasskey: which passkey, and one proof. */
export type RemovePasskeyInput = {
  /** A code that an authenticator shows, where the account has one: beside the other factor. A passkey needs none. */
  authenticatorCode?: string | null | undefined;
  /** A token of a linked identity provider: of a sign-in at most five minutes ago, and not used before. */
  externalToken?: string | null | undefined;
  /** Which passkey. */
  id: string | number;
  /** The provider of externalToken. */
  identityProvider?: IdentityProvider | null | undefined;
  /** What an authenticator answered to the options of requestPasskeyProof for this operation: toJSON() of the PublicKeyCredential. */
  passkey?: Record<string, unknown> | null | undefined;
  /** The password of the account. */
  password?: string | null | undefined;
  /** A recovery code in place of authenticatorCode. It works once; case, spaces and dashes in it do not count. */
  recoveryCode?: string | null | undefined;
};

/** Input of removePassword: one proof. */
export type RemovePasswordInput = {
  /** A code that an authenticator shows, where the account has one: beside the other factor. A passkey needs none. */
  authenticatorCode?: string | null | undefined;
  /** A token of a linked identity provider: of a sign-in at most five minutes ago, and not used before. */
  externalToken?: string | null | undefined;
  /** The provider of externalToken. */
  identityProvider?: IdentityProvider | null | undefined;
  /** What an authenticator answered to the options of requestPasskeyProof for this operation: toJSON() of the PublicKeyCredential. */
  passkey?: Record<string, unknown> | null | undefined;
  /** The password of the account. */
  password?: string | null | undefined;
  /** A recovery code in place of authenticatorCode. It works once; case, spaces and dashes in it do not count. */
  recoveryCode?: string | null | undefined;
};

/** Input of renamePasskey. */
export type RenamePasskeyInput = {
  /** Which passkey. */
  id: string | number;
  /** What the customer calls it, at most 64 characters. */
  name: string;
};

/** Input of renameSession. */
export type RenameSessionInput = {
  /** The session's id. */
  id: string | number;
  /** Its name, of at most 60 characters; null takes the name away. */
  name?: string | null | undefined;
};

/** Input of replaceRecoveryCodes: one proof. */
export type ReplaceRecoveryCodesInput = {
  /** A code that an authenticator shows, where the account has one: beside the other factor. A passkey needs none. */
  authenticatorCode?: string | null | undefined;
  /** A token of a linked identity provider: of a sign-in at most five minutes ago, and not used before. */
  externalToken?: string | null | undefined;
  /** The provider of externalToken. */
  identityProvider?: IdentityProvider | null | undefined;
  /** What an authenticator answered to the options of requestPasskeyProof for this operation: toJSON() of the PublicKeyCredential. */
  passkey?: Record<string, unknown> | null | undefined;
  /** The password of the account. */
  password?: string | null | undefined;
  /** A recovery code in place of authenticatorCode. It works once; case, spaces and dashes in it do not count. */
  recoveryCode?: string | null | undefined;
};

/** Input of requestAccountActivation. */
export type RequestAccountActivationInput = {
  /** The account's address. */
  email: string;
};

/** Input of requestAuthenticator: one proof. */
export type RequestAuthenticatorInput = {
  /** A code that an authenticator shows, where the account has one: beside the other factor. A passkey needs none. */
  authenticatorCode?: string | null | undefined;
  /** A token of a linked identity provider: of a sign-in at most five minutes ago, and not used before. */
  externalToken?: string | null | undefined;
  /** The provider of externalToken. */
  identityProvider?: IdentityProvider | null | undefined;
  /** What an authenticator answered to the options of requestPasskeyProof for this operation: toJSON() of the PublicKeyCredential. */
  passkey?: Record<string, unknown> | null | undefined;
  /** The password of the account. */
  password?: string | null | undefined;
  /** A recovery code in place of authenticatorCode. It works once; case, spaces and dashes in it do not count. */
  recoveryCode?: string | null | undefined;
};

/** Input of requestDataExport: one proof. */
export type RequestDataExportInput = {
  /** A code that an authenticator shows, where the account has one: beside the other factor. A passkey needs none. */
  authenticatorCode?: string | null | undefined;
  /** A token of a linked identity provider: of a sign-in at most five minutes ago, and not used before. */
  externalToken?: string | null | undefined;
  /** The provider of externalToken. */
  identityProvider?: IdentityProvider | null | undefined;
  /** What an authenticator answered to the options of requestPasskeyProof for this operation: toJSON() of the PublicKeyCredential. */
  passkey?: Record<string, unknown> | null | undefined;
  /** The password of the account. */
  password?: string | null | undefined;
  /** A recovery code in place of authenticatorCode. It works once; case, spaces and dashes in it do not count. */
  recoveryCode?: string | null | undefined;
};

/** Input of requestEmailChange. The session names the account; without one, accountEmail does, with the same proof. */
export type RequestEmailChangeInput = {
  /** The account's current address, where no session is sent. */
  accountEmail?: string | null | undefined;
  /** The caller's own reference of the customer; recorded in the audit trail, never a proof. */
  authId?: string | null | undefined;
  /** A code that an authenticator shows, where the account has one: beside the other factor. A passkey needs none. */
  authenticatorCode?: string | null | undefined;
  /** The new address. */
  email: string;
  /** A token of a linked identity provider, instead of the password: of a sign-in at most five minutes ago, and not used before. */
  externalToken?: string | null | undefined;
  /** The provider of externalToken. */
  identityProvider?: IdentityProvider | null | undefined;
  /** What an authenticator answered to the options of requestPasskeyProof for this operation: toJSON() of the PublicKeyCredential. */
  passkey?: Record<string, unknown> | null | undefined;
  /** The current password. */
  password?: string | null | undefined;
  /** A recovery code in place of authenticatorCode. It works once; case, spaces and dashes in it do not count. */
  recoveryCode?: string | null | undefined;
};

/** Input of requestFactorReset: exactly one of both. */
export type RequestFactorResetInput = {
  /** That of SECOND_FACTOR_REQUIRED. */
  challengeId?: string | number | null | undefined;
  /** The token of requestPasswordReset's mail, for who has lost the password, too. It stays valid. */
  resetToken?: string | null | undefined;
};

/** Input of requestIdentityCode. */
export type RequestIdentityCodeInput = {
  /** Where the code goes. */
  channel: IdentityCodeChannel;
};

/** Input of requestPasskey: one proof. */
export type RequestPasskeyInput = {
  /** A code that an authenticator shows, where the account has one: beside the other factor. A passkey needs none. */
  authenticatorCode?: string | null | undefined;
  /** A token of a linked identity provider: of a sign-in at most five minutes ago, and not used before. */
  externalToken?: string | null | undefined;
  /** The provider of externalToken. */
  identityProvider?: IdentityProvider | null | undefined;
  /** What an authenticator answered to the options of requestPasskeyProof for this operation: toJSON() of the PublicKeyCredential. */
  passkey?: Record<string, unknown> | null | undefined;
  /** The password of the account. */
  password?: string | null | undefined;
  /** A recovery code in place of authenticatorCode. It works once; case, spaces and dashes in it do not count. */
  recoveryCode?: string | null | undefined;
};

/** Input of requestPasskeyProof. */
export type RequestPasskeyProofInput = {
  /** The account's address, where no session is sent. */
  accountEmail?: string | null | undefined;
  /** The operation that the passkey is to be a proof for, such as deleteAccount. */
  operation: string;
};

/** Input of requestPasskeySignIn. */
export type RequestPasskeySignInInput = {
  /** The address of the account. Left out, the customer chooses among the passkeys of the authenticator, also in the autofill of a field. */
  email?: string | null | undefined;
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
  /** A code that an authenticator shows, where the account has one: beside the other factor. A passkey needs none. */
  authenticatorCode?: string | null | undefined;
  /** A token of a linked identity provider, instead of the password: of a sign-in at most five minutes ago, and not used before. */
  externalToken?: string | null | undefined;
  /** The provider of externalToken. */
  identityProvider?: IdentityProvider | null | undefined;
  /** What an authenticator answered to the options of requestPasskeyProof for this operation: toJSON() of the PublicKeyCredential. */
  passkey?: Record<string, unknown> | null | undefined;
  /** The current password; needed without a session or with one whose last proof is too old. */
  password?: string | null | undefined;
  /** The new number, in international form. */
  phone: string;
  /** A recovery code in place of authenticatorCode. It works once; case, spaces and dashes in it do not count. */
  recoveryCode?: string | null | undefined;
};

/** Input of requestSignInCode. */
export type RequestSignInCodeInput = {
  /** The address of the account. */
  email: string;
};

/** Input of revokeSession. */
export type RevokeSessionInput = {
  /** The session's id. */
  id: string | number;
};

/** Whether customers have second factors (--second-factor). */
export type SecondFactorMode =
  /** Nobody adds one: requestAuthenticator is answered PERMISSION_DENIED. */
  | 'OFF'
  /** Who wants to has one. */
  | 'OPTIONAL'
  /** Nobody signs in without one, or a passkey: enrollAuthenticator adds the first one at the sign-in. */
  | 'REQUIRED';

/** Input of secureAccount. */
export type SecureAccountInput = {
  /** The token of the mail. */
  token: string;
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

/** Input of signInWithCode. */
export type SignInWithCodeInput = {
  /** The caller's own reference of the customer; recorded in the audit trail, never a proof. */
  authId?: string | null | undefined;
  /** The challengeId of requestSignInCode. */
  challengeId: string | number;
  /** The code of the mail. Case, spaces and dashes in it do not count. */
  code: string;
};

/** Input of signInWithIdentityProvider. */
export type SignInWithIdentityProviderInput = {
  /** The caller's own reference of the customer; recorded in the audit trail, never a proof. */
  authId?: string | null | undefined;
  /** Its token for the customer, which works once: an ID token, or of FACEBOOK an access token. */
  externalToken: string;
  /** The provider. */
  identityProvider: IdentityProvider;
};

/** Input of signInWithPasskey. */
export type SignInWithPasskeyInput = {
  /** The caller's own reference of the customer; recorded in the audit trail, never a proof. */
  authId?: string | null | undefined;
  /** What the authenticator answered: toJSON() of the PublicKeyCredential. */
  response: Record<string, unknown>;
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

/** A version of a document that the customer accepts. */
export type TermsAcceptanceInput = {
  /** The document's id. */
  id: string | number;
  /** The version's name. */
  version: string;
};

/** Input of undoEmailChange. */
export type UndoEmailChangeInput = {
  /** The token of the notice to the former address. */
  token: string;
};

/** Input of unlinkIdentityProvider. One proof is needed: externalToken, password, passkey or currentExternalToken. */
export type UnlinkIdentityProviderInput = {
  /** A code that an authenticator shows, where the account has one: beside the other factor. A passkey needs none. */
  authenticatorCode?: string | null | undefined;
  /** A fresh token of a linked provider. */
  currentExternalToken?: string | null | undefined;
  /** The provider of currentExternalToken. */
  currentIdentityProvider?: IdentityProvider | null | undefined;
  /** A fresh token of the identity that is to be unlinked. */
  externalToken?: string | null | undefined;
  /** The provider to unlink. */
  identityProvider: IdentityProvider;
  /** Which identity of the provider, where several are linked: its issuer. */
  issuer?: string | null | undefined;
  /** What an authenticator answered to the options of requestPasskeyProof for this operation: toJSON() of the PublicKeyCredential. */
  passkey?: Record<string, unknown> | null | undefined;
  /** The current password. */
  password?: string | null | undefined;
  /** A recovery code in place of authenticatorCode. It works once; case, spaces and dashes in it do not count. */
  recoveryCode?: string | null | undefined;
};

/** Fields to change: omitted keeps, null clears, an empty string is refused. */
export type UpdateAccountInput = {
  /** Street and house number. */
  address?: string | null | undefined;
  /** Consent per channel; channels that are omitted keep their value. Can't be null. */
  agreements?: AgreementsInput | null | undefined;
  /**
   * Merged by key into the stored attributes; a key set to null is removed. Can't be null. Customers write any keys, unless
   * the shop has policies of them: see Account.fields.
   */
  attributes?: Record<string, unknown> | null | undefined;
  /** A code that an authenticator shows, where the account has one: beside the other factor. A passkey needs none. */
  authenticatorCode?: string | null | undefined;
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
  /** What an authenticator answered to the options of requestPasskeyProof for this operation: toJSON() of the PublicKeyCredential. */
  passkey?: Record<string, unknown> | null | undefined;
  /** The current password, as proof for a new email or phone. It never sets a new password. */
  password?: string | null | undefined;
  /** A new number: needs `password` or `externalToken`, and takes effect by confirmPhoneUpdate. Null removes the number, with the same proof. */
  phone?: string | null | undefined;
  /** Province, state or region. */
  province?: string | null | undefined;
  /** A recovery code in place of authenticatorCode. It works once; case, spaces and dashes in it do not count. */
  recoveryCode?: string | null | undefined;
  /** Sex; null means NOT_SPECIFIED. */
  sex?: Sex | null | undefined;
  /** The time zone of the times in messages to the customer, which a page knows from its browser. */
  timeZone?: string | null | undefined;
  /** Postal code. */
  zipCode?: string | null | undefined;
};

/** Fields to change: omitted keeps, null clears, an empty string is refused. */
export type UpdateAddressInput = {
  /** City. */
  city?: string | null | undefined;
  /** Company. */
  company?: string | null | undefined;
  /** Country. Can't be null. */
  countryCode?: string | null | undefined;
  /** Whether it becomes the default for billing, instead of the former one; null is as false. */
  defaultBilling?: boolean | null | undefined;
  /** Whether it becomes the default for shipping, instead of the former one; null is as false. */
  defaultShipping?: boolean | null | undefined;
  /** Refuse with VERSION_CONFLICT unless the address is at this version. */
  expectedVersion?: number | null | undefined;
  /** Given name of who is there. */
  firstName?: string | null | undefined;
  /** Which address. */
  id: string | number;
  /** Family name of who is there. */
  lastName?: string | null | undefined;
  /** Street and house number, or what stands in their place. Can't be null. */
  line1?: string | null | undefined;
  /** A second line: a flat, a building, a district. */
  line2?: string | null | undefined;
  /** A third line. */
  line3?: string | null | undefined;
  /** A phone number for the delivery. */
  phone?: string | null | undefined;
  /** Postal code. Its form is checked where the country's are known, and that it is one of the province. */
  postalCode?: string | null | undefined;
  /** Province, state or region: where the country's are known, its code of ISO 3166-2 without the country, or its name. */
  province?: string | null | undefined;
  /** The company's or the person's number for taxes. It is not checked. */
  taxId?: string | null | undefined;
};

export type OverviewQueryVariables = Exact<{ [key: string]: never; }>;


export type OverviewQuery = { __typename: 'Query', account: { __typename: 'Account', id: string, avatarUrl: string | null, email: string, emailVerified: boolean, emailDisplaced: boolean, phone: string | null, phoneVerified: boolean, firstName: string | null, lastName: string | null, displayName: string | null, city: string | null, countryCode: string | null, createdAt: string, changesPausedUntil: string | null, recoveryCodesLeft: number | null, agreements: { __typename: 'Agreements', email: boolean | null, sms: boolean | null, push: boolean | null, bluetooth: boolean | null, rfid: boolean | null, wifi: boolean | null }, pendingEmailChange: { __typename: 'PendingChange', challengeId: string, destination: string, expiresAt: string, resendAvailableAt: string } | null, pendingPhoneUpdate: { __typename: 'PendingChange', challengeId: string, destination: string, expiresAt: string, resendAvailableAt: string } | null, terms: Array<{ __typename: 'AccountTerms', acceptanceRequired: boolean, document: { __typename: 'TermsDocument', id: string, required: boolean, current: { __typename: 'TermsVersion', version: string, texts: Array<{ __typename: 'TermsText', language: string, title: string, url: string }> } | null } }> | null, sessions: Array<{ __typename: 'Session', id: string, current: boolean, name: string | null, createdAt: string, lastUsedAt: string, device: { __typename: 'Device', kind: DeviceKind, browser: string | null, system: string | null }, place: { __typename: 'Place', city: string | null, country: string | null, countryCode: string | null } | null }> | null, can: { __typename: 'Abilities', proveIdentity: { __typename: 'Ability', factors: Array<Factor> | null, allowed: boolean, reason: ErrorCode | null, retryAfter: number | null, stepUpNeeded: boolean, secondFactorNeeded: boolean } }, passkeys: Array<{ __typename: 'Passkey', id: string }> | null, authenticators: Array<{ __typename: 'Authenticator', id: string }> | null, activity: { __typename: 'ActivityConnection', edges: Array<{ __typename: 'ActivityEdge', node: { __typename: 'ActivityEvent', at: string, operation: string, outcome: ActivityOutcome, reason: ErrorCode | null } }> } | null } };

export type SettingsQueryVariables = Exact<{ [key: string]: never; }>;


export type SettingsQuery = { __typename: 'Query', settings: { __typename: 'SiteSettings', registration: RegistrationMode, languages: Array<string>, supportContact: string | null, passkeys: boolean, signInCode: boolean, secondFactor: SecondFactorMode, maxAge: number, brand: { __typename: 'Brand', name: string, defaultCountry: string | null, defaultLanguage: string | null, screens: Array<AccountScreen>, logo: { __typename: 'BrandLogo', light: string, dark: string } | null, links: { __typename: 'BrandLinks', help: string | null, imprint: string | null, privacy: string | null, terms: string | null } }, password: { __typename: 'PasswordPolicy', minLength: number }, identityProviders: Array<{ __typename: 'SignInProvider', identityProvider: IdentityProvider, issuer: string, page: { __typename: 'SignInProviderPage', authorizationUrl: string, clientId: string, name: string } | null }>, fields: Array<{ __typename: 'FieldPolicy', field: string, access: FieldAccess, required: boolean, type: FieldType | null, minLength: number | null, maxLength: number | null, minimum: number | null, maximum: number | null, earliest: string | null, latest: string | null, labels: Array<{ __typename: 'Label', language: string, text: string }>, options: Array<{ __typename: 'FieldOption', value: string, labels: Array<{ __typename: 'Label', language: string, text: string }> }> }>, terms: Array<{ __typename: 'TermsDocument', id: string, required: boolean, current: { __typename: 'TermsVersion', version: string, texts: Array<{ __typename: 'TermsText', language: string, title: string, url: string }> } | null }> } };

export type ProfileQueryVariables = Exact<{ [key: string]: never; }>;


export type ProfileQuery = { __typename: 'Query', account: { __typename: 'Account', id: string, version: number, firstName: string | null, lastName: string | null, displayName: string | null, sex: Sex, birthDate: string | null, avatarUrl: string | null, company: string | null, address: string | null, city: string | null, province: string | null, zipCode: string | null, countryCode: string | null, language: string | null, timeZone: string | null, fields: Array<{ __typename: 'FieldPolicy', field: string, access: FieldAccess, required: boolean, labels: Array<{ __typename: 'Label', language: string, text: string }> }>, can: { __typename: 'Abilities', updateAccount: { __typename: 'Ability', allowed: boolean, reason: ErrorCode | null, retryAfter: number | null, stepUpNeeded: boolean, secondFactorNeeded: boolean } } } };

export type AddressesQueryVariables = Exact<{ [key: string]: never; }>;


export type AddressesQuery = { __typename: 'Query', account: { __typename: 'Account', id: string, addresses: Array<{ __typename: 'Address', id: string, firstName: string | null, lastName: string | null, company: string | null, taxId: string | null, line1: string, line2: string | null, line3: string | null, city: string | null, postalCode: string | null, province: string | null, countryCode: string, phone: string | null, defaultShipping: boolean, defaultBilling: boolean, formatted: Array<string>, version: number }> | null, can: { __typename: 'Abilities', createAddress: { __typename: 'Ability', allowed: boolean, reason: ErrorCode | null, retryAfter: number | null, stepUpNeeded: boolean, secondFactorNeeded: boolean }, updateAddress: { __typename: 'Ability', allowed: boolean, reason: ErrorCode | null, retryAfter: number | null, stepUpNeeded: boolean, secondFactorNeeded: boolean } } } };

export type EmailQueryVariables = Exact<{ [key: string]: never; }>;


export type EmailQuery = { __typename: 'Query', account: { __typename: 'Account', id: string, email: string, emailVerified: boolean, emailDisplaced: boolean, can: { __typename: 'Abilities', requestEmailChange: { __typename: 'Ability', allowed: boolean, reason: ErrorCode | null, retryAfter: number | null, stepUpNeeded: boolean, secondFactorNeeded: boolean } }, pendingEmailChange: { __typename: 'PendingChange', challengeId: string, destination: string, expiresAt: string, resendAvailableAt: string } | null } };

export type PhoneQueryVariables = Exact<{ [key: string]: never; }>;


export type PhoneQuery = { __typename: 'Query', account: { __typename: 'Account', id: string, phone: string | null, phoneVerified: boolean, can: { __typename: 'Abilities', requestPhoneUpdate: { __typename: 'Ability', allowed: boolean, reason: ErrorCode | null, retryAfter: number | null, stepUpNeeded: boolean, secondFactorNeeded: boolean }, confirmPhoneUpdate: { __typename: 'Ability', allowed: boolean, reason: ErrorCode | null, retryAfter: number | null, stepUpNeeded: boolean, secondFactorNeeded: boolean }, requestEmailChange: { __typename: 'Ability', allowed: boolean, reason: ErrorCode | null, retryAfter: number | null, stepUpNeeded: boolean, secondFactorNeeded: boolean } }, pendingPhoneUpdate: { __typename: 'PendingChange', challengeId: string, destination: string, expiresAt: string, resendAvailableAt: string } | null } };

export type ProofQueryVariables = Exact<{ [key: string]: never; }>;


export type ProofQuery = { __typename: 'Query', account: { __typename: 'Account', id: string, email: string, emailDisplaced: boolean, identities: Array<{ __typename: 'Identity', identityProvider: IdentityProvider, issuer: string }> | null, can: { __typename: 'Abilities', proveIdentity: { __typename: 'Ability', factors: Array<Factor> | null, allowed: boolean, reason: ErrorCode | null, retryAfter: number | null, stepUpNeeded: boolean, secondFactorNeeded: boolean } } } };

export type ProviderReturnQueryVariables = Exact<{ [key: string]: never; }>;


export type ProviderReturnQuery = { __typename: 'Query', account: { __typename: 'Account', id: string, can: { __typename: 'Abilities', linkIdentityProvider: { __typename: 'Ability', allowed: boolean, reason: ErrorCode | null, retryAfter: number | null, stepUpNeeded: boolean, secondFactorNeeded: boolean } } } };

export type PasskeysQueryVariables = Exact<{ [key: string]: never; }>;


export type PasskeysQuery = { __typename: 'Query', account: { __typename: 'Account', id: string, passkeys: Array<{ __typename: 'Passkey', id: string, name: string, createdAt: string, lastUsedAt: string | null, synced: boolean }> | null, can: { __typename: 'Abilities', requestPasskey: { __typename: 'Ability', allowed: boolean, reason: ErrorCode | null, retryAfter: number | null, stepUpNeeded: boolean, secondFactorNeeded: boolean }, removePasskey: { __typename: 'Ability', allowed: boolean, reason: ErrorCode | null, retryAfter: number | null, stepUpNeeded: boolean, secondFactorNeeded: boolean } } } };

export type AuthenticatorsQueryVariables = Exact<{ [key: string]: never; }>;


export type AuthenticatorsQuery = { __typename: 'Query', account: { __typename: 'Account', id: string, email: string, emailDisplaced: boolean, recoveryCodesLeft: number | null, authenticators: Array<{ __typename: 'Authenticator', id: string, name: string, createdAt: string, lastUsedAt: string | null }> | null, can: { __typename: 'Abilities', requestAuthenticator: { __typename: 'Ability', allowed: boolean, reason: ErrorCode | null, retryAfter: number | null, stepUpNeeded: boolean, secondFactorNeeded: boolean }, removeAuthenticator: { __typename: 'Ability', factors: Array<Factor> | null, allowed: boolean, reason: ErrorCode | null, retryAfter: number | null, stepUpNeeded: boolean, secondFactorNeeded: boolean }, replaceRecoveryCodes: { __typename: 'Ability', allowed: boolean, reason: ErrorCode | null, retryAfter: number | null, stepUpNeeded: boolean, secondFactorNeeded: boolean } } } };

export type SignalsQueryVariables = Exact<{ [key: string]: never; }>;


export type SignalsQuery = { __typename: 'Query', account: { __typename: 'Account', id: string, language: string | null, passkeySignals: { __typename: 'PasskeySignals', allAcceptedCredentials: Record<string, unknown>, currentUserDetails: Record<string, unknown> } | null } };

export type AgreementsQueryVariables = Exact<{ [key: string]: never; }>;


export type AgreementsQuery = { __typename: 'Query', account: { __typename: 'Account', id: string, emailVerified: boolean, emailVouched: boolean, phone: string | null, phoneVerified: boolean, consents: Array<{ __typename: 'Consent', channel: ConsentChannel, state: ConsentState, recordedAt: string | null }> | null } };

export type ConsentHistoryQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type ConsentHistoryQuery = { __typename: 'Query', account: { __typename: 'Account', id: string, consentHistory: { __typename: 'ConsentConnection', edges: Array<{ __typename: 'ConsentEdge', cursor: string, node: { __typename: 'Consent', channel: ConsentChannel, state: ConsentState, source: string | null, wording: string | null, recordedAt: string | null } }>, pageInfo: { __typename: 'PageInfo', endCursor: string | null, hasNextPage: boolean } } | null } };

export type SessionsQueryVariables = Exact<{ [key: string]: never; }>;


export type SessionsQuery = { __typename: 'Query', account: { __typename: 'Account', id: string, devices: Array<{ __typename: 'KnownDevice', id: string, current: boolean, createdAt: string, lastSeenAt: string, device: { __typename: 'Device', kind: DeviceKind, browser: string | null, system: string | null }, place: { __typename: 'Place', city: string | null, country: string | null, countryCode: string | null } | null }> | null, sessions: Array<{ __typename: 'Session', id: string, createdAt: string, lastUsedAt: string, expiresAt: string, current: boolean, name: string | null, ip: string | null, device: { __typename: 'Device', kind: DeviceKind, browser: string | null, system: string | null }, place: { __typename: 'Place', city: string | null, country: string | null, countryCode: string | null } | null }> | null } };

export type ActivityQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type ActivityQuery = { __typename: 'Query', account: { __typename: 'Account', id: string, activity: { __typename: 'ActivityConnection', edges: Array<{ __typename: 'ActivityEdge', cursor: string, node: { __typename: 'ActivityEvent', at: string, operation: string, outcome: ActivityOutcome, reason: ErrorCode | null, ip: string | null, device: { __typename: 'Device', kind: DeviceKind, browser: string | null, system: string | null } | null } }>, pageInfo: { __typename: 'PageInfo', endCursor: string | null, hasNextPage: boolean } } | null } };

export type PasswordQueryVariables = Exact<{ [key: string]: never; }>;


export type PasswordQuery = { __typename: 'Query', account: { __typename: 'Account', id: string, email: string, emailDisplaced: boolean, firstName: string | null, lastName: string | null, identities: Array<{ __typename: 'Identity', identityProvider: IdentityProvider, issuer: string, linkedAt: string }> | null, can: { __typename: 'Abilities', linkIdentityProvider: { __typename: 'Ability', allowed: boolean, reason: ErrorCode | null, retryAfter: number | null, stepUpNeeded: boolean, secondFactorNeeded: boolean }, unlinkIdentityProvider: { __typename: 'Ability', allowed: boolean, reason: ErrorCode | null, retryAfter: number | null, stepUpNeeded: boolean, secondFactorNeeded: boolean }, changePassword: { __typename: 'Ability', allowed: boolean, reason: ErrorCode | null, retryAfter: number | null, stepUpNeeded: boolean, secondFactorNeeded: boolean }, removePassword: { __typename: 'Ability', allowed: boolean, reason: ErrorCode | null, retryAfter: number | null, stepUpNeeded: boolean, secondFactorNeeded: boolean } } } };

export type DeletionQueryVariables = Exact<{ [key: string]: never; }>;


export type DeletionQuery = { __typename: 'Query', account: { __typename: 'Account', id: string, email: string, emailDisplaced: boolean, can: { __typename: 'Abilities', deleteAccount: { __typename: 'Ability', factors: Array<Factor> | null, allowed: boolean, reason: ErrorCode | null, retryAfter: number | null, stepUpNeeded: boolean, secondFactorNeeded: boolean } } } };

export type ProbeQueryVariables = Exact<{ [key: string]: never; }>;


export type ProbeQuery = { __typename: 'Query', account: { __typename: 'Account', id: string } };

export type ProfileFragment = { __typename: 'Account', id: string, version: number, firstName: string | null, lastName: string | null, displayName: string | null, sex: Sex, birthDate: string | null, avatarUrl: string | null, company: string | null, address: string | null, city: string | null, province: string | null, zipCode: string | null, countryCode: string | null, language: string | null, timeZone: string | null };

export type AddressFragment = { __typename: 'Address', id: string, firstName: string | null, lastName: string | null, company: string | null, taxId: string | null, line1: string, line2: string | null, line3: string | null, city: string | null, postalCode: string | null, province: string | null, countryCode: string, phone: string | null, defaultShipping: boolean, defaultBilling: boolean, formatted: Array<string>, version: number };

export type PolicyFragment = { __typename: 'FieldPolicy', field: string, access: FieldAccess, required: boolean, type: FieldType | null, minLength: number | null, maxLength: number | null, minimum: number | null, maximum: number | null, earliest: string | null, latest: string | null, labels: Array<{ __typename: 'Label', language: string, text: string }>, options: Array<{ __typename: 'FieldOption', value: string, labels: Array<{ __typename: 'Label', language: string, text: string }> }> };

export type EmailFragment = { __typename: 'Account', id: string, email: string, emailVerified: boolean, emailDisplaced: boolean, pendingEmailChange: { __typename: 'PendingChange', challengeId: string, destination: string, expiresAt: string, resendAvailableAt: string } | null };

export type PhoneFragment = { __typename: 'Account', id: string, phone: string | null, phoneVerified: boolean, pendingPhoneUpdate: { __typename: 'PendingChange', challengeId: string, destination: string, expiresAt: string, resendAvailableAt: string } | null };

export type PendingFragment = { __typename: 'PendingChange', challengeId: string, destination: string, expiresAt: string, resendAvailableAt: string };

export type AbilityFragment = { __typename: 'Ability', allowed: boolean, reason: ErrorCode | null, retryAfter: number | null, stepUpNeeded: boolean, secondFactorNeeded: boolean };

export type ProofFragment = { __typename: 'Ability', factors: Array<Factor> | null, allowed: boolean, reason: ErrorCode | null, retryAfter: number | null, stepUpNeeded: boolean, secondFactorNeeded: boolean };

export type PasskeyFragment = { __typename: 'Passkey', id: string, name: string, createdAt: string, lastUsedAt: string | null, synced: boolean };

export type AuthenticatorFragment = { __typename: 'Authenticator', id: string, name: string, createdAt: string, lastUsedAt: string | null };

export type ConsentsFragment = { __typename: 'Account', emailVerified: boolean, emailVouched: boolean, phone: string | null, phoneVerified: boolean, consents: Array<{ __typename: 'Consent', channel: ConsentChannel, state: ConsentState, recordedAt: string | null }> | null };

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


export type ConfirmActivationMutation = { __typename: 'Mutation', confirmAccountActivation: { __typename: 'ConfirmAccountActivationPayload', session: { __typename: 'Session', id: string, token: string | null } | null } };

export type SignInMutationVariables = Exact<{
  input: SignInInput;
}>;


export type SignInMutation = { __typename: 'Mutation', signIn: { __typename: 'SignInPayload', session: { __typename: 'Session', id: string, token: string | null } } };

export type CompleteSignInMutationVariables = Exact<{
  input: CompleteSignInInput;
}>;


export type CompleteSignInMutation = { __typename: 'Mutation', completeSignIn: { __typename: 'CompleteSignInPayload', recoveryCodes: Array<string>, session: { __typename: 'Session', id: string, token: string | null } } };

export type EnrollAuthenticatorMutationVariables = Exact<{
  input: EnrollAuthenticatorInput;
}>;


export type EnrollAuthenticatorMutation = { __typename: 'Mutation', enrollAuthenticator: { __typename: 'EnrollAuthenticatorPayload', challengeId: string, secret: string, uri: string, qrCode: Array<string>, expiresAt: string } };

export type RequestFactorResetMutationVariables = Exact<{
  input: RequestFactorResetInput;
}>;


export type RequestFactorResetMutation = { __typename: 'Mutation', requestFactorReset: { __typename: 'RequestFactorResetPayload', availableAt: string } };

export type RequestPasskeySignInMutationVariables = Exact<{
  input: RequestPasskeySignInInput;
}>;


export type RequestPasskeySignInMutation = { __typename: 'Mutation', requestPasskeySignIn: { __typename: 'RequestPasskeySignInPayload', options: Record<string, unknown> } };

export type SignInWithPasskeyMutationVariables = Exact<{
  input: SignInWithPasskeyInput;
}>;


export type SignInWithPasskeyMutation = { __typename: 'Mutation', signInWithPasskey: { __typename: 'SignInWithPasskeyPayload', session: { __typename: 'Session', id: string, token: string | null } } };

export type RequestSignInCodeMutationVariables = Exact<{
  input: RequestSignInCodeInput;
}>;


export type RequestSignInCodeMutation = { __typename: 'Mutation', requestSignInCode: { __typename: 'RequestSignInCodePayload', challengeId: string, resendAvailableAt: string } };

export type SignInWithCodeMutationVariables = Exact<{
  input: SignInWithCodeInput;
}>;


export type SignInWithCodeMutation = { __typename: 'Mutation', signInWithCode: { __typename: 'SignInWithCodePayload', session: { __typename: 'Session', id: string, token: string | null } } };

export type RequestPasswordResetMutationVariables = Exact<{
  input: RequestPasswordResetInput;
}>;


export type RequestPasswordResetMutation = { __typename: 'Mutation', requestPasswordReset: { __typename: 'RequestPasswordResetPayload', accepted: boolean } };

export type ConfirmPasswordResetMutationVariables = Exact<{
  input: ConfirmPasswordResetInput;
}>;


export type ConfirmPasswordResetMutation = { __typename: 'Mutation', confirmPasswordReset: { __typename: 'ConfirmPasswordResetPayload', revokedSessions: number } };

export type ProveIdentityMutationVariables = Exact<{
  input: ProveIdentityInput;
}>;


export type ProveIdentityMutation = { __typename: 'Mutation', proveIdentity: { __typename: 'ProveIdentityPayload', session: { __typename: 'Session', id: string, token: string | null } } };

export type RequestIdentityCodeMutationVariables = Exact<{
  input: RequestIdentityCodeInput;
}>;


export type RequestIdentityCodeMutation = { __typename: 'Mutation', requestIdentityCode: { __typename: 'RequestIdentityCodePayload', destination: string, resendAvailableAt: string } };

export type RequestPasskeyProofMutationVariables = Exact<{
  input: RequestPasskeyProofInput;
}>;


export type RequestPasskeyProofMutation = { __typename: 'Mutation', requestPasskeyProof: { __typename: 'RequestPasskeyProofPayload', options: Record<string, unknown> } };

export type RequestPasskeyMutationVariables = Exact<{
  input: RequestPasskeyInput;
}>;


export type RequestPasskeyMutation = { __typename: 'Mutation', requestPasskey: { __typename: 'RequestPasskeyPayload', options: Record<string, unknown> } };

export type ConfirmPasskeyMutationVariables = Exact<{
  input: ConfirmPasskeyInput;
}>;


export type ConfirmPasskeyMutation = { __typename: 'Mutation', confirmPasskey: { __typename: 'ConfirmPasskeyPayload', passkey: { __typename: 'Passkey', id: string } } };

export type RenamePasskeyMutationVariables = Exact<{
  input: RenamePasskeyInput;
}>;


export type RenamePasskeyMutation = { __typename: 'Mutation', renamePasskey: { __typename: 'RenamePasskeyPayload', passkey: { __typename: 'Passkey', id: string, name: string, createdAt: string, lastUsedAt: string | null, synced: boolean } } };

export type RemovePasswordMutationVariables = Exact<{
  input: RemovePasswordInput;
}>;


export type RemovePasswordMutation = { __typename: 'Mutation', removePassword: { __typename: 'RemovePasswordPayload', account: { __typename: 'Account', id: string } | null } };

export type SignInWithIdentityProviderMutationVariables = Exact<{
  input: SignInWithIdentityProviderInput;
}>;


export type SignInWithIdentityProviderMutation = { __typename: 'Mutation', signInWithIdentityProvider: { __typename: 'SignInWithIdentityProviderPayload', session: { __typename: 'Session', id: string, token: string | null } } };

export type LinkIdentityProviderMutationVariables = Exact<{
  input: LinkIdentityProviderInput;
}>;


export type LinkIdentityProviderMutation = { __typename: 'Mutation', linkIdentityProvider: { __typename: 'LinkIdentityProviderPayload', account: { __typename: 'Account', id: string } | null } };

export type UnlinkIdentityProviderMutationVariables = Exact<{
  input: UnlinkIdentityProviderInput;
}>;


export type UnlinkIdentityProviderMutation = { __typename: 'Mutation', unlinkIdentityProvider: { __typename: 'UnlinkIdentityProviderPayload', account: { __typename: 'Account', id: string } | null } };

export type RemovePasskeyMutationVariables = Exact<{
  input: RemovePasskeyInput;
}>;


export type RemovePasskeyMutation = { __typename: 'Mutation', removePasskey: { __typename: 'RemovePasskeyPayload', account: { __typename: 'Account', id: string } | null } };

export type RequestAuthenticatorMutationVariables = Exact<{
  input: RequestAuthenticatorInput;
}>;


export type RequestAuthenticatorMutation = { __typename: 'Mutation', requestAuthenticator: { __typename: 'RequestAuthenticatorPayload', challengeId: string, secret: string, uri: string, qrCode: Array<string>, expiresAt: string } };

export type ConfirmAuthenticatorMutationVariables = Exact<{
  input: ConfirmAuthenticatorInput;
}>;


export type ConfirmAuthenticatorMutation = { __typename: 'Mutation', confirmAuthenticator: { __typename: 'ConfirmAuthenticatorPayload', recoveryCodes: Array<string>, authenticator: { __typename: 'Authenticator', id: string } } };

export type RemoveAuthenticatorMutationVariables = Exact<{
  input: RemoveAuthenticatorInput;
}>;


export type RemoveAuthenticatorMutation = { __typename: 'Mutation', removeAuthenticator: { __typename: 'RemoveAuthenticatorPayload', account: { __typename: 'Account', id: string } | null } };

export type ReplaceRecoveryCodesMutationVariables = Exact<{
  input: ReplaceRecoveryCodesInput;
}>;


export type ReplaceRecoveryCodesMutation = { __typename: 'Mutation', replaceRecoveryCodes: { __typename: 'ReplaceRecoveryCodesPayload', recoveryCodes: Array<string> } };

export type UpdateProfileMutationVariables = Exact<{
  input: UpdateAccountInput;
}>;


export type UpdateProfileMutation = { __typename: 'Mutation', updateAccount: { __typename: 'UpdateAccountPayload', account: { __typename: 'Account', id: string, version: number, firstName: string | null, lastName: string | null, displayName: string | null, sex: Sex, birthDate: string | null, avatarUrl: string | null, company: string | null, address: string | null, city: string | null, province: string | null, zipCode: string | null, countryCode: string | null, language: string | null, timeZone: string | null } | null } };

export type CreateAddressMutationVariables = Exact<{
  input: CreateAddressInput;
}>;


export type CreateAddressMutation = { __typename: 'Mutation', createAddress: { __typename: 'CreateAddressPayload', address: { __typename: 'Address', id: string } | null } };

export type UpdateAddressMutationVariables = Exact<{
  input: UpdateAddressInput;
}>;


export type UpdateAddressMutation = { __typename: 'Mutation', updateAddress: { __typename: 'UpdateAddressPayload', address: { __typename: 'Address', id: string, firstName: string | null, lastName: string | null, company: string | null, taxId: string | null, line1: string, line2: string | null, line3: string | null, city: string | null, postalCode: string | null, province: string | null, countryCode: string, phone: string | null, defaultShipping: boolean, defaultBilling: boolean, formatted: Array<string>, version: number } | null } };

export type DeleteAddressMutationVariables = Exact<{
  input: DeleteAddressInput;
}>;


export type DeleteAddressMutation = { __typename: 'Mutation', deleteAddress: { __typename: 'DeleteAddressPayload', deletedAddressId: string } };

export type UpdateAgreementsMutationVariables = Exact<{
  input: UpdateAccountInput;
}>;


export type UpdateAgreementsMutation = { __typename: 'Mutation', updateAccount: { __typename: 'UpdateAccountPayload', account: { __typename: 'Account', id: string, emailVerified: boolean, emailVouched: boolean, phone: string | null, phoneVerified: boolean, consents: Array<{ __typename: 'Consent', channel: ConsentChannel, state: ConsentState, recordedAt: string | null }> | null } | null } };

export type RemovePhoneMutationVariables = Exact<{
  input: UpdateAccountInput;
}>;


export type RemovePhoneMutation = { __typename: 'Mutation', updateAccount: { __typename: 'UpdateAccountPayload', account: { __typename: 'Account', id: string, phone: string | null, phoneVerified: boolean, pendingPhoneUpdate: { __typename: 'PendingChange', challengeId: string, destination: string, expiresAt: string, resendAvailableAt: string } | null } | null } };

export type RenameSessionMutationVariables = Exact<{
  input: RenameSessionInput;
}>;


export type RenameSessionMutation = { __typename: 'Mutation', renameSession: { __typename: 'RenameSessionPayload', session: { __typename: 'Session', id: string, name: string | null } } };

export type ForgetDeviceMutationVariables = Exact<{
  input: ForgetDeviceInput;
}>;


export type ForgetDeviceMutation = { __typename: 'Mutation', forgetDevice: { __typename: 'ForgetDevicePayload', forgotten: boolean } };

export type ConfirmFactorResetMutationVariables = Exact<{
  input: ConfirmFactorResetInput;
}>;


export type ConfirmFactorResetMutation = { __typename: 'Mutation', confirmFactorReset: { __typename: 'ConfirmFactorResetPayload', revokedSessions: number } };

export type CancelFactorResetMutationVariables = Exact<{
  input: CancelFactorResetInput;
}>;


export type CancelFactorResetMutation = { __typename: 'Mutation', cancelFactorReset: { __typename: 'CancelFactorResetPayload', cancelled: boolean } };

export type SecureAccountMutationVariables = Exact<{
  input: SecureAccountInput;
}>;


export type SecureAccountMutation = { __typename: 'Mutation', secureAccount: { __typename: 'SecureAccountPayload', revokedSessions: number, changesPausedUntil: string } };

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

export type AcceptTermsMutationVariables = Exact<{
  input: AcceptTermsInput;
}>;


export type AcceptTermsMutation = { __typename: 'Mutation', acceptTerms: { __typename: 'AcceptTermsPayload', account: { __typename: 'Account', id: string } | null } };

export type TermsDocumentFragment = { __typename: 'TermsDocument', id: string, required: boolean, current: { __typename: 'TermsVersion', version: string, texts: Array<{ __typename: 'TermsText', language: string, title: string, url: string }> } | null };

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


export type DeleteAccountMutation = { __typename: 'Mutation', deleteAccount: { __typename: 'DeleteAccountPayload', deletedAt: string, deletion: { __typename: 'AccountDeletion', scheduledFor: string } | null } };

export type RequestDataExportMutationVariables = Exact<{
  input: RequestDataExportInput;
}>;


export type RequestDataExportMutation = { __typename: 'Mutation', requestDataExport: { __typename: 'RequestDataExportPayload', expiresAt: string } };

export type DataExportQueryVariables = Exact<{
  token: string;
}>;


export type DataExportQuery = { __typename: 'Query', dataExport: { __typename: 'DataExport', createdAt: string, document: Record<string, unknown> } };

export type DataExportAbilityQueryVariables = Exact<{ [key: string]: never; }>;


export type DataExportAbilityQuery = { __typename: 'Query', account: { __typename: 'Account', id: string, email: string, can: { __typename: 'Abilities', requestDataExport: { __typename: 'Ability', allowed: boolean, reason: ErrorCode | null, retryAfter: number | null, stepUpNeeded: boolean, secondFactorNeeded: boolean } } } };

export type CancelAccountDeletionMutationVariables = Exact<{
  input: CancelAccountDeletionInput;
}>;


export type CancelAccountDeletionMutation = { __typename: 'Mutation', cancelAccountDeletion: { __typename: 'CancelAccountDeletionPayload', cancelled: boolean } };

export const ProfileFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Profile"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Account"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"firstName"}},{"kind":"Field","name":{"kind":"Name","value":"lastName"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"sex"}},{"kind":"Field","name":{"kind":"Name","value":"birthDate"}},{"kind":"Field","name":{"kind":"Name","value":"avatarUrl"}},{"kind":"Field","name":{"kind":"Name","value":"company"}},{"kind":"Field","name":{"kind":"Name","value":"address"}},{"kind":"Field","name":{"kind":"Name","value":"city"}},{"kind":"Field","name":{"kind":"Name","value":"province"}},{"kind":"Field","name":{"kind":"Name","value":"zipCode"}},{"kind":"Field","name":{"kind":"Name","value":"countryCode"}},{"kind":"Field","name":{"kind":"Name","value":"language"}},{"kind":"Field","name":{"kind":"Name","value":"timeZone"}}]}}]} as unknown as DocumentNode<ProfileFragment, unknown>;
export const AddressFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Address"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Address"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"firstName"}},{"kind":"Field","name":{"kind":"Name","value":"lastName"}},{"kind":"Field","name":{"kind":"Name","value":"company"}},{"kind":"Field","name":{"kind":"Name","value":"taxId"}},{"kind":"Field","name":{"kind":"Name","value":"line1"}},{"kind":"Field","name":{"kind":"Name","value":"line2"}},{"kind":"Field","name":{"kind":"Name","value":"line3"}},{"kind":"Field","name":{"kind":"Name","value":"city"}},{"kind":"Field","name":{"kind":"Name","value":"postalCode"}},{"kind":"Field","name":{"kind":"Name","value":"province"}},{"kind":"Field","name":{"kind":"Name","value":"countryCode"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"defaultShipping"}},{"kind":"Field","name":{"kind":"Name","value":"defaultBilling"}},{"kind":"Field","name":{"kind":"Name","value":"formatted"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]} as unknown as DocumentNode<AddressFragment, unknown>;
export const PolicyFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Policy"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"FieldPolicy"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"access"}},{"kind":"Field","name":{"kind":"Name","value":"required"}},{"kind":"Field","name":{"kind":"Name","value":"labels"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"language"}},{"kind":"Field","name":{"kind":"Name","value":"text"}}]}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"minLength"}},{"kind":"Field","name":{"kind":"Name","value":"maxLength"}},{"kind":"Field","name":{"kind":"Name","value":"minimum"}},{"kind":"Field","name":{"kind":"Name","value":"maximum"}},{"kind":"Field","name":{"kind":"Name","value":"earliest"}},{"kind":"Field","name":{"kind":"Name","value":"latest"}},{"kind":"Field","name":{"kind":"Name","value":"options"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"labels"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"language"}},{"kind":"Field","name":{"kind":"Name","value":"text"}}]}}]}}]}}]} as unknown as DocumentNode<PolicyFragment, unknown>;
export const PendingFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Pending"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PendingChange"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"challengeId"}},{"kind":"Field","name":{"kind":"Name","value":"destination"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"resendAvailableAt"}}]}}]} as unknown as DocumentNode<PendingFragment, unknown>;
export const EmailFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Email"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Account"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"emailVerified"}},{"kind":"Field","name":{"kind":"Name","value":"emailDisplaced"}},{"kind":"Field","name":{"kind":"Name","value":"pendingEmailChange"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Pending"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Pending"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PendingChange"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"challengeId"}},{"kind":"Field","name":{"kind":"Name","value":"destination"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"resendAvailableAt"}}]}}]} as unknown as DocumentNode<EmailFragment, unknown>;
export const PhoneFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Phone"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Account"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"phoneVerified"}},{"kind":"Field","name":{"kind":"Name","value":"pendingPhoneUpdate"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Pending"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Pending"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PendingChange"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"challengeId"}},{"kind":"Field","name":{"kind":"Name","value":"destination"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"resendAvailableAt"}}]}}]} as unknown as DocumentNode<PhoneFragment, unknown>;
export const AbilityFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Ability"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Ability"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfter"}},{"kind":"Field","name":{"kind":"Name","value":"stepUpNeeded"}},{"kind":"Field","name":{"kind":"Name","value":"secondFactorNeeded"}}]}}]} as unknown as DocumentNode<AbilityFragment, unknown>;
export const ProofFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Proof"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Ability"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Ability"}},{"kind":"Field","name":{"kind":"Name","value":"factors"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Ability"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Ability"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfter"}},{"kind":"Field","name":{"kind":"Name","value":"stepUpNeeded"}},{"kind":"Field","name":{"kind":"Name","value":"secondFactorNeeded"}}]}}]} as unknown as DocumentNode<ProofFragment, unknown>;
export const PasskeyFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Passkey"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Passkey"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"synced"}}]}}]} as unknown as DocumentNode<PasskeyFragment, unknown>;
export const AuthenticatorFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Authenticator"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Authenticator"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}}]}}]} as unknown as DocumentNode<AuthenticatorFragment, unknown>;
export const ConsentsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Consents"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Account"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"emailVerified"}},{"kind":"Field","name":{"kind":"Name","value":"emailVouched"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"phoneVerified"}},{"kind":"Field","name":{"kind":"Name","value":"consents"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"channel"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"recordedAt"}}]}}]}}]} as unknown as DocumentNode<ConsentsFragment, unknown>;
export const AgreementsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Agreements"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Agreements"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"sms"}},{"kind":"Field","name":{"kind":"Name","value":"push"}},{"kind":"Field","name":{"kind":"Name","value":"bluetooth"}},{"kind":"Field","name":{"kind":"Name","value":"rfid"}},{"kind":"Field","name":{"kind":"Name","value":"wifi"}}]}}]} as unknown as DocumentNode<AgreementsFragment, unknown>;
export const TermsDocumentFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TermsDocument"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TermsDocument"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"required"}},{"kind":"Field","name":{"kind":"Name","value":"current"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"texts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"language"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"url"}}]}}]}}]}}]} as unknown as DocumentNode<TermsDocumentFragment, unknown>;
export const OverviewDocument = {"__meta__":{"hash":"sha256:ccf46532ac163ff31c820775c7f019fb5e8c95b3c10c63ac601169adcd8f4ad4"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Overview"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"avatarUrl"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"emailVerified"}},{"kind":"Field","name":{"kind":"Name","value":"emailDisplaced"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"phoneVerified"}},{"kind":"Field","name":{"kind":"Name","value":"firstName"}},{"kind":"Field","name":{"kind":"Name","value":"lastName"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"city"}},{"kind":"Field","name":{"kind":"Name","value":"countryCode"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"changesPausedUntil"}},{"kind":"Field","name":{"kind":"Name","value":"agreements"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Agreements"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pendingEmailChange"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Pending"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pendingPhoneUpdate"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Pending"}}]}},{"kind":"Field","name":{"kind":"Name","value":"terms"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"acceptanceRequired"}},{"kind":"Field","name":{"kind":"Name","value":"document"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"TermsDocument"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"sessions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"current"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"device"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"browser"}},{"kind":"Field","name":{"kind":"Name","value":"system"}}]}},{"kind":"Field","name":{"kind":"Name","value":"place"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"city"}},{"kind":"Field","name":{"kind":"Name","value":"country"}},{"kind":"Field","name":{"kind":"Name","value":"countryCode"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"can"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"proveIdentity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Proof"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"passkeys"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"authenticators"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"recoveryCodesLeft"}},{"kind":"Field","name":{"kind":"Name","value":"activity"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"1"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"operation"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Ability"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Ability"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfter"}},{"kind":"Field","name":{"kind":"Name","value":"stepUpNeeded"}},{"kind":"Field","name":{"kind":"Name","value":"secondFactorNeeded"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Agreements"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Agreements"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"sms"}},{"kind":"Field","name":{"kind":"Name","value":"push"}},{"kind":"Field","name":{"kind":"Name","value":"bluetooth"}},{"kind":"Field","name":{"kind":"Name","value":"rfid"}},{"kind":"Field","name":{"kind":"Name","value":"wifi"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Pending"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PendingChange"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"challengeId"}},{"kind":"Field","name":{"kind":"Name","value":"destination"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"resendAvailableAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TermsDocument"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TermsDocument"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"required"}},{"kind":"Field","name":{"kind":"Name","value":"current"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"texts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"language"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"url"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Proof"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Ability"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Ability"}},{"kind":"Field","name":{"kind":"Name","value":"factors"}}]}}]} as unknown as DocumentNode<OverviewQuery, OverviewQueryVariables>;
export const SettingsDocument = {"__meta__":{"hash":"sha256:d7ef39f78e3b91fd113c7f587e59c657c28fefa62c697383fd0d005a7d831210"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Settings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"settings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"brand"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"logo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"light"}},{"kind":"Field","name":{"kind":"Name","value":"dark"}}]}},{"kind":"Field","name":{"kind":"Name","value":"links"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"help"}},{"kind":"Field","name":{"kind":"Name","value":"imprint"}},{"kind":"Field","name":{"kind":"Name","value":"privacy"}},{"kind":"Field","name":{"kind":"Name","value":"terms"}}]}},{"kind":"Field","name":{"kind":"Name","value":"defaultCountry"}},{"kind":"Field","name":{"kind":"Name","value":"defaultLanguage"}},{"kind":"Field","name":{"kind":"Name","value":"screens"}}]}},{"kind":"Field","name":{"kind":"Name","value":"registration"}},{"kind":"Field","name":{"kind":"Name","value":"password"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"minLength"}}]}},{"kind":"Field","name":{"kind":"Name","value":"languages"}},{"kind":"Field","name":{"kind":"Name","value":"supportContact"}},{"kind":"Field","name":{"kind":"Name","value":"identityProviders"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"identityProvider"}},{"kind":"Field","name":{"kind":"Name","value":"issuer"}},{"kind":"Field","name":{"kind":"Name","value":"page"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"authorizationUrl"}},{"kind":"Field","name":{"kind":"Name","value":"clientId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"passkeys"}},{"kind":"Field","name":{"kind":"Name","value":"signInCode"}},{"kind":"Field","name":{"kind":"Name","value":"secondFactor"}},{"kind":"Field","name":{"kind":"Name","value":"fields"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Policy"}}]}},{"kind":"Field","name":{"kind":"Name","value":"terms"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"TermsDocument"}}]}},{"kind":"Field","name":{"kind":"Name","value":"maxAge"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Policy"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"FieldPolicy"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"access"}},{"kind":"Field","name":{"kind":"Name","value":"required"}},{"kind":"Field","name":{"kind":"Name","value":"labels"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"language"}},{"kind":"Field","name":{"kind":"Name","value":"text"}}]}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"minLength"}},{"kind":"Field","name":{"kind":"Name","value":"maxLength"}},{"kind":"Field","name":{"kind":"Name","value":"minimum"}},{"kind":"Field","name":{"kind":"Name","value":"maximum"}},{"kind":"Field","name":{"kind":"Name","value":"earliest"}},{"kind":"Field","name":{"kind":"Name","value":"latest"}},{"kind":"Field","name":{"kind":"Name","value":"options"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"labels"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"language"}},{"kind":"Field","name":{"kind":"Name","value":"text"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TermsDocument"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TermsDocument"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"required"}},{"kind":"Field","name":{"kind":"Name","value":"current"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"texts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"language"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"url"}}]}}]}}]}}]} as unknown as DocumentNode<SettingsQuery, SettingsQueryVariables>;
export const ProfileDocument = {"__meta__":{"hash":"sha256:474eff53c7a46b7082681e3ccbf238d494acb95ad8a7a403601f1659ca0d0174"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Profile"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Profile"}},{"kind":"Field","name":{"kind":"Name","value":"fields"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"access"}},{"kind":"Field","name":{"kind":"Name","value":"required"}},{"kind":"Field","name":{"kind":"Name","value":"labels"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"language"}},{"kind":"Field","name":{"kind":"Name","value":"text"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"can"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"updateAccount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Ability"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Profile"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Account"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"firstName"}},{"kind":"Field","name":{"kind":"Name","value":"lastName"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"sex"}},{"kind":"Field","name":{"kind":"Name","value":"birthDate"}},{"kind":"Field","name":{"kind":"Name","value":"avatarUrl"}},{"kind":"Field","name":{"kind":"Name","value":"company"}},{"kind":"Field","name":{"kind":"Name","value":"address"}},{"kind":"Field","name":{"kind":"Name","value":"city"}},{"kind":"Field","name":{"kind":"Name","value":"province"}},{"kind":"Field","name":{"kind":"Name","value":"zipCode"}},{"kind":"Field","name":{"kind":"Name","value":"countryCode"}},{"kind":"Field","name":{"kind":"Name","value":"language"}},{"kind":"Field","name":{"kind":"Name","value":"timeZone"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Ability"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Ability"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfter"}},{"kind":"Field","name":{"kind":"Name","value":"stepUpNeeded"}},{"kind":"Field","name":{"kind":"Name","value":"secondFactorNeeded"}}]}}]} as unknown as DocumentNode<ProfileQuery, ProfileQueryVariables>;
export const AddressesDocument = {"__meta__":{"hash":"sha256:ffc7d9d7b0347372be17ab05ba3c1c8b3de4c03ec3daa23bc9ad88071a2958c8"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Addresses"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"addresses"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Address"}}]}},{"kind":"Field","name":{"kind":"Name","value":"can"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"createAddress"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Ability"}}]}},{"kind":"Field","name":{"kind":"Name","value":"updateAddress"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Ability"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Address"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Address"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"firstName"}},{"kind":"Field","name":{"kind":"Name","value":"lastName"}},{"kind":"Field","name":{"kind":"Name","value":"company"}},{"kind":"Field","name":{"kind":"Name","value":"taxId"}},{"kind":"Field","name":{"kind":"Name","value":"line1"}},{"kind":"Field","name":{"kind":"Name","value":"line2"}},{"kind":"Field","name":{"kind":"Name","value":"line3"}},{"kind":"Field","name":{"kind":"Name","value":"city"}},{"kind":"Field","name":{"kind":"Name","value":"postalCode"}},{"kind":"Field","name":{"kind":"Name","value":"province"}},{"kind":"Field","name":{"kind":"Name","value":"countryCode"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"defaultShipping"}},{"kind":"Field","name":{"kind":"Name","value":"defaultBilling"}},{"kind":"Field","name":{"kind":"Name","value":"formatted"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Ability"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Ability"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfter"}},{"kind":"Field","name":{"kind":"Name","value":"stepUpNeeded"}},{"kind":"Field","name":{"kind":"Name","value":"secondFactorNeeded"}}]}}]} as unknown as DocumentNode<AddressesQuery, AddressesQueryVariables>;
export const EmailDocument = {"__meta__":{"hash":"sha256:8549a79b95f7c3c5a8496509606d3583d9a037c48bba8011743e7b63af12222f"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Email"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Email"}},{"kind":"Field","name":{"kind":"Name","value":"can"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"requestEmailChange"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Ability"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Pending"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PendingChange"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"challengeId"}},{"kind":"Field","name":{"kind":"Name","value":"destination"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"resendAvailableAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Email"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Account"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"emailVerified"}},{"kind":"Field","name":{"kind":"Name","value":"emailDisplaced"}},{"kind":"Field","name":{"kind":"Name","value":"pendingEmailChange"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Pending"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Ability"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Ability"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfter"}},{"kind":"Field","name":{"kind":"Name","value":"stepUpNeeded"}},{"kind":"Field","name":{"kind":"Name","value":"secondFactorNeeded"}}]}}]} as unknown as DocumentNode<EmailQuery, EmailQueryVariables>;
export const PhoneDocument = {"__meta__":{"hash":"sha256:71340e82b83a99838d83eba834b0477ec5adbaa7d1d931239b12ef9f642675eb"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Phone"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Phone"}},{"kind":"Field","name":{"kind":"Name","value":"can"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"requestPhoneUpdate"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Ability"}}]}},{"kind":"Field","name":{"kind":"Name","value":"confirmPhoneUpdate"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Ability"}}]}},{"kind":"Field","name":{"kind":"Name","value":"requestEmailChange"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Ability"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Pending"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PendingChange"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"challengeId"}},{"kind":"Field","name":{"kind":"Name","value":"destination"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"resendAvailableAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Phone"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Account"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"phoneVerified"}},{"kind":"Field","name":{"kind":"Name","value":"pendingPhoneUpdate"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Pending"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Ability"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Ability"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfter"}},{"kind":"Field","name":{"kind":"Name","value":"stepUpNeeded"}},{"kind":"Field","name":{"kind":"Name","value":"secondFactorNeeded"}}]}}]} as unknown as DocumentNode<PhoneQuery, PhoneQueryVariables>;
export const ProofDocument = {"__meta__":{"hash":"sha256:7e17bb6681ea19d3894d33facef2536d4c534b1e1ebf2942405d8d47cd1f9ee6"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Proof"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"emailDisplaced"}},{"kind":"Field","name":{"kind":"Name","value":"identities"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"identityProvider"}},{"kind":"Field","name":{"kind":"Name","value":"issuer"}}]}},{"kind":"Field","name":{"kind":"Name","value":"can"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"proveIdentity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Proof"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Ability"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Ability"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfter"}},{"kind":"Field","name":{"kind":"Name","value":"stepUpNeeded"}},{"kind":"Field","name":{"kind":"Name","value":"secondFactorNeeded"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Proof"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Ability"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Ability"}},{"kind":"Field","name":{"kind":"Name","value":"factors"}}]}}]} as unknown as DocumentNode<ProofQuery, ProofQueryVariables>;
export const ProviderReturnDocument = {"__meta__":{"hash":"sha256:9a88da16c6938e2c0bdf1e8d2911a8578f809a30d9002f0ebf575a839a323de5"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ProviderReturn"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"can"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"linkIdentityProvider"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Ability"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Ability"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Ability"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfter"}},{"kind":"Field","name":{"kind":"Name","value":"stepUpNeeded"}},{"kind":"Field","name":{"kind":"Name","value":"secondFactorNeeded"}}]}}]} as unknown as DocumentNode<ProviderReturnQuery, ProviderReturnQueryVariables>;
export const PasskeysDocument = {"__meta__":{"hash":"sha256:4cee74b9525e326b2d2c25cc123cdcd369a5cd349e300aaa3b655ef561df378a"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Passkeys"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"passkeys"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Passkey"}}]}},{"kind":"Field","name":{"kind":"Name","value":"can"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"requestPasskey"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Ability"}}]}},{"kind":"Field","name":{"kind":"Name","value":"removePasskey"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Ability"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Passkey"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Passkey"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"synced"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Ability"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Ability"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfter"}},{"kind":"Field","name":{"kind":"Name","value":"stepUpNeeded"}},{"kind":"Field","name":{"kind":"Name","value":"secondFactorNeeded"}}]}}]} as unknown as DocumentNode<PasskeysQuery, PasskeysQueryVariables>;
export const AuthenticatorsDocument = {"__meta__":{"hash":"sha256:cf7d9485a3b000e47d6b0a7f43efe0eee029b2a65c75f68793d6e3db8b52af9a"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Authenticators"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"emailDisplaced"}},{"kind":"Field","name":{"kind":"Name","value":"authenticators"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Authenticator"}}]}},{"kind":"Field","name":{"kind":"Name","value":"recoveryCodesLeft"}},{"kind":"Field","name":{"kind":"Name","value":"can"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"requestAuthenticator"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Ability"}}]}},{"kind":"Field","name":{"kind":"Name","value":"removeAuthenticator"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Proof"}}]}},{"kind":"Field","name":{"kind":"Name","value":"replaceRecoveryCodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Ability"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Ability"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Ability"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfter"}},{"kind":"Field","name":{"kind":"Name","value":"stepUpNeeded"}},{"kind":"Field","name":{"kind":"Name","value":"secondFactorNeeded"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Authenticator"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Authenticator"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Proof"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Ability"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Ability"}},{"kind":"Field","name":{"kind":"Name","value":"factors"}}]}}]} as unknown as DocumentNode<AuthenticatorsQuery, AuthenticatorsQueryVariables>;
export const SignalsDocument = {"__meta__":{"hash":"sha256:b44804b6637aeb6aa076955b08fead8f8de3e4f08afd7dfdcfbbe808e822bb81"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Signals"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"language"}},{"kind":"Field","name":{"kind":"Name","value":"passkeySignals"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"allAcceptedCredentials"}},{"kind":"Field","name":{"kind":"Name","value":"currentUserDetails"}}]}}]}}]}}]} as unknown as DocumentNode<SignalsQuery, SignalsQueryVariables>;
export const AgreementsDocument = {"__meta__":{"hash":"sha256:632a2452abd6cf2f5dd7354d5dcb0aba260ba6868cd659ec6de9401fc40daabf"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Agreements"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Consents"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Consents"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Account"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"emailVerified"}},{"kind":"Field","name":{"kind":"Name","value":"emailVouched"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"phoneVerified"}},{"kind":"Field","name":{"kind":"Name","value":"consents"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"channel"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"recordedAt"}}]}}]}}]} as unknown as DocumentNode<AgreementsQuery, AgreementsQueryVariables>;
export const ConsentHistoryDocument = {"__meta__":{"hash":"sha256:1bd29709b127fa0bc8b27c2a9758867a970179291cce11803fe8429cf66b3eec"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ConsentHistory"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"consentHistory"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"channel"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"wording"}},{"kind":"Field","name":{"kind":"Name","value":"recordedAt"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}},{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}}]}}]}}]}}]}}]} as unknown as DocumentNode<ConsentHistoryQuery, ConsentHistoryQueryVariables>;
export const SessionsDocument = {"__meta__":{"hash":"sha256:206ded787d0f8d05d6b1d35ad44993839b062dbe86345e83237efeba85c802bd"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Sessions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"devices"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"current"}},{"kind":"Field","name":{"kind":"Name","value":"device"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"browser"}},{"kind":"Field","name":{"kind":"Name","value":"system"}}]}},{"kind":"Field","name":{"kind":"Name","value":"place"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"city"}},{"kind":"Field","name":{"kind":"Name","value":"country"}},{"kind":"Field","name":{"kind":"Name","value":"countryCode"}}]}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastSeenAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"sessions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"current"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"device"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"browser"}},{"kind":"Field","name":{"kind":"Name","value":"system"}}]}},{"kind":"Field","name":{"kind":"Name","value":"place"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"city"}},{"kind":"Field","name":{"kind":"Name","value":"country"}},{"kind":"Field","name":{"kind":"Name","value":"countryCode"}}]}},{"kind":"Field","name":{"kind":"Name","value":"ip"}}]}}]}}]}}]} as unknown as DocumentNode<SessionsQuery, SessionsQueryVariables>;
export const ActivityDocument = {"__meta__":{"hash":"sha256:c84b911364f5a4f5cbfe9e3fb3e1e725590073e3a5b59005f7c713658407c506"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Activity"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"activity"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"operation"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"ip"}},{"kind":"Field","name":{"kind":"Name","value":"device"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"browser"}},{"kind":"Field","name":{"kind":"Name","value":"system"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}},{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}}]}}]}}]}}]}}]} as unknown as DocumentNode<ActivityQuery, ActivityQueryVariables>;
export const PasswordDocument = {"__meta__":{"hash":"sha256:b5d30f6298aef7cff5c9d9fe186092fa2b9b60f003a626a8b14649d235686ce9"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Password"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"emailDisplaced"}},{"kind":"Field","name":{"kind":"Name","value":"firstName"}},{"kind":"Field","name":{"kind":"Name","value":"lastName"}},{"kind":"Field","name":{"kind":"Name","value":"identities"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"identityProvider"}},{"kind":"Field","name":{"kind":"Name","value":"issuer"}},{"kind":"Field","name":{"kind":"Name","value":"linkedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"can"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"linkIdentityProvider"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Ability"}}]}},{"kind":"Field","name":{"kind":"Name","value":"unlinkIdentityProvider"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Ability"}}]}},{"kind":"Field","name":{"kind":"Name","value":"changePassword"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Ability"}}]}},{"kind":"Field","name":{"kind":"Name","value":"removePassword"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Ability"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Ability"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Ability"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfter"}},{"kind":"Field","name":{"kind":"Name","value":"stepUpNeeded"}},{"kind":"Field","name":{"kind":"Name","value":"secondFactorNeeded"}}]}}]} as unknown as DocumentNode<PasswordQuery, PasswordQueryVariables>;
export const DeletionDocument = {"__meta__":{"hash":"sha256:67e13b52957659ec227c6c3b9702dfd002d8cf993d4327e04d6386b142da2382"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Deletion"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"emailDisplaced"}},{"kind":"Field","name":{"kind":"Name","value":"can"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"deleteAccount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Proof"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Ability"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Ability"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfter"}},{"kind":"Field","name":{"kind":"Name","value":"stepUpNeeded"}},{"kind":"Field","name":{"kind":"Name","value":"secondFactorNeeded"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Proof"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Ability"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Ability"}},{"kind":"Field","name":{"kind":"Name","value":"factors"}}]}}]} as unknown as DocumentNode<DeletionQuery, DeletionQueryVariables>;
export const ProbeDocument = {"__meta__":{"hash":"sha256:9a72559082bbea2dae14c26e73c2674d283d61c6df2105986eb2888fd51ebb06"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Probe"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]} as unknown as DocumentNode<ProbeQuery, ProbeQueryVariables>;
export const RegisterDocument = {"__meta__":{"hash":"sha256:84b2c83db030dd8975b0609edae3c0c3de52c17fab61e619243b2eb892a6ba75"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"Register"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RegisterAccountInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"registerAccount"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"accepted"}}]}}]}}]} as unknown as DocumentNode<RegisterMutation, RegisterMutationVariables>;
export const RequestActivationDocument = {"__meta__":{"hash":"sha256:1709aef64c522c22b12a9ef8eb5fb0ec1a22a644be12bfd13106630a55489a97"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RequestActivation"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RequestAccountActivationInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"requestAccountActivation"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"accepted"}},{"kind":"Field","name":{"kind":"Name","value":"resendAvailableAt"}}]}}]}}]} as unknown as DocumentNode<RequestActivationMutation, RequestActivationMutationVariables>;
export const ConfirmActivationDocument = {"__meta__":{"hash":"sha256:d9bbc12949dc945a57baf458a30782a1c617a4d6d83931fbab0f3272640a9c26"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ConfirmActivation"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ConfirmAccountActivationInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"confirmAccountActivation"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"token"}}]}}]}}]}}]} as unknown as DocumentNode<ConfirmActivationMutation, ConfirmActivationMutationVariables>;
export const SignInDocument = {"__meta__":{"hash":"sha256:b56301c21e1e73af84284fea6f3706e594f02fb6c23fcdf1f8813d86ad45cfaa"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SignIn"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SignInInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"signIn"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"token"}}]}}]}}]}}]} as unknown as DocumentNode<SignInMutation, SignInMutationVariables>;
export const CompleteSignInDocument = {"__meta__":{"hash":"sha256:6c6dac6dd19208d2684156644a8f18c6b54ef666b8b18c8a43cf22ded8ac134c"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CompleteSignIn"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CompleteSignInInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"completeSignIn"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"token"}}]}},{"kind":"Field","name":{"kind":"Name","value":"recoveryCodes"}}]}}]}}]} as unknown as DocumentNode<CompleteSignInMutation, CompleteSignInMutationVariables>;
export const EnrollAuthenticatorDocument = {"__meta__":{"hash":"sha256:ab1aed012d5a9c5828b4fc8bcabb5fd2b6cd07d95378b059d383bef42a1b59cc"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"EnrollAuthenticator"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"EnrollAuthenticatorInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"enrollAuthenticator"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"challengeId"}},{"kind":"Field","name":{"kind":"Name","value":"secret"}},{"kind":"Field","name":{"kind":"Name","value":"uri"}},{"kind":"Field","name":{"kind":"Name","value":"qrCode"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}}]}}]} as unknown as DocumentNode<EnrollAuthenticatorMutation, EnrollAuthenticatorMutationVariables>;
export const RequestFactorResetDocument = {"__meta__":{"hash":"sha256:c15c89654012893a708ce9d21e077096eac2797094a1fa51318001891f49b58a"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RequestFactorReset"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RequestFactorResetInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"requestFactorReset"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"availableAt"}}]}}]}}]} as unknown as DocumentNode<RequestFactorResetMutation, RequestFactorResetMutationVariables>;
export const RequestPasskeySignInDocument = {"__meta__":{"hash":"sha256:54ca2e7c0ced94bb313b1d76750476491673d6ce628335a4fd735121515e5250"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RequestPasskeySignIn"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RequestPasskeySignInInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"requestPasskeySignIn"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"options"}}]}}]}}]} as unknown as DocumentNode<RequestPasskeySignInMutation, RequestPasskeySignInMutationVariables>;
export const SignInWithPasskeyDocument = {"__meta__":{"hash":"sha256:456217eed1085e1c0a8ae6fc1e55e68917d1ecc4f2dc11d366bff030133d12ed"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SignInWithPasskey"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SignInWithPasskeyInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"signInWithPasskey"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"token"}}]}}]}}]}}]} as unknown as DocumentNode<SignInWithPasskeyMutation, SignInWithPasskeyMutationVariables>;
export const RequestSignInCodeDocument = {"__meta__":{"hash":"sha256:3aef8e3e533f2aca2be466202c5361c3bc236fa2f12b3b7e11704a2643e0d252"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RequestSignInCode"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RequestSignInCodeInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"requestSignInCode"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"challengeId"}},{"kind":"Field","name":{"kind":"Name","value":"resendAvailableAt"}}]}}]}}]} as unknown as DocumentNode<RequestSignInCodeMutation, RequestSignInCodeMutationVariables>;
export const SignInWithCodeDocument = {"__meta__":{"hash":"sha256:a0c0b88017d54c28bfbd1f533a317c2389eb66047fc62e556053cbb78771b527"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SignInWithCode"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SignInWithCodeInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"signInWithCode"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"token"}}]}}]}}]}}]} as unknown as DocumentNode<SignInWithCodeMutation, SignInWithCodeMutationVariables>;
export const RequestPasswordResetDocument = {"__meta__":{"hash":"sha256:2e2779baeb88e0fac8bdaeb2d6fde7f9c8b19101cb4658a8cd5bc0c041ffc824"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RequestPasswordReset"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RequestPasswordResetInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"requestPasswordReset"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"accepted"}}]}}]}}]} as unknown as DocumentNode<RequestPasswordResetMutation, RequestPasswordResetMutationVariables>;
export const ConfirmPasswordResetDocument = {"__meta__":{"hash":"sha256:029cf4af5a451e9e58180abf1354ef3f7e96293314f51f149ae76aef39f47772"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ConfirmPasswordReset"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ConfirmPasswordResetInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"confirmPasswordReset"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"revokedSessions"}}]}}]}}]} as unknown as DocumentNode<ConfirmPasswordResetMutation, ConfirmPasswordResetMutationVariables>;
export const ProveIdentityDocument = {"__meta__":{"hash":"sha256:0c8126140d05e625aa3a4694c79dbd4074968e4c0b539a9d6fa3a9017ca89735"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ProveIdentity"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ProveIdentityInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"proveIdentity"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"token"}}]}}]}}]}}]} as unknown as DocumentNode<ProveIdentityMutation, ProveIdentityMutationVariables>;
export const RequestIdentityCodeDocument = {"__meta__":{"hash":"sha256:41544562011e341bf0757275f74b353a7a823b2f1770fd6efb290b6a28d92012"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RequestIdentityCode"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RequestIdentityCodeInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"requestIdentityCode"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"destination"}},{"kind":"Field","name":{"kind":"Name","value":"resendAvailableAt"}}]}}]}}]} as unknown as DocumentNode<RequestIdentityCodeMutation, RequestIdentityCodeMutationVariables>;
export const RequestPasskeyProofDocument = {"__meta__":{"hash":"sha256:714aa9be579b6393458ae3a665249d3dccbfc2eac148f3f7b2759dfb8b4010a1"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RequestPasskeyProof"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RequestPasskeyProofInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"requestPasskeyProof"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"options"}}]}}]}}]} as unknown as DocumentNode<RequestPasskeyProofMutation, RequestPasskeyProofMutationVariables>;
export const RequestPasskeyDocument = {"__meta__":{"hash":"sha256:ff6a8195378a6376f4c6401f829146e42d5f52e09e09a3abe28e65059ae5473a"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RequestPasskey"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RequestPasskeyInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"requestPasskey"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"options"}}]}}]}}]} as unknown as DocumentNode<RequestPasskeyMutation, RequestPasskeyMutationVariables>;
export const ConfirmPasskeyDocument = {"__meta__":{"hash":"sha256:a02026be25da63b063dbdfb7999d52e59daa4e38cdc0e26767b64c1c29d04fbe"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ConfirmPasskey"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ConfirmPasskeyInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"confirmPasskey"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"passkey"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]} as unknown as DocumentNode<ConfirmPasskeyMutation, ConfirmPasskeyMutationVariables>;
export const RenamePasskeyDocument = {"__meta__":{"hash":"sha256:bb1be6e5d3768e8e501b3c897ee3827428a6cf8578eb468f1d5cb4f9d4230cc3"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RenamePasskey"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RenamePasskeyInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"renamePasskey"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"passkey"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Passkey"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Passkey"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Passkey"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"synced"}}]}}]} as unknown as DocumentNode<RenamePasskeyMutation, RenamePasskeyMutationVariables>;
export const RemovePasswordDocument = {"__meta__":{"hash":"sha256:d7261701013a1d983829749ab87e765f3659896af834c8cb197495d7dbc54470"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RemovePassword"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RemovePasswordInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"removePassword"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]} as unknown as DocumentNode<RemovePasswordMutation, RemovePasswordMutationVariables>;
export const SignInWithIdentityProviderDocument = {"__meta__":{"hash":"sha256:6b6ee6f51682c471d16b14ec4cf05385f33ab1796b2295ebfe76e6f0d03084d5"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SignInWithIdentityProvider"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SignInWithIdentityProviderInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"signInWithIdentityProvider"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"token"}}]}}]}}]}}]} as unknown as DocumentNode<SignInWithIdentityProviderMutation, SignInWithIdentityProviderMutationVariables>;
export const LinkIdentityProviderDocument = {"__meta__":{"hash":"sha256:ca0fb97e02a35eb15948a1647b6221dd6c08bab3dcbedd151615a22e2e8af5f2"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"LinkIdentityProvider"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"LinkIdentityProviderInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"linkIdentityProvider"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]} as unknown as DocumentNode<LinkIdentityProviderMutation, LinkIdentityProviderMutationVariables>;
export const UnlinkIdentityProviderDocument = {"__meta__":{"hash":"sha256:abd5ae6228ef2321c2efafa81c54a81779b164ff7b61d9294ff61d6578797f5f"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UnlinkIdentityProvider"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UnlinkIdentityProviderInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"unlinkIdentityProvider"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]} as unknown as DocumentNode<UnlinkIdentityProviderMutation, UnlinkIdentityProviderMutationVariables>;
export const RemovePasskeyDocument = {"__meta__":{"hash":"sha256:416e29aac495b475bb3469edb40ea2e78ef0c7d08192bf987501aac941be1827"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RemovePasskey"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RemovePasskeyInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"removePasskey"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]} as unknown as DocumentNode<RemovePasskeyMutation, RemovePasskeyMutationVariables>;
export const RequestAuthenticatorDocument = {"__meta__":{"hash":"sha256:6751d5b192c0d77b30d668c39922457fc2df424063dde8a153a9b1e02376aa22"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RequestAuthenticator"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RequestAuthenticatorInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"requestAuthenticator"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"challengeId"}},{"kind":"Field","name":{"kind":"Name","value":"secret"}},{"kind":"Field","name":{"kind":"Name","value":"uri"}},{"kind":"Field","name":{"kind":"Name","value":"qrCode"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}}]}}]} as unknown as DocumentNode<RequestAuthenticatorMutation, RequestAuthenticatorMutationVariables>;
export const ConfirmAuthenticatorDocument = {"__meta__":{"hash":"sha256:ddb61e3c59d4456eae220a3ab2f4e5366292f807052705656bb4b11d53583999"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ConfirmAuthenticator"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ConfirmAuthenticatorInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"confirmAuthenticator"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"authenticator"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"recoveryCodes"}}]}}]}}]} as unknown as DocumentNode<ConfirmAuthenticatorMutation, ConfirmAuthenticatorMutationVariables>;
export const RemoveAuthenticatorDocument = {"__meta__":{"hash":"sha256:b09a88bf4f4b4bb52858d218e2289127258420cca83fc0c0c275e59e095eacb4"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RemoveAuthenticator"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RemoveAuthenticatorInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"removeAuthenticator"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]} as unknown as DocumentNode<RemoveAuthenticatorMutation, RemoveAuthenticatorMutationVariables>;
export const ReplaceRecoveryCodesDocument = {"__meta__":{"hash":"sha256:18e297b78bb81e7cb5af0d2be90a481006e2559756c3acd821ace2ef53734ec8"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ReplaceRecoveryCodes"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ReplaceRecoveryCodesInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"replaceRecoveryCodes"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"recoveryCodes"}}]}}]}}]} as unknown as DocumentNode<ReplaceRecoveryCodesMutation, ReplaceRecoveryCodesMutationVariables>;
export const UpdateProfileDocument = {"__meta__":{"hash":"sha256:7d2c60faeac8a17ffdf31ce87d4cb1d3deed03357a9e49d3ec457cf0759a2ada"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateProfile"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateAccountInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"updateAccount"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Profile"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Profile"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Account"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"firstName"}},{"kind":"Field","name":{"kind":"Name","value":"lastName"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"sex"}},{"kind":"Field","name":{"kind":"Name","value":"birthDate"}},{"kind":"Field","name":{"kind":"Name","value":"avatarUrl"}},{"kind":"Field","name":{"kind":"Name","value":"company"}},{"kind":"Field","name":{"kind":"Name","value":"address"}},{"kind":"Field","name":{"kind":"Name","value":"city"}},{"kind":"Field","name":{"kind":"Name","value":"province"}},{"kind":"Field","name":{"kind":"Name","value":"zipCode"}},{"kind":"Field","name":{"kind":"Name","value":"countryCode"}},{"kind":"Field","name":{"kind":"Name","value":"language"}},{"kind":"Field","name":{"kind":"Name","value":"timeZone"}}]}}]} as unknown as DocumentNode<UpdateProfileMutation, UpdateProfileMutationVariables>;
export const CreateAddressDocument = {"__meta__":{"hash":"sha256:f8619c95d1428c0e5712108766b110adc4ea2402a1444231fcfdc4008825287d"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateAddress"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateAddressInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"createAddress"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"address"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]} as unknown as DocumentNode<CreateAddressMutation, CreateAddressMutationVariables>;
export const UpdateAddressDocument = {"__meta__":{"hash":"sha256:d171e8becf8632e83b27dc076e168a37edb39a17741bc2bd6a263821d5abf16b"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateAddress"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateAddressInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"updateAddress"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"address"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Address"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Address"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Address"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"firstName"}},{"kind":"Field","name":{"kind":"Name","value":"lastName"}},{"kind":"Field","name":{"kind":"Name","value":"company"}},{"kind":"Field","name":{"kind":"Name","value":"taxId"}},{"kind":"Field","name":{"kind":"Name","value":"line1"}},{"kind":"Field","name":{"kind":"Name","value":"line2"}},{"kind":"Field","name":{"kind":"Name","value":"line3"}},{"kind":"Field","name":{"kind":"Name","value":"city"}},{"kind":"Field","name":{"kind":"Name","value":"postalCode"}},{"kind":"Field","name":{"kind":"Name","value":"province"}},{"kind":"Field","name":{"kind":"Name","value":"countryCode"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"defaultShipping"}},{"kind":"Field","name":{"kind":"Name","value":"defaultBilling"}},{"kind":"Field","name":{"kind":"Name","value":"formatted"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]} as unknown as DocumentNode<UpdateAddressMutation, UpdateAddressMutationVariables>;
export const DeleteAddressDocument = {"__meta__":{"hash":"sha256:b19890ec2645ae7299648f70bc6a152578486121805266c140280829186547fe"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeleteAddress"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteAddressInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"deleteAddress"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"deletedAddressId"}}]}}]}}]} as unknown as DocumentNode<DeleteAddressMutation, DeleteAddressMutationVariables>;
export const UpdateAgreementsDocument = {"__meta__":{"hash":"sha256:3654d59ce8d6a1c7c16be0935df0eef9b9e8388b158cb7f51d920d9d72161468"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateAgreements"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateAccountInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"updateAccount"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Consents"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Consents"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Account"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"emailVerified"}},{"kind":"Field","name":{"kind":"Name","value":"emailVouched"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"phoneVerified"}},{"kind":"Field","name":{"kind":"Name","value":"consents"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"channel"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"recordedAt"}}]}}]}}]} as unknown as DocumentNode<UpdateAgreementsMutation, UpdateAgreementsMutationVariables>;
export const RemovePhoneDocument = {"__meta__":{"hash":"sha256:006643a3c82f8521bf7f1d34900f054d459993dd491f576f29818c7d7e5f3a4c"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RemovePhone"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateAccountInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"updateAccount"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Phone"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Pending"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PendingChange"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"challengeId"}},{"kind":"Field","name":{"kind":"Name","value":"destination"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"resendAvailableAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Phone"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Account"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"phoneVerified"}},{"kind":"Field","name":{"kind":"Name","value":"pendingPhoneUpdate"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Pending"}}]}}]}}]} as unknown as DocumentNode<RemovePhoneMutation, RemovePhoneMutationVariables>;
export const RenameSessionDocument = {"__meta__":{"hash":"sha256:f94218b45edc0f3d15d0f8bb5987c1b00c588a3f2ae058cdbf6cbaaef30f8548"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RenameSession"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RenameSessionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"renameSession"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}}]} as unknown as DocumentNode<RenameSessionMutation, RenameSessionMutationVariables>;
export const ForgetDeviceDocument = {"__meta__":{"hash":"sha256:9f94b9a162903aa92fe4b6b6ce1e1a42b289ab875f9b73444b94d7245626f170"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ForgetDevice"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ForgetDeviceInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"forgetDevice"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"forgotten"}}]}}]}}]} as unknown as DocumentNode<ForgetDeviceMutation, ForgetDeviceMutationVariables>;
export const ConfirmFactorResetDocument = {"__meta__":{"hash":"sha256:6a94446205f5ca3dc03bf6596dd5983371e91117158fda7f8e78eb7fb7ad2de5"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ConfirmFactorReset"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ConfirmFactorResetInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"confirmFactorReset"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"revokedSessions"}}]}}]}}]} as unknown as DocumentNode<ConfirmFactorResetMutation, ConfirmFactorResetMutationVariables>;
export const CancelFactorResetDocument = {"__meta__":{"hash":"sha256:b07e1d21ae3a2a5c9b3585ac0bd7bd5dddab107635b26a848fc81ba5fff929da"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CancelFactorReset"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CancelFactorResetInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"cancelFactorReset"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"cancelled"}}]}}]}}]} as unknown as DocumentNode<CancelFactorResetMutation, CancelFactorResetMutationVariables>;
export const SecureAccountDocument = {"__meta__":{"hash":"sha256:25a4661b78f5382b7e6bfab0fa775e861b4ce38e08237b6157f1e1cfe17f15f2"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SecureAccount"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SecureAccountInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"secureAccount"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"revokedSessions"}},{"kind":"Field","name":{"kind":"Name","value":"changesPausedUntil"}}]}}]}}]} as unknown as DocumentNode<SecureAccountMutation, SecureAccountMutationVariables>;
export const ChangePasswordDocument = {"__meta__":{"hash":"sha256:9a95e6806381ac11af2992acbec084baa26dc36de2a1408aad910e8d609703f8"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ChangePassword"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ChangePasswordInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"changePassword"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"token"}}]}},{"kind":"Field","name":{"kind":"Name","value":"revokedSessions"}}]}}]}}]} as unknown as DocumentNode<ChangePasswordMutation, ChangePasswordMutationVariables>;
export const RequestEmailChangeDocument = {"__meta__":{"hash":"sha256:e1b4debc7b4c09adc1927557ed4f63f563eac4134d28cbab5f3af676099b26dc"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RequestEmailChange"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RequestEmailChangeInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"requestEmailChange"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"pending"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Pending"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Pending"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PendingChange"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"challengeId"}},{"kind":"Field","name":{"kind":"Name","value":"destination"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"resendAvailableAt"}}]}}]} as unknown as DocumentNode<RequestEmailChangeMutation, RequestEmailChangeMutationVariables>;
export const ConfirmEmailChangeDocument = {"__meta__":{"hash":"sha256:a8be1c8f737aec2b71c427683e3e2001690ac0f1dfb9f2baf06364687d839804"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ConfirmEmailChange"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ConfirmEmailChangeInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"confirmEmailChange"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"email"}}]}}]}}]} as unknown as DocumentNode<ConfirmEmailChangeMutation, ConfirmEmailChangeMutationVariables>;
export const CancelEmailChangeDocument = {"__meta__":{"hash":"sha256:ac03fd040f77a1be2e00f6922a9284b2f0113d0e58aa254f8011486ed7385fbb"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CancelEmailChange"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"cancelEmailChange"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Email"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Pending"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PendingChange"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"challengeId"}},{"kind":"Field","name":{"kind":"Name","value":"destination"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"resendAvailableAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Email"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Account"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"emailVerified"}},{"kind":"Field","name":{"kind":"Name","value":"emailDisplaced"}},{"kind":"Field","name":{"kind":"Name","value":"pendingEmailChange"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Pending"}}]}}]}}]} as unknown as DocumentNode<CancelEmailChangeMutation, CancelEmailChangeMutationVariables>;
export const UndoEmailChangeDocument = {"__meta__":{"hash":"sha256:2f71900e29837e4678596d52a7b6a46aed26826000cadd070caac668d77547be"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UndoEmailChange"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UndoEmailChangeInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"undoEmailChange"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"revokedSessions"}}]}}]}}]} as unknown as DocumentNode<UndoEmailChangeMutation, UndoEmailChangeMutationVariables>;
export const RequestPhoneUpdateDocument = {"__meta__":{"hash":"sha256:0a653d3711a7e5e376549ad4f38015476b10681f1d7f845e0591bbe2323531be"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RequestPhoneUpdate"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RequestPhoneUpdateInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"requestPhoneUpdate"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"pending"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Pending"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Pending"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PendingChange"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"challengeId"}},{"kind":"Field","name":{"kind":"Name","value":"destination"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"resendAvailableAt"}}]}}]} as unknown as DocumentNode<RequestPhoneUpdateMutation, RequestPhoneUpdateMutationVariables>;
export const ConfirmPhoneUpdateDocument = {"__meta__":{"hash":"sha256:ca122c71eb9ec05908f4b75d7d3523c3caa4d8b85e0dece17d869f26d49876c8"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ConfirmPhoneUpdate"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ConfirmPhoneUpdateInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"confirmPhoneUpdate"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}}]}}]}}]} as unknown as DocumentNode<ConfirmPhoneUpdateMutation, ConfirmPhoneUpdateMutationVariables>;
export const CancelPhoneUpdateDocument = {"__meta__":{"hash":"sha256:41f325ca407c6808b5214fd5a24ea5e8447fbaf6283d9d0bf2ce72f83e998040"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CancelPhoneUpdate"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"cancelPhoneUpdate"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Phone"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Pending"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PendingChange"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"challengeId"}},{"kind":"Field","name":{"kind":"Name","value":"destination"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"resendAvailableAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Phone"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Account"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"phoneVerified"}},{"kind":"Field","name":{"kind":"Name","value":"pendingPhoneUpdate"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Pending"}}]}}]}}]} as unknown as DocumentNode<CancelPhoneUpdateMutation, CancelPhoneUpdateMutationVariables>;
export const AcceptTermsDocument = {"__meta__":{"hash":"sha256:c7dc4fd6783e448ff8d37eb56d6c2a689c77faa2157e62dae3882d3c9e50c238"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AcceptTerms"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AcceptTermsInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"acceptTerms"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]} as unknown as DocumentNode<AcceptTermsMutation, AcceptTermsMutationVariables>;
export const SignOutDocument = {"__meta__":{"hash":"sha256:9ffa5ca2f7c2e4ed47165ba35fa848d7cce974f781acebd94a70c216d550ec2a"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SignOut"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SignOutInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"signOut"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"revokedSessions"}}]}}]}}]} as unknown as DocumentNode<SignOutMutation, SignOutMutationVariables>;
export const RevokeSessionDocument = {"__meta__":{"hash":"sha256:df3dbbe1a386391c7d290e06a674b1551e003396d0be21205c23642bfff5355e"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RevokeSession"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RevokeSessionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"revokeSession"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"revokedSessions"}}]}}]}}]} as unknown as DocumentNode<RevokeSessionMutation, RevokeSessionMutationVariables>;
export const DeleteAccountDocument = {"__meta__":{"hash":"sha256:2ee5298ad4771e545fcc6e0a5066c09308e4e9425b361b7378b6fddde540d405"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeleteAccount"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteAccountInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"deleteAccount"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"deletedAt"}},{"kind":"Field","name":{"kind":"Name","value":"deletion"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"scheduledFor"}}]}}]}}]}}]} as unknown as DocumentNode<DeleteAccountMutation, DeleteAccountMutationVariables>;
export const RequestDataExportDocument = {"__meta__":{"hash":"sha256:182d4b97497eebb4d51f7487bb4c6bf5dd9401d9a673763ca88f7e1887300d0b"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RequestDataExport"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RequestDataExportInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"requestDataExport"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}}]}}]} as unknown as DocumentNode<RequestDataExportMutation, RequestDataExportMutationVariables>;
export const DataExportDocument = {"__meta__":{"hash":"sha256:8b1b841e01170011aadfeffc6631d5ebe491e0898f590782becaf8853bb13000"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"DataExport"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"token"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"dataExport"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"token"},"value":{"kind":"Variable","name":{"kind":"Name","value":"token"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"document"}}]}}]}}]} as unknown as DocumentNode<DataExportQuery, DataExportQueryVariables>;
export const DataExportAbilityDocument = {"__meta__":{"hash":"sha256:f265e6319c96d818c3b019f345e698407e1f281c4f09d65a132738230fe46049"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"DataExportAbility"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"can"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"requestDataExport"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Ability"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Ability"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Ability"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfter"}},{"kind":"Field","name":{"kind":"Name","value":"stepUpNeeded"}},{"kind":"Field","name":{"kind":"Name","value":"secondFactorNeeded"}}]}}]} as unknown as DocumentNode<DataExportAbilityQuery, DataExportAbilityQueryVariables>;
export const CancelAccountDeletionDocument = {"__meta__":{"hash":"sha256:0ce8059701429f406606c31b3da0a91f4b146732482b010a19383c335fd1fce2"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CancelAccountDeletion"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CancelAccountDeletionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"cancelAccountDeletion"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"cancelled"}}]}}]}}]} as unknown as DocumentNode<CancelAccountDeletionMutation, CancelAccountDeletionMutationVariables>;