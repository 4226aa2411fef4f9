import { language } from './languages';

/** The officially assigned codes of ISO 3166-1, and Kosovo's; the browser knows their names. */
const codes =
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW';

/** The country's name in the page's language. */
export const countryName = (code: string) => new Intl.DisplayNames(language(), { type: 'region' }).of(code) ?? code;

const sorted = new Map<string, { code: string; name: string }[]>();

/** The countries in the order of the page's language. */
export function countries(): { code: string; name: string }[] {
  const of = language();
  const names = new Intl.DisplayNames(of, { type: 'region' });
  const { compare } = new Intl.Collator(of);
  const list = sorted.get(of) ?? codes.split(' ').map(code => ({ code, name: names.of(code) ?? code })).sort((a, b) => compare(a.name, b.name));
  sorted.set(of, list);
  return list;
}

/** The names of the IANA Time Zone Database that the browser knows. */
const timeZones = () => [...Intl.supportedValuesOf('timeZone'), 'UTC'];

/** The time zone of the browser; undefined where it is none of them, such as Etc/Unknown. */
export function ownTimeZone(): string | undefined {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return timeZones().find(known => known === timeZone);
}

/** The time zones to choose from: those that the browser knows, and the customer's own. Their names are the same in every language. */
export const timeZonesFor = (own: string | null): string[] => [...new Set([...timeZones(), ...(own ? [own] : [])])].sort();

/** The languages to choose from, in their own words: those that messages are written in, and the customer's own. */
export function languagesFor(written: readonly string[], own: string | null | undefined) {
  const codes = own && !written.includes(own) ? [...written, own] : written;
  return codes.map(code => ({
    code,
    name: new Intl.DisplayNames(code, { type: 'language' }).of(code) ?? code,
  }));
}
