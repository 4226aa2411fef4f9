import { useMemo, type ReactNode } from 'react';
import { Provider } from 'urql';
import { Route, Router, Switch } from 'wouter';
import { newClient } from './client';
import { ConfigContext, type Config } from './config';
import { Frame } from './parts/Frame';
import { Toaster } from './parts/Toast';
import { ConfirmActivation, ConfirmEmail, KeepAccount, ResetPassword, SecureAccount, UndoEmail } from './screens/links';
import { Activity } from './screens/Activity';
import { Addresses } from './screens/Addresses';
import { Agreements } from './screens/Agreements';
import { Data, DownloadData } from './screens/Data';
import { Delete } from './screens/Delete';
import { Email } from './screens/Email';
import { ForgotPassword } from './screens/ForgotPassword';
import { NotFound } from './screens/NotFound';
import { Overview } from './screens/Overview';
import { Passkeys } from './screens/Passkeys';
import { Password } from './screens/Password';
import { Phone } from './screens/Phone';
import { Profile } from './screens/Profile';
import { Register } from './screens/Register';
import { Sessions } from './screens/Sessions';
import { SignIn } from './screens/SignIn';
import { useSession } from './session';

export function App({ config }: { config: Config }) {
  const { token, generation } = useSession();
  // The generation stands here for its own sake: the next customer must not get the last one's cache.
  const client = useMemo(() => newClient(config), [config, generation]);
  const signedIn = token !== null;
  const account = (screen: ReactNode) => () => (
    <Frame key={generation} account>
      {screen}
    </Frame>
  );
  return (
    <ConfigContext value={config}>
      <Provider value={client}>
        <Router base={import.meta.env.BASE_URL.replace(/\/$/, '')}>
          <Toaster>
            <Switch>
              <Route path="/reset-password">{single(<ResetPassword />)}</Route>
              <Route path="/activate">{single(<ConfirmActivation />)}</Route>
              <Route path="/confirm-email">{single(<ConfirmEmail />)}</Route>
              <Route path="/undo-email">{single(<UndoEmail />)}</Route>
              <Route path="/secure-account">{single(<SecureAccount />)}</Route>
              <Route path="/keep-account">{single(<KeepAccount />)}</Route>
              <Route path="/forgot-password">{single(<ForgotPassword />)}</Route>
              <Route path="/register">{signedIn ? account(<Overview />) : single(<Register />)}</Route>
              <Route path="/sign-in">{signedIn ? account(<Overview />) : single(<SignIn />)}</Route>
              {!signedIn && <Route>{single(<SignIn />)}</Route>}
              <Route path="/profile">{account(<Profile />)}</Route>
              <Route path="/addresses">{account(<Addresses />)}</Route>
              <Route path="/email">{account(<Email />)}</Route>
              <Route path="/phone">{account(<Phone />)}</Route>
              <Route path="/password">{account(<Password />)}</Route>
              <Route path="/passkeys">{account(<Passkeys />)}</Route>
              <Route path="/agreements">{account(<Agreements />)}</Route>
              <Route path="/sessions">{account(<Sessions />)}</Route>
              <Route path="/activity">{account(<Activity />)}</Route>
              <Route path="/data">{account(<Data />)}</Route>
              <Route path="/download">{account(<DownloadData />)}</Route>
              <Route path="/delete">{account(<Delete />)}</Route>
              <Route path="/">{account(<Overview />)}</Route>
              <Route>{account(<NotFound />)}</Route>
            </Switch>
          </Toaster>
        </Router>
      </Provider>
    </ConfigContext>
  );
}

/** A screen by itself, as a card; those of the account have the menu around them. */
function single(screen: ReactNode) {
  return () => <Frame account={false}>{screen}</Frame>;
}
