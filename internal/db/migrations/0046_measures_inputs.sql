-- +goose Up

-- Of an outside actor: the sector that it belongs to. Of any part: the unit that put who is asked in touch.
-- NULL in the rows written before.
ALTER TABLE portfolio_part ADD COLUMN sector TEXT;
ALTER TABLE portfolio_part ADD COLUMN introduced_by TEXT;

-- The public figures of the interface profile as they were at the end of a year, kept by somebody.
CREATE TABLE measures_result (
	id      TEXT   PRIMARY KEY,
	version BIGINT NOT NULL,
	year    BIGINT NOT NULL,
	figures TEXT   NOT NULL, -- JSON
	post    TEXT   NOT NULL,
	kept_on TEXT   NOT NULL
);
CREATE UNIQUE INDEX measures_result_by_year ON measures_result (year);
