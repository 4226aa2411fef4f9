import type { PolicyFragment } from '../gql/graphql';
import { countries, languagesFor, timeZonesFor } from '../regions';
import { labelOf, useSettings } from '../hooks/useSettings';
import { Field, Select } from './Field';
import { t, type Key } from '../words';

/** What the page calls the fields of the profile where the shop has no words of its own. */
const labels: Record<string, Key> = {
  firstName: 'common.firstName',
  lastName: 'common.lastName',
  displayName: 'common.displayName',
  company: 'common.company',
  address: 'common.streetAndNumber',
  city: 'common.city',
  province: 'common.provinceOrState',
  zipCode: 'common.postalCode',
  birthDate: 'common.dateOfBirth',
  avatarUrl: 'common.picture',
  countryCode: 'common.country',
  language: 'common.language',
  timeZone: 'common.timeZone',
  sex: 'common.sex',
};

/** An input for a required field of the profile, or a required attribute, by the shop's policy. */
export function PolicyField({ policy }: { policy: PolicyFragment }) {
  const written = useSettings()?.languages ?? [];
  const { field: name, type } = policy;
  const common = { name, label: labelOf(policy.labels, labels[name] === undefined ? name.replace(/^attributes\./, '') : t(labels[name])), required: true };
  const choices = choicesOf(policy, written);
  if (choices !== undefined) {
    return (
      <Select {...common} defaultValue="">
        <option value="">{t('policyField.pleaseChoose')}</option>
        {choices.map(({ value, text }) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </Select>
    );
  }
  if (name === 'birthDate' || type === 'DATE') {
    return <Field {...common} type="date" min={policy.earliest ?? undefined} max={policy.latest ?? undefined} />;
  }
  if (type === 'INTEGER' || type === 'NUMBER') {
    return <Field {...common} type="number" step={type === 'INTEGER' ? 1 : 'any'} min={policy.minimum ?? undefined} max={policy.maximum ?? undefined} />;
  }
  return <Field {...common} type={name === 'avatarUrl' ? 'url' : 'text'} minLength={policy.minLength ?? undefined} maxLength={policy.maxLength ?? undefined} />;
}

/** The values of a field that has a list of them. */
function choicesOf({ field, type, options }: PolicyFragment, written: readonly string[]): { value: string; text: string }[] | undefined {
  switch (field) {
    case 'sex':
      return [
        { value: 'FEMALE', text: t('common.female') },
        { value: 'MALE', text: t('common.male') },
        { value: 'OTHER', text: t('common.other') },
      ];
    case 'countryCode':
      return countries().map(({ code, name }) => ({ value: code, text: name }));
    case 'language':
      return languagesFor(written, null).map(({ code, name }) => ({ value: code, text: name }));
    case 'timeZone':
      return timeZonesFor(null).map(zone => ({ value: zone, text: zone }));
  }
  if (type === 'BOOLEAN') {
    return [
      { value: 'true', text: t('common.yes') },
      { value: 'false', text: t('common.no') },
    ];
  }
  return type === 'CHOICE' ? options.map(({ value, labels }) => ({ value, text: labelOf(labels, value) })) : undefined;
}

/** What was typed into the inputs of some policies, as a part of an input of the API. */
export function policyInput(policies: readonly PolicyFragment[], values: FormData): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  const attributes: Record<string, unknown> = {};
  for (const { field, type } of policies) {
    const typed = String(values.get(field) ?? '').trim();
    const value = typed === '' ? null : type === 'BOOLEAN' ? typed === 'true' : type === 'INTEGER' || type === 'NUMBER' ? Number(typed) : typed;
    if (type === null) {
      input[field] = value;
    } else {
      attributes[field.replace(/^attributes\./, '')] = value;
    }
  }
  return Object.keys(attributes).length === 0 ? input : { ...input, attributes };
}
