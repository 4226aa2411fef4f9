import { useState } from 'react';
import { useQuery } from 'urql';
import { device } from '../device';
import { RevokeSessionDocument, SessionsDocument, SignOutDocument } from '../gql/graphql';
import { Button } from '../parts/Button';
import { Problems } from '../parts/Problems';
import { Badge, Card, Screen, Waiting } from '../parts/Screen';
import { useToast } from '../parts/Toast';
import { ago, formatDay } from '../time';
import { useAction } from '../useAction';

export function Sessions() {
  const toast = useToast();
  const [{ data, error }, again] = useQuery({ query: SessionsDocument });
  const revoke = useAction(RevokeSessionDocument);
  const others = useAction(SignOutDocument);
  const [ending, setEnding] = useState<string>();

  async function end(id: string, name: string) {
    setEnding(id);
    if (await revoke.run({ input: { id } })) {
      toast(`${name} is signed out`);
    }
    setEnding(undefined);
  }

  async function endOthers() {
    const done = await others.run({ input: { scope: 'OTHER_SESSIONS' } });
    if (done) {
      const { revokedSessions } = done.signOut;
      toast(revokedSessions === 1 ? 'One device is signed out' : `${revokedSessions} devices are signed out`);
    }
  }

  const sessions = data?.account.sessions;
  return (
    <Screen title="Devices" intro="Where you are signed in. If you don’t know one of them, sign it out and change your password.">
      {sessions ? (
        <>
          <Problems problems={[...revoke.problems, ...others.problems]} />
          <Card>
            <ul className="rows">
              {sessions.map(({ id, current, userAgent, ip, createdAt, lastUsedAt, expiresAt }) => (
                <li key={id} className="row">
                  <div>
                    <p className="row-title">
                      {device(userAgent)} {current && <Badge kind="good">This device</Badge>}
                    </p>
                    <p className="row-detail">
                      Used {ago(lastUsedAt)}
                      {ip !== null && ` · ${ip}`}
                    </p>
                    <p className="row-detail">
                      Signed in on {formatDay(createdAt)}, until {formatDay(expiresAt)}
                    </p>
                  </div>
                  {!current && (
                    <Button waiting={revoke.busy || others.busy} aria-label={`Sign out ${device(userAgent)}, used ${ago(lastUsedAt)}`} onClick={() => end(id, device(userAgent))}>
                      {ending === id ? 'Signing out …' : 'Sign out'}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          </Card>
          {sessions.length > 1 && (
            <div className="actions">
              <Button look="danger" waiting={revoke.busy || others.busy} onClick={endOthers}>
                Sign out all other devices
              </Button>
            </div>
          )}
        </>
      ) : (
        <Waiting error={error} again={again} />
      )}
    </Screen>
  );
}
