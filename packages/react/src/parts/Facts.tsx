import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useHasScreen } from '../brand';
import { Icon } from './Icon';

export interface Fact {
  /** The screen that tells more, and changes it. */
  path: string;
  name: string;
  value: string;
  /** A second, smaller line; empty for none. */
  detail?: string;
  badge?: ReactNode;
}

/** A phone number, which is written from left to right in every language. */
const number = /^\+[\d\s•*]+$/;

/** What there is to know, a line each, which leads to where more is. */
export function Facts({ facts }: { facts: Fact[] }) {
  const has = useHasScreen();
  return (
    <ul className="facts">
      {facts.filter(({ path }) => has(path)).map(({ path, name, value, detail, badge }) => (
        <li key={name}>
          <Link href={path} className="fact">
            <span className="fact-name">{name}</span>{' '}
            <span className="fact-text">
              <span className="fact-value" dir={number.test(value) ? 'ltr' : undefined}>{value}</span> {badge}
              {detail && <span className="fact-detail">{detail}</span>}
            </span>
            <Icon name="next" />
          </Link>
        </li>
      ))}
    </ul>
  );
}
