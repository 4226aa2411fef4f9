import { ProfileDocument, UpdateProfileDocument, type AbilityFragment, type ProfileFragment, type ProfileQuery, type UpdateAccountInput, type UpdateProfileMutation } from '../gql/graphql';
import { follow } from '../languages';
import type { FlowAction, FlowQuery } from './flow';
import { useAccountQuery } from './useAccountQuery';
import { useAction } from './useAction';
import { useProfileDraft, type ProfileEdits, type ProfileFieldName } from './useProfileDraft';
import { labelOf } from './useSettings';

export type { ProfileEdits, ProfileFieldName } from './useProfileDraft';

type Policy = ProfileQuery['account']['fields'][number];

/** A field of the profile that the shop shows, by the shop's policy. */
export interface ProfileField {
  /** What the API calls it. */
  name: ProfileFieldName;
  /** READ where the customer may only look at it. */
  access: Policy['access'];
  /** Whether it must not be empty. */
  required: boolean;
  /** What is typed, or else what is saved; an empty text for nothing. */
  value: string;
  /** The shop's own label, in the page's language or else in the shop's first; undefined where it has none. */
  label: string | undefined;
  /** Whether what is typed is something else than what is saved. */
  changed: boolean;
}

export interface ProfileFlow extends FlowQuery {
  /** The profile as it is saved; undefined until it is there. */
  profile: ProfileFragment | undefined;
  /** Whether a change would be let through now. */
  ability: AbilityFragment | undefined;
  /** The field of this name with its value; undefined where the shop hides it, and until the profile is there. */
  field: (name: ProfileFieldName) => ProfileField | undefined;
  /** The value of a field, also of one that is hidden. */
  value: (name: ProfileFieldName) => string;
  /** Types into a field. The tab keeps it over a reload and over the end of the session, until it is saved or discarded. */
  edit: (name: ProfileFieldName, value: string) => void;
  /** The fields whose values aren't saved. */
  changed: ProfileFieldName[];
  /** Whether something that was typed earlier was found in the tab when the profile came. */
  found: boolean;
  /**
   * Saves what was changed, and nothing else; the page's language follows that of the profile. VERSION_CONFLICT where
   * somebody else changed the profile meanwhile: then `takeNewest` helps.
   */
  save: FlowAction<[], UpdateProfileMutation['updateAccount']>;
  /** Loads what others changed, and keeps what is typed on top of it. */
  takeNewest: () => void;
  /** Forgets what is typed. */
  discard: () => void;
}

/** The profile, and what the customer changes in it. */
export function useProfile(): ProfileFlow {
  const { data, error, reload } = useAccountQuery(ProfileDocument, {});
  const { run, setProblems, ...state } = useAction(UpdateProfileDocument, { onScreen: true });
  const profile = data?.account;
  const { edits, changed, found, version, edit, rebase, drop } = useProfileDraft(profile);
  const value = (name: ProfileFieldName) => edits[name] ?? profile?.[name] ?? '';

  async function save() {
    const answer = await run({ input: { ...inputOf(edits, changed), expectedVersion: version ?? null } });
    if (answer) {
      drop(edits);
      if (edits.language) {
        await follow(edits.language);
      }
    }
    return answer?.updateAccount;
  }

  function field(name: ProfileFieldName): ProfileField | undefined {
    const policy = profile?.fields.find(({ field }) => field === name);
    return policy && { name, access: policy.access, required: policy.required, value: value(name), label: labelOf(policy.labels, '') || undefined, changed: changed.includes(name) };
  }

  return {
    profile,
    ability: profile?.can.updateAccount,
    field,
    value,
    edit,
    changed,
    found,
    save: { ...state, setProblems, run: save },
    takeNewest() {
      setProblems([]);
      rebase();
      reload();
    },
    discard() {
      setProblems([]);
      drop();
    },
    error,
    reload,
  };
}

/** What is sent: the fields that were changed, and null for one that is empty now. */
function inputOf(edits: ProfileEdits, changed: ProfileFieldName[]): UpdateAccountInput {
  return Object.fromEntries(changed.map(name => [name, edits[name]?.trim() || null])) as UpdateAccountInput;
}
