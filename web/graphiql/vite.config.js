import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const source = name => fileURLToPath(new URL(`./src/${name}`, import.meta.url));

export default defineConfig({
  // The Go handler serves index.html at / and everything else under this path.
  base: '/graphiql/',
  resolve: {
    alias: {
      // GraphiQL formats the variables with Prettier's JavaScript parser and printer, 540 kB
      // for a JSON object. These two names are only imported there, and a few lines do it too.
      'prettier/parser-babel': source('prettier-json.js'),
      'prettier/plugins/estree': source('prettier-json.js'),
    },
  },
  build: {
    target: 'es2022',
    sourcemap: false,
    // Everything is on loopback, so Monaco in one piece is no reason for a warning.
    chunkSizeWarningLimit: 5000,
    // The built files are committed, so the licences of what is inside go with them.
    license: { fileName: 'LICENSES.md' },
    rolldownOptions: {
      // Libraries mark their modules "use client" for React servers, which says nothing here.
      onLog(level, log, print) {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') {
          print(level, log);
        }
      },
    },
  },
  worker: {
    format: 'es',
  },
  server: {
    // `npm run dev` shows changes at once, with a running AccountQL behind it.
    proxy: {
      '/graphql': 'http://127.0.0.1:8080',
      '/graphiql/config.json': 'http://127.0.0.1:8080',
      '/inbox': 'http://127.0.0.1:8080',
    },
  },
});
