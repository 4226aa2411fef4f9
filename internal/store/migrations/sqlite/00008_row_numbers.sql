-- +goose Up

-- Every request finds a session by its token and then the account. A tree for each of the two and one more for each
-- of their texts are four pages; numbers that are the rows' own places are two. They are explicit columns, because
-- VACUUM renumbers the rows of a table that has none.

CREATE TABLE numbered_accounts (
    number                     INTEGER  NOT NULL PRIMARY KEY,
    id                         TEXT     NOT NULL UNIQUE,
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
    last_activity_at           DATETIME,
    language                   TEXT,
    email_vouched              BOOLEAN  NOT NULL DEFAULT FALSE
);
INSERT INTO numbered_accounts SELECT rowid, * FROM accounts ORDER BY rowid;
DROP TABLE accounts;
ALTER TABLE numbered_accounts RENAME TO accounts;
CREATE UNIQUE INDEX accounts_email ON accounts (email);
CREATE UNIQUE INDEX accounts_phone ON accounts (phone);

-- token_key is the first 63 bits of token_hash, and account_number the number of the account.
CREATE TABLE numbered_sessions (
    token_key        INTEGER  NOT NULL PRIMARY KEY,
    id               TEXT     NOT NULL UNIQUE,
    account_number   INTEGER  NOT NULL,
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
INSERT INTO numbered_sessions
SELECT (
        -- SQLite has no function that reads hexadecimal digits.
        SELECT sum((instr('0123456789ABCDEF', substr(hex(s.token_hash), digit, 1)) - 1) << (63 - 4 * digit))
        FROM (WITH RECURSIVE digits (digit) AS (VALUES (1) UNION ALL SELECT digit + 1 FROM digits WHERE digit < 15)
            SELECT digit FROM digits)
    ) + ((instr('0123456789ABCDEF', substr(hex(s.token_hash), 16, 1)) - 1) >> 1),
    s.id, a.number, s.account_id, s.api_key_id, s.token_hash, s.created_at, s.authenticated_at, s.last_used_at,
    s.ends_at, s.expires_at, s.user_agent, s.ip
FROM sessions s JOIN accounts a ON a.id = s.account_id
ORDER BY 1;
DROP TABLE sessions;
ALTER TABLE numbered_sessions RENAME TO sessions;
CREATE INDEX sessions_account ON sessions (account_id);
CREATE INDEX sessions_expiry ON sessions (expires_at);

-- Each event writes its chain's head, which is small: one tree instead of two.
CREATE TABLE single_heads (
    chain  TEXT    NOT NULL PRIMARY KEY,
    number INTEGER NOT NULL,
    hash   BLOB    NOT NULL
) WITHOUT ROWID;
INSERT INTO single_heads SELECT chain, number, hash FROM audit_heads ORDER BY chain;
DROP TABLE audit_heads;
ALTER TABLE single_heads RENAME TO audit_heads;
