import { defineConfig } from 'vite';

// The shop serves the page at /page.
export default defineConfig({ base: '/page/' });
