import { defineConfig } from 'vite';

export default defineConfig({
  // Where the page will be: AccountQL serves it at /account in development.
  base: process.env.BASE ?? '/account/',
  build: {
    target: 'es2022',
    // A strict Content-Security-Policy takes neither inline scripts nor data: addresses.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    // The password estimator with its list of common passwords is loaded only where one is chosen.
    chunkSizeWarningLimit: 600,
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
  server: {
    // `npm run dev` shows changes at once, with a running AccountQL behind it.
    proxy: {
      '/graphql': 'http://127.0.0.1:8080',
      '/account/config.json': 'http://127.0.0.1:8080',
    },
  },
});
