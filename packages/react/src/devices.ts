import type { DeviceKind } from './gql/enums';
import { countryName } from './regions';
import { t } from './words';

interface Device {
  kind: DeviceKind;
  browser: string | null;
  system: string | null;
}

/** What a device is, such as "Firefox on Windows". */
export function deviceWords({ kind, browser, system }: Device): string {
  const name = browser ?? (kind === 'APP' ? t('device.app') : kind === 'BOT' ? t('device.bot') : null);
  if (name !== null && system !== null) {
    return t('device.on', { browser: name, system });
  }
  return name ?? system ?? t('device.unknown');
}

interface Place {
  city: string | null;
  country: string | null;
  countryCode: string | null;
}

/** Where somebody was: the city's name is the same in every language here, the country's is the browser's. */
export function placeWords({ city, country, countryCode }: Place): string {
  return [city, countryCode === null ? country : countryName(countryCode)].filter(Boolean).join(', ');
}
