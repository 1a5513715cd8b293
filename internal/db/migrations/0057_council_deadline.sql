-- +goose Up

-- The deadlines that a committee sets itself, counted from the day of the meeting (J). A change makes another row of the
-- same thread: meetings held before it keep what they were held under.
CREATE TABLE council_deadline (
	id        TEXT   PRIMARY KEY,
	version   BIGINT NOT NULL,
	committee TEXT   NOT NULL,
	thread    TEXT   NOT NULL, -- id of its first row
	edition   BIGINT NOT NULL, -- how many times it was written
	name_fr   TEXT   NOT NULL,
	name_en   TEXT   NOT NULL,
	days      BIGINT NOT NULL, -- from J: negative before, positive after
	counting  TEXT   NOT NULL, -- calendar | working | clear
	post      TEXT   NOT NULL, -- for whom; '': the secretary of the meeting
	settled   TEXT   NOT NULL, -- '' by hand | convened | approved | published
	from_day  TEXT   NOT NULL, -- of the meetings that it holds for
	to_day    TEXT   NOT NULL
);
CREATE INDEX council_deadline_by_committee ON council_deadline (committee, from_day);

-- A deadline of a meeting that somebody says is met.
CREATE TABLE council_deadline_met (
	id       TEXT   PRIMARY KEY,
	version  BIGINT NOT NULL,
	meeting  TEXT   NOT NULL,
	deadline TEXT   NOT NULL, -- thread
	met_by   TEXT   NOT NULL, -- post
	met_on   TEXT   NOT NULL  -- '' once it is open again
);
CREATE UNIQUE INDEX council_deadline_met_by_meeting ON council_deadline_met (meeting, deadline);
