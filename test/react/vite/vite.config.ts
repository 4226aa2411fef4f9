import { resolve } from 'node:path';
import { defineConfig } from 'vite';

export default defineConfig({
  base: '/vite/',
  build: {
    manifest: true,
    rolldownOptions: { input: { shop: resolve(import.meta.dirname, 'index.html'), hooks: resolve(import.meta.dirname, 'hooks.html') } },
  },
});
