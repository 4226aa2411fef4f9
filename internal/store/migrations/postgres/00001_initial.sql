-- +goose Up

-- The tables, columns and indexes are those of SQLite under the same names; a
-- test compares both with models/*.go.
-- Text has the collation "C", byte by byte: so addresses are equal and ids are
-- ordered as in Go and in SQLite, and an upgrade of the system's C library, which
-- changes the order of other collations, can't spoil a unique index.
-- JSON is text: it comes back as it was written, with every digit of a number,
-- and no statement looks into it. Dates without a time are text, too.
-- Foreign keys have no cascade: deleting an account names every table it
-- deletes from, and forgetting one fails instead of leaving rows behind.

CREATE TABLE accounts (
    id                         text COLLATE "C" NOT NULL PRIMARY KEY,
    status                     text COLLATE "C" NOT NULL,
    email                      text COLLATE "C" NOT NULL,
    email_verified_at          timestamptz,
    phone                      text COLLATE "C",
    phone_verified_at          timestamptz,
    password_hash              text COLLATE "C",
    credential_epoch           bigint           NOT NULL,
    custom_id                  text COLLATE "C",
    uuid                       text COLLATE "C",
    first_name                 text COLLATE "C",
    last_name                  text COLLATE "C",
    display_name               text COLLATE "C",
    sex                        text COLLATE "C" NOT NULL,
    birth_date                 text COLLATE "C",
    avatar_url                 text COLLATE "C",
    company                    text COLLATE "C",
    address                    text COLLATE "C",
    city                       text COLLATE "C",
    province                   text COLLATE "C",
    zip_code                   text COLLATE "C",
    country_code               text COLLATE "C",
    agreement_email            boolean,
    agreement_sms              boolean,
    agreement_push             boolean,
    agreement_bluetooth        boolean,
    agreement_rfid             boolean,
    agreement_wifi             boolean,
    attributes                 text COLLATE "C" NOT NULL,
    tags                       text COLLATE "C",
    email_changes_paused_until timestamptz,
    version                    bigint           NOT NULL,
    created_at                 timestamptz      NOT NULL,
    updated_at                 timestamptz      NOT NULL,
    last_activity_at           timestamptz
);
CREATE UNIQUE INDEX accounts_email ON accounts (email);
CREATE UNIQUE INDEX accounts_phone ON accounts (phone);

CREATE TABLE identities (
    account_id                 text COLLATE "C" NOT NULL REFERENCES accounts (id),
    identity_provider          text COLLATE "C" NOT NULL,
    subject                    text COLLATE "C" NOT NULL,
    linked_at                  timestamptz      NOT NULL
);
CREATE UNIQUE INDEX identities_subject ON identities (identity_provider, subject);
CREATE INDEX identities_account ON identities (account_id);

CREATE TABLE consents (
    id                         text COLLATE "C" NOT NULL PRIMARY KEY,
    account_id                 text COLLATE "C" NOT NULL REFERENCES accounts (id),
    channel                    text COLLATE "C" NOT NULL,
    value                      boolean,
    source                     text COLLATE "C" NOT NULL,
    recorded_at                timestamptz      NOT NULL
);
CREATE INDEX consents_account ON consents (account_id);

CREATE TABLE sessions (
    id                         text COLLATE "C" NOT NULL PRIMARY KEY,
    account_id                 text COLLATE "C" NOT NULL REFERENCES accounts (id),
    api_key_id                 text COLLATE "C" NOT NULL,
    token_hash                 bytea            NOT NULL,
    created_at                 timestamptz      NOT NULL,
    authenticated_at           timestamptz      NOT NULL,
    last_used_at               timestamptz      NOT NULL,
    ends_at                    timestamptz      NOT NULL,
    expires_at                 timestamptz      NOT NULL,
    user_agent                 text COLLATE "C",
    ip                         text COLLATE "C"
);
CREATE UNIQUE INDEX sessions_token ON sessions (token_hash);
CREATE INDEX sessions_account ON sessions (account_id);
CREATE INDEX sessions_expiry ON sessions (expires_at);

CREATE TABLE challenges (
    id                         text COLLATE "C" NOT NULL PRIMARY KEY,
    -- NULL in the challenge of an address that has no account: it is written so
    -- that the answer to an unknown address takes the same work.
    account_id                 text COLLATE "C" REFERENCES accounts (id),
    purpose                    text COLLATE "C" NOT NULL,
    secret_hash                bytea            NOT NULL,
    target                     text COLLATE "C" NOT NULL,
    email_at_issue             text COLLATE "C" NOT NULL,
    epoch_at_issue             bigint           NOT NULL,
    attempts                   bigint           NOT NULL,
    created_at                 timestamptz      NOT NULL,
    expires_at                 timestamptz      NOT NULL,
    resend_available_at        timestamptz      NOT NULL,
    used_at                    timestamptz
);
CREATE UNIQUE INDEX challenges_secret ON challenges (secret_hash);
CREATE INDEX challenges_account ON challenges (account_id, purpose);
CREATE INDEX challenges_expiry ON challenges (expires_at);
CREATE INDEX challenges_used ON challenges (used_at) WHERE used_at IS NOT NULL;

CREATE TABLE api_keys (
    id                         text COLLATE "C" NOT NULL PRIMARY KEY,
    name                       text COLLATE "C" NOT NULL,
    secret_hash                bytea            NOT NULL,
    permissions                text COLLATE "C",
    origins                    text COLLATE "C",
    created_at                 timestamptz      NOT NULL,
    expires_at                 timestamptz,
    revoked_at                 timestamptz,
    last_used_at               timestamptz
);
CREATE UNIQUE INDEX api_keys_secret ON api_keys (secret_hash);

-- No foreign key: the notice of a deletion outlives the account.
CREATE TABLE outbox (
    id                         text COLLATE "C" NOT NULL PRIMARY KEY,
    account_id                 text COLLATE "C" NOT NULL,
    challenge_id               text COLLATE "C" NOT NULL,
    channel                    text COLLATE "C" NOT NULL,
    kind                       text COLLATE "C" NOT NULL,
    recipient                  text COLLATE "C" NOT NULL,
    data                       text COLLATE "C" NOT NULL,
    created_at                 timestamptz      NOT NULL,
    not_before                 timestamptz      NOT NULL,
    attempts                   bigint           NOT NULL,
    sent_at                    timestamptz,
    failed_at                  timestamptz,
    last_error                 text COLLATE "C"
);
CREATE INDEX outbox_due ON outbox (not_before, id) WHERE sent_at IS NULL AND failed_at IS NULL;
CREATE INDEX outbox_account ON outbox (account_id);
CREATE INDEX outbox_sent ON outbox (sent_at) WHERE sent_at IS NOT NULL;
CREATE INDEX outbox_failed ON outbox (failed_at) WHERE failed_at IS NOT NULL;

-- No foreign key: the audit trail outlives the account (R-LOG3).
CREATE TABLE audit_events (
    id                         text COLLATE "C" NOT NULL PRIMARY KEY,
    account_id                 text COLLATE "C" NOT NULL,
    operation                  text COLLATE "C" NOT NULL,
    outcome                    text COLLATE "C" NOT NULL,
    code                       text COLLATE "C" NOT NULL,
    api_key_id                 text COLLATE "C" NOT NULL,
    session_id                 text COLLATE "C" NOT NULL,
    auth_id                    text COLLATE "C" NOT NULL,
    ip                         text COLLATE "C" NOT NULL,
    user_agent                 text COLLATE "C" NOT NULL,
    request_id                 text COLLATE "C" NOT NULL,
    at                         timestamptz      NOT NULL,
    chain                      text COLLATE "C" NOT NULL,
    number                     bigint           NOT NULL,
    hash                       bytea            NOT NULL
);
CREATE INDEX audit_events_account ON audit_events (account_id, number);
CREATE UNIQUE INDEX audit_events_chain ON audit_events (chain, number);

-- The newest event of each chain, so that a chain can't lose its end unnoticed.
CREATE TABLE audit_heads (
    chain                      text COLLATE "C" NOT NULL PRIMARY KEY,
    number                     bigint           NOT NULL,
    hash                       bytea            NOT NULL
);

-- No foreign key: a budget counts tries at accounts that don't exist, too.
CREATE TABLE budgets (
    key                        text COLLATE "C" NOT NULL PRIMARY KEY,
    count                      bigint           NOT NULL,
    resets_at                  timestamptz      NOT NULL,
    blocked_until              timestamptz      NOT NULL
);
CREATE INDEX budgets_reset ON budgets (resets_at);

CREATE TABLE server_keys (
    name                       text COLLATE "C" NOT NULL PRIMARY KEY,
    secret                     bytea            NOT NULL,
    created_at                 timestamptz      NOT NULL DEFAULT now()
);
