import type { Client, RequestPolicy } from '@urql/core';
import { useState } from 'react';
import { useClient, useQuery } from 'urql';
import { useOpening } from '../config';
import { language } from '../languages';
import { SettingsDocument, type SettingsQuery } from '../gql/graphql';

export type Settings = SettingsQuery['settings'];

/** When a client asked for the settings, in milliseconds since 1970. */
const asked = new WeakMap<Client, { at: number; maxAge: number }>();

/** The shop's settings, or undefined while they are not there; for as long as the server allows they are not asked for again. */
export function useSettings(): Settings | undefined {
  return useSettingsAnswer().settings;
}

/** The settings, and whether they are still to come. */
export function useSettingsAnswer(): { settings: Settings | undefined; pending: boolean } {
  const client = useClient();
  const [requestPolicy] = useState((): RequestPolicy => {
    const last = asked.get(client);
    return last !== undefined && Date.now() < last.at + last.maxAge * 1000 ? 'cache-first' : 'cache-and-network';
  });
  const [{ data, error }] = useQuery({ query: SettingsDocument, variables: {}, requestPolicy, pause: useOpening() !== 'open' });
  if (data !== undefined && (asked.get(client) === undefined || requestPolicy === 'cache-and-network')) {
    asked.set(client, { at: Date.now(), maxAge: data.settings.maxAge });
  }
  return { settings: data?.settings, pending: data === undefined && error === undefined };
}

/** The label in the page's language, or else in the shop's first, or else the page's own. */
export function labelOf(labels: readonly { language: string; text: string }[], otherwise: string): string {
  const [first] = labels;
  return (labels.find(({ language: tag }) => tag.split('-')[0] === language()) ?? first)?.text ?? otherwise;
}
