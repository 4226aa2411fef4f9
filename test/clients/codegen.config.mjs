// graphql-codegen as docs/clients.md has it: the client preset, a type for each scalar, and a manifest.
import schema from '../schema/codegen.config.mjs';

const { config } = schema.generates['build/graphiql/'];

export default {
  schema: 'build/schema.graphql',
  documents: 'codegen/*.ts',
  emitLegacyCommonJSImports: false,
  generates: {
    'build/codegen/gql/': { preset: 'client', presetConfig: { persistedDocuments: true }, config },
  },
};
