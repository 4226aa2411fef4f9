import { ForgetDeviceDocument, RenameSessionDocument, RevokeSessionDocument, SessionsDocument, SignOutDocument, type SessionsQuery } from '../gql/graphql';
import { Button } from '../parts/Button';
import { Field } from '../parts/Field';
import { Form, text } from '../parts/Form';
import { Problems } from '../parts/Problems';
import { Badge, Card, Screen, Waiting } from '../parts/Screen';
import { useToast } from '../parts/Toast';
import { ago, formatDay, useAgeing } from '../time';
import { useAccount } from '../useAccount';
import { useAction } from '../useAction';

type KnownDevice = NonNullable<SessionsQuery['account']['devices']>[number];
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
          {data.account.devices && data.account.devices.length > 0 && (
            <Card title="Known devices">
              <p>We send you a mail when somebody signs in from any other.</p>
              <ul className="rows">
                {data.account.devices.map(known => (
                  <Known key={known.id} known={known} />
                ))}
              </ul>
            </Card>
          )}
        </>
      ) : (
        <Waiting error={error} again={again} />
      )}
    </Screen>
  );
}

/** One session, which is ended by itself: several can be at the same time. */
function Device({ session: { id, current, name, device, place, ip, createdAt, lastUsedAt, expiresAt } }: { session: Session }) {
  const toast = useToast();
  const { run, busy, problems } = useAction(RevokeSessionDocument, { repeatable: true, onScreen: true });
  const title = name ?? device.description;

  async function end() {
    if (await run({ input: { id } })) {
      toast(`${title} is signed out`);
    }
  }

  return (
    <li className="row">
      <div>
        <p className="row-title">
          {title} {current && <Badge kind="good">This device</Badge>}
        </p>
        <p className="row-detail">
          Used {ago(lastUsedAt)}
          {name !== null && ` · ${device.description}`}
          {place !== null && ` · ${place.description}`}
          {ip !== null && ` · ${ip}`}
        </p>
        <p className="row-detail">
          Signed in on {formatDay(createdAt)}, until {formatDay(expiresAt)}
        </p>
        <Name id={id} name={name} title={title} />
        <Problems problems={problems} />
      </div>
      {!current && (
        <Button waiting={busy} aria-label={`Sign out ${title}, used ${ago(lastUsedAt)}`} onClick={end}>
          {busy ? 'Signing out …' : 'Sign out'}
        </Button>
      )}
    </li>
  );
}

/** What the customer calls a session; an empty field takes the name away. */
function Name({ id, name, title }: { id: string; name: string | null; title: string }) {
  const toast = useToast();
  const { run, busy, problems, setProblems } = useAction(RenameSessionDocument, { repeatable: true, onScreen: true });

  async function rename(values: FormData) {
    if (await run({ input: { id, name: text(values, 'name') } })) {
      toast('The name is saved');
    }
  }

  return (
    <details>
      <summary>
        Rename<span className="unseen">: {title}</span>
      </summary>
      <Form
        problems={problems}
        setProblems={setProblems}
        onSubmit={rename}
        actions={
          <Button type="submit" waiting={busy}>
            {busy ? 'Saving …' : 'Save name'}
          </Button>
        }
      >
        <Field name="name" label="Name" hint="Leave it empty to see what the device says itself." maxLength={60} autoComplete="off" defaultValue={name ?? ''} />
      </Form>
    </details>
  );
}

/** A device that a sign-in is no news from. */
function Known({ known: { id, current, device, place, createdAt, lastSeenAt } }: { known: KnownDevice }) {
  const toast = useToast();
  const { run, busy, problems } = useAction(ForgetDeviceDocument, { repeatable: true, onScreen: true });

  async function forget() {
    if (await run({ input: { id } })) {
      toast(`${device.description} is forgotten`);
    }
  }

  return (
    <li className="row">
      <div>
        <p className="row-title">
          {device.description} {current && <Badge kind="good">This device</Badge>}
        </p>
        <p className="row-detail">
          Last sign-in {ago(lastSeenAt)}, first on {formatDay(createdAt)}
          {place !== null && ` · ${place.description}`}
        </p>
        <Problems problems={problems} />
      </div>
      <Button waiting={busy} aria-label={`Forget ${device.description}, last sign-in ${ago(lastSeenAt)}`} onClick={forget}>
        {busy ? 'Forgetting …' : 'Forget'}
      </Button>
    </li>
  );
}
