// A shop's page of another origin, which calls the API as tools for tracing and GraphQL clients do.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { start } from './binary.mjs';
import { browser } from './visitor.mjs';

const key = 'ak_development_do-not-use-this-key-outside-your-own-machine';
let chrome, server, shop, page, errors;

before(async () => {
  [chrome, server] = await Promise.all([browser(), start()]);
  shop = createServer((request, response) => response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>Shop</title><link rel="icon" href="data:,">'));
  await new Promise(resolve => shop.listen(0, '127.0.0.1', resolve));
  page = await chrome.newPage();
  errors = [];
  page.on('console', message => message.type() === 'error' && errors.push(message.text()));
  await page.goto(`http://127.0.0.1:${shop.address().port}/`);
});

after(async () => {
  await chrome?.close();
  shop?.close();
  await server?.stop();
});

/** Asks from the shop's page, and returns what a script there can see of the answer. */
function ask(headers, query = '{ apiKey { name } }', { of = server, ...options } = {}) {
  return page.evaluate(
    async ([url, key, headers, query, options]) => {
      try {
        const answer = await fetch(`${url}/graphql`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', 'X-Api-Key': key, ...headers },
          body: JSON.stringify({ query }),
          ...options,
        });
        const seen = name => answer.headers.get(name);
        return { status: answer.status, requestId: seen('X-Request-Id'), retryAfter: seen('Retry-After'), ...(await answer.json()) };
      } catch (error) {
        return { error: String(error) };
      }
    },
    [of.address, key, headers, query, options],
  );
}

for (const [tool, headers] of Object.entries({
  'no tool': {},
  Sentry: { 'sentry-trace': '0123456789abcdef0123456789abcdef-0123456789abcdef-1', baggage: 'sentry-environment=production' },
  'OpenTelemetry and Faro': { traceparent: '00-0123456789abcdef0123456789abcdef-0123456789abcdef-01', tracestate: 'shop=1' },
  Datadog: { 'x-datadog-trace-id': '1', 'x-datadog-parent-id': '2', 'x-datadog-origin': 'rum', 'x-datadog-sampling-priority': '1' },
  'Apollo Client': { 'apollographql-client-name': 'shop', 'apollographql-client-version': '1', Accept: 'application/graphql-response+json,application/json;q=0.9' },
  Hive: { 'graphql-client-name': 'shop', 'graphql-client-version': '1' },
  jQuery: { 'X-Requested-With': 'XMLHttpRequest' },
  'a repeated request': { 'Idempotency-Key': '0190163d-8694-739b-aea5-966c26f8ad91' },
})) {
  test(`${tool} may ask from another origin`, async () => {
    const answer = await ask(headers);
    assert.equal(answer.data?.apiKey.name, 'development', JSON.stringify(answer));
    assert.match(answer.requestId, /^[A-Z2-7]{26}$/);
    assert.deepEqual(errors, []);
  });
}

test('a page keeps its session in a cookie that only goes to the API', async () => {
  const strict = await start('--cookies');
  try {
    const kept = { of: strict, credentials: 'include' };
    const traced = { 'sentry-trace': '0123456789abcdef0123456789abcdef-0123456789abcdef-1', baggage: 'sentry-release=1', traceparent: '00-0123456789abcdef0123456789abcdef-0123456789abcdef-01' };
    const signIn = 'mutation { signIn(input: { email: "demo@example.com", password: "correct horse battery staple" }) { session { token } } }';
    assert.deepEqual((await ask(traced, signIn, kept)).data, { signIn: { session: { token: null } } });

    const read = '{ account { email } }';
    assert.equal((await ask(traced, read, kept)).data?.account.email, 'demo@example.com');
    assert.equal((await ask(traced, read, { of: strict })).errors?.[0].extensions.code, 'UNAUTHENTICATED');
    assert.equal(await page.evaluate(() => document.cookie), '');
    assert.deepEqual(errors, []);
  } finally {
    await strict.stop();
  }
});

test('a header that is not allowed is named by the browser, and by the log once', async () => {
  for (let i = 0; i < 2; i++) {
    assert.match((await ask({ 'X-Shop-Secret': '1' })).error, /Failed to fetch/);
  }
  assert.match(errors[0], /x-shop-secret is not allowed by Access-Control-Allow-Headers/);
  assert.equal(server.log().split('x-shop-secret').length, 2, server.log());
});

test('a page can read when to come back', async () => {
  let answer;
  for (let i = 0; i < 10; i++) {
    answer = await ask(
      { Accept: 'application/graphql-response+json' },
      'mutation { signIn(input: { email: "demo@example.com", password: "not the password" }) { session { id } } }',
    );
    if (answer.status === 429) break;
  }
  assert.equal(answer.errors?.[0].extensions.code, 'RATE_LIMITED', JSON.stringify(answer));
  assert.ok(Number(answer.retryAfter) > 0);
});
