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
import { Button } from '../parts/Button';
import { Field, Select, Tick } from '../parts/Field';
import { Form, text } from '../parts/Form';
import { Problems } from '../parts/Problems';
import { Question } from '../parts/Question';
import { Badge, Card, Notice, Screen, Waiting } from '../parts/Screen';
import { useToast } from '../parts/Toast';
import { countries, countryName } from '../regions';
import { useAccount } from '../useAccount';
import { useAction } from '../useAction';
import { useProvinces, type Provinces } from '../useProvinces';

/** How many addresses the server keeps for a customer. */
const room = 50;

type Can = AddressesQuery['account']['can'];

/** What is open: nothing but the list, a new address, or one that is edited, as it was when that began. */
type Opened = undefined | 'new' | AddressFragment;

export function Addresses() {
  const { data, error, again } = useAccount(AddressesDocument, {});
  const [opened, open] = useState<Opened>();
  const addresses = data?.account.addresses;
  const close = () => open(undefined);
  return (
    <Screen title="Addresses" intro="Where your orders and your invoices go.">
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
      {addresses.length === 0 && <p>You have no addresses yet.</p>}
      {addresses.length < room ? (
        <div className="actions">
          <Button look="primary" onClick={() => open('new')}>
            Add an address
          </Button>
        </div>
      ) : (
        <Notice>Your address book is full. Remove an address to make room for another one.</Notice>
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
      toast('The address is removed');
    }
  }

  const busy = change.busy || removal.busy;
  return (
    <li className="row">
      <div>
        <p className="row-title">
          {title}
          {defaultShipping && <Badge kind="good">Deliveries</Badge>}
          {defaultBilling && <Badge kind="good">Invoices</Badge>}
        </p>
        {[...lines, countryName(countryCode)].map((line, at) => (
          <p key={at} className="row-detail">
            {line}
          </p>
        ))}
        <Problems problems={[...change.problems, ...removal.problems]} />
        <div className="actions">
          <Button look="link" waiting={busy} aria-label={`Edit ${name}`} onClick={edit}>
            Edit
          </Button>
          {!defaultShipping && (
            <Button look="link" waiting={busy} aria-label={`Deliver here: ${name}`} onClick={() => choose('defaultShipping', 'Deliveries go there now')}>
              Deliver here
            </Button>
          )}
          {!defaultBilling && (
            <Button look="link" waiting={busy} aria-label={`Invoices here: ${name}`} onClick={() => choose('defaultBilling', 'Invoices go there now')}>
              Invoices here
            </Button>
          )}
          <Button look="link" waiting={busy} aria-label={`Remove ${name}`} onClick={() => setAsking(true)}>
            {removal.busy ? 'Removing …' : 'Remove'}
          </Button>
        </div>
      </div>
      {asking && (
        <Question title="Remove this address?" stay="Keep it" go="Remove" onStay={() => setAsking(false)} onGo={remove}>
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
  const label = provinces?.word ?? 'Province or state';
  const common = { name: 'province', label, required, autoComplete: 'address-level1' };
  if (provinces === undefined) {
    return <Field {...common} hint="Its name or its code." value={typed} onChange={({ target }) => setTyped(target.value)} />;
  }
  const known = provinces.list.find(({ code, name }) => code === typed || name === typed);
  return (
    <Select {...common} value={known?.code ?? (typed === stored ? stored : '')} onChange={({ target }) => setTyped(target.value)}>
      <option value="">{required ? `Choose the ${label.toLowerCase()}` : 'None'}</option>
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
  const [country, setCountry] = useState<string>(address?.countryCode ?? '');
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
      phone: text(values, 'phone'),
      defaultShipping: values.has('defaultShipping'),
      defaultBilling: values.has('defaultBilling'),
    };
    const done =
      address === null
        ? await creation.run({ input })
        : await change.run({ input: { ...input, id: address.id, expectedVersion: address.version } });
    if (done) {
      toast('The address is saved');
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
              Show the addresses as they are now
            </Button>
          </p>
        )
      }
      actions={
        <>
          <Button type="submit" look="primary" waiting={busy}>
            {busy ? 'Saving …' : 'Save address'}
          </Button>
          <Button waiting={busy} onClick={close}>
            Cancel
          </Button>
        </>
      }
    >
      <Card title={address === null ? 'New address' : 'Address'}>
        <Select name="countryCode" label="Country" required value={country} onChange={({ target }) => setCountry(target.value)} autoComplete="country">
          <option value="">Choose the country</option>
          {countries.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </Select>
        <div className="pair">
          <Field name="firstName" label="First name" defaultValue={address?.firstName ?? ''} autoComplete="given-name" />
          <Field name="lastName" label="Last name" defaultValue={address?.lastName ?? ''} autoComplete="family-name" />
        </div>
        <Field name="company" label="Company" defaultValue={address?.company ?? ''} autoComplete="organization" />
        <Field name="line1" label="Street and number" required defaultValue={address?.line1 ?? ''} autoComplete="address-line1" />
        <Field name="line2" label="Second line" hint="A flat, a building, a district." defaultValue={address?.line2 ?? ''} autoComplete="address-line2" />
        <Field name="line3" label="Third line" defaultValue={address?.line3 ?? ''} autoComplete="address-line3" />
        <div className="pair narrow-first">
          <Field name="postalCode" label="Postal code" hidden={!uses.includes('Z')} required={needs.includes('Z')} defaultValue={address?.postalCode ?? ''} autoComplete="postal-code" />
          <Field name="city" label="City" hidden={!uses.includes('C')} required={needs.includes('C')} defaultValue={address?.city ?? ''} autoComplete="address-level2" />
        </div>
        {uses.includes('S') && <ProvinceField key={country} provinces={provinces} required={needs.includes('S')} stored={address?.countryCode === country ? (address.province ?? '') : ''} />}
        <Field name="phone" label="Phone" hint="For the delivery, with the country’s code: +48 …" type="tel" defaultValue={address?.phone ?? ''} autoComplete="tel" />
        <Field name="taxId" label="Tax number" hint="For invoices to a company." defaultValue={address?.taxId ?? ''} />
        <Tick name="defaultShipping" ticked={address?.defaultShipping ?? false}>
          Deliver here
        </Tick>
        <Tick name="defaultBilling" ticked={address?.defaultBilling ?? false}>
          Send invoices here
        </Tick>
      </Card>
    </Form>
  );
}
