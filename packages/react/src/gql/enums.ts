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

/** Whether an account can be used. */
export type CustomerStatus =
  /** It can. */
  | 'ACTIVE'
  /** The shop has blocked it. */
  | 'BLOCKED'
  /** It is closed, and will be erased when the grace period of its deletion is over. */
  | 'DELETION_PENDING'
  /** It waits for the first confirmation of its e-mail address. */
  | 'PENDING';

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

/**
 * Every value that `errors[].extensions.reason` can have. It says why a value was refused, so that a page can tell it in
 * words of its own; where a number belongs to it, `limit` has it. One of these stands beside every INVALID_INPUT and every
 * PASSWORD_REJECTED; OUTCOME_UNKNOWN stands beside UNAVAILABLE.
 */
export type ErrorReason =
  /** Another customer of this provider is linked to the account. */
  | 'ALREADY_LINKED'
  /** It is empty, or has nothing in it that can be seen. */
  | 'BLANK'
  /** The password was part of a data breach. */
  | 'BREACHED'
  /** The password is one of those that are guessed first, or made of one with few changes. */
  | 'COMMON'
  /** It can't stand beside another field that was given. */
  | 'CONFLICTING'
  /** The phone number is of a country that no codes are sent to. */
  | 'COUNTRY_NOT_ALLOWED'
  /** The provider has not verified an e-mail address of the customer, and a new account needs one. */
  | 'EMAIL_NOT_VERIFIED'
  /** The session is one of another issuer, and ends there. */
  | 'ENDS_ELSEWHERE'
  /** The field is written once, by the shop's policies, and has its value. */
  | 'FIELD_ALREADY_SET'
  /** The field is the shop's to write, by its policies. */
  | 'FIELD_READ_ONLY'
  /** It has a character that may not stand there: a control character, or in a postal code anything but letters, digits, spaces and hyphens. */
  | 'FORBIDDEN_CHARACTER'
  /** The date is still to come. */
  | 'IN_THE_FUTURE'
  /** The phone number is of a kind that is not taken: premium, toll-free, personal, satellite or service. */
  | 'KIND_NOT_ALLOWED'
  /** It is the only way in that the customer has. */
  | 'LAST_WAY_IN'
  /** It does not have the form that it must have: of an e-mail address, a number, a date, an address of the web. */
  | 'MALFORMED'
  /** It is right by itself, and not taken here. */
  | 'NOT_ALLOWED'
  /** It has a number in it that no double can hold. */
  | 'NOT_FINITE'
  /** The provider is not linked to the account. */
  | 'NOT_LINKED'
  /** The database was lost in the middle of a commit, and whether the change was made is not known. */
  | 'OUTCOME_UNKNOWN'
  /** The password is made of what is known of the customer or the shop: a name, an address, a number, a date. */
  | 'OWN_DATA'
  /** The password is a few characters over and over, or a run of neighbouring ones. */
  | 'REPETITIVE'
  /** It must be given here; null is as if it was left out. */
  | 'REQUIRED'
  /** It is the customer's already, and proven. */
  | 'SAME_AS_NOW'
  /** The password is the one that the account has already. */
  | 'SAME_AS_OLD'
  /** With SECOND_FACTOR_REQUIRED at a sign-in: the account has no second factor yet, and enrollAuthenticator adds one. */
  | 'SECOND_FACTOR_MISSING'
  /** It belongs to another account. */
  | 'TAKEN'
  /** It is nested deeper than `limit` levels. */
  | 'TOO_DEEP'
  /** The date lies before `earliest` of the field's policy. */
  | 'TOO_EARLY'
  /** The number is greater than `limit`. */
  | 'TOO_GREAT'
  /** It has more bytes than `limit`. */
  | 'TOO_LARGE'
  /** The date lies after `latest` of the field's policy. */
  | 'TOO_LATE'
  /** It has more characters than `limit`; a character is a Unicode code point. */
  | 'TOO_LONG'
  /** The date lies before the year `limit`. */
  | 'TOO_LONG_AGO'
  /** It has more elements or keys than `limit`. */
  | 'TOO_MANY'
  /** It has fewer characters than `limit`; a character is a Unicode code point. */
  | 'TOO_SHORT'
  /** The number is less than `limit`. */
  | 'TOO_SMALL'
  /** The shop has no such attribute that customers could write. */
  | 'UNKNOWN_ATTRIBUTE'
  /** It is none of the values that there are: no country, no language, no id of the customer's own. */
  | 'UNKNOWN_VALUE'
  /** It is of another type, such as a number where a text is meant. */
  | 'WRONG_TYPE';

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

/** What an API key may be allowed. */
export type Permission =
  /** Change an address book. It is read with the account. */
  | 'API_ADDRESS_CLIENT_UPDATE'
  /** Confirm and withdraw consents with the tokens of messages. */
  | 'API_CONSENT_CLIENT_UPDATE'
  /** Ask for and download a copy of all stored data of the customer. */
  | 'API_DATA_EXPORT_CLIENT_CREATE'
  /** Read an account. */
  | 'API_PERSONAL_INFORMATION_CLIENT_READ'
  /** Change a profile; link identity providers. */
  | 'API_PERSONAL_INFORMATION_CLIENT_UPDATE'
  /** Change a phone number. */
  | 'API_PERSONAL_PHONE_CLIENT_CREATE'
  /** Learn whose session a request is made with: for the shop's other services. */
  | 'API_SESSION_CLIENT_READ'
  /** Back office: block and unblock customers. */
  | 'BACKOFFICE_CUSTOMER_BLOCK'
  /** Back office: erase customers. */
  | 'BACKOFFICE_CUSTOMER_ERASE'
  /** Back office: find and read customers, and export what is stored of them. */
  | 'BACKOFFICE_CUSTOMER_READ'
  /** Back office: change customers' accounts, verify and release addresses, send messages again, end sessions. */
  | 'BACKOFFICE_CUSTOMER_UPDATE'
  /** Change an e-mail address. */
  | 'SAUTH_CHANGE_EMAIL_CLIENT_UPDATE'
  /** Change a password. */
  | 'SAUTH_CHANGE_PASSWORD_CLIENT_UPDATE'
  /** Delete an account. */
  | 'SAUTH_CLIENT_DELETE'
  /** Prove who the customer is, and change the factors by which they do. */
  | 'SAUTH_FACTORS_CLIENT_UPDATE'
  /** Sign in. */
  | 'SAUTH_LOGIN_CLIENT_CREATE'
  /** Sign out and end sessions. */
  | 'SAUTH_LOGOUT_CLIENT_CREATE'
  /** Reset a password. */
  | 'SAUTH_PASSWORD_RESET_CLIENT_CREATE'
  /** Register and activate accounts. */
  | 'SAUTH_REGISTER_CLIENT_CREATE';

/** Who may register. */
export type RegistrationMode =
  /** Nobody: registerAccount is answered PERMISSION_DENIED. */
  | 'CLOSED'
  /** Everybody, and who has registered can sign in. */
  | 'OPEN'
  /** Everybody, and who has registered confirms the e-mail before the first sign-in. */
  | 'VERIFIED';

/** A mail that can be sent with a new link. */
export type ResendableMessage =
  /** The mail by which a customer confirms the address; for an address that is not verified. */
  | 'ACTIVATION'
  /** The mail by which a customer sets a new password. */
  | 'PASSWORD_RESET';

/** Whether customers have second factors (--second-factor). */
export type SecondFactorMode =
  /** Nobody adds one: requestAuthenticator is answered PERMISSION_DENIED. */
  | 'OFF'
  /** Who wants to has one. */
  | 'OPTIONAL'
  /** Nobody signs in without one, or a passkey: enrollAuthenticator adds the first one at the sign-in. */
  | 'REQUIRED';

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

/** Which sessions signOut ends. */
export type SignOutScope =
  /** All. */
  | 'ALL_SESSIONS'
  /** All but that one. */
  | 'OTHER_SESSIONS'
  /** The one that the request was made with. */
  | 'THIS_SESSION';
