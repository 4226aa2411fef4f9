import { useMemo } from 'react';
import { Provider } from 'urql';
import { Router, useLocation } from 'wouter';
import type { ScreenPath } from './chunks';
import { newClient } from './client';
import { ConfigContext, type Config } from './config';
import { OnDemand, useIdleLoading } from './ondemand';
import { Frame } from './parts/Frame';
import { Toaster } from './parts/Toast';
import { NotFound } from './screens/NotFound';
import { SignIn } from './screens/SignIn';
import { useSession } from './session';

type Headings = Partial<Record<ScreenPath, string>>;

/** The screens for whoever comes, signed in or not, most of them by a link in a mail; with the heading that stands until one is loaded. */
const open: Headings = {
  '/reset-password': 'Choose a new password',
  '/activate': 'Confirm your e-mail',
  '/confirm-email': 'Confirm your new e-mail',
  '/undo-email': 'Undo the change of your e-mail',
  '/secure-account': 'This wasn’t me',
  '/reset-factor': 'Your second factor',
  '/keep-account': 'Keep your account',
  '/forgot-password': 'Forgot your password?',
  '/sign-in-code': 'Sign in by code',
  '/set-up-second-step': 'Set up your second step',
};

/** The screens of the account. */
const own: Headings = {
  '/': 'Your account',
  '/profile': 'Profile',
  '/addresses': 'Addresses',
  '/email': 'E-mail',
  '/phone': 'Phone',
  '/password': 'Password',
  '/passkeys': 'Passkeys',
  '/authenticators': 'Second step',
  '/agreements': 'Agreements',
  '/sessions': 'Devices',
  '/activity': 'Activity',
  '/data': 'Your data',
  '/download': 'Download your data',
  '/delete': 'Delete account',
};

export function App({ config }: { config: Config }) {
  const { generation } = useSession();
  // The generation stands here for its own sake: the next customer must not get the last one's cache.
  const client = useMemo(() => newClient(config), [config, generation]);
  useIdleLoading();
  return (
    <ConfigContext value={config}>
      <Provider value={client}>
        <Router base={import.meta.env.BASE_URL.replace(/\/$/, '')}>
          <Toaster>
            <Framed />
          </Toaster>
        </Router>
      </Provider>
    </ConfigContext>
  );
}

/** The screen of the address: a card by itself, or with the menu of the account around it. */
function Framed() {
  const { token, generation } = useSession();
  const [location] = useLocation();
  const path = location.replace(/(.)\/$/, '$1') as ScreenPath;
  const heading = open[path];
  if (heading !== undefined) {
    return (
      <Frame account={false}>
        <OnDemand key={path} path={path} title={heading} back={false} />
      </Frame>
    );
  }
  if (token === null) {
    return <Frame account={false}>{path === '/register' ? <OnDemand key={path} path={path} title="Create an account" back={false} /> : <SignIn />}</Frame>;
  }
  // Whoever is signed in already is where these two screens lead.
  const wanted = path === ('/sign-in' as string) || path === '/register' ? '/' : path;
  return (
    <Frame key={generation} account>
      {own[wanted] === undefined ? <NotFound /> : <OnDemand key={wanted} path={wanted} title={own[wanted]} back={wanted !== '/'} />}
    </Frame>
  );
}
