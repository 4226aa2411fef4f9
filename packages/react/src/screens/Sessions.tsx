import { deviceWords, placeWords } from '../devices';
import { ForgetDeviceDocument, RenameSessionDocument, RevokeSessionDocument, SessionsDocument, SignOutDocument, type SessionsQuery } from '../gql/graphql';
import { Button } from '../parts/Button';
import { Field } from '../parts/Field';
import { Form, text } from '../parts/Form';
import { Problems } from '../parts/Problems';
import { Badge, Card, Screen, Waiting } from '../parts/Screen';
import { useToast } from '../parts/Toast';
import { ago, formatDay, useAgeing } from '../time';
import { useAccountQuery } from '../hooks/useAccountQuery';
import { useAction } from '../hooks/useAction';
import { rich, t } from '../words';

type KnownDevice = NonNullable<SessionsQuery['account']['devices']>[number];
type Session = NonNullable<SessionsQuery['account']['sessions']>[number];

export function Sessions() {
  const toast = useToast();
  const { data, error, again } = useAccountQuery(SessionsDocument, {});
  const others = useAction(SignOutDocument, { repeatable: true, onScreen: true });

  async function endOthers() {
    const done = await others.run({ input: { scope: 'OTHER_SESSIONS' } });
    if (done) {
      const { revokedSessions } = done.signOut;
      toast(t('sessions.devicesAreSignedOut', { sessions: revokedSessions }));
    }
  }

  useAgeing();
  const sessions = data?.account.sessions;
  return (
    <Screen title={t('common.devices')} intro={t('sessions.whereYouAreSigned')}>
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
                  {others.busy ? t('sessions.signingThemOut') : t('sessions.signOutAllOther')}
                </Button>
              </div>
            </>
          )}
          {data.account.devices && data.account.devices.length > 0 && (
            <Card title={t('sessions.knownDevices')}>
              <p>{t('sessions.weSendYouA')}</p>
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
  const title = name ?? deviceWords(device);

  async function end() {
    if (await run({ input: { id } })) {
      toast(t('sessions.isSignedOut', { title }));
    }
  }

  return (
    <li className="row">
      <div>
        <p className="row-title">
          {title} {current && <Badge kind="good">{t('common.thisDevice')}</Badge>}
        </p>
        <p className="row-detail">
          {t('sessions.used', { ago: ago(lastUsedAt) })}
          {name !== null && ` · ${deviceWords(device)}`}
          {place !== null && ` · ${placeWords(place)}`}
          {ip !== null && <> · <bdi>{ip}</bdi></>}
        </p>
        <p className="row-detail">
          {t('sessions.signedInOnUntil', { day: formatDay(createdAt), day2: formatDay(expiresAt) })}
        </p>
        <Name id={id} name={name} title={title} />
        <Problems problems={problems} />
      </div>
      {!current && (
        <Button waiting={busy} aria-label={t('sessions.signOutUsed', { title, ago: ago(lastUsedAt) })} onClick={end}>
          {busy ? t('common.signingOut') : t('common.signOut')}
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
      toast(t('common.theNameIsSaved'));
    }
  }

  return (
    <details>
      <summary>
        {rich('sessions.rename', { title, unseen: words => <span className="unseen">{words}</span> })}
      </summary>
      <Form
        problems={problems}
        setProblems={setProblems}
        onSubmit={rename}
        actions={
          <Button type="submit" waiting={busy}>
            {busy ? t('common.saving') : t('common.saveName')}
          </Button>
        }
      >
        <Field name="name" label={t('common.name')} hint={t('sessions.leaveItEmptyTo')} maxLength={60} autoComplete="off" defaultValue={name ?? ''} />
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
      toast(t('sessions.isForgotten', { device: deviceWords(device) }));
    }
  }

  return (
    <li className="row">
      <div>
        <p className="row-title">
          {deviceWords(device)} {current && <Badge kind="good">{t('common.thisDevice')}</Badge>}
        </p>
        <p className="row-detail">
          {t('sessions.lastSignin', { ago: ago(lastSeenAt), day: formatDay(createdAt) })}
          {place !== null && ` · ${placeWords(place)}`}
        </p>
        <Problems problems={problems} />
      </div>
      <Button waiting={busy} aria-label={t('sessions.forgetLastSignin', { device: deviceWords(device), ago: ago(lastSeenAt) })} onClick={forget}>
        {busy ? t('sessions.forgetting') : t('sessions.forget')}
      </Button>
    </li>
  );
}
