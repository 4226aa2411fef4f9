// Lints schema.graphqls by graphql-eslint's recommended rules for schemas. What differs from them says why.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import plugin from '@graphql-eslint/eslint-plugin';
import { ESLint } from 'eslint';

const schema = fileURLToPath(new URL('../../schema.graphqls', import.meta.url));

const rules = {
  ...plugin.configs['flat/schema-recommended'].rules,
  // A description of one line stands in quotes, a longer one in a block.
  '@graphql-eslint/description-style': 'off',
  // An id is for what a client keeps and finds again: accounts and sessions. The others are parts of an answer, and a
  // client's cache keeps them inside what they belong to. An event's place is its cursor; a change's name is its challengeId.
  '@graphql-eslint/strict-id-in-types': [
    'error',
    {
      exceptions: {
        suffixes: ['Payload', 'Connection', 'Edge'],
        types: ['Abilities', 'Ability', 'Device', 'KnownDevice', 'Place', 'PageInfo', 'ActivityEvent', 'Agreements', 'Identity', 'PasskeySignals', 'PendingChange', 'ApiKey', 'SessionCheck', 'Consent', 'AccountTerms', 'TermsVersion', 'TermsText', 'TermsAcceptance', 'DataExport', 'AccountDeletion', 'FactorReset', 'DeletedRows', 'MailHeader', 'CustomerActivityEvent', 'SiteSettings', 'Brand', 'BrandLogo', 'BrandColors', 'BrandPalette', 'BrandLinks', 'PasswordPolicy', 'SignInProvider', 'SignInProviderPage', 'InputLimits', 'FieldPolicy', 'FieldOption', 'Label'],
      },
    },
  ],
  // More than is recommended: every field, argument and value is described.
  '@graphql-eslint/require-description': [
    'error',
    { types: true, DirectiveDefinition: true, rootField: true, FieldDefinition: true, InputValueDefinition: true, EnumValueDefinition: true },
  ],
};

// Single findings that stay, by the rule and the words of its message.
const accepted = [
  // The source calls it so wherever a provider is named, inputs included.
  ['@graphql-eslint/no-typename-prefix', 'Field "identityProvider" starts with the name of the parent type "Identity"'],
];

const eslint = new ESLint({
  cwd: fileURLToPath(new URL('../..', import.meta.url)),
  overrideConfigFile: true,
  overrideConfig: [
    {
      files: ['**/*.graphqls'],
      languageOptions: { parser: plugin.parser, parserOptions: { graphQLConfig: { schema } } },
      plugins: { '@graphql-eslint': plugin },
      rules,
    },
  ],
});
const findings = (await eslint.lintText(await readFile(schema, 'utf8'), { filePath: schema })).flatMap((result) => result.messages);
const unused = accepted.filter(([rule, words]) => !findings.some((found) => found.ruleId === rule && found.message.includes(words)));
const left = findings.filter((found) => !accepted.some(([rule, words]) => found.ruleId === rule && found.message.includes(words)));
for (const found of left) console.error(`schema.graphqls:${found.line}: ${found.message} (${found.ruleId})`);
for (const [rule, words] of unused) console.error(`lint.mjs accepts what is not there any more: ${words} (${rule})`);
if (left.length + unused.length > 0) process.exit(1);
console.log('schema.graphqls: no findings');
