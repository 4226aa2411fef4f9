import { useEffect, useMemo, useRef, type ReactNode } from 'react';
import type { Code, Problem, Said } from '../errors';
import { clock, duration, useNow } from '../time';
import { Icon } from './Icon';
import { t } from '../words';

/** Brings the place of problems into view when there are others than before, with the buttons below it that are pressed again. */
export function useInSight<Place extends HTMLElement>(problems: Problem[]) {
  const place = useRef<Place>(null);
  const shown = problems.map(({ code, field, requestId }) => `${code} ${field} ${requestId}`).join();
  useEffect(() => {
    if (shown === '') {
      return;
    }
    const below = place.current?.nextElementSibling;
    if (below?.matches('.actions')) {
      below.scrollIntoView({ block: 'nearest' });
    }
    // Where there is room for one of them only, it is for the words.
    place.current?.scrollIntoView({ block: 'nearest' });
  }, [shown]);
  return place;
}

/** Lists of problems as one, with other words for some codes. It is another one only where they are, for forms tell by that what is new. */
export function useInWords(words: Partial<Record<Code, Said>>, ...lists: Problem[][]): Problem[] {
  return useMemo(() => lists.flat().map(problem => ({ ...problem, text: words[problem.code] ?? problem.text })), lists);
}

/** What went wrong, read aloud and in view as soon as it appears. The element stays, since only a change inside one is announced. */
export function Problems({ problems, remedy }: { problems: Problem[]; remedy?: ((problem: Problem) => ReactNode) | undefined }) {
  const place = useInSight<HTMLDivElement>(problems);
  return (
    <div ref={place} role="alert">
      {problems.map(problem => (
        <div key={`${problem.code} ${problem.field} ${problem.requestId}`} className="notice danger">
          <Icon name="alert" />
          <div>
            <p>
              {problem.text('')} {problem.retryAt !== null && <Wait until={problem.retryAt} />}
            </p>
            {remedy?.(problem)}
            {problem.code === 'INTERNAL' && problem.requestId !== null && <p className="hint">{t('problems.reference', { requestId: problem.requestId })}</p>}
          </div>
        </div>
      ))}
    </div>
  );
}

/** Counts down for the eyes; for the ears the wait is said in minutes, and so not every second. */
export function Wait({ until }: { until: number }) {
  const left = Math.max(0, Math.ceil((until - useNow(until)) / 1000));
  if (left === 0) {
    return <>{t('problems.youCanTryAgain')}</>;
  }
  if (left > 3600) {
    return <>{t('problems.tryAgainIn', { duration: duration(left) })}</>;
  }
  return (
    <>
      <span className="unseen">{t('problems.tryAgainIn', { duration: duration(left) })}</span>
      <span aria-hidden="true">{t('problems.tryAgainIn2', { clock: clock(left) })}</span>
    </>
  );
}
