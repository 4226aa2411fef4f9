-- +accountql Additive
-- +goose Up

-- Who ran an operator's command, and why. An older program that records beside this one leaves both empty.
ALTER TABLE audit_events ADD COLUMN operator text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE audit_events ADD COLUMN reason text COLLATE "C" NOT NULL DEFAULT '';
