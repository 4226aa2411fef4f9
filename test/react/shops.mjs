// The shops: one server for the plain page and for what Vite built, and Next.js.
import { execFileSync, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer as createHttp } from 'node:http';
import { createServer } from 'node:net';
import path from 'node:path';

const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.svg': 'image/svg+xml' };

/** A port of loopback that nobody listens on. */
export function freePort() {
  return new Promise(resolve => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** Builds a page by Vite, after its types are right; the environment is what it reads while it is built. */
export function build(work, page, environment = {}) {
  const run = (tool, args, cwd) => execFileSync(process.execPath, [path.join(work, 'node_modules', tool), ...args], { cwd, env: { ...process.env, ...environment }, stdio: 'inherit' });
  run('typescript/bin/tsc', ['-p', page], work);
  run('vite/bin/vite.js', ['build', '--logLevel', 'error'], path.join(work, page));
}

/** Serves files, and for an address without an ending the page of its folder, with a policy that takes nothing from a script's text. */
export async function startShop(work) {
  const folders = { '/accountql/': ['node_modules/@accountql/react/dist/element/'], '/vite/': ['vite/dist/'], '/own': ['vite/dist/', 'own.html'], '/page/': ['page/dist/'] };
  const server = createHttp(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://shop');
    if (pathname === '/favicon.ico') {
      response.writeHead(204).end();
      return;
    }
    const [prefix, [folder, page = 'index.html']] = Object.entries(folders).find(([prefix]) => pathname.startsWith(prefix)) ?? ['/', ['html/']];
    const name = path.extname(pathname) ? pathname.slice(prefix.length) : page;
    try {
      const body = await readFile(path.join(work, folder, path.normalize(name)));
      response.setHeader('Content-Type', types[path.extname(name)] ?? 'application/octet-stream');
      response.setHeader('Content-Security-Policy', "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https: data:; connect-src http://127.0.0.1:*");
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  return { address: `http://127.0.0.1:${server.address().port}`, stop: () => new Promise(resolve => server.close(resolve)) };
}

/** Builds the Next.js shop for an API, starts it on a port, and waits until it answers. */
export async function startNext(folder, port, api, apiKey) {
  const environment = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ACCOUNTQL_URL: api, NEXT_PUBLIC_ACCOUNTQL_KEY: apiKey };
  const next = path.join(folder, '../node_modules/next/dist/bin/next');
  execFileSync(process.execPath, [next, 'build'], { cwd: folder, env: environment, stdio: ['ignore', 'ignore', 'inherit'] });

  const child = spawn(process.execPath, [next, 'start', '-H', '127.0.0.1', '-p', String(port)], { cwd: folder, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  await new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', data => (log += data).includes('Ready') && resolve());
    }
    child.on('exit', () => reject(new Error(`the shop ended before it was ready:\n${log}`)));
  });

  const stop = () =>
    new Promise(resolve => {
      child.on('exit', resolve);
      child.kill('SIGTERM');
    });
  return { address: `http://127.0.0.1:${port}`, stop };
}
