-- +goose Up

-- A subject is unique at its issuer only, and OAUTH may be several issuers.
-- No row is there yet: no version before this one could link an identity.
DROP INDEX identities_subject;
DROP INDEX identities_account;
ALTER TABLE identities ADD COLUMN issuer TEXT NOT NULL DEFAULT '';
-- Customer tokens that were issued until then are refused; NULL: none.
ALTER TABLE identities ADD COLUMN tokens_from DATETIME;
CREATE UNIQUE INDEX identities_subject ON identities (identity_provider, issuer, subject);
-- One identity of each issuer to an account.
CREATE UNIQUE INDEX identities_account ON identities (account_id, identity_provider, issuer);
