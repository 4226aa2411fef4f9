import { useState } from 'react';
import type { AbilityFragment, AddressFragment } from '../gql/graphql';
import { inOrder } from '../names';
import { Button } from '../parts/Button';
import { Field, Select, Tick } from '../parts/Field';
import { Form, text } from '../parts/Form';
import { PhoneField, phoneOf } from '../parts/PhoneField';
import { Problems } from '../parts/Problems';
import { Question } from '../parts/Question';
import { Badge, Card, Notice, Screen, Waiting } from '../parts/Screen';
import { useToast } from '../parts/Toast';
import { countries, countryName } from '../regions';
import { useAddress, useAddresses, useAddressForm, type AddressUse } from '../hooks/useAddresses';
import type { Provinces } from '../hooks/useProvinces';
import { t } from '../words';

/** What is open: nothing but the list, a new address, or one that is edited, as it was when that began. */
type Opened = undefined | 'new' | AddressFragment;

export function Addresses() {
  const { addresses, full, createAbility, changeAbility, error, reload } = useAddresses();
  const [opened, open] = useState<Opened>();
  const close = () => open(undefined);
  return (
    <Screen title={t('common.addresses')} intro={t('addresses.whereYourOrdersAnd')}>
      {!addresses ? (
        <Waiting error={error} again={reload} />
      ) : opened === undefined ? (
        <Book addresses={addresses} full={full} open={open} />
      ) : opened === 'new' ? (
        <AddressForm key="new" address={null} ability={createAbility} close={close} />
      ) : (
        <AddressForm key={opened.id} address={opened} ability={changeAbility} close={close} />
      )}
    </Screen>
  );
}

function Book({ addresses, full, open }: { addresses: AddressFragment[]; full: boolean; open: (opened: Opened) => void }) {
  return (
    <>
      {addresses.length > 0 && (
        <Card>
          <ul className="rows">
            {addresses.map(address => (
              <Entry key={address.id} address={address} edit={() => open(address)} />
            ))}
          </ul>
        </Card>
      )}
      {addresses.length === 0 && <p>{t('addresses.youHaveNoAddresses')}</p>}
      {full ? (
        <Notice>{t('addresses.yourAddressBookIs')}</Notice>
      ) : (
        <div className="actions">
          <Button look="primary" onClick={() => open('new')}>
            {t('addresses.addAnAddress')}
          </Button>
        </div>
      )}
    </>
  );
}

/** One address, with what is done at once: each by itself, and several can be at the same time. */
function Entry({ address, edit }: { address: AddressFragment; edit: () => void }) {
  const toast = useToast();
  const { makeDefault, remove } = useAddress(address);
  const [asking, setAsking] = useState(false);
  const { defaultShipping, defaultBilling, countryCode, formatted } = address;
  const [title = address.line1, ...lines] = formatted;
  const name = formatted.join(', ');

  async function choose(use: AddressUse, done: string) {
    if (await makeDefault.run(use)) {
      toast(done);
    }
  }

  async function go() {
    setAsking(false);
    if (await remove.run()) {
      toast(t('addresses.theAddressIsRemoved'));
    }
  }

  const busy = makeDefault.busy || remove.busy;
  return (
    <li className="row">
      <div>
        <p className="row-title">
          {title}
          {defaultShipping && <Badge kind="good">{t('addresses.deliveries')}</Badge>}
          {defaultBilling && <Badge kind="good">{t('addresses.invoices')}</Badge>}
        </p>
        {[...lines, countryName(countryCode)].map((line, at) => (
          <p key={at} className="row-detail">
            {line}
          </p>
        ))}
        <Problems problems={[...makeDefault.problems, ...remove.problems]} />
        <div className="actions">
          <Button look="link" waiting={busy} aria-label={t('addresses.edit2', { name })} onClick={edit}>
            {t('addresses.edit')}
          </Button>
          {!defaultShipping && (
            <Button look="link" waiting={busy} aria-label={t('addresses.deliverHere2', { name })} onClick={() => choose('shipping', t('addresses.deliveriesGoThereNow'))}>
              {t('addresses.deliverHere')}
            </Button>
          )}
          {!defaultBilling && (
            <Button look="link" waiting={busy} aria-label={t('addresses.invoicesHere2', { name })} onClick={() => choose('billing', t('addresses.invoicesGoThereNow'))}>
              {t('addresses.invoicesHere')}
            </Button>
          )}
          <Button look="link" waiting={busy} aria-label={t('common.remove2', { name })} onClick={() => setAsking(true)}>
            {remove.busy ? t('common.removing') : t('common.remove')}
          </Button>
        </div>
      </div>
      {asking && (
        <Question title={t('addresses.removeThisAddress')} stay={t('common.keepIt')} go={t('common.remove')} onStay={() => setAsking(false)} onGo={go}>
          <p>{name}</p>
        </Question>
      )}
    </li>
  );
}

/** The province: one of those that the country has, or a text where there is no list of them. */
function ProvinceField({ provinces, required, stored }: { provinces: Provinces | undefined; required: boolean; stored: string }) {
  const [typed, setTyped] = useState(stored);
  const label = provinces === undefined ? t('common.provinceOrState') : t(`province.${provinces.word}`);
  const common = { name: 'province', label, required, autoComplete: 'address-level1' };
  if (provinces === undefined) {
    return <Field {...common} hint={t('addresses.itsNameOrIts')} value={typed} onChange={({ target }) => setTyped(target.value)} />;
  }
  const known = provinces.list.find(({ code, name }) => code === typed || name === typed);
  return (
    <Select {...common} value={known?.code ?? (typed === stored ? stored : '')} onChange={({ target }) => setTyped(target.value)}>
      <option value="">{required ? t('addresses.chooseTheProvince', { word: provinces.word }) : t('common.none')}</option>
      {/* An address may be older than the list. */}
      {stored !== '' && !provinces.list.some(({ code }) => code === stored) && <option value={stored}>{stored}</option>}
      {provinces.list.map(({ code, name }) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </Select>
  );
}

interface AddressFormProps {
  address: AddressFragment | null;
  ability: AbilityFragment | undefined;
  close: () => void;
}

function AddressForm({ address, ability, close }: AddressFormProps) {
  const toast = useToast();
  const { country, setCountry, uses, needs, provinces, save } = useAddressForm(address);

  async function submit(values: FormData) {
    const done = await save.run({
      firstName: text(values, 'firstName'),
      lastName: text(values, 'lastName'),
      company: text(values, 'company'),
      taxId: text(values, 'taxId'),
      line1: text(values, 'line1') ?? '',
      line2: text(values, 'line2'),
      line3: text(values, 'line3'),
      city: text(values, 'city'),
      postalCode: text(values, 'postalCode'),
      province: text(values, 'province'),
      phone: phoneOf(values, 'phone'),
      defaultShipping: values.has('defaultShipping'),
      defaultBilling: values.has('defaultBilling'),
    });
    if (done) {
      toast(t('addresses.theAddressIsSaved'));
      close();
    }
  }

  return (
    <Form
      problems={save.problems}
      setProblems={save.setProblems}
      ability={ability}
      onSubmit={submit}
      remedy={({ code }) =>
        code === 'VERSION_CONFLICT' && (
          <p>
            <Button look="link" onClick={close}>
              {t('addresses.showTheAddressesAs')}
            </Button>
          </p>
        )
      }
      actions={
        <>
          <Button type="submit" look="primary" waiting={save.busy}>
            {save.busy ? t('common.saving') : t('addresses.saveAddress')}
          </Button>
          <Button waiting={save.busy} onClick={close}>
            {t('common.cancel')}
          </Button>
        </>
      }
    >
      <Card title={address === null ? t('addresses.newAddress') : t('common.address')}>
        <Select name="countryCode" label={t('common.country')} required value={country} onChange={({ target }) => setCountry(target.value)} autoComplete="country">
          <option value="">{t('addresses.chooseTheCountry')}</option>
          {countries().map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </Select>
        <div className="pair">
          {inOrder(
            <Field key="first" name="firstName" label={t('common.firstName')} defaultValue={address?.firstName ?? ''} autoComplete="given-name" />,
            <Field key="last" name="lastName" label={t('common.lastName')} defaultValue={address?.lastName ?? ''} autoComplete="family-name" />,
          )}
        </div>
        <Field name="company" label={t('common.company')} defaultValue={address?.company ?? ''} autoComplete="organization" />
        <Field name="line1" label={t('common.streetAndNumber')} required defaultValue={address?.line1 ?? ''} autoComplete="address-line1" />
        <Field name="line2" label={t('addresses.secondLine')} hint={t('addresses.aFlatABuilding')} defaultValue={address?.line2 ?? ''} autoComplete="address-line2" />
        <Field name="line3" label={t('addresses.thirdLine')} defaultValue={address?.line3 ?? ''} autoComplete="address-line3" />
        <div className="pair narrow-first">
          <Field name="postalCode" label={t('common.postalCode')} hidden={!uses('postalCode')} required={needs('postalCode')} defaultValue={address?.postalCode ?? ''} autoComplete="postal-code" />
          <Field name="city" label={t('common.city')} hidden={!uses('city')} required={needs('city')} defaultValue={address?.city ?? ''} autoComplete="address-level2" />
        </div>
        {uses('province') && <ProvinceField key={country} provinces={provinces} required={needs('province')} stored={address?.countryCode === country ? (address.province ?? '') : ''} />}
        <PhoneField name="phone" label={t('common.phone')} hint={t('addresses.forTheDelivery')} defaultValue={address?.phone ?? ''} country={country} />
        <Field name="taxId" label={t('addresses.taxNumber')} hint={t('addresses.forInvoicesToA')} defaultValue={address?.taxId ?? ''} />
        <Tick name="defaultShipping" ticked={address?.defaultShipping ?? false}>
          {t('addresses.deliverHere')}
        </Tick>
        <Tick name="defaultBilling" ticked={address?.defaultBilling ?? false}>
          {t('addresses.sendInvoicesHere')}
        </Tick>
      </Card>
    </Form>
  );
}
