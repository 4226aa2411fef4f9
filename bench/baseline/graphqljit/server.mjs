// graphql-jit on node:http, with the baselines' schema and account: each document is compiled once. One process, or as
// many as the argument says, which share a port. Prints its address, and the process IDs if there are several.
import cluster from 'node:cluster'
import { readFileSync } from 'node:fs'
import http from 'node:http'
import { buildSchema, parse, validate } from 'graphql'
import { compileQuery, isCompiledQuery } from 'graphql-jit'

const text = 'utf8'
const account = {
  id: '019ab0a0-1111-7000-8000-000000000001', email: 'reader-01@example.com', emailVerified: false,
  phone: null, phoneVerified: false,
  firstName: 'Jan', lastName: 'Kowalski', displayName: 'Janek', sex: 'MALE', birthDate: '1990-01-31',
  avatarUrl: 'https://images.example.com/jan.png', company: 'Example Ltd', address: '1 Long Street',
  city: 'Warsaw', province: 'Masovia', zipCode: '00-001', countryCode: 'PL', language: 'pl',
  createdAt: '2026-11-22T12:00:00.000000Z', updatedAt: '2026-11-22T12:00:00.000000Z', version: 1,
  agreements: { email: true, sms: true, push: true, bluetooth: true },
}

const processes = Number(process.argv[2] ?? 1)

if (cluster.isPrimary && processes > 1) share()
else serve()

function share() {
  const workers = Array.from({ length: processes }, () => cluster.fork())
  let listening = 0

  cluster.on('listening', (_, { address, port }) => {
    if (++listening < processes) return
    console.log([`${address}:${port}`, process.pid, ...workers.map((worker) => worker.process.pid)].join(' '))
  })
}

function serve() {
  const schema = buildSchema(readFileSync(new URL('../schema.graphqls', import.meta.url), text))
  schema.getQueryType().getFields().account.resolve = () => account
  const answer = answerer(schema)

  const server = http.createServer((request, response) => {
    const chunks = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      const body = answer(JSON.parse(Buffer.concat(chunks).toString(text)))
      response.writeHead(200, {
        'Content-Type': 'application/json; charset=utf-8', 'Content-Length': Buffer.byteLength(body),
      })
      response.end(body)
    })
  })

  server.listen(0, '127.0.0.1', () => {
    const { address, port } = server.address()
    if (cluster.isPrimary) console.log(`${address}:${port}`)
  })
}

function answerer(schema) {
  const compiled = new Map()

  function compile(query) {
    const document = parse(query)
    const errors = validate(schema, document)
    if (errors.length > 0) throw errors[0]

    const program = compileQuery(schema, document, '', { customJSONSerializer: false })
    if (!isCompiledQuery(program)) throw new Error(JSON.stringify(program))
    compiled.set(query, program)

    return program
  }

  return ({ query, variables }) => {
    const program = compiled.get(query) ?? compile(query)
    return program.stringify(program.query(undefined, undefined, variables ?? {}))
  }
}
