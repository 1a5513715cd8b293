-- +goose Up

-- The opinion of the CST on measuring how units work together: nothing that the staff must be consulted on is
-- computed before it.
CREATE TABLE measures_opinion (
	id          TEXT   PRIMARY KEY,
	version     BIGINT NOT NULL,
	given_on    TEXT   NOT NULL,
	sense       TEXT   NOT NULL, -- favourable | reserved | unfavourable
	link        TEXT   NOT NULL, -- address of the minutes
	post        TEXT   NOT NULL,
	recorded_on TEXT   NOT NULL
);

-- A unit that takes part in a project contests a datum.
CREATE TABLE measures_contest (
	id         TEXT   PRIMARY KEY,
	version    BIGINT NOT NULL,
	measure    TEXT   NOT NULL, -- m1 to m9
	why        TEXT   NOT NULL,
	post       TEXT   NOT NULL,
	contested_on TEXT NOT NULL
);
CREATE INDEX measures_contest_by_day ON measures_contest (contested_on, id);
