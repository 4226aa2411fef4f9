import { useNow } from '../time';

/** How many seconds are left until a time in ISO 8601, counted down one by one; 0 where it is over, and for none. */
export function useSecondsUntil(at: string | undefined): number {
  const end = at === undefined ? 0 : new Date(at).getTime();
  useNow(end);
  return Math.max(0, Math.ceil((end - Date.now()) / 1000));
}
