import assert from 'node:assert/strict';
import test from 'node:test';
import { unnamed } from './breaking.mjs';

const released = 'type Query { account: Account! } type Account { id: ID! phone: String email(form: Int): String! sex: Sex! } enum Sex { MALE FEMALE } input I { a: Int }';
const paths = async (current, changelog = '') => (await unnamed(released, current, changelog)).map((change) => change.path).sort();

test('an equal schema breaks nothing', async () => assert.deepEqual(await paths(released), []));

test('what is added breaks nothing', async () => {
  assert.deepEqual(await paths(released.replace('id: ID!', 'id: ID! name: String').replace('a: Int', 'a: Int b: Int')), []);
});

test('what clients rely on may not go', async () => {
  assert.deepEqual(await paths(released.replace('phone: String ', '')), ['Account.phone']);
  assert.deepEqual(await paths(released.replace('sex: Sex!', 'sex: Sex')), ['Account.sex']);
  assert.deepEqual(await paths(released.replace(' FEMALE', '')), ['Sex.FEMALE']);
  assert.deepEqual(await paths(released.replace('a: Int', 'a: Int b: Int!')), ['I.b']);
  assert.deepEqual(await paths(released.replace('form: Int', 'form: Int!')), ['Account.email.form']);
});

test('unless the changelog names it, in its place', async () => {
  const current = released.replace('phone: String ', '');
  const line = '- Breaking: `Account.phone` is gone; use\n  `Account.phones`.';
  assert.deepEqual(await paths(current, `# Changelog\n\n## Unreleased\n\n### API\n\n- Something.\n${line}\n\n### Added\n\n## 1.0.0\n`), []);
  assert.deepEqual(await paths(current, `## Unreleased\n\n### API\n\n- Breaking: gone is\n  \`Account.phone\`.\n`), []);
  for (const changelog of [
    `## Unreleased\n\n### Added\n\n${line}\n`,
    `## Unreleased\n\n### API\n\n## 1.0.0\n\n### API\n\n${line}\n`,
    '## Unreleased\n\n### API\n\n- `Account.phone` is described better.\n',
    '## Unreleased\n\n### API\n\n- Breaking: `Account.phoneNumber` is gone.\n',
  ]) {
    assert.deepEqual(await paths(current, changelog), ['Account.phone'], changelog);
  }
});
