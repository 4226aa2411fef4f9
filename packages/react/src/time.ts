import { useEffect, useState } from 'react';
import { language } from './languages';
import { t } from './words';

/** The present time, second by second until the given one. */
export function useNow(until: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    setNow(Date.now());
    if (Date.now() >= until) {
      return;
    }
    const timer = setInterval(() => {
      setNow(Date.now());
      if (Date.now() >= until) {
        clearInterval(timer);
      }
    }, 1000);
    return () => clearInterval(timer);
  }, [until]);
  return now;
}

/** The browser's own variant of the page's language, such as en-GB: it says how dates are written. */
const locale = () => navigator.languages.find(tag => tag.split('-')[0] === language()) ?? (language() === 'en' ? 'en-GB' : language());

const styles = {
  day: { dateStyle: 'long' },
  dayAndTime: { dateStyle: 'medium', timeStyle: 'short' },
  hour: { timeStyle: 'short' },
} as const;

const format = (style: keyof typeof styles, at: string) => new Intl.DateTimeFormat(locale(), styles[style]).format(new Date(at));

export const formatDay = (at: string) => format('day', at);
export const formatTime = (at: string) => format('dayAndTime', at);

/** "today, 18:20" is shorter than a date, and for what expires soon it's what one wants to know. */
export function formatDeadline(at: string): string {
  const today = new Date().toDateString() === new Date(at).toDateString();
  return format(today ? 'hour' : 'dayAndTime', at);
}

/** "3 minutes ago", "yesterday". */
export function ago(at: string): string {
  const seconds = Math.min(0, (new Date(at).getTime() - Date.now()) / 1000);
  if (seconds > -60) {
    return t('time.justNow');
  }
  const relative = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' });
  for (const [unit, length] of [['minute', 60], ['hour', 3600], ['day', 86_400], ['month', 2_592_000]] as const) {
    const limit = { minute: 3600, hour: 86_400, day: 2_592_000, month: 31_536_000 }[unit];
    if (-seconds < limit) {
      return relative.format(Math.ceil(seconds / length), unit);
    }
  }
  return relative.format(Math.ceil(seconds / 31_536_000), 'year');
}

/** "a minute", "12 minutes", "3 hours". */
export function duration(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  return minutes <= 90 ? t('time.minutes', { minutes: Math.max(minutes, 1) }) : t('time.hours', { hours: Math.ceil(minutes / 60) });
}

/** Shows the screen anew every half minute, for what it says of "just now" and "today" ages while it stands open. */
export function useAgeing(): void {
  const [, show] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => show(times => times + 1), 30_000);
    return () => clearInterval(timer);
  }, []);
}

/** 42 → 0:42 */
export function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Names the day of an event for people: "Today", "Yesterday", or its date. */
export function dayName(at: string): string {
  const days = [0, 1].map(ago => new Date(Date.now() - ago * 86_400_000).toDateString());
  const found = days.indexOf(new Date(at).toDateString());
  return found === 0 ? t('time.today') : found === 1 ? t('time.yesterday') : formatDay(at);
}

/** The hour of a time whose day is said elsewhere. */
export const formatHour = (at: string) => format('hour', at);
