import { defineConfig } from 'vite';
import { first, neededAtStart, startBeside } from './build/chunking.ts';
import { documentsApart, manifest } from './build/documents.ts';
import { messages } from './build/messages.mjs';

// Where the page will be: AccountQL serves it at /account in development.
const base = process.env.BASE ?? '/account/';

export default defineConfig({
  base,
  resolve: {
    // The page is written for React. Preact does what it needs of it in a tenth of the bytes; without these lines React is built in.
    alias: {
      'react/jsx-runtime': 'preact/jsx-runtime',
      'react-dom/client': 'preact/compat/client',
      'react-dom': 'preact/compat',
      react: 'preact/compat',
    },
  },
  plugins: [documentsApart(), messages(), startBeside(base), manifest()],
  build: {
    target: 'es2022',
    // A strict Content-Security-Policy takes neither inline scripts nor data: addresses.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    // The password estimator with its list of common passwords is loaded only where one is chosen.
    chunkSizeWarningLimit: 600,
    license: { fileName: 'LICENSES.md' },
    rolldownOptions: {
      output: {
        // A language's messages are named after it.
        chunkFileNames: ({ facadeModuleId }) => (facadeModuleId?.startsWith('\0messages:') ? `assets/words-${facadeModuleId.slice(10).replace('/', '-')}-[hash].js` : 'assets/[name]-[hash].js'),
        // One chunk is there until the sign-in can be used; each screen is one, and one is what several of them share.
        codeSplitting: {
          groups: [
            { name: 'first', test: first, priority: 3 },
            { debugName: 'start', name: (id, modules) => (neededAtStart(id, modules) ? 'start' : null), priority: 2 },
            // The question who it is stands on a third of the screens, and not on the overview; nor is what it shares with the way back from another login.
            { name: 'proof', test: /\/src\/(hooks\/(useStepUp|useIdentityProof|useChallenge)|parts\/(Proof|Pending))\.tsx?$|\0document:(ProveIdentity|LinkIdentityProvider)Document$/, priority: 2 },
            { name: 'shared', test: /\/src\/|\0document:/, minShareCount: 2, priority: 1 },
          ],
        },
      },
      // Libraries mark their modules "use client" for React servers, which says nothing here.
      onLog(level, log, print) {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') {
          print(level, log);
        }
      },
    },
  },
  server: {
    // `npm run dev` shows changes at once, with a running AccountQL behind it.
    proxy: {
      '/graphql': 'http://127.0.0.1:8080',
      '/account/config.json': 'http://127.0.0.1:8080',
    },
  },
});
