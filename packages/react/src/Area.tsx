import type { ComponentType, ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { ScreenPath } from './chunks';
import { useHasScreen } from './brand';
import { useConfig } from './config';
import { OnDemand, useApproachLoading, useIdleLoading } from './ondemand';
import { Toaster } from './parts/Toast';
import { NotFound } from './screens/NotFound';
import { SignIn } from './screens/SignIn';
import { useSession } from './session';
import { t, useLanguage, type Key } from './words';

type Headings = Partial<Record<ScreenPath, Key>>;

/** The screens for whoever comes, signed in or not, most of them by a link in a mail; with the heading that stands until one is loaded. */
const open: Headings = {
  '/reset-password': 'common.chooseANewPassword',
  '/activate': 'common.confirmYourEmail',
  '/confirm-email': 'common.confirmYourNewEmail',
  '/undo-email': 'common.undoTheChangeOf',
  '/secure-account': 'common.thisWasntMe',
  '/reset-factor': 'common.yourSecondFactor',
  '/keep-account': 'common.keepYourAccount',
  '/forgot-password': 'common.forgotYourPassword',
  '/sign-in-code': 'common.signInByCode',
  '/set-up-second-step': 'common.setUpYourSecond',
  '/return': 'common.yourAccount',
};

/** The screens of the account. */
export const own: Headings = {
  '/': 'common.yourAccount',
  '/profile': 'common.profile',
  '/addresses': 'common.addresses',
  '/email': 'common.email',
  '/phone': 'common.phone',
  '/password': 'common.password',
  '/passkeys': 'common.passkeys',
  '/authenticators': 'common.secondStep',
  '/agreements': 'common.agreements',
  '/sessions': 'common.devices',
  '/activity': 'common.activity',
  '/data': 'common.yourData',
  '/download': 'common.downloadYourData',
  '/delete': 'common.deleteAccount',
};

/** What stands around a screen: with the account's menu, or as a single card. */
export type FrameOf = ComponentType<{ account: boolean; children: ReactNode }>;

/** All screens of the account, with the sign-in before them, in a frame. */
export function Area({ Frame }: { Frame: FrameOf }) {
  useApproachLoading(useConfig().base);
  useIdleLoading();
  useLanguage();
  return (
    <Toaster>
      <Framed Frame={Frame} />
    </Toaster>
  );
}

/** The screen of the address: a card by itself, or with the menu of the account around it. */
function Framed({ Frame }: { Frame: FrameOf }) {
  const { token, generation } = useSession();
  const [location] = useLocation();
  const has = useHasScreen();
  const path = location.replace(/(.)\/$/, '$1') as ScreenPath;
  const heading = open[path];
  if (heading !== undefined) {
    return (
      <Frame account={false}>
        <OnDemand key={path} path={path} title={t(heading)} back={false} />
      </Frame>
    );
  }
  if (token === null) {
    return <Frame account={false}>{path === '/register' ? <OnDemand key={path} path={path} title={t('common.createAnAccount')} back={false} /> : <SignIn />}</Frame>;
  }
  // Whoever is signed in already is where these two screens lead.
  const wanted = path === ('/sign-in' as string) || path === '/register' ? '/' : path;
  return (
    <Frame key={generation} account>
      {own[wanted] === undefined || !has(wanted) ? <NotFound /> : <OnDemand key={wanted} path={wanted} title={t(own[wanted])} back={wanted !== '/'} />}
    </Frame>
  );
}
