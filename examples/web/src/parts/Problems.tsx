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

/** Counts down for the eyes; for the ears the wait is said once. */
function Wait({ until }: { until: number }) {
  const left = Math.max(0, Math.ceil((until - useNow(until)) / 1000));
  if (left === 0) {
    return <>You can try again now.</>;
  }
  return (
    <>
      <span className="unseen">Please wait {duration(Math.ceil((until - Date.now()) / 60_000) * 60)} at most.</span>
      <span aria-hidden="true">Try again in {clock(left)}.</span>
    </>
  );
}

function duration(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  return minutes === 1 ? 'a minute' : minutes < 120 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
}

/** 42 → 0:42, 3700 → 1:01:40 */
export function clock(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, at) => (at === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}
