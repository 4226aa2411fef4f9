import { useState } from 'react';
import { addressForms } from '../addressforms';
import {
  AddressesDocument,
  CreateAddressDocument,
  DeleteAddressDocument,
  UpdateAddressDocument,
  type AbilityFragment,
  type AddressesQuery,
  type AddressFragment,
} from '../gql/graphql';
import { inOrder } from '../names';
import { Button } from '../parts/Button';
import { Field, Select, Tick } from '../parts/Field';
import { Form, text } from '../parts/Form';
import { PhoneField, phoneOf } from '../parts/PhoneField';
import { Problems } from '../parts/Problems';
import { Question } from '../parts/Question';
import { Badge, Card, Notice, Screen, Waiting } from '../parts/Screen';
import { useToast } from '../parts/Toast';
import { useBrand } from '../brand';
import { countries, countryName } from '../regions';
import { useAccountQuery } from '../hooks/useAccountQuery';
import { useAction } from '../hooks/useAction';
import { useProvinces, type Provinces } from '../hooks/useProvinces';
import { t } from '../words';

/** How many addresses the server keeps for a customer. */
const room = 50;

type Can = AddressesQuery['account']['can'];

/** What is open: nothing but the list, a new address, or one that is edited, as it was when that began. */
type Opened = undefined | 'new' | AddressFragment;

export function Addresses() {
  const { data, error, again } = useAccountQuery(AddressesDocument, {});
  const [opened, open] = useState<Opened>();
  const addresses = data?.account.addresses;
  const close = () => open(undefined);
  return (
    <Screen title={t('common.addresses')} intro={t('addresses.whereYourOrdersAnd')}>
      {!data || !addresses ? (
        <Waiting error={error} again={again} />
      ) : opened === undefined ? (
        <Book addresses={addresses} open={open} />
      ) : (
        <AddressForm address={opened === 'new' ? null : opened} can={data.account.can} close={close} />
      )}
    </Screen>
  );
}

function Book({ addresses, open }: { addresses: AddressFragment[]; open: (opened: Opened) => void }) {
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
      {addresses.length < room ? (
        <div className="actions">
          <Button look="primary" onClick={() => open('new')}>
            {t('addresses.addAnAddress')}
          </Button>
        </div>
      ) : (
        <Notice>{t('addresses.yourAddressBookIs')}</Notice>
      )}
    </>
  );
}

/** One address, with what is done at once: each by itself, and several can be at the same time. */
function Entry({ address, edit }: { address: AddressFragment; edit: () => void }) {
  const toast = useToast();
  const change = useAction(UpdateAddressDocument, { repeatable: true, onScreen: true });
  const removal = useAction(DeleteAddressDocument, { onScreen: true });
  const [asking, setAsking] = useState(false);
  const { id, defaultShipping, defaultBilling, countryCode, formatted } = address;
  const [title = address.line1, ...lines] = formatted;
  const name = formatted.join(', ');

  async function choose(flag: 'defaultShipping' | 'defaultBilling', done: string) {
    if (await change.run({ input: { id, [flag]: true } })) {
      toast(done);
    }
  }

  async function remove() {
    setAsking(false);
    if (await removal.run({ input: { id } })) {
      toast(t('addresses.theAddressIsRemoved'));
    }
  }

  const busy = change.busy || removal.busy;
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
        <Problems problems={[...change.problems, ...removal.problems]} />
        <div className="actions">
          <Button look="link" waiting={busy} aria-label={t('addresses.edit2', { name })} onClick={edit}>
            {t('addresses.edit')}
          </Button>
          {!defaultShipping && (
            <Button look="link" waiting={busy} aria-label={t('addresses.deliverHere2', { name })} onClick={() => choose('defaultShipping', t('addresses.deliveriesGoThereNow'))}>
              {t('addresses.deliverHere')}
            </Button>
          )}
          {!defaultBilling && (
            <Button look="link" waiting={busy} aria-label={t('addresses.invoicesHere2', { name })} onClick={() => choose('defaultBilling', t('addresses.invoicesGoThereNow'))}>
              {t('addresses.invoicesHere')}
            </Button>
          )}
          <Button look="link" waiting={busy} aria-label={t('common.remove2', { name })} onClick={() => setAsking(true)}>
            {removal.busy ? t('common.removing') : t('common.remove')}
          </Button>
        </div>
      </div>
      {asking && (
        <Question title={t('addresses.removeThisAddress')} stay={t('common.keepIt')} go={t('common.remove')} onStay={() => setAsking(false)} onGo={remove}>
          <p>{name}</p>
        </Question>
      )}
    </li>
  );
}

/** The fields besides the street that a country's addresses have, and those that they need. */
function formOf(country: string): { uses: string; needs: string } {
  const forms = Object.entries(addressForms);
  const [form = ' '] = forms.find(([, codes]) => codes.includes(country)) ?? forms.find(([, codes]) => codes.includes('ZZ')) ?? [];
  const [uses = '', needs = ''] = form.split(' ');
  return { uses, needs };
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

function AddressForm({ address, can, close }: { address: AddressFragment | null; can: Can; close: () => void }) {
  const toast = useToast();
  const creation = useAction(CreateAddressDocument, { onScreen: true });
  const change = useAction(UpdateAddressDocument, { onScreen: true });
  const { busy, problems, setProblems } = address === null ? creation : change;
  const brand = useBrand();
  const [country, setCountry] = useState<string>(address?.countryCode ?? brand?.defaultCountry ?? '');
  const { uses, needs } = formOf(country);
  const provinces = useProvinces(country);

  async function save(values: FormData) {
    const input = {
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
      countryCode: country,
      phone: phoneOf(values, 'phone'),
      defaultShipping: values.has('defaultShipping'),
      defaultBilling: values.has('defaultBilling'),
    };
    const done =
      address === null
        ? await creation.run({ input })
        : await change.run({ input: { ...input, id: address.id, expectedVersion: address.version } });
    if (done) {
      toast(t('addresses.theAddressIsSaved'));
      close();
    }
  }

  const ability: AbilityFragment = address === null ? can.createAddress : can.updateAddress;
  return (
    <Form
      problems={problems}
      setProblems={setProblems}
      ability={ability}
      onSubmit={save}
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
          <Button type="submit" look="primary" waiting={busy}>
            {busy ? t('common.saving') : t('addresses.saveAddress')}
          </Button>
          <Button waiting={busy} onClick={close}>
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
          <Field name="postalCode" label={t('common.postalCode')} hidden={!uses.includes('Z')} required={needs.includes('Z')} defaultValue={address?.postalCode ?? ''} autoComplete="postal-code" />
          <Field name="city" label={t('common.city')} hidden={!uses.includes('C')} required={needs.includes('C')} defaultValue={address?.city ?? ''} autoComplete="address-level2" />
        </div>
        {uses.includes('S') && <ProvinceField key={country} provinces={provinces} required={needs.includes('S')} stored={address?.countryCode === country ? (address.province ?? '') : ''} />}
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
