-- +goose Up

-- A second call of a meeting that lacked its quorum; when a meeting last changed, which its calendar entry says.
ALTER TABLE council_meeting ADD COLUMN again_of TEXT;     -- the first meeting
ALTER TABLE council_meeting ADD COLUMN changed_at BIGINT;
CREATE INDEX council_meeting_again ON council_meeting (again_of);
