-- +goose Up

-- Whether a registration's mail goes. Of what waits from before nobody knows, so nothing pushes it out.
ALTER TABLE registrations ADD COLUMN mailed BOOLEAN NOT NULL DEFAULT TRUE;
