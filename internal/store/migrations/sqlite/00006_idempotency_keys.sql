-- +goose Up

-- Mutations that came with an Idempotency-Key, and their answers, for ten
-- minutes. Who sent which key, and what, stands here as keyed hashes only.
-- No foreign key: on PostgreSQL it would lock accounts out of order in a
-- transaction that locks none; deleting an account deletes its rows.
CREATE TABLE idempotency_keys (
    id             TEXT     NOT NULL PRIMARY KEY,
    renewed_id     TEXT,
    fingerprint    BLOB     NOT NULL,
    owner          TEXT     NOT NULL,
    lease_until    DATETIME NOT NULL,
    expires_at     DATETIME NOT NULL,
    account_id     TEXT,
    sealed_outcome TEXT,
    sealed_answer  TEXT
);
CREATE UNIQUE INDEX idempotency_keys_renewed ON idempotency_keys (renewed_id) WHERE renewed_id IS NOT NULL;
CREATE INDEX idempotency_keys_account ON idempotency_keys (account_id) WHERE account_id IS NOT NULL;
CREATE INDEX idempotency_keys_expiry ON idempotency_keys (expires_at);
