// Written by internal/postal/makerules; its rules are those of the server.

/**
 * Which countries' addresses have which fields besides the street: C the city, S the province, Z the postal code. Those
 * before the space are used, those behind it needed. ZZ is any country without rules.
 */
export const addressForms: Record<string, string> = {
  ' ': 'MO',
  'C ': 'AG',
  'C C': 'ZZ AO AQ AW BF BI BJ BO BQ BV BW BZ CD CF CG CI CK CM CW DJ DM ER FJ GA GD GH GM GQ GY KM LC LY ML MR MS MW NU PS QA RW SB SL SS ST SX SY TD TF TG TK TL TO TT UG VU WS YE ZW',
  'CS C': 'BS KI PA SC SR TV',
  'CS CS': 'JM KN',
  'CS S': 'HK',
  'CSZ C': 'AM AR BB BY CC CL CU CV CX EG HM IE IR KP KZ MN MZ NF NG NI PE PH TH UY UZ VN',
  'CSZ CS': 'CR HN IQ PG SO SV UM VE',
  'CSZ CSZ': 'AS AU BR CA CN ES FM IN IT KR MH MP MX PF PW RU TW US VI',
  'CSZ CZ': 'EE LT LV MY RO TR UA',
  'CSZ S': 'CO ID',
  'CZ ': 'VG',
  'CZ C': 'AC AD AF AI AL AZ BA BD BG BH BM BN BT CY DO DZ EC EH ET FO GE GN GT GW HR HT IL IS JO KE KG KH KW LA LB LK LR LS MA MC MD ME MG MK MM MT MU MV NA NE NP OM PK PY RS SA SD SI SN SZ TA TJ TM TN TZ VA VC XK ZM',
  'CZ CZ': 'AT AX BE BL CH CZ DE DK FI FK FR GB GF GG GL GP GR GS GU HU IM IO JE LI LU MF MQ NC NL NO NZ PL PM PN PR PT RE SE SH SJ SK TC WF YT ZA',
  'CZ Z': 'SM',
  'S S': 'AE NR',
  'SZ S': 'KY',
  'SZ SZ': 'JP',
  'Z ': 'GI',
  'Z Z': 'SG',
};
