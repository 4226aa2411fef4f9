// Which changes since the last release break clients, and does the changelog name each?
import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildSchema } from 'graphql';

// unnamed returns the breaking changes that no line "Breaking: …" under "## Unreleased", "### API" of the changelog names by its path.
export async function unnamed(released, current, changelog) {
  const changes = await diff(buildSchema(released), buildSchema(current));
  const named = breakingLines(changelog);
  return changes.filter(
    (change) => change.criticality.level === CriticalityLevel.Breaking && !named.some((line) => line.includes('`' + change.path + '`')),
  );
}

function breakingLines(changelog) {
  const unreleased = changelog.split(/^## /m).find((part) => part.startsWith('Unreleased')) ?? '';
  const api = unreleased.split(/^### /m).find((part) => part.startsWith('API')) ?? '';
  // A line that is indented goes on with the one before.
  return api.replace(/\n {2,}/g, ' ').split('\n').filter((line) => line.startsWith('- Breaking: '));
}
