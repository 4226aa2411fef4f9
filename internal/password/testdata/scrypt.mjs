// Prints hashes as Better Auth and Medusa make them, by Node's own scrypt.
// foreign_test.go has what it printed: node scrypt.mjs
import { createHash, createHmac, scryptSync } from 'node:crypto'

const trees = 'Grüße, 12 Bäume'
const wide = 'ＡＢＣ ﬁne 12 trees'

// Better Auth: the salt is the text of its hexadecimal digits.
function betterAuth(password) {
  const salt = '00112233445566778899aabbccddeeff'
  const key = scryptSync(password.normalize('NFKC'), salt, 64, { N: 16384, r: 16, p: 1, maxmem: 2 ** 27 })
  return `${salt}:${key.toString('hex')}`
}
console.log('Better Auth           ' + betterAuth(trees))
console.log('Better Auth, NFKC     ' + betterAuth(wide))

// Medusa: the header of scrypt's own files, sealed with the second half of the key.
function medusa(password, logN, r, p) {
  const head = Buffer.alloc(48)
  head.write('scrypt')
  head.writeUInt8(logN, 7)
  head.writeUInt32BE(r, 8)
  head.writeUInt32BE(p, 12)
  Buffer.from('saltsaltsaltsaltsaltsaltsaltsalt').copy(head, 16)
  const checked = Buffer.concat([head, createHash('sha256').update(head).digest().subarray(0, 16)])
  const key = scryptSync(password, head.subarray(16), 64, { N: 2 ** logN, r, p, maxmem: 2 ** 27 })
  return Buffer.concat([checked, createHmac('sha256', key.subarray(32)).update(checked).digest()]).toString('base64')
}
console.log('Medusa 2              ' + medusa(trees, 15, 8, 1))
console.log('Medusa 1              ' + medusa(trees, 1, 1, 1))
