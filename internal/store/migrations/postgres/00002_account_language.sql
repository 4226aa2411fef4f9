-- +goose Up

-- The language of messages to the customer; NULL where nobody said.
ALTER TABLE accounts ADD COLUMN language text COLLATE "C";
