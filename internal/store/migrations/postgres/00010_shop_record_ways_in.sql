-- +accountql Additive
-- +goose Up

-- Accounts in their grace period: closed, and erased when it is over.
CREATE TABLE deletions (
    account_id    TEXT        NOT NULL PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    requested_at  TIMESTAMPTZ NOT NULL,
    scheduled_for TIMESTAMPTZ NOT NULL
);
CREATE INDEX deletions_due ON deletions (scheduled_for);

-- Which versions of the shop's terms a customer accepted.
CREATE TABLE terms_acceptances (
    id          text COLLATE "C" NOT NULL PRIMARY KEY,
    account_id  text COLLATE "C" NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    document    text COLLATE "C" NOT NULL,
    version     text COLLATE "C" NOT NULL,
    source      text COLLATE "C" NOT NULL,
    accepted_at timestamptz      NOT NULL
);
CREATE UNIQUE INDEX terms_acceptances_version ON terms_acceptances (account_id, document, version);

-- The documents that customers have asked for, sealed, for a day.
CREATE TABLE data_exports (
    id         TEXT        NOT NULL PRIMARY KEY,
    account_id TEXT        NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    sealed     TEXT        NOT NULL
);
CREATE INDEX data_exports_account ON data_exports (account_id);
CREATE INDEX data_exports_expiry ON data_exports (expires_at);

-- The audit trail keeps commitments, so that values can be blanked, and knows which events have ended (ADR 38).
ALTER TABLE audit_events ADD COLUMN seal_version bigint NOT NULL DEFAULT 1;
ALTER TABLE audit_events ADD COLUMN client_commitment bytea;
ALTER TABLE audit_events ADD COLUMN client_salt bytea;
ALTER TABLE audit_events ADD COLUMN auth_commitment bytea;
ALTER TABLE audit_events ADD COLUMN auth_salt bytea;
ALTER TABLE audit_events ADD COLUMN former_hash bytea;
ALTER TABLE audit_heads ADD COLUMN ended_number bigint NOT NULL DEFAULT 0;
ALTER TABLE audit_heads ADD COLUMN ended_hash bytea;
ALTER TABLE audit_heads ADD COLUMN ended_at timestamptz;

-- Support finds a customer by the beginning of a name or a number. lower() of these engines and of this collation folds
-- ASCII alone; other letters are asked for in each case. The id at the end is the order among equal ones.
CREATE INDEX accounts_custom_id ON accounts (lower(custom_id), id) WHERE custom_id IS NOT NULL;
CREATE INDEX accounts_uuid ON accounts (uuid, id) WHERE uuid IS NOT NULL;
CREATE INDEX accounts_first_name ON accounts (lower(first_name || coalesce(' ' || last_name, '')), id)
    WHERE first_name IS NOT NULL;
CREATE INDEX accounts_last_name ON accounts (lower(last_name || coalesce(' ' || first_name, '')), id)
    WHERE last_name IS NOT NULL;
CREATE INDEX accounts_display_name ON accounts (lower(display_name), id) WHERE display_name IS NOT NULL;
CREATE INDEX accounts_company ON accounts (lower(company), id) WHERE company IS NOT NULL;

-- Consent: two channels more, the wording that was agreed to, and what a shop keeps of erased customers' answers.
ALTER TABLE accounts ADD COLUMN agreement_whatsapp boolean;
ALTER TABLE accounts ADD COLUMN agreement_rcs boolean;
ALTER TABLE consents ADD COLUMN wording text COLLATE "C";
CREATE TABLE consent_proofs (
    id          text COLLATE "C" NOT NULL PRIMARY KEY,
    pseudonym   bytea            NOT NULL,
    channel     text COLLATE "C" NOT NULL,
    value       boolean,
    source      text COLLATE "C" NOT NULL,
    pending     boolean          NOT NULL,
    wording     text COLLATE "C",
    recorded_at timestamptz      NOT NULL,
    erased_at   timestamptz      NOT NULL,
    expires_at  timestamptz      NOT NULL
);
CREATE INDEX consent_proofs_pseudonym ON consent_proofs (pseudonym);
CREATE INDEX consent_proofs_expiry ON consent_proofs (expires_at);

-- Webhooks: who is told, which the servers write down so that commands know it; what was told, so that it can be told
-- again; and the number of each account's newest event. No foreign keys: events outlive the account.
CREATE TABLE webhook_targets (
    name        text COLLATE "C" NOT NULL PRIMARY KEY,
    events      text COLLATE "C",
    recorded_at timestamptz      NOT NULL
);
CREATE TABLE webhook_events (
    id         text COLLATE "C" NOT NULL PRIMARY KEY,
    account_id text COLLATE "C" NOT NULL,
    sequence   bigint           NOT NULL,
    type       text COLLATE "C" NOT NULL,
    data       text COLLATE "C" NOT NULL,
    created_at timestamptz      NOT NULL
);
CREATE UNIQUE INDEX webhook_events_sequence ON webhook_events (account_id, sequence) WHERE account_id <> '';
CREATE INDEX webhook_events_created ON webhook_events (created_at, id);
CREATE TABLE webhook_sequences (
    account_id text COLLATE "C" NOT NULL PRIMARY KEY,
    sequence   bigint           NOT NULL
);
CREATE INDEX webhook_sequences_decoys ON webhook_sequences (account_id) WHERE sequence = 0;
-- Each target has its own queue, and mail another.
CREATE INDEX outbox_due_messages ON outbox (not_before, id)
    WHERE sent_at IS NULL AND failed_at IS NULL AND channel <> 'WEBHOOK';
CREATE INDEX outbox_due_events ON outbox (recipient, not_before, id)
    WHERE sent_at IS NULL AND failed_at IS NULL AND channel = 'WEBHOOK';

-- The address book. The indexes keep one default of each kind per account.
CREATE TABLE addresses (
    id                         text COLLATE "C" NOT NULL,
    account_id                 text COLLATE "C" NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    first_name                 text COLLATE "C",
    last_name                  text COLLATE "C",
    company                    text COLLATE "C",
    tax_id                     text COLLATE "C",
    line1                      text COLLATE "C" NOT NULL,
    line2                      text COLLATE "C",
    line3                      text COLLATE "C",
    city                       text COLLATE "C",
    postal_code                text COLLATE "C",
    province                   text COLLATE "C",
    country_code               text COLLATE "C" NOT NULL,
    phone                      text COLLATE "C",
    default_shipping           boolean          NOT NULL,
    default_billing            boolean          NOT NULL,
    version                    bigint           NOT NULL,
    created_at                 timestamptz      NOT NULL,
    updated_at                 timestamptz      NOT NULL,
    PRIMARY KEY (account_id, id)
);
CREATE UNIQUE INDEX addresses_default_shipping ON addresses (account_id) WHERE default_shipping;
CREATE UNIQUE INDEX addresses_default_billing ON addresses (account_id) WHERE default_billing;

-- Sessions: what the customer calls one, and the browser's name where its User-Agent hides it.
ALTER TABLE sessions ADD COLUMN name TEXT;
ALTER TABLE sessions ADD COLUMN brands TEXT;

-- When proveIdentity opened the session's window.
ALTER TABLE sessions ADD COLUMN step_up_at timestamptz;

-- Accounts that nobody uses: from when on the account may count as idle (NULL: since it was created), and which notices
-- its customer has got. A use changes neither.
ALTER TABLE accounts ADD COLUMN idle_from timestamptz;
CREATE INDEX accounts_idle ON accounts (coalesce(idle_from, created_at), id);
CREATE TABLE idle_notices (
    account_id text COLLATE "C" NOT NULL PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    idle_since timestamptz      NOT NULL,
    told       bigint           NOT NULL,
    message_id text COLLATE "C" NOT NULL,
    due_at     timestamptz      NOT NULL
);
CREATE INDEX idle_notices_due ON idle_notices (due_at);
-- Passkeys: the public keys by which customers sign in.
CREATE TABLE passkeys (
    id            text COLLATE "C" NOT NULL PRIMARY KEY,
    account_id    text COLLATE "C" NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    credential_id bytea            NOT NULL,
    public_key    bytea            NOT NULL,
    authenticator text COLLATE "C" NOT NULL,
    name          text COLLATE "C" NOT NULL,
    sign_count    bigint           NOT NULL,
    syncable      boolean          NOT NULL,
    synced        boolean          NOT NULL,
    created_at    timestamptz      NOT NULL,
    last_used_at  timestamptz
);
CREATE UNIQUE INDEX passkeys_credential ON passkeys (credential_id);
CREATE INDEX passkeys_account ON passkeys (account_id);

-- Devices from which a customer has signed in; whose are watched; and a pause of changes after a sign-in of a stranger.
CREATE TABLE known_devices (
    id           text COLLATE "C" NOT NULL PRIMARY KEY,
    account_id   text COLLATE "C" NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    mark_hash    bytea            NOT NULL,
    marked       boolean          NOT NULL,
    user_agent   text COLLATE "C",
    brands       text COLLATE "C",
    ip           text COLLATE "C",
    created_at   timestamptz      NOT NULL,
    last_seen_at timestamptz      NOT NULL,
    expires_at   timestamptz      NOT NULL
);
CREATE UNIQUE INDEX known_devices_mark ON known_devices (account_id, mark_hash);
CREATE INDEX known_devices_expiry ON known_devices (expires_at);
CREATE TABLE device_watches (
    account_id text COLLATE "C" NOT NULL PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    began_at   timestamptz      NOT NULL
);
ALTER TABLE accounts ADD COLUMN changes_paused_until timestamptz;

-- Second factors: the sealed secrets of authenticator apps, and hashes of recovery codes. An account says itself since
-- when it has one; an app that is not confirmed yet waits, sealed, in its challenge.
ALTER TABLE accounts ADD COLUMN second_factor_since timestamptz;
ALTER TABLE challenges ADD COLUMN sealed text COLLATE "C";
CREATE TABLE authenticators (
    id           text COLLATE "C" NOT NULL PRIMARY KEY,
    account_id   text COLLATE "C" NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    name         text COLLATE "C" NOT NULL,
    sealed       text COLLATE "C" NOT NULL,
    sealed_at    timestamptz      NOT NULL,
    last_step    bigint           NOT NULL,
    created_at   timestamptz      NOT NULL,
    last_used_at timestamptz
);
CREATE INDEX authenticators_account ON authenticators (account_id);
CREATE INDEX authenticators_sealed ON authenticators (sealed_at);
CREATE TABLE recovery_codes (
    id         text COLLATE "C" NOT NULL PRIMARY KEY,
    account_id text COLLATE "C" NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    code_hash  bytea            NOT NULL,
    created_at timestamptz      NOT NULL
);
CREATE INDEX recovery_codes_account ON recovery_codes (account_id);
CREATE INDEX recovery_codes_created ON recovery_codes (created_at);
