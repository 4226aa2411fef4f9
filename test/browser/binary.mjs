// Starts the real binary in a folder of its own, on a free port of loopback.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const binary = process.env.ACCOUNTQL;
if (!binary) {
  throw new Error('ACCOUNTQL must name the binary: go build -o accountql . && ACCOUNTQL=$PWD/accountql npm test');
}

/** Returns the address that the banner names, how to stop, and what is logged so far. */
export async function start(...settings) {
  const folder = await mkdtemp(path.join(tmpdir(), 'accountql-browser-'));
  const child = spawn(path.resolve(binary), ['--listen', '127.0.0.1:0', ...settings], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  child.stderr.on('data', data => (log += data));
  const address = await new Promise((resolve, reject) => {
    let banner = '';
    child.stdout.on('data', data => {
      banner += data;
      const named = banner.match(/Account +(http:\/\/127\.0\.0\.1:\d+)\/account\n/);
      if (named) {
        resolve(named[1]);
      }
    });
    child.on('error', reject);
    child.on('exit', () => reject(new Error(`the server ended before it was ready:\n${log}`)));
  });
  async function stop() {
    const ended = new Promise(resolve => child.on('exit', resolve));
    child.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true, force: true });
  }
  return { address, stop, log: () => log };
}
