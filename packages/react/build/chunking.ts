import type { Plugin } from 'vite';

type Modules = { getModuleInfo(id: string): { importers: readonly string[] } | null };

/** What the first script has, which is there before src/page/start.tsx. */
export const first = /\/src\/(page\/first|page\/written|browser|chunks|languages)\.ts$|messages:outline|vite\/preload-helper/;

/** Whether a module is needed as soon as src/page/start.tsx is: imported by it, or by what it imports. */
export function neededAtStart(id: string, modules: Modules, seen = new Set<string>()): boolean {
  if (id.endsWith('/src/page/start.tsx')) {
    return true;
  }
  if (first.test(id)) {
    return false;
  }
  seen.add(id);
  return modules.getModuleInfo(id)?.importers.some(importer => !seen.has(importer) && neededAtStart(importer, modules, seen)) ?? false;
}

/**
 * Has the browser load the start beside the first script, which asks for it, and not after it; and has it paint nothing
 * before the first script has fitted the outline to the screen that comes.
 */
export function startBeside(base: string): Plugin {
  return {
    name: 'start-beside',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle }) {
        const tags = Object.values(bundle ?? {})
          .filter(file => file.type === 'chunk' && file.name === 'start' && !file.facadeModuleId?.startsWith('\0'))
          .map(({ fileName }) => ({ tag: 'link', attrs: { rel: 'modulepreload', crossorigin: true, href: base + fileName }, injectTo: 'head' as const }));
        return { html: html.replace('<script type="module"', '<script type="module" blocking="render"'), tags };
      },
    },
  };
}
