import type { ReactNode } from 'react';
import type { Problem } from '../errors';
import { useNow } from '../time';
import { Icon } from './Icon';

/** What went wrong, read aloud as soon as it appears. The element stays, since only a change inside one is announced. */
export function Problems({ problems, remedy }: { problems: Problem[]; remedy?: ((problem: Problem) => ReactNode) | undefined }) {
  return (
    <div role="alert">
      {problems.map(problem => (
        <div key={`${problem.code} ${problem.field} ${problem.requestId}`} className="notice danger">
          <Icon name="alert" />
          <div>
            <p>
              {problem.text} {problem.retryAt !== null && <Wait until={problem.retryAt} />}
            </p>
            {remedy?.(problem)}
            {problem.code === 'INTERNAL' && problem.requestId !== null && <p className="hint">Reference: {problem.requestId}</p>}
          </div>
        </div>
      ))}
    </div>
  );
}

/** Counts down for the eyes; for the ears the wait is said in minutes, and so not every second. */
function Wait({ until }: { until: number }) {
  const left = Math.max(0, Math.ceil((until - useNow(until)) / 1000));
  if (left === 0) {
    return <>You can try again now.</>;
  }
  if (left > 3600) {
    return <>Try again in {duration(left)}.</>;
  }
  return (
    <>
      <span className="unseen">Try again in {duration(left)}.</span>
      <span aria-hidden="true">Try again in {clock(left)}.</span>
    </>
  );
}

function duration(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? 'a minute' : minutes <= 90 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
}

/** 42 → 0:42 */
export function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
