import { deviceWords, placeWords } from '../devices';
import { Button } from '../parts/Button';
import { Field } from '../parts/Field';
import { Form, text } from '../parts/Form';
import { Problems } from '../parts/Problems';
import { Badge, Card, Screen, Waiting } from '../parts/Screen';
import { useToast } from '../parts/Toast';
import { ago, formatDay, useAgeing } from '../time';
import { useDeviceSession, useKnownDevice, useSessions, type DeviceSession, type DeviceSessionActions, type KnownDevice } from '../hooks/useSessions';
import { rich, t } from '../words';

export function Sessions() {
  const toast = useToast();
  const { sessions, devices, error, reload, endOthers } = useSessions();
  const { run, busy, problems } = endOthers;
  useAgeing();

  async function end() {
    const done = await run();
    if (done) {
      toast(t('sessions.devicesAreSignedOut', { sessions: done.revokedSessions }));
    }
  }

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
              <Problems problems={problems} />
              <div className="actions">
                <Button look="danger" waiting={busy} onClick={end}>
                  {busy ? t('sessions.signingThemOut') : t('sessions.signOutAllOther')}
                </Button>
              </div>
            </>
          )}
          {devices.length > 0 && (
            <Card title={t('sessions.knownDevices')}>
              <p>{t('sessions.weSendYouA')}</p>
              <ul className="rows">
                {devices.map(known => (
                  <Known key={known.id} known={known} />
                ))}
              </ul>
            </Card>
          )}
        </>
      ) : (
        <Waiting error={error} again={reload} />
      )}
    </Screen>
  );
}

/** One session, which is ended by itself: several can be at the same time. */
function Device({ session: { id, current, name, device, place, ip, createdAt, lastUsedAt, expiresAt } }: { session: DeviceSession }) {
  const toast = useToast();
  const { end: ending, rename } = useDeviceSession(id);
  const { run, busy, problems } = ending;
  const title = name ?? deviceWords(device);

  async function end() {
    if (await run()) {
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
        <Name name={name} title={title} rename={rename} />
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
function Name({ name, title, rename: { run, busy, problems, setProblems } }: { name: string | null; title: string; rename: DeviceSessionActions['rename'] }) {
  const toast = useToast();

  async function rename(values: FormData) {
    if (await run(text(values, 'name'))) {
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
  const { run, busy, problems } = useKnownDevice(id).forget;

  async function forget() {
    if (await run()) {
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
