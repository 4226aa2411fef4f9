import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { print, stripIgnoredCharacters, type DocumentNode } from 'graphql';
import type { Plugin } from 'vite';

type Written = DocumentNode & { __meta__?: { hash: string } };

const file = resolve(import.meta.dirname, '../src/gql/graphql.ts');
const maker = resolve(import.meta.dirname, '../src/document.ts');
const prefix = '\0document:';

/**
 * Codegen writes all GraphQL documents into one file, as trees that are five times as long as their texts. Here each
 * becomes a module of its own with its text, so that a screen's documents are loaded with the screen; src/document.ts
 * makes the tree the first time that it is wanted.
 */
export function documentsApart(): Plugin {
  return {
    name: 'documents-apart',
    enforce: 'pre',

    transform(code, id) {
      if (!id.includes('/src/') || id === file) {
        return null;
      }
      // What else the file exports are types, of which nothing is left in the page.
      const apart = code.replace(/import \{([^}]*)\} from '[./]+gql\/graphql';/g, (_, names: string) =>
        [...names.matchAll(/\b\w+Document\b/g)].map(([name]) => `import { ${name} } from ${JSON.stringify(prefix + name)};`).join(' '),
      );
      return apart === code ? null : { code: apart, map: null };
    },

    resolveId(id) {
      return id.startsWith(prefix) ? id : null;
    },

    load(id) {
      if (!id.startsWith(prefix)) {
        return null;
      }
      this.addWatchFile(file);
      const name = id.slice(prefix.length);
      const [, tree] = new RegExp(`^export const ${name} = (\\{.*\\}) as unknown as DocumentNode<`, 'm').exec(readFileSync(file, 'utf8')) ?? [];
      if (tree === undefined) {
        throw new Error(`src/gql/graphql.ts has no ${name}`);
      }
      const document = JSON.parse(tree) as Written;
      const text = stripIgnoredCharacters(print(document));
      return `import { document } from ${JSON.stringify(maker)};
export const ${name} = /* @__PURE__ */ document(${JSON.stringify(text)}, ${JSON.stringify(document.__meta__?.hash)});`;
    },
  };
}

/** Writes the manifest of all documents beside the page: AccountQL takes nothing else from the page's own key. */
export function manifest(): Plugin {
  return {
    name: 'documents-manifest',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'documents.json', source: readFileSync(resolve(import.meta.dirname, '../src/gql/persisted-documents.json')) });
    },
  };
}
