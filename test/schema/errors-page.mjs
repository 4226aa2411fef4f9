// Writes the TypeScript of docs/errors.md where the compiler finds it, beside the enum that it imports.
import { mkdir, readFile, writeFile } from 'node:fs/promises';

const page = await readFile(new URL('../../docs/errors.md', import.meta.url), 'utf8');
const blocks = [...page.matchAll(/^```ts\n([^]*?)^```$/gm)].map((match) => match[1]);
if (blocks.length !== 1) throw new Error(`docs/errors.md has ${blocks.length} blocks of TypeScript, and not one`);
await mkdir(new URL('build/errors/', import.meta.url), { recursive: true });
await writeFile(new URL('build/errors/errors.ts', import.meta.url), blocks[0]);
