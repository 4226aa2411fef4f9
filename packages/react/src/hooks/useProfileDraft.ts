import { useMemo, useState } from 'react';
import { findDraft, keepDraft, type Draft } from '../draft';
import type { ProfileFragment } from '../gql/graphql';

/** A field of the profile, as the API calls it. */
export type ProfileFieldName = Exclude<keyof ProfileFragment, '__typename' | 'id' | 'version'>;

/** What was typed, by field; a field that nobody touched isn't there. */
export type ProfileEdits = Partial<Record<ProfileFieldName, string>>;

const valueOf = (profile: ProfileFragment, name: string) => profile[name as ProfileFieldName] ?? '';

const without = (edits: Record<string, string>, unwanted: (name: string, value: string) => boolean) =>
  Object.fromEntries(Object.entries(edits).filter(([name, value]) => !unwanted(name, value)));

/** The tab's draft without what is saved by now: a reload can come between a save and its answer. */
function unsaved(profile: ProfileFragment): Draft {
  const draft = findDraft(profile.id) ?? { account: profile.id, version: profile.version, edits: {} };
  const rest = { ...draft, edits: without(draft.edits, (name, value) => value === valueOf(profile, name)) };
  keepDraft(rest);
  return rest;
}

/**
 * What is typed, in the tab's keeping until it is saved. Only what was changed is kept and sent, so all other fields
 * show the newest values; and with it the version that the changes began with, so that nobody else's are overwritten.
 */
export function useProfileDraft(profile: ProfileFragment | undefined) {
  const begun = useMemo(() => profile && unsaved(profile), [profile?.id]);
  const [typed, setTyped] = useState<Draft>();
  const draft = typed !== undefined && typed.account === begun?.account ? typed : begun;

  const edits: ProfileEdits = draft?.edits ?? {};
  const changed = profile ? (Object.keys(edits) as ProfileFieldName[]).filter(name => edits[name] !== valueOf(profile, name)) : [];
  const version = changed.length === 0 ? profile?.version : (draft?.version ?? profile?.version);

  function change(next: Record<string, string>, from: number | null) {
    if (profile) {
      keepDraft({ account: profile.id, version: from, edits: without(next, (name, value) => value === valueOf(profile, name)) });
      setTyped({ account: profile.id, version: from, edits: next });
    }
  }

  return {
    edits,
    changed,
    /** Whether there was something in the tab's keeping when the profile came. */
    found: begun !== undefined && Object.keys(begun.edits).length > 0,
    version,
    edit: (name: ProfileFieldName, value: string) => change({ ...edits, [name]: value }, version ?? null),
    /** Takes what others changed for granted, and keeps what was typed. */
    rebase: () => change({ ...edits }, null),
    /** Forgets what was saved, and keeps what was typed since; or forgets all of it. */
    drop(saved?: ProfileEdits) {
      setTyped(latest => {
        const from = latest ?? begun;
        if (from === undefined) {
          return undefined;
        }
        const since = saved === undefined ? {} : without(from.edits, (name, value) => value === saved[name as ProfileFieldName]);
        const rest = { account: from.account, version: null, edits: since };
        keepDraft(rest);
        return rest;
      });
    },
  };
}
