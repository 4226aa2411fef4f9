// A shop in production: the real binary behind a front that ends TLS, and a mail server that keeps what it gets.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import tls from 'node:tls';

/** Starts the binary in production mode; more settings are those of the test. */
export async function openShop(...settings) {
  const folder = mkdtempSync(path.join(tmpdir(), 'accountql-shop-'));
  const files = certificate(folder);
  const mails = [];
  const mailServer = tls.createServer(files, socket => takeMail(socket, mails));
  const smtpPort = await listen(mailServer);

  let backend;
  const front = https.createServer(files, (request, response) => pass(request, response, backend));
  const port = await listen(front);
  const address = `https://localhost:${port}`;

  const environment = { ...process.env, SSL_CERT_FILE: path.join(folder, 'cert.pem') };
  const child = spawn(
    path.resolve(process.env.ACCOUNTQL),
    ['--mode', 'production', '--listen', '127.0.0.1:0', '--database', path.join(folder, 'shop.db'), '--public-url', address,
      '--smtp', `smtps://localhost:${smtpPort}`, '--mail-from', 'no-reply@nordlicht.example', '--account-page', 'on', ...settings],
    { cwd: folder, env: environment, stdio: ['ignore', 'ignore', 'pipe'] },
  );

  let log = '';
  backend = await new Promise((resolve, reject) => {
    child.stderr.on('data', data => {
      log += data;
      const line = log.split('\n').find(line => line.includes('"msg":"serving"'));
      if (line) {
        resolve(Number(JSON.parse(line).address.split(':').at(-1)));
      }
    });
    child.on('exit', () => reject(new Error(`the shop ended before it was open:\n${log}`)));
  });

  async function close() {
    const ended = new Promise(resolve => child.on('exit', resolve));
    child.kill('SIGTERM');
    await ended;
    front.closeAllConnections();
    front.close();
    mailServer.close();
    rmSync(folder, { recursive: true, force: true });
  }

  const database = path.join(folder, 'shop.db');
  return { address, mails, close, log: () => log, database };
}

/** Waits for a mail to somebody whose text matches, and returns it. */
export async function mailTo(shop, to, words) {
  for (;;) {
    const found = shop.mails.findLast(mail => mail.to.includes(to) && words.test(mail.text));
    if (found) {
      return found;
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

function certificate(folder) {
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-keyout', 'key.pem', '-out', 'cert.pem',
    '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'], { cwd: folder, stdio: 'ignore' });
  return { key: readFileSync(path.join(folder, 'key.pem')), cert: readFileSync(path.join(folder, 'cert.pem')) };
}

const listen = server => new Promise(resolve => server.listen(0, 'localhost', () => resolve(server.address().port)));

function pass(request, response, port) {
  const passed = http.request({ host: '127.0.0.1', port, method: request.method, path: request.url, headers: request.headers }, answer => {
    response.writeHead(answer.statusCode, answer.headers);
    answer.pipe(response);
  });
  passed.on('error', () => response.writeHead(502).end());
  request.pipe(passed);
}

/** As much of SMTP as a mail needs (RFC 5321). */
function takeMail(socket, mails) {
  let rest = '';
  let mail = { to: [], data: null };
  const say = line => socket.write(`${line}\r\n`);
  socket.on('error', () => {});
  say('220 localhost');
  socket.on('data', data => {
    rest += data.toString('latin1');
    for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
      const line = rest.slice(0, end);
      rest = rest.slice(end + 2);
      if (mail.data !== null) {
        if (line === '.') {
          mails.push({ to: mail.to, ...read(mail.data.join('\r\n')) });
          mail = { to: [], data: null };
          say('250 kept');
        } else {
          mail.data.push(line.replace(/^\./, ''));
        }
      } else if (/^DATA/i.test(line)) {
        mail.data = [];
        say('354 go on');
      } else if (/^QUIT/i.test(line)) {
        say('221 bye');
        socket.end();
      } else {
        const [, to] = /^RCPT TO:<([^>]*)>/i.exec(line) ?? [];
        if (to) {
          mail.to.push(to);
        }
        say('250 ok');
      }
    }
  });
}

/** The headers, the text and the HTML of a mail. */
function read(source) {
  const [head] = source.split('\r\n\r\n', 1);
  const boundary = /boundary="?([^";\r\n]+)/.exec(source)?.[1];
  const parts = source.split(`--${boundary}`).map(part => {
    const at = part.indexOf('\r\n\r\n');
    return { head: part.slice(0, at), body: part.slice(at + 4) };
  });
  const of = type => {
    const part = parts.find(({ head }) => head.includes(`Content-Type: ${type}`));
    return part === undefined ? '' : decode(part);
  };
  return { head, text: of('text/plain'), html: of('text/html') };
}

function decode({ head, body }) {
  if (/base64/i.test(head)) {
    return Buffer.from(body, 'base64').toString('utf8');
  }
  const bytes = body.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
