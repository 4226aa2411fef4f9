// graphql-codegen as a front end runs it: the client preset, on the documents of GraphiQL's tabs; and every code of an error.
const config = {
  enumsAsTypes: true,
  strictScalars: true,
  useTypeImports: true,
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
  schema: '../../schema.graphqls',
  generates: {
    'build/graphiql/': { documents: '../../web/graphiql/operations/*.graphql', preset: 'client', config },
    'build/errors/gql/enums.ts': { plugins: ['typescript'], config: { ...config, onlyEnums: true } },
  },
};
