import { createHmac } from 'node:crypto';

/** An app that shows codes (RFC 6238). The server takes each once, and those of the steps before and after this one, too. */
export class App {
  constructor(secret) {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
    const bits = [...secret.replace(/\s/g, '')].map(letter => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
    this.key = Buffer.from(bits.match(/.{8}/g).map(byte => parseInt(byte, 2)));
    this.last = 0;
  }

  at(step) {
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(step));
    const hash = createHmac('sha1', this.key).update(counter).digest();
    const number = hash.readUInt32BE(hash.at(-1) & 15) & 0x7fffffff;
    return String(number % 1_000_000).padStart(6, '0');
  }

  /** The earliest code that is still good and wasn't used; waits for one where there is none. */
  async code() {
    const now = () => Math.floor(Date.now() / 30_000);
    while (this.last > now()) {
      await new Promise(resolve => setTimeout(resolve, 500));
    }
    this.last = Math.max(this.last + 1, now());
    return this.at(this.last);
  }
}
