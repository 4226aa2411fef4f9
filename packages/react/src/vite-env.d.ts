interface ImportMetaEnv {
  readonly VITE_ACCOUNTQL_URL?: string;
  readonly VITE_ACCOUNTQL_KEY?: string;
  readonly VITE_ACCOUNTQL_TRUSTED_DOCUMENTS?: string;
  readonly VITE_ACCOUNTQL_COOKIES?: string;
}
