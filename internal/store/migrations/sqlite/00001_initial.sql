-- +goose Up

-- The columns are those of models/*.go under GORM's names; a test compares them.
-- Times stand in DATETIME columns, which the driver reads back as times and
-- writes as text in UTC ("2026-01-31 12:00:00.5+00:00"), so that they compare in
-- SQL as they do in Go. STRICT tables know no DATETIME, hence no STRICT.
-- Dates without a time are TEXT: the driver would take a DATE for a time.
-- Foreign keys have no cascade: deleting an account names every table it
-- deletes from, and forgetting one fails instead of leaving rows behind.

-- "AcQL": a file with another id, or with tables and none, is another program's.
PRAGMA application_id = 1097027916;

CREATE TABLE accounts (
    id                         TEXT     NOT NULL PRIMARY KEY,
    status                     TEXT     NOT NULL,
    email                      TEXT     NOT NULL,
    email_verified_at          DATETIME,
    phone                      TEXT,
    phone_verified_at          DATETIME,
    password_hash              TEXT,
    credential_epoch           INTEGER  NOT NULL,
    custom_id                  TEXT,
    uuid                       TEXT,
    first_name                 TEXT,
    last_name                  TEXT,
    display_name               TEXT,
    sex                        TEXT     NOT NULL,
    birth_date                 TEXT,
    avatar_url                 TEXT,
    company                    TEXT,
    address                    TEXT,
    city                       TEXT,
    province                   TEXT,
    zip_code                   TEXT,
    country_code               TEXT,
    agreement_email            BOOLEAN,
    agreement_sms              BOOLEAN,
    agreement_push             BOOLEAN,
    agreement_bluetooth        BOOLEAN,
    agreement_rfid             BOOLEAN,
    agreement_wifi             BOOLEAN,
    attributes                 TEXT     NOT NULL,
    tags                       TEXT,
    email_changes_paused_until DATETIME,
    version                    INTEGER  NOT NULL,
    created_at                 DATETIME NOT NULL,
    updated_at                 DATETIME NOT NULL,
    last_activity_at           DATETIME
);
CREATE UNIQUE INDEX accounts_email ON accounts (email);
CREATE UNIQUE INDEX accounts_phone ON accounts (phone);

CREATE TABLE identities (
    account_id        TEXT     NOT NULL REFERENCES accounts (id),
    identity_provider TEXT     NOT NULL,
    subject           TEXT     NOT NULL,
    linked_at         DATETIME NOT NULL
);
CREATE UNIQUE INDEX identities_subject ON identities (identity_provider, subject);
CREATE INDEX identities_account ON identities (account_id);

CREATE TABLE consents (
    id          TEXT     NOT NULL PRIMARY KEY,
    account_id  TEXT     NOT NULL REFERENCES accounts (id),
    channel     TEXT     NOT NULL,
    value       BOOLEAN,
    source      TEXT     NOT NULL,
    recorded_at DATETIME NOT NULL
);
CREATE INDEX consents_account ON consents (account_id);

CREATE TABLE sessions (
    id               TEXT     NOT NULL PRIMARY KEY,
    account_id       TEXT     NOT NULL REFERENCES accounts (id),
    api_key_id       TEXT     NOT NULL,
    token_hash       BLOB     NOT NULL,
    created_at       DATETIME NOT NULL,
    authenticated_at DATETIME NOT NULL,
    last_used_at     DATETIME NOT NULL,
    ends_at          DATETIME NOT NULL,
    expires_at       DATETIME NOT NULL,
    user_agent       TEXT,
    ip               TEXT
);
CREATE UNIQUE INDEX sessions_token ON sessions (token_hash);
CREATE INDEX sessions_account ON sessions (account_id);
CREATE INDEX sessions_expiry ON sessions (expires_at);

CREATE TABLE challenges (
    id                  TEXT     NOT NULL PRIMARY KEY,
    -- NULL in the challenge of an address that has no account: it is written so
    -- that the answer to an unknown address takes the same work.
    account_id          TEXT     REFERENCES accounts (id),
    purpose             TEXT     NOT NULL,
    secret_hash         BLOB     NOT NULL,
    target              TEXT     NOT NULL,
    email_at_issue      TEXT     NOT NULL,
    epoch_at_issue      INTEGER  NOT NULL,
    attempts            INTEGER  NOT NULL,
    created_at          DATETIME NOT NULL,
    expires_at          DATETIME NOT NULL,
    resend_available_at DATETIME NOT NULL,
    used_at             DATETIME
);
CREATE UNIQUE INDEX challenges_secret ON challenges (secret_hash);
CREATE INDEX challenges_account ON challenges (account_id, purpose);
CREATE INDEX challenges_expiry ON challenges (expires_at);
CREATE INDEX challenges_used ON challenges (used_at) WHERE used_at IS NOT NULL;

CREATE TABLE api_keys (
    id           TEXT     NOT NULL PRIMARY KEY,
    name         TEXT     NOT NULL,
    secret_hash  BLOB     NOT NULL,
    permissions  TEXT,
    origins      TEXT,
    created_at   DATETIME NOT NULL,
    expires_at   DATETIME,
    revoked_at   DATETIME,
    last_used_at DATETIME
);
CREATE UNIQUE INDEX api_keys_secret ON api_keys (secret_hash);

-- No foreign key: the notice of a deletion outlives the account.
CREATE TABLE outbox (
    id           TEXT     NOT NULL PRIMARY KEY,
    account_id   TEXT     NOT NULL,
    challenge_id TEXT     NOT NULL,
    channel      TEXT     NOT NULL,
    kind         TEXT     NOT NULL,
    recipient    TEXT     NOT NULL,
    data         TEXT     NOT NULL,
    created_at   DATETIME NOT NULL,
    not_before   DATETIME NOT NULL,
    attempts     INTEGER  NOT NULL,
    sent_at      DATETIME,
    failed_at    DATETIME,
    last_error   TEXT
);
CREATE INDEX outbox_due ON outbox (not_before, id) WHERE sent_at IS NULL AND failed_at IS NULL;
CREATE INDEX outbox_account ON outbox (account_id);
CREATE INDEX outbox_sent ON outbox (sent_at) WHERE sent_at IS NOT NULL;
CREATE INDEX outbox_failed ON outbox (failed_at) WHERE failed_at IS NOT NULL;

-- No foreign key: the audit trail outlives the account (R-LOG3).
CREATE TABLE audit_events (
    id         TEXT     NOT NULL PRIMARY KEY,
    account_id TEXT     NOT NULL,
    operation  TEXT     NOT NULL,
    outcome    TEXT     NOT NULL,
    code       TEXT     NOT NULL,
    api_key_id TEXT     NOT NULL,
    session_id TEXT     NOT NULL,
    auth_id    TEXT     NOT NULL,
    ip         TEXT     NOT NULL,
    user_agent TEXT     NOT NULL,
    request_id TEXT     NOT NULL,
    at         DATETIME NOT NULL,
    chain      TEXT     NOT NULL,
    number     INTEGER  NOT NULL,
    hash       BLOB     NOT NULL
);
CREATE INDEX audit_events_account ON audit_events (account_id, number);
CREATE UNIQUE INDEX audit_events_chain ON audit_events (chain, number);

-- The newest event of each chain, so that a chain can't lose its end unnoticed.
CREATE TABLE audit_heads (
    chain  TEXT    NOT NULL PRIMARY KEY,
    number INTEGER NOT NULL,
    hash   BLOB    NOT NULL
);

-- No foreign key: a budget counts tries at accounts that don't exist, too.
CREATE TABLE budgets (
    "key"         TEXT     NOT NULL PRIMARY KEY,
    "count"       INTEGER  NOT NULL,
    resets_at     DATETIME NOT NULL,
    blocked_until DATETIME NOT NULL
);
CREATE INDEX budgets_reset ON budgets (resets_at);

CREATE TABLE server_keys (
    name       TEXT     NOT NULL PRIMARY KEY,
    secret     BLOB     NOT NULL,
    created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);
