-- +goose Up

-- An address that an operator brought is the shop's word; one that somebody
-- registered and never proved is a claim, which gives way to a proof.
ALTER TABLE accounts ADD COLUMN email_vouched boolean NOT NULL DEFAULT FALSE;
UPDATE accounts SET email_vouched = TRUE WHERE id IN (
    SELECT chain FROM audit_events WHERE number = 1 AND operation IN ('account import', 'account create'));

-- An answer that waits for the proof of its address.
ALTER TABLE consents ADD COLUMN pending boolean NOT NULL DEFAULT FALSE;

-- No foreign key: a registration of a taken address belongs to no account.
CREATE TABLE registrations (
    id           text COLLATE "C" NOT NULL PRIMARY KEY,
    account_id   text COLLATE "C" NOT NULL,
    challenge_id text COLLATE "C" NOT NULL,
    email        text COLLATE "C" NOT NULL,
    created_at   timestamptz      NOT NULL,
    expires_at   timestamptz      NOT NULL,
    sealed       text COLLATE "C" NOT NULL
);
CREATE INDEX registrations_email ON registrations (email, created_at);
CREATE INDEX registrations_account ON registrations (account_id) WHERE account_id <> '';
CREATE INDEX registrations_challenge ON registrations (challenge_id);
CREATE INDEX registrations_expiry ON registrations (expires_at);

-- While a change of e-mail can be undone, its former address is reserved.
CREATE INDEX challenges_undo ON challenges (target) WHERE purpose = 'EMAIL_UNDO';
