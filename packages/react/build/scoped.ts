import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { transform, type Selector } from 'lightningcss';
import type { Plugin } from 'vite';

// The styles of the page are for the whole of a document. Those of the package are the same ones, for what is in an
// element of the class "accountql": the shop's page keeps its own.

const folder = resolve(import.meta.dirname, '../src/style');
const read = (name: string) => readFileSync(resolve(folder, name), 'utf8');

/** What the styles are for. */
const scope = { type: 'class', name: 'accountql' } as const;

/** The styles of the package. Each colour and size is that of a property of the shop, such as --accountql-brand, where there is one. */
export function scoped(): string {
  const files = [...read('index.css').matchAll(/'\.\/(.+)'/g)].map(([, name]) => name!);
  const text = files.map(name => (name === 'base.css' ? themed(read(name)) : read(name))).join('\n') + read('embedded.css');
  const contained = text.replace(/@media (\((?:max|min)-width: \d+px\))/g, '@container accountql $1').replace(/(clamp\([^)]*\d)vw/g, '$1cqi');
  const { code } = transform({ filename: 'style.css', code: Buffer.from(contained), minify: true, visitor: { Selector: inScope } });
  return code.toString();
}

/** The colours by the scheme that the shop's page has around the parts, which may be light alone. */
function themed(base: string): string {
  const [light, dark] = [...base.matchAll(/:root \{([^}]*)\}/g)].map(([, block]) => new Map([...block!.matchAll(/--([\w-]+): (.+);/g)].map(([, name, value]) => [name!, value!] as const)));
  const values = [...light!].map(([name, value]) => {
    const inDark = dark!.get(name);
    return `--${name}: var(--accountql-${name}, ${inDark?.startsWith('#') ? `light-dark(${value}, ${inDark})` : value});`;
  });
  return `:root {\n${values.join('\n')}\n}\n${base.slice(base.indexOf('*,'))}`;
}

/** "h1" becomes ".accountql h1", ":root" and "body" become ".accountql", and "[dir]", which a part says itself, ".accountql[dir]". */
function inScope(selector: Selector): Selector {
  const [first] = selector;
  if (first?.type === 'attribute' && first.name === 'dir') {
    return [scope, ...selector];
  }

  const whole = selector.findIndex(part => (part.type === 'pseudo-class' && part.kind === 'root') || (part.type === 'type' && (part.name === 'html' || part.name === 'body')));
  return whole < 0 ? [scope, { type: 'combinator', value: 'descendant' }, ...selector] : selector.with(whole, scope);
}

/** Gives the styles to the element as a text, or writes them as a file beside the package. */
export function styles({ file }: { file: boolean }): Plugin {
  const name = 'style:scoped';
  return {
    name: 'scoped-styles',
    resolveId: id => (id === name ? `\0${name}` : null),
    load: id => (id === `\0${name}` ? `export default ${JSON.stringify(scoped())}` : null),
    generateBundle() {
      if (file) {
        this.emitFile({ type: 'asset', fileName: 'style.css', source: scoped() });
      }
    },
  };
}
