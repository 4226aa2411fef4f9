import { useState } from 'react';
import { findDraft, keepDraft, type Draft } from '../draft';
import { ProfileDocument, UpdateProfileDocument, type AbilityFragment, type ProfileFragment, type ProfileQuery, type UpdateAccountInput } from '../gql/graphql';
import { follow } from '../languages';
import { inOrder, nameOf } from '../names';
import { Button } from '../parts/Button';
import { Field, Select } from '../parts/Field';
import { Form } from '../parts/Form';
import { Picture } from '../parts/Picture';
import { Card, Notice, Screen, Waiting } from '../parts/Screen';
import { useToast } from '../parts/Toast';
import { countries, languagesFor } from '../regions';
import { labelOf, useSettings } from '../hooks/useSettings';
import { useAccountQuery } from '../hooks/useAccountQuery';
import { useAction } from '../hooks/useAction';
import { useProvinces } from '../hooks/useProvinces';
import { t } from '../words';

type FieldName = Exclude<keyof ProfileFragment, '__typename' | 'id' | 'version'>;
type Policies = ProfileQuery['account']['fields'];
type Edits = Partial<Record<FieldName, string>>;

export function Profile() {
  const { data, error, again } = useAccountQuery(ProfileDocument, {});
  return (
    <Screen title={t('common.profile')} intro={t('profile.anEmptyFieldIs')}>
      {data ? <ProfileForm profile={data.account} policies={data.account.fields} ability={data.account.can.updateAccount} reload={again} /> : <Waiting error={error} again={again} />}
    </Screen>
  );
}

/** The tab's draft without what is saved by now: a reload can come between a save and its answer. */
function unsaved(profile: ProfileFragment): Draft {
  const draft = findDraft(profile.id) ?? { account: profile.id, version: profile.version, edits: {} };
  const edits = Object.fromEntries(Object.entries(draft.edits).filter(([name, value]) => value !== (profile[name as FieldName] ?? '')));
  const rest = { ...draft, edits };
  keepDraft(rest);
  return rest;
}

/**
 * What is typed, in the tab's keeping until it is saved. Only what was changed is kept and sent, so all other fields
 * show the newest values; and with it the version that the changes began with, so that nobody else's are overwritten.
 */
function useDraft(profile: ProfileFragment) {
  const [draft, setDraft] = useState<Draft>(() => unsaved(profile));
  const [found] = useState(() => Object.keys(draft.edits).length > 0);
  const edits = draft.edits as Edits;
  const changed = (Object.keys(edits) as FieldName[]).filter(name => edits[name] !== (profile[name] ?? ''));

  const version = changed.length === 0 || draft.version === null ? profile.version : draft.version;

  function change(next: Edits, version: number | null) {
    const kept = Object.fromEntries(Object.entries(next).filter(([name, value]) => value !== (profile[name as FieldName] ?? '')));
    keepDraft({ account: profile.id, version, edits: kept });
    setDraft({ account: profile.id, version, edits: next as Record<string, string> });
  }

  return {
    edits,
    changed,
    found,
    version,
    edit: (name: FieldName, value: string) => change({ ...edits, [name]: value }, version),
    /** Takes what others changed for granted, and keeps what was typed. */
    rebase: () => change(edits, null),
    /** Forgets what was saved, and keeps what was typed since; or forgets all of it. */
    drop(saved?: Edits) {
      setDraft(({ account, edits: latest }) => {
        const since = saved === undefined ? {} : Object.fromEntries(Object.entries(latest).filter(([name, value]) => value !== saved[name as FieldName]));
        const rest = { account, version: null, edits: since };
        keepDraft(rest);
        return rest;
      });
    },
  };
}

interface ProfileFormProps {
  profile: ProfileFragment;
  policies: Policies;
  ability: AbilityFragment;
  reload: () => void;
}

function ProfileForm({ profile, policies, ability, reload }: ProfileFormProps) {
  const toast = useToast();
  const { run, busy, problems, setProblems } = useAction(UpdateProfileDocument, { onScreen: true });
  const languages = useSettings()?.languages ?? [];
  const { edits, changed, found, version, edit, rebase, drop } = useDraft(profile);
  const provinces = useProvinces(edits.countryCode ?? profile.countryCode ?? '');

  async function save() {
    if (changed.length === 0) {
      toast(t('profile.thereIsNothingTo'));
      return;
    }
    const input: Record<string, string | number | null> = { expectedVersion: version };
    for (const name of changed) {
      input[name] = edits[name]?.trim() || null;
    }
    if (await run({ input: input as UpdateAccountInput })) {
      drop(edits);
      if (edits.language) {
        await follow(edits.language);
      }
      toast(t('profile.yourProfileIsSaved'));
    }
  }

  function discard() {
    drop();
    setProblems([]);
  }

  function latest() {
    setProblems([]);
    rebase();
    reload();
  }

  /** An input by the shop's policy; a field that the shop hides has none. */
  const field = (name: FieldName, label: string) => {
    const policy = policies.find(({ field }) => field === name);
    return {
      name,
      label: labelOf(policy?.labels ?? [], label),
      hidden: policy === undefined,
      disabled: policy?.access === 'READ',
      value: edits[name] ?? profile[name] ?? '',
      onChange: ({ target }: { target: { value: string } }) => edit(name, target.value),
    };
  };

  return (
    <Form
      problems={problems}
      setProblems={setProblems}
      ability={ability}
      onSubmit={save}
      remedy={({ code }) =>
        code === 'VERSION_CONFLICT' && (
          <p>
            <Button look="link" onClick={latest}>
              {t('profile.loadTheLatestAnd')}
            </Button>
          </p>
        )
      }
      actions={
        <>
          <Button type="submit" look="primary" waiting={busy}>
            {busy ? t('common.saving') : t('profile.saveChanges')}
          </Button>
          {changed.length > 0 && !busy && <Button onClick={discard}>{t('profile.discard')}</Button>}
        </>
      }
    >
      {found && changed.length > 0 && <Notice>{t('profile.whatYouTypedHere')}</Notice>}
      <Card title={t('profile.you')}>
        <div className="pair">
          {inOrder(
            <Field key="first" {...field('firstName', t('common.firstName'))} autoComplete="given-name" />,
            <Field key="last" {...field('lastName', t('common.lastName'))} autoComplete="family-name" />,
          )}
        </div>
        <Field {...field('displayName', t('common.displayName'))} hint={t('profile.whatOthersSeeOf')} autoComplete="nickname" />
        <div className="pair">
          <Field {...field('birthDate', t('common.dateOfBirth'))} type="date" autoComplete="bday" />
          <Select {...field('sex', t('common.sex'))} autoComplete="sex">
            <option value="NOT_SPECIFIED">{t('profile.idRatherNotSay')}</option>
            <option value="FEMALE">{t('common.female')}</option>
            <option value="MALE">{t('common.male')}</option>
            <option value="OTHER">{t('common.other')}</option>
          </Select>
        </div>
        <Field
          {...field('avatarUrl', t('common.picture'))}
          hint={t('profile.theAddressOfA')}
          type="url"
          inputMode="url"
          autoComplete="photo"
        />
        {profile.avatarUrl !== null && (
          <div className="saved-picture">
            <Picture url={profile.avatarUrl} name={nameOf(profile)} failure={t('profile.yourPictureCantBe')} />
          </div>
        )}
        <Select {...field('language', t('common.language'))} hint={t('profile.theLanguageOfOur')} autoComplete="language">
          <option value="">{t('profile.englishUnlessYouChoose')}</option>
          {languagesFor(languages, profile.language).map(({ code, name }) => (
            <option key={code} value={code} lang={code}>
              {name}
            </option>
          ))}
        </Select>
      </Card>
      <Card title={t('common.address')}>
        <Field {...field('company', t('common.company'))} autoComplete="organization" />
        <Field {...field('address', t('common.streetAndNumber'))} autoComplete="address-line1" />
        <div className="pair narrow-first">
          <Field {...field('zipCode', t('common.postalCode'))} autoComplete="postal-code" />
          <Field {...field('city', t('common.city'))} autoComplete="address-level2" />
        </div>
        <div className="pair">
          <Field {...field('province', provinces ? t(`province.${provinces.word}`) : t('common.provinceOrState'))} list="provinces" autoComplete="address-level1" />
          <datalist id="provinces">
            {provinces?.list.map(({ code, name }) => (
              <option key={code} value={name.replace(/ \(.*\)$/, '')} />
            ))}
          </datalist>
          <Select {...field('countryCode', t('common.country'))} autoComplete="country">
            <option value="">{t('common.none')}</option>
            {countries().map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </Select>
        </div>
      </Card>
    </Form>
  );
}
