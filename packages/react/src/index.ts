// What is without looks: the provider, and a hook for each flow.

export { AccountProvider, type AccountProviderProps } from './AccountProvider';
export { useAccountSession, type AccountSession } from './hooks/useAccountSession';
