// gql.tada as docs/clients.md has it: what it made of the schema, and a type for each scalar.
import { initGraphQLTada } from 'gql.tada';
import type { introspection } from '../build/tada/graphql-env.js';

export const graphql = initGraphQLTada<{
  introspection: introspection;
  scalars: {
    CountryCode: string;
    Date: string;
    DateTime: string;
    EmailAddress: string;
    JSONObject: Record<string, unknown>;
    LanguageCode: string;
    TimeZone: string;
    PhoneNumber: string;
    URL: string;
  };
}>();
