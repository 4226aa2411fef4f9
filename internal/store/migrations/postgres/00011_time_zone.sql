-- +accountql Additive
-- +goose Up

-- The time zone of messages to the customer; NULL where nobody said.
ALTER TABLE accounts ADD COLUMN time_zone text COLLATE "C";
