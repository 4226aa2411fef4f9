import { resolve } from 'node:path';
import { defineConfig } from 'vite';

const pages = ['index', 'own', 'hooks', 'flows', 'documents'];

export default defineConfig({
  base: '/vite/',
  build: {
    manifest: true,
    rolldownOptions: { input: Object.fromEntries(pages.map(page => [page, resolve(import.meta.dirname, `${page}.html`)])) },
  },
});
