// What is without looks: the provider, and a hook for each flow. docs/page.md tells what each is for.

export { AccountProvider, type AccountProviderProps } from './AccountProvider';
export type { Code, Problem, Said } from './errors';
export type { Factor, IdentityCodeChannel, IdentityProvider } from './gql/enums';
export type { AbilityFragment as Ability, RegisterAccountInput, SignInInput } from './gql/graphql';

// What every flow is made of, and a flow of your own can be.
export type { FlowAction, FlowQuery, ProvableAction } from './hooks/flow';
export { useAccountQuery } from './hooks/useAccountQuery';
export { useAction, type Action } from './hooks/useAction';
export { useIdentityProof, type IdentityProof, type ProofWays, type SentCode, type TypedProof } from './hooks/useIdentityProof';
export { useSecondFactorChoice, type SecondFactorChoice, type SecondFactorField } from './hooks/useSecondFactorChoice';
export { useStepUp, type IdentityQuestion, type StepUp } from './hooks/useStepUp';

// Ways in, and ways back.
export { useAccountSession, type AccountSession } from './hooks/useAccountSession';
export type { Farewell } from './session';
export { useActivation, type ActivationFlow } from './hooks/useActivation';
export { useActivationRequest, type ActivationRequestFlow } from './hooks/useActivationRequest';
export { useEnrollment, type EnrollmentFlow } from './hooks/useEnrollment';
export { useFactorReset, type FactorResetFlow } from './hooks/useFactorReset';
export { useFactorResetRequest, type FactorResetRequestFlow } from './hooks/useFactorResetRequest';
export { usePasskeySignIn, type PasskeySignInFlow } from './hooks/usePasskeySignIn';
export { usePasswordReset, type PasswordResetFlow } from './hooks/usePasswordReset';
export { usePasswordResetRequest, type PasswordResetRequestFlow } from './hooks/usePasswordResetRequest';
export { useProviderRedirect, type ProviderRedirectFlow } from './hooks/useProviderRedirect';
export { useProviderReturn, type ProviderReturnFlow } from './hooks/useProviderReturn';
export type { RedirectFailure, RedirectOptions, RedirectProvider, RedirectPurpose } from './redirect';
export { useProviderSignIn, type ProviderSignInFlow } from './hooks/useProviderSignIn';
export { useRegistration, type RegistrationFlow } from './hooks/useRegistration';
export { useSecondStep, type SecondStepFlow } from './hooks/useSecondStep';
export { useSignIn, type SignInFlow } from './hooks/useSignIn';
export { useSignInByCode, type SignInByCodeFlow } from './hooks/useSignInByCode';
export type { SecondStep, SignInOptions } from './hooks/signInSteps';

// Links of mails.
export { useLinkToken, type LinkToken } from './hooks/useLinkToken';
export { useDeletionCancellation, type DeletionCancellationFlow } from './hooks/useDeletionCancellation';
export { useEmailConfirmation, type EmailConfirmationFlow } from './hooks/useEmailConfirmation';
export { useEmailUndo, type EmailUndoFlow } from './hooks/useEmailUndo';
export { useSecureAccount, type SecureAccountFlow } from './hooks/useSecureAccount';

// The account.
export { useActivity, useActivityPage, type ActivityEvent, type ActivityPage } from './hooks/useActivity';
export { useAddress, useAddresses, useAddressForm, type AddressesFlow, type AddressFlow, type AddressFormFlow } from './hooks/useAddresses';
export { useAgreements, type Agreement, type AgreementChannel, type AgreementsFlow, type AgreementWait } from './hooks/useAgreements';
export { useConsentHistory, type ConsentAnswer, type ConsentHistoryFlow } from './hooks/useConsentHistory';
export { useDataDownload, useDataExport, type DataDownloadFlow, type DataExportFlow } from './hooks/useDataExport';
export { useDeletion, type DeletionFlow, type DeletionProof } from './hooks/useDeletion';
export type { Challenge } from './hooks/useChallenge';
export { useEmailChange, type EmailChangeFlow } from './hooks/useEmailChange';
export { useLanguage } from './hooks/useLanguage';
export { useOverview, type Overview, type OverviewFlow } from './hooks/useOverview';
export { usePhoneChange, type PhoneChangeFlow } from './hooks/usePhoneChange';
export { useProfile, type ProfileEdits, type ProfileField, type ProfileFieldName, type ProfileFlow } from './hooks/useProfile';
export { useProvinces, type Province, type Provinces } from './hooks/useProvinces';
export { useSettings, type Settings } from './hooks/useSettings';
export { useTasks, type Task } from './hooks/useTasks';
export { useTerms, type TermsFlow } from './hooks/useTerms';

// Keys and devices.
export { useAuthenticator, useAuthenticators, useLastAuthenticator, type AuthenticatorsFlow, type LastAuthenticatorFlow } from './hooks/useAuthenticators';
export { useAuthenticatorSetup, type AuthenticatorSetupFlow, type BegunAuthenticator } from './hooks/useAuthenticatorSetup';
export { useDeviceSession, useKnownDevice, useSessions, type DeviceSession, type DeviceSessionActions, type KnownDevice, type SessionsFlow } from './hooks/useSessions';
export { useIdentities, type IdentitiesFlow, type IdentityName, type IdentityToken, type LinkedIdentity } from './hooks/useIdentities';
export { usePasskey, usePasskeys, type PasskeyActions, type NotMade, type PasskeysFlow } from './hooks/usePasskeys';
export { usePassword, type PasswordFlow, type PasswordOutcome } from './hooks/usePassword';
export { useRecoveryCodes, type NewRecoveryCodes, type RecoveryCodesFlow } from './hooks/useRecoveryCodes';
