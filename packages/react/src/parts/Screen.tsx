import { useEffect, useRef, type ReactNode } from 'react';
import type { CombinedError } from '@urql/core';
import { Link } from 'wouter';
import { useConfig } from '../config';
import { problemsOf } from '../errors';
import { Button } from './Button';
import { Icon } from './Icon';
import { Problems } from './Problems';
import { t } from '../words';

// A page that was just loaded is read from its top; only afterwards a new screen takes the focus.
let loaded = false;

interface ScreenProps {
  title: string;
  intro?: ReactNode;
  /** Stands beside the title. */
  picture?: ReactNode;
  back?: boolean;
  /** The title is not known yet: the one that follows belongs to the same screen. */
  provisional?: boolean;
  children: ReactNode;
}

/** A screen with its heading, which gets the focus when the customer comes here from another one, unless an input is there for it. */
export function Screen({ title, intro, picture, back = true, provisional = false, children }: ScreenProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { embedded = false } = useConfig();
  useEffect(() => {
    if (!embedded) {
      document.title = title === t('common.yourAccount') ? title : t('screen.title', { title });
    }
    if (loaded) {
      // A screen that is for one input begins there.
      const first = heading.current?.closest('.main')?.querySelector<HTMLElement>('[data-focus]');
      (first ?? heading.current)?.focus({ preventScroll: !embedded });
      if (!embedded) {
        window.scrollTo(0, 0);
      }
    }
    loaded ||= !provisional;
  }, [title, provisional, embedded]);
  return (
    <>
      {back && (
        <Link href="/" className="back">
          <Icon name="back" />
          {t('common.yourAccount')}
        </Link>
      )}
      <div className="title">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {picture}
      </div>
      {intro !== undefined && <p className="intro">{intro}</p>}
      {children}
    </>
  );
}

/** Stands where data will be. */
export function Waiting({ error, again }: { error: CombinedError | undefined; again: () => void }) {
  if (error) {
    return (
      <>
        <Problems problems={problemsOf(error)} />
        <Button onClick={again}>{t('common.tryAgain')}</Button>
      </>
    );
  }
  return (
    <p className="waiting" role="status">
      {t('screen.oneMoment')}
    </p>
  );
}

export function Card({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <section className="card">
      {title !== undefined && <h2>{title}</h2>}
      {children}
    </section>
  );
}

/** Good or neutral news that stay on the screen. */
export function Notice({ kind = 'info', children }: { kind?: 'info' | 'good' | 'warn'; children: ReactNode }) {
  return (
    <div className={`notice ${kind}`}>
      <Icon name={kind === 'good' ? 'check' : kind === 'warn' ? 'alert' : 'info'} />
      <div>{children}</div>
    </div>
  );
}

export function Badge({ kind, children }: { kind: 'good' | 'warn' | 'plain'; children: ReactNode }) {
  return <span className={`badge ${kind}`}>{children}</span>;
}
