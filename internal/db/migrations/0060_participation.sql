-- +goose Up

-- A vote on a participatory budget whose ballots were handed in as a whole. Ballots are no rows: those of
-- each lot are one file, named by its SHA-256 and kept apart. Here stand the terms and the sums.
CREATE TABLE participation_election (
	id            TEXT    PRIMARY KEY,
	version       BIGINT  NOT NULL,
	year          BIGINT  NOT NULL,
	seq           BIGINT  NOT NULL,
	number        TEXT    NOT NULL, -- V-YYYY-N, what people see
	title         TEXT    NOT NULL,
	lang          TEXT    NOT NULL,
	source        TEXT    NOT NULL, -- where the files come from, as whoever brought them says
	invented      BOOLEAN NOT NULL, -- projects invented, ballots drawn: said on every page
	currency      TEXT    NOT NULL, -- ISO 4217
	opened_on     TEXT    NOT NULL, -- imprecise dates of the vote
	closed_on     TEXT    NOT NULL,
	stage         TEXT    NOT NULL, -- imported | frozen | counted | published
	visibility    TEXT    NOT NULL, -- interne | public
	author        TEXT    NOT NULL, -- post
	rules         TEXT    NOT NULL, -- the document of rules, canonical TOML
	rules_digest  TEXT    NOT NULL, -- SHA-256 of rules
	result_digest TEXT    NOT NULL, -- SHA-256 of the file of the result
	files_digest  TEXT    NOT NULL, -- SHA-256 of the list of the public files
	imported_on   TEXT    NOT NULL,
	frozen_on     TEXT    NOT NULL,
	frozen_by     TEXT    NOT NULL, -- the act that froze the rules
	counted_on    TEXT    NOT NULL,
	published_on  TEXT    NOT NULL,
	withdrawn_on  TEXT    NOT NULL, -- '' or the day it became a tombstone
	withdrawn_for TEXT    NOT NULL  -- why
);
CREATE UNIQUE INDEX participation_election_by_number ON participation_election (year, seq);
CREATE INDEX participation_election_by_list ON participation_election (visibility, withdrawn_on, year, seq);

-- One count within a vote: a quarter, or the whole city.
CREATE TABLE participation_lot (
	id         TEXT   PRIMARY KEY,
	version    BIGINT NOT NULL,
	election   TEXT   NOT NULL,
	rank       BIGINT NOT NULL, -- from 1
	code       TEXT   NOT NULL, -- of the lot in the document of rules
	name       TEXT   NOT NULL,
	ballots    TEXT   NOT NULL, -- SHA-256 of the file of the ballots, without anything about voters
	size       BIGINT NOT NULL, -- of that file, bytes
	brought    TEXT   NOT NULL, -- SHA-256 of the file as it was handed in
	repairs    BIGINT NOT NULL, -- what tolerant reading repaired
	kind       TEXT   NOT NULL, -- approval | ordinal | points
	declared   TEXT   NOT NULL, -- name of the rule that the file declares, '' when we know none
	most       BIGINT NOT NULL, -- most points a project may be given, 0 when the file does not say
	decimals   BIGINT NOT NULL, -- of its amounts
	voters     BIGINT NOT NULL,
	blank      BIGINT NOT NULL,
	projects   BIGINT NOT NULL,
	cents      BIGINT NOT NULL, -- envelope as the file states it
	result     TEXT   NOT NULL  -- JSON: what the count says of the lot; '' before it
);
CREATE INDEX participation_lot_by_election ON participation_lot (election, rank);

CREATE TABLE participation_project (
	id         TEXT    PRIMARY KEY,
	version    BIGINT  NOT NULL,
	election   TEXT    NOT NULL,
	lot        TEXT    NOT NULL, -- participation_lot.id
	rank       BIGINT  NOT NULL, -- place on the ballot, from 1
	code       TEXT    NOT NULL, -- id within its lot
	title      TEXT    NOT NULL,
	about      TEXT    NOT NULL,
	cents      BIGINT  NOT NULL,
	category   TEXT    NOT NULL,
	district   TEXT    NOT NULL,
	located    BOOLEAN NOT NULL,
	lat        DOUBLE PRECISION NOT NULL,
	lon        DOUBLE PRECISION NOT NULL,
	withdrawn  BOOLEAN NOT NULL, -- after the ballot was printed
	declared   BOOLEAN NOT NULL, -- the file says it won
	votes      BIGINT  NOT NULL, -- ballots that name it
	turn       BIGINT  NOT NULL, -- place in the order of selection, 0: not selected
	why        TEXT    NOT NULL, -- JSON: why it won or lost; '' before the count
	initiative TEXT    NOT NULL  -- what became of it in the portfolio
);
CREATE UNIQUE INDEX participation_project_by_code ON participation_project (lot, code);
CREATE INDEX participation_project_by_election ON participation_project (election, lot, rank);
CREATE INDEX participation_project_by_initiative ON participation_project (initiative);

-- The public files of an election, as they were made from the count.
CREATE TABLE participation_file (
	id       TEXT   PRIMARY KEY,
	version  BIGINT NOT NULL,
	election TEXT   NOT NULL,
	name     TEXT   NOT NULL,
	digest   TEXT   NOT NULL, -- SHA-256
	size     BIGINT NOT NULL
);
CREATE UNIQUE INDEX participation_file_by_name ON participation_file (election, name);

-- Files that somebody brought, until they are made live or forgotten. Nothing of them is civic.
CREATE TABLE op_participation_import (
	id      TEXT   PRIMARY KEY,
	account TEXT   NOT NULL,
	made_at BIGINT NOT NULL,
	body    TEXT   NOT NULL -- JSON: what was read; the ballots are files
);
CREATE INDEX op_participation_import_by_day ON op_participation_import (made_at);

-- How far the count of an election has got.
CREATE TABLE op_participation_count (
	election TEXT   PRIMARY KEY,
	state    TEXT   NOT NULL, -- waiting | counting | done | failed
	done     BIGINT NOT NULL, -- lots counted
	total    BIGINT NOT NULL,
	trouble  TEXT   NOT NULL, -- message key of the failure
	moved_at BIGINT NOT NULL
);

-- What another rule would have given: made again at will.
CREATE TABLE op_participation_trial (
	lot  TEXT NOT NULL,
	rule TEXT NOT NULL,
	body TEXT NOT NULL, -- JSON
	PRIMARY KEY (lot, rule)
);
