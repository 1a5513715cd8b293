-- +goose Up

-- A second call of a meeting that lacked its quorum; when a meeting last changed, which its calendar entry says.
ALTER TABLE council_meeting ADD COLUMN again_of TEXT;     -- the first meeting
ALTER TABLE council_meeting ADD COLUMN changed_at BIGINT;
CREATE INDEX council_meeting_again ON council_meeting (again_of);

-- A member who was called otherwise than by the letter of Parvis.
CREATE TABLE council_call (
	id        TEXT   PRIMARY KEY,
	version   BIGINT NOT NULL,
	meeting   TEXT   NOT NULL,
	member    TEXT   NOT NULL,
	means     TEXT   NOT NULL, -- hand | paper
	called_on TEXT   NOT NULL,
	sequence  BIGINT NOT NULL  -- of the entry of the meeting that was told
);
CREATE INDEX council_call_by_meeting ON council_call (meeting);

-- The letters about a meeting that left: the last one of each post.
CREATE TABLE op_council_called (
	meeting  TEXT   NOT NULL,
	post     TEXT   NOT NULL,
	sequence BIGINT NOT NULL,
	sent_at  BIGINT NOT NULL,
	PRIMARY KEY (meeting, post)
);

-- The list of the deliberations that a council examined, as a person published it.
CREATE TABLE council_list (
	id           TEXT   PRIMARY KEY,
	version      BIGINT NOT NULL,
	meeting      TEXT   NOT NULL,
	lines        TEXT   NOT NULL, -- JSON
	published_by TEXT   NOT NULL, -- post
	published_on TEXT   NOT NULL
);
CREATE UNIQUE INDEX council_list_by_meeting ON council_list (meeting);
