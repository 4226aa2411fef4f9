import { useState } from 'react';
import { useQuery } from 'urql';
import { ProfileDocument, UpdateProfileDocument, type AbilityFragment, type ProfileFragment, type UpdateAccountInput } from '../gql/graphql';
import { Button } from '../parts/Button';
import { Field, Select } from '../parts/Field';
import { Form } from '../parts/Form';
import { Card, Screen, Waiting } from '../parts/Screen';
import { useToast } from '../parts/Toast';
import { countries, languagesFor } from '../regions';
import { useAction } from '../useAction';

type FieldName = Exclude<keyof ProfileFragment, '__typename' | 'id' | 'version'>;

export function Profile() {
  const [{ data, error }, again] = useQuery({ query: ProfileDocument });
  return (
    <Screen title="Profile" intro="All of it is optional. An empty field is cleared.">
      {data ? <ProfileForm profile={data.account} ability={data.account.can.updateAccount} reload={() => again({ requestPolicy: 'network-only' })} /> : <Waiting error={error} again={again} />}
    </Screen>
  );
}

function ProfileForm({ profile, ability, reload }: { profile: ProfileFragment; ability: AbilityFragment; reload: () => void }) {
  const toast = useToast();
  const { run, busy, problems, setProblems } = useAction(UpdateProfileDocument);
  // Only what was changed is kept here and sent, so a reload brings the newest values to all other fields.
  const [edits, setEdits] = useState<Partial<Record<FieldName, string>>>({});
  const changed = (Object.keys(edits) as FieldName[]).filter(name => edits[name] !== (profile[name] ?? ''));

  async function save() {
    if (changed.length === 0) {
      toast('There is nothing to save');
      return;
    }
    const input: Record<string, string | number | null> = { expectedVersion: profile.version };
    for (const name of changed) {
      input[name] = edits[name]?.trim() || null;
    }
    if (await run({ input: input as UpdateAccountInput })) {
      setEdits({});
      toast('Your profile is saved');
    }
  }

  function latest() {
    setProblems([]);
    reload();
  }

  const field = (name: FieldName) => ({
    name,
    value: edits[name] ?? profile[name] ?? '',
    onChange: ({ target }: { target: { value: string } }) => setEdits({ ...edits, [name]: target.value }),
  });

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
              Load the latest, and keep what I typed
            </Button>
          </p>
        )
      }
    >
      <Card title="You">
        <div className="pair">
          <Field {...field('firstName')} label="First name" autoComplete="given-name" />
          <Field {...field('lastName')} label="Last name" autoComplete="family-name" />
        </div>
        <Field {...field('displayName')} label="Display name" hint="What others see of you." autoComplete="nickname" />
        <div className="pair">
          <Field {...field('birthDate')} label="Date of birth" type="date" autoComplete="bday" />
          <Select {...field('sex')} label="Sex" autoComplete="sex">
            <option value="NOT_SPECIFIED">I’d rather not say</option>
            <option value="FEMALE">Female</option>
            <option value="MALE">Male</option>
            <option value="OTHER">Other</option>
          </Select>
        </div>
        <Field {...field('avatarUrl')} label="Picture" hint="The address of a picture, beginning with https://" type="url" inputMode="url" autoComplete="photo" />
        <Select {...field('language')} label="Language" hint="The language of our messages to you.">
          <option value="">English, unless you choose</option>
          {languagesFor(profile.language).map(({ code, name }) => (
            <option key={code} value={code} lang={code}>
              {name}
            </option>
          ))}
        </Select>
      </Card>
      <Card title="Address">
        <Field {...field('company')} label="Company" autoComplete="organization" />
        <Field {...field('address')} label="Street and number" autoComplete="street-address" />
        <div className="pair narrow-first">
          <Field {...field('zipCode')} label="Postal code" autoComplete="postal-code" />
          <Field {...field('city')} label="City" autoComplete="address-level2" />
        </div>
        <div className="pair">
          <Field {...field('province')} label="Province or state" autoComplete="address-level1" />
          <Select {...field('countryCode')} label="Country" autoComplete="country">
            <option value="">None</option>
            {countries.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </Select>
        </div>
      </Card>
      <div className="actions">
        <Button type="submit" look="primary" waiting={busy}>
          {busy ? 'Saving …' : 'Save changes'}
        </Button>
        {changed.length > 0 && !busy && (
          <Button
            onClick={() => {
              setEdits({});
              setProblems([]);
            }}
          >
            Discard
          </Button>
        )}
      </div>
    </Form>
  );
}
