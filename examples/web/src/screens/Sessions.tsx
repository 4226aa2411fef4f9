import { device } from '../device';
import { RevokeSessionDocument, SessionsDocument, SignOutDocument, type SessionsQuery } from '../gql/graphql';
import { Button } from '../parts/Button';
import { Problems } from '../parts/Problems';
import { Badge, Card, Screen, Waiting } from '../parts/Screen';
import { useToast } from '../parts/Toast';
import { ago, formatDay, useAgeing } from '../time';
import { useAccount } from '../useAccount';
import { useAction } from '../useAction';

type Session = NonNullable<SessionsQuery['account']['sessions']>[number];

export function Sessions() {
  const toast = useToast();
  const { data, error, again } = useAccount(SessionsDocument, {});
  const others = useAction(SignOutDocument, { repeatable: true, onScreen: true });

  async function endOthers() {
    const done = await others.run({ input: { scope: 'OTHER_SESSIONS' } });
    if (done) {
      const { revokedSessions } = done.signOut;
      toast(revokedSessions === 1 ? 'One device is signed out' : `${revokedSessions} devices are signed out`);
    }
  }

  useAgeing();
  const sessions = data?.account.sessions;
  return (
    <Screen title="Devices" intro="Where you are signed in. If you don’t know one of them, sign it out and change your password.">
      {sessions ? (
        <>
          <Card>
            <ul className="rows">
              {sessions.map(session => (
                <Device key={session.id} session={session} />
              ))}
            </ul>
          </Card>
          {sessions.length > 1 && (
            <>
              <Problems problems={others.problems} />
              <div className="actions">
                <Button look="danger" waiting={others.busy} onClick={endOthers}>
                  {others.busy ? 'Signing them out …' : 'Sign out all other devices'}
                </Button>
              </div>
            </>
          )}
        </>
      ) : (
        <Waiting error={error} again={again} />
      )}
    </Screen>
  );
}

/** One session, which is ended by itself: several can be at the same time. */
function Device({ session: { id, current, userAgent, ip, createdAt, lastUsedAt, expiresAt } }: { session: Session }) {
  const toast = useToast();
  const { run, busy, problems } = useAction(RevokeSessionDocument, { repeatable: true, onScreen: true });
  const name = device(userAgent);

  async function end() {
    if (await run({ input: { id } })) {
      toast(`${name} is signed out`);
    }
  }

  return (
    <li className="row">
      <div>
        <p className="row-title">
          {name} {current && <Badge kind="good">This device</Badge>}
        </p>
        <p className="row-detail">
          Used {ago(lastUsedAt)}
          {ip !== null && ` · ${ip}`}
        </p>
        <p className="row-detail">
          Signed in on {formatDay(createdAt)}, until {formatDay(expiresAt)}
        </p>
        <Problems problems={problems} />
      </div>
      {!current && (
        <Button waiting={busy} aria-label={`Sign out ${name}, used ${ago(lastUsedAt)}`} onClick={end}>
          {busy ? 'Signing out …' : 'Sign out'}
        </Button>
      )}
    </li>
  );
}
