import { useState } from 'react';
import { addressForms } from '../addressforms';
import { useBrand } from '../brand';
import {
  AddressesDocument,
  CreateAddressDocument,
  DeleteAddressDocument,
  UpdateAddressDocument,
  type AbilityFragment,
  type AddressFragment,
  type CreateAddressInput,
  type CreateAddressMutation,
  type DeleteAddressMutation,
  type UpdateAddressMutation,
} from '../gql/graphql';
import type { FlowAction, FlowQuery } from './flow';
import { useAccountQuery } from './useAccountQuery';
import { useAction } from './useAction';
import { useProvinces, type Provinces } from './useProvinces';

/** How many addresses the server keeps for a customer. */
const room = 50;

export interface AddressesFlow extends FlowQuery {
  /** The addresses; undefined until they are there. */
  addresses: AddressFragment[] | undefined;
  /** Whether the book has no room for another one. */
  full: boolean;
  /** Whether a new address would be let through now. */
  createAbility: AbilityFragment | undefined;
  /** Whether a change of one would be let through now. */
  changeAbility: AbilityFragment | undefined;
}

/** The customer's book of addresses. */
export function useAddresses(): AddressesFlow {
  const { data, error, reload } = useAccountQuery(AddressesDocument, {});
  const addresses = data?.account.addresses ?? undefined;
  return {
    addresses,
    full: addresses !== undefined && addresses.length >= room,
    createAbility: data?.account.can.createAddress,
    changeAbility: data?.account.can.updateAddress,
    error,
    reload,
  };
}

/** What an address can be the default for. */
export type AddressUse = 'shipping' | 'billing';

export interface AddressFlow {
  /** Makes it the default for one use, instead of the former one. */
  makeDefault: FlowAction<[use: AddressUse], UpdateAddressMutation['updateAddress']>;
  /** Removes it from the book. */
  remove: FlowAction<[], DeleteAddressMutation['deleteAddress']>;
}

/** What is done with one address at once: each by itself, and several can be at the same time. */
export function useAddress({ id }: { id: string }): AddressFlow {
  const change = useAction(UpdateAddressDocument, { repeatable: true, onScreen: true });
  const removal = useAction(DeleteAddressDocument, { onScreen: true });
  return {
    makeDefault: {
      ...change,
      run: async use => (await change.run({ input: { id, [use === 'shipping' ? 'defaultShipping' : 'defaultBilling']: true } }))?.updateAddress,
    },
    remove: { ...removal, run: async () => (await removal.run({ input: { id } }))?.deleteAddress },
  };
}

/** The text fields of an address that only some countries have. */
export type AddressPart = 'postalCode' | 'city' | 'province';

export interface AddressFormFlow {
  /** The code of the country that the address is in, such as DE; an empty text for none yet. */
  country: string;
  /** Chooses another country. */
  setCountry: (country: string) => void;
  /** Whether the country's addresses have such a field. */
  uses: (part: AddressPart) => boolean;
  /** Whether they can't do without it. */
  needs: (part: AddressPart) => boolean;
  /** The country's provinces; undefined where there is no list of them, and one is typed. */
  provinces: Provinces | undefined;
  /** Saves the address, in the chosen country. VERSION_CONFLICT where it was changed elsewhere since it was read. */
  save: FlowAction<[address: Omit<CreateAddressInput, 'countryCode'>], CreateAddressMutation['createAddress'] | UpdateAddressMutation['updateAddress']>;
}

/** A new address, or the change of one as it was when that began. */
export function useAddressForm(address: AddressFragment | null): AddressFormFlow {
  const creation = useAction(CreateAddressDocument, { onScreen: true });
  const change = useAction(UpdateAddressDocument, { onScreen: true });
  const shop = useBrand()?.defaultCountry ?? '';
  const [country, setCountry] = useState<string>(address?.countryCode ?? shop);
  const [used = '', needed = ''] = formOf(country).split(' ');
  const provinces = useProvinces(country);

  async function save(given: Omit<CreateAddressInput, 'countryCode'>) {
    const input = { ...given, countryCode: country };
    return address === null
      ? (await creation.run({ input }))?.createAddress
      : (await change.run({ input: { ...input, id: address.id, expectedVersion: address.version } }))?.updateAddress;
  }

  const { busy, problems, setProblems } = address === null ? creation : change;
  return {
    country,
    setCountry,
    uses: part => used.includes(letters[part]),
    needs: part => needed.includes(letters[part]),
    provinces,
    save: { run: save, busy, problems, setProblems },
  };
}

const letters: Record<AddressPart, string> = { postalCode: 'Z', city: 'C', province: 'S' };

/** The letters of the fields that a country's addresses have, a space, and those of the fields that they need. */
function formOf(country: string): string {
  const forms = Object.entries(addressForms);
  const [form = ' '] = forms.find(([, codes]) => codes.includes(country)) ?? forms.find(([, codes]) => codes.includes('ZZ')) ?? [];
  return form;
}
