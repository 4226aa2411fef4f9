-- +goose Up

-- Mutations that came with an Idempotency-Key, and their answers, for ten
-- minutes. Who sent which key, and what, stands here as keyed hashes only.
-- No foreign key: it would lock accounts out of order in a transaction that
-- locks none; deleting an account deletes its rows.
CREATE TABLE idempotency_keys (
    id                         text COLLATE "C" NOT NULL PRIMARY KEY,
    renewed_id                 text COLLATE "C",
    fingerprint                bytea            NOT NULL,
    owner                      text COLLATE "C" NOT NULL,
    lease_until                timestamptz      NOT NULL,
    expires_at                 timestamptz      NOT NULL,
    account_id                 text COLLATE "C",
    sealed_outcome             text COLLATE "C",
    sealed_answer              text COLLATE "C"
);
CREATE UNIQUE INDEX idempotency_keys_renewed ON idempotency_keys (renewed_id) WHERE renewed_id IS NOT NULL;
CREATE INDEX idempotency_keys_account ON idempotency_keys (account_id) WHERE account_id IS NOT NULL;
CREATE INDEX idempotency_keys_expiry ON idempotency_keys (expires_at);
