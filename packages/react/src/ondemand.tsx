import { useEffect, useReducer, useState, type ComponentType } from 'react';
import { chunks, screenAt, type ScreenPath } from './chunks';
import { useConnection } from './connection';
import { beginRest } from './languages';
import { Button } from './parts/Button';
import { Notice, Screen, Waiting } from './parts/Screen';
import { useSession } from './session';
import { t } from './words';

const loaded = new Map<ScreenPath, ComponentType>();

/** Loads a screen, if it isn't there; says whether it is then. */
async function load(path: ScreenPath): Promise<boolean> {
  try {
    const [screen] = await Promise.all([loaded.get(path) ?? chunks[path](), beginRest()]);
    loaded.set(path, screen);
    return true;
  } catch {
    return false;
  }
}

/**
 * A screen that is loaded when it is wanted. Until it is there its heading is, and where it can't be had, words and a
 * button that tries again.
 */
export function OnDemand({ path, title, back = true }: { path: ScreenPath; title: string; back?: boolean }) {
  const [, show] = useReducer((times: number) => times + 1, 0);
  const [failed, setFailed] = useState(false);
  const [busy, setBusy] = useState(false);
  const connection = useConnection();
  const Loaded = loaded.get(path);

  async function want(): Promise<boolean> {
    setBusy(true);
    const there = await load(path);
    setBusy(false);
    setFailed(!there);
    show();
    return there;
  }

  // Whoever comes back online gets the screen without asking again.
  useEffect(() => {
    if (!Loaded) {
      want();
    }
  }, [connection]);

  async function again() {
    // A newer page may have taken the place of this one on the server, and the files have other names there.
    if (!(await want()) && (await served())) {
      location.reload();
    }
  }

  if (Loaded) {
    return <Loaded />;
  }
  return (
    <Screen title={title} back={back} provisional>
      {failed ? (
        <>
          <div role="alert">
            <Notice kind="warn">
              {connection === 'offline' ? t('ondemand.youreOfflineAndThis') : t('ondemand.thisScreenCouldntBe')}
            </Notice>
          </div>
          <div className="actions">
            <Button look="primary" waiting={busy} onClick={again}>
              {busy ? t('ondemand.loading') : t('common.tryAgain')}
            </Button>
          </div>
        </>
      ) : (
        <Waiting error={undefined} again={again} />
      )}
    </Screen>
  );
}

/** Whether the server of the page answers with one. */
async function served(): Promise<boolean> {
  try {
    return (await fetch(location.pathname, { method: 'HEAD', cache: 'no-store' })).ok;
  } catch {
    return false;
  }
}

const approaches = ['pointerover', 'focusin', 'touchstart'];

/** Loads a screen as soon as a pointer or the focus is at a link to it: that is a moment before the click. */
export function useApproachLoading(base: string | null): void {
  useEffect(() => {
    if (base === null) {
      return;
    }
    const approached = (event: Event) => {
      const [target] = event.composedPath();
      const link = target instanceof Element ? target.closest('a') : null;
      const path = link?.origin === location.origin ? screenAt(link.pathname, base) : undefined;
      if (path) {
        load(path);
      }
    };
    approaches.forEach(approach => document.addEventListener(approach, approached));
    return () => approaches.forEach(approach => document.removeEventListener(approach, approached));
  }, [base]);
}

const afterSignIn: ScreenPath[] = ['/'];
const ofAccount: ScreenPath[] = ['/', '/profile', '/addresses', '/email', '/phone', '/password', '/passkeys', '/authenticators', '/agreements', '/sessions', '/activity', '/data', '/delete'];

/** Loads what is likely wanted next, one after the other, while the browser has nothing else to do and data costs nothing extra. */
export function useIdleLoading(): void {
  const signedIn = useSession().token !== null;
  useEffect(() => {
    if ((navigator as { connection?: { saveData?: boolean } }).connection?.saveData) {
      return;
    }
    return whenIdle(signedIn ? ofAccount : afterSignIn);
  }, [signedIn]);
}

/** Loads the screens one by one; returns how to stop. */
function whenIdle([next, ...others]: ScreenPath[]): () => void {
  let stop = () => {};
  if (next !== undefined) {
    const timer = setTimeout(() => load(next).then(there => (stop = there ? whenIdle(others) : stop)), 200);
    stop = () => clearTimeout(timer);
  }
  return () => stop();
}
