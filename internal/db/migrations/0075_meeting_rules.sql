-- +goose Up

-- The rules under which a meeting was called: its committee may change its own since.
ALTER TABLE council_meeting ADD COLUMN rules TEXT; -- JSON

-- The editions of papers in view of which a vote was opened, and an item dealt with.
ALTER TABLE council_ballot ADD COLUMN papers TEXT; -- JSON, ids
ALTER TABLE council_item ADD COLUMN papers TEXT;   -- JSON, ids
