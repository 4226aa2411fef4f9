import { addTypenameSelectionDocumentTransform } from '@graphql-codegen/client-preset';
import type { CodegenConfig } from '@graphql-codegen/cli';

const config = {
  enumsAsTypes: true,
  strictScalars: true,
  scalars: {
    CountryCode: 'string',
    Date: 'string',
    DateTime: 'string',
    EmailAddress: 'string',
    JSONObject: 'Record<string, unknown>',
    LanguageCode: 'string',
    TimeZone: 'string',
    PhoneNumber: 'string',
    URL: 'string',
  },
};

export default {
  // The schema lies in the repository; a server in development shows it at /schema.graphqls, too.
  schema: process.env.ACCOUNTQL_SCHEMA ?? '../../schema.graphqls',
  documents: 'src/operations.graphql',
  generates: {
    'src/gql/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false, persistedDocuments: { hashAlgorithm: 'sha256' } },
      // The client's cache learns by __typename what a mutation changed, so it belongs into the hashed text.
      documentTransforms: [addTypenameSelectionDocumentTransform],
      config: { ...config, useTypeImports: true },
    },
    // The preset leaves out what no document uses, and ErrorReason is in no document.
    'src/gql/enums.ts': { plugins: ['typescript'], config: { ...config, onlyEnums: true } },
  },
} satisfies CodegenConfig;
