import type { ComponentType } from 'react';

// Every screen but the sign-in is a chunk of its own, which is loaded where somebody goes there, or seems to.

/** The screens by their path, and how each is loaded. A promise that fails may be asked for again. */
export const chunks = {
  '/': () => import('./screens/Overview').then(({ Overview }) => Overview),
  '/profile': () => import('./screens/Profile').then(({ Profile }) => Profile),
  '/addresses': () => import('./screens/Addresses').then(({ Addresses }) => Addresses),
  '/email': () => import('./screens/Email').then(({ Email }) => Email),
  '/phone': () => import('./screens/Phone').then(({ Phone }) => Phone),
  '/password': () => import('./screens/Password').then(({ Password }) => Password),
  '/passkeys': () => import('./screens/Passkeys').then(({ Passkeys }) => Passkeys),
  '/authenticators': () => import('./screens/Authenticators').then(({ Authenticators }) => Authenticators),
  '/agreements': () => import('./screens/Agreements').then(({ Agreements }) => Agreements),
  '/sessions': () => import('./screens/Sessions').then(({ Sessions }) => Sessions),
  '/activity': () => import('./screens/Activity').then(({ Activity }) => Activity),
  '/data': () => import('./screens/Data').then(({ Data }) => Data),
  '/download': () => import('./screens/Data').then(({ DownloadData }) => DownloadData),
  '/delete': () => import('./screens/Delete').then(({ Delete }) => Delete),
  '/register': () => import('./screens/Register').then(({ Register }) => Register),
  '/forgot-password': () => import('./screens/ForgotPassword').then(({ ForgotPassword }) => ForgotPassword),
  '/set-up-second-step': () => import('./screens/Authenticators').then(({ Enrollment }) => Enrollment),
  '/sign-in-code': () => import('./screens/SignInByCode').then(({ SignInByCode }) => SignInByCode),
  '/return': () => import('./screens/Return').then(({ Return }) => Return),
  '/reset-password': () => import('./screens/links').then(({ ResetPassword }) => ResetPassword),
  '/activate': () => import('./screens/links').then(({ ConfirmActivation }) => ConfirmActivation),
  '/confirm-email': () => import('./screens/links').then(({ ConfirmEmail }) => ConfirmEmail),
  '/undo-email': () => import('./screens/links').then(({ UndoEmail }) => UndoEmail),
  '/reset-factor': () => import('./screens/links').then(({ ResetFactor }) => ResetFactor),
  '/secure-account': () => import('./screens/links').then(({ SecureAccount }) => SecureAccount),
  '/keep-account': () => import('./screens/links').then(({ KeepAccount }) => KeepAccount),
} satisfies Record<string, () => Promise<ComponentType>>;

export type ScreenPath = keyof typeof chunks;

/** The path of a screen below a base, such as /account; undefined for any other address. */
export function screenAt(pathname: string, base: string): ScreenPath | undefined {
  if (pathname !== base && !pathname.startsWith(`${base}/`)) {
    return undefined;
  }
  const path = pathname.slice(base.length) || '/';
  return path in chunks ? (path as ScreenPath) : undefined;
}
