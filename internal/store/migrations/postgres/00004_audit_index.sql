-- +goose Up

-- The events of an account are those of its chain, which another index finds
-- in the same order. Each event saves a page that is written, somewhere in the table's middle.
DROP INDEX audit_events_account;
