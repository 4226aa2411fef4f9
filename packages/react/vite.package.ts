import { defineConfig } from 'vite';
import { documentsApart, manifest } from './build/documents.ts';
import { messages } from './build/messages.mjs';
import { styles } from './build/scoped.ts';

// What npm pack takes along: the hooks and components, which leave React and the other libraries to the shop's own
// build, and (--mode element) <accountql-account>, which needs nothing and is built with Preact, like the page.

const libraries = /^(react|react-dom|urql|wouter|@urql\/|@zxcvbn-ts\/)/;
const preact = { 'react/jsx-runtime': 'preact/jsx-runtime', 'react-dom/client': 'preact/compat/client', 'react-dom': 'preact/compat', react: 'preact/compat' };

export default defineConfig(({ mode }) => ({
  resolve: mode === 'element' ? { alias: preact } : {},
  define: { 'process.env.NODE_ENV': '"production"' },
  // The element has its styles within it, and names the same documents as the package beside it.
  plugins: [documentsApart(), messages({ apart: false }), styles({ file: mode !== 'element' }), ...(mode === 'element' ? [] : [manifest()])],
  build: {
    target: 'es2022',
    outDir: mode === 'element' ? 'dist/element' : 'dist',
    emptyOutDir: mode !== 'element',
    modulePreload: false,
    chunkSizeWarningLimit: 600,
    license: mode === 'element' ? { fileName: 'LICENSES.md' } : false,
    lib: {
      entry: mode === 'element' ? { 'accountql-account': 'src/element.tsx' } : { index: 'src/index.ts', components: 'src/components.ts' },
      formats: ['es'],
    },
    rolldownOptions: {
      external: mode === 'element' ? [] : id => libraries.test(id),
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: 'parts/[name]-[hash].js',
        // A page without a build asks for as few files as there can be; a build takes what it needs.
        ...(mode === 'element' && { codeSplitting: { groups: [{ name: 'shared', test: /\/src\/|\0document:/, minShareCount: 2 }] } }),
        // A React server renders the parts, and lets the browser run them.
        banner: ({ isEntry }) => (isEntry && mode !== 'element' ? "'use client';" : ''),
      },
      onLog(level, log, print) {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') {
          print(level, log);
        }
      },
    },
  },
}));
