import { inOrder, nameOf } from '../names';
import { Button } from '../parts/Button';
import { Field, Select } from '../parts/Field';
import { Form } from '../parts/Form';
import { Picture } from '../parts/Picture';
import { Card, Notice, Screen, Waiting } from '../parts/Screen';
import { useToast } from '../parts/Toast';
import type { ProfileFragment } from '../gql/graphql';
import { countries, languagesFor, timeZonesFor } from '../regions';
import { useProfile, type ProfileFieldName, type ProfileFlow } from '../hooks/useProfile';
import { useProvinces } from '../hooks/useProvinces';
import { useSettings } from '../hooks/useSettings';
import { t } from '../words';

export function Profile() {
  const flow = useProfile();
  return (
    <Screen title={t('common.profile')} intro={t('profile.anEmptyFieldIs')}>
      {flow.profile ? <ProfileForm flow={flow} profile={flow.profile} /> : <Waiting error={flow.error} again={flow.reload} />}
    </Screen>
  );
}

function ProfileForm({ flow, profile }: { flow: ProfileFlow; profile: ProfileFragment }) {
  const toast = useToast();
  const { ability, changed, found, save, discard, takeNewest, edit, value } = flow;
  const languages = useSettings()?.languages ?? [];
  const provinces = useProvinces(value('countryCode'));

  async function submit() {
    if (changed.length === 0) {
      toast(t('profile.thereIsNothingTo'));
    } else if (await save.run()) {
      toast(t('profile.yourProfileIsSaved'));
    }
  }

  /** An input by the shop's policy; a field that the shop hides has none. */
  const field = (name: ProfileFieldName, label: string) => {
    const shown = flow.field(name);
    return {
      name,
      label: shown?.label ?? label,
      hidden: shown === undefined,
      disabled: shown?.access === 'READ',
      value: value(name),
      onChange: ({ target }: { target: { value: string } }) => edit(name, target.value),
    };
  };

  return (
    <Form
      problems={save.problems}
      setProblems={save.setProblems}
      ability={ability}
      onSubmit={submit}
      remedy={({ code }) =>
        code === 'VERSION_CONFLICT' && (
          <p>
            <Button look="link" onClick={takeNewest}>
              {t('profile.loadTheLatestAnd')}
            </Button>
          </p>
        )
      }
      actions={
        <>
          <Button type="submit" look="primary" waiting={save.busy}>
            {save.busy ? t('common.saving') : t('profile.saveChanges')}
          </Button>
          {changed.length > 0 && !save.busy && <Button onClick={discard}>{t('profile.discard')}</Button>}
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
        <Select {...field('timeZone', t('common.timeZone'))} hint={t('profile.theTimesInOur')}>
          <option value="">{t('profile.thatOfTheShop')}</option>
          {timeZonesFor(profile.timeZone).map(zone => (
            <option key={zone}>{zone}</option>
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
