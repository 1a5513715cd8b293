-- +goose Up

-- An initiative: a problem somebody has, and what the city does about it.
CREATE TABLE portfolio_initiative (
	id            TEXT   PRIMARY KEY,
	version       BIGINT NOT NULL,
	year          BIGINT NOT NULL,
	seq           BIGINT NOT NULL,
	number        TEXT   NOT NULL, -- P-YYYY-N, what people see
	title         TEXT   NOT NULL,
	title_key     TEXT   NOT NULL, -- sorts as a French dictionary
	stage_rank    BIGINT NOT NULL, -- sorts as the wall
	problem       TEXT   NOT NULL,
	sufferer      TEXT   NOT NULL, -- who has the problem
	lang          TEXT   NOT NULL,
	origin        TEXT   NOT NULL, -- demand | supply | obligation
	origin_note   TEXT   NOT NULL,
	matter        TEXT   NOT NULL,
	places        TEXT   NOT NULL, -- JSON list of codes of places
	address       TEXT   NOT NULL,
	located       BOOLEAN NOT NULL,
	lat           DOUBLE PRECISION NOT NULL,
	lon           DOUBLE PRECISION NOT NULL,
	initials      TEXT   NOT NULL,
	tags          TEXT   NOT NULL, -- JSON list
	objectives    TEXT   NOT NULL, -- JSON list of ids
	stage         TEXT   NOT NULL,
	stage_since   TEXT   NOT NULL,
	visibility    TEXT   NOT NULL, -- interne | public
	author        TEXT   NOT NULL, -- post
	signalled_on  TEXT   NOT NULL,
	published_on  TEXT   NOT NULL,
	withdrawn_on  TEXT   NOT NULL, -- '' or the day it became a tombstone
	post_mortem   TEXT   NOT NULL,
	source        TEXT   NOT NULL, -- '' or what it was imported from
	source_ref    TEXT   NOT NULL
);
CREATE UNIQUE INDEX portfolio_initiative_by_number ON portfolio_initiative (year, seq);
CREATE INDEX portfolio_initiative_by_name ON portfolio_initiative (number);
CREATE INDEX portfolio_initiative_by_list ON portfolio_initiative (visibility, withdrawn_on, stage);
-- The default order of lists, without reading the long texts.
CREATE INDEX portfolio_initiative_by_recent ON portfolio_initiative (visibility, withdrawn_on, published_on, signalled_on, year, seq, id);
-- The orders by title and by stage, likewise.
CREATE INDEX portfolio_initiative_by_title ON portfolio_initiative (visibility, withdrawn_on, title_key, stage_rank, id);
CREATE INDEX portfolio_initiative_by_source ON portfolio_initiative (source, source_ref);

-- Spans of time of an initiative or of an arbitration: stages, suspensions, deliberate waits.
CREATE TABLE portfolio_span (
	id          TEXT   PRIMARY KEY,
	version     BIGINT NOT NULL,
	initiative  TEXT   NOT NULL,
	arbitration TEXT   NOT NULL, -- '' when the span is the initiative's
	kind        TEXT   NOT NULL, -- stage | suspended | maturing
	value       TEXT   NOT NULL, -- the stage
	note        TEXT   NOT NULL, -- why; what must be learnt
	post        TEXT   NOT NULL, -- who must learn it
	until_day   TEXT   NOT NULL, -- by when; re-examination or review
	from_day    TEXT   NOT NULL,
	to_day      TEXT   NOT NULL,
	outcome     TEXT   NOT NULL  -- what was learnt
);
CREATE INDEX portfolio_span_by_initiative ON portfolio_span (initiative, from_day);
CREATE INDEX portfolio_span_by_post ON portfolio_span (post, kind);

-- Elected posts that carry an initiative, posts that run it.
CREATE TABLE portfolio_holder (
	id         TEXT   PRIMARY KEY,
	version    BIGINT NOT NULL,
	initiative TEXT   NOT NULL,
	role       TEXT   NOT NULL, -- sponsor | owner
	post       TEXT   NOT NULL,
	from_day   TEXT   NOT NULL,
	to_day     TEXT   NOT NULL
);
CREATE INDEX portfolio_holder_by_initiative ON portfolio_holder (initiative, role, from_day);
CREATE INDEX portfolio_holder_by_post ON portfolio_holder (post, role);

-- What a unit or an outside actor is asked to do in an initiative, and what it answers.
CREATE TABLE portfolio_part (
	id          TEXT   PRIMARY KEY,
	version     BIGINT NOT NULL,
	initiative  TEXT   NOT NULL,
	unit        TEXT   NOT NULL, -- '' when an outside actor without unit
	actor       TEXT   NOT NULL, -- name of the outside actor
	role        TEXT   NOT NULL,
	effort      TEXT   NOT NULL,
	status      TEXT   NOT NULL,
	replaces    TEXT   NOT NULL, -- the lead part that this one takes over
	offered_by  TEXT   NOT NULL, -- post
	offered_on  TEXT   NOT NULL,
	answered_by TEXT   NOT NULL, -- post
	answered_on TEXT   NOT NULL,
	counter     TEXT   NOT NULL,
	reason      TEXT   NOT NULL,
	consent     TEXT   NOT NULL, -- accept | counter: by which act of its own the unit agreed to these terms
	from_day    TEXT   NOT NULL,
	to_day      TEXT   NOT NULL,
	source      TEXT   NOT NULL
);
CREATE INDEX portfolio_part_by_initiative ON portfolio_part (initiative, status);
CREATE INDEX portfolio_part_by_unit ON portfolio_part (unit, status);
CREATE INDEX portfolio_part_by_offer ON portfolio_part (offered_by, status);

CREATE TABLE portfolio_milestone (
	id         TEXT   PRIMARY KEY,
	version    BIGINT NOT NULL,
	initiative TEXT   NOT NULL,
	rank       BIGINT NOT NULL,
	label      TEXT   NOT NULL,
	planned    TEXT   NOT NULL, -- imprecise dates
	actual     TEXT   NOT NULL,
	dropped    TEXT   NOT NULL  -- '' or why it will not be
);
CREATE INDEX portfolio_milestone_by_initiative ON portfolio_milestone (initiative, rank);

CREATE TABLE portfolio_budget (
	id         TEXT   PRIMARY KEY,
	version    BIGINT NOT NULL,
	initiative TEXT   NOT NULL,
	year       BIGINT NOT NULL,
	credit     TEXT   NOT NULL, -- AE | CP
	nature     TEXT   NOT NULL, -- planned | voted | committed | paid
	cents      BIGINT NOT NULL,
	currency   TEXT   NOT NULL,
	source     TEXT   NOT NULL,
	stated_on  TEXT   NOT NULL
);
CREATE UNIQUE INDEX portfolio_budget_line ON portfolio_budget (initiative, year, credit, nature, source);

-- What is open: legal questions (« zones grises ») and what we do not know yet.
CREATE TABLE portfolio_question (
	id         TEXT   PRIMARY KEY,
	version    BIGINT NOT NULL,
	initiative TEXT   NOT NULL,
	kind       TEXT   NOT NULL, -- legal | unknown
	question   TEXT   NOT NULL,
	post       TEXT   NOT NULL, -- who answers
	due        TEXT   NOT NULL,
	opened_on  TEXT   NOT NULL,
	answer     TEXT   NOT NULL,
	closed_on  TEXT   NOT NULL,
	visibility TEXT   NOT NULL
);
CREATE INDEX portfolio_question_by_initiative ON portfolio_question (initiative, kind, due);
CREATE INDEX portfolio_question_by_post ON portfolio_question (post, closed_on);

CREATE TABLE portfolio_note (
	id         TEXT   PRIMARY KEY,
	version    BIGINT NOT NULL,
	initiative TEXT   NOT NULL,
	body       TEXT   NOT NULL,
	post       TEXT   NOT NULL,
	written_at BIGINT NOT NULL
);
CREATE INDEX portfolio_note_by_initiative ON portfolio_note (initiative, written_at);

CREATE TABLE portfolio_paper (
	id          TEXT   PRIMARY KEY,
	version     BIGINT NOT NULL,
	initiative  TEXT   NOT NULL,
	arbitration TEXT   NOT NULL,
	title       TEXT   NOT NULL,
	link        TEXT   NOT NULL, -- address in the GED, or ''
	digest      TEXT   NOT NULL, -- SHA-256 of the content, hexadecimal
	media_type  TEXT   NOT NULL,
	size        BIGINT NOT NULL,
	visibility  TEXT   NOT NULL,
	added_on    TEXT   NOT NULL,
	removed_on  TEXT   NOT NULL
);
CREATE INDEX portfolio_paper_by_initiative ON portfolio_paper (initiative, added_on);

CREATE TABLE portfolio_objective (
	id       TEXT   PRIMARY KEY,
	version  BIGINT NOT NULL,
	code     TEXT   NOT NULL,
	title_fr TEXT   NOT NULL,
	title_en TEXT   NOT NULL,
	from_day TEXT   NOT NULL,
	to_day   TEXT   NOT NULL
);
CREATE UNIQUE INDEX portfolio_objective_by_code ON portfolio_objective (code);

-- A question put to whoever may answer it.
CREATE TABLE portfolio_arbitration (
	id             TEXT   PRIMARY KEY,
	version        BIGINT NOT NULL,
	year           BIGINT NOT NULL,
	seq            BIGINT NOT NULL,
	number         TEXT   NOT NULL, -- A-YYYY-N
	initiative     TEXT   NOT NULL,
	question       TEXT   NOT NULL,
	context        TEXT   NOT NULL,
	options        TEXT   NOT NULL, -- JSON
	recommended    BIGINT NOT NULL, -- 1 to 5, 0 for none
	recommendation TEXT   NOT NULL,
	cents          BIGINT NOT NULL,
	currency       TEXT   NOT NULL,
	matter         TEXT   NOT NULL,
	place          TEXT   NOT NULL,
	normative      BOOLEAN NOT NULL, -- makes rules for others
	answers        TEXT   NOT NULL, -- JSON: the six answers so far
	asked_by       TEXT   NOT NULL, -- post
	asked_on       TEXT   NOT NULL,
	status         TEXT   NOT NULL, -- asked | postponed | returned | decided | withdrawn
	status_on      TEXT   NOT NULL,
	status_note    TEXT   NOT NULL,
	until_day      TEXT   NOT NULL, -- postponed to
	chosen         BIGINT NOT NULL, -- option chosen, 0 for none of them
	decision       TEXT   NOT NULL,
	decided_by     TEXT   NOT NULL,
	decided_on     TEXT   NOT NULL,
	visibility     TEXT   NOT NULL
);
CREATE UNIQUE INDEX portfolio_arbitration_by_number ON portfolio_arbitration (year, seq);
CREATE INDEX portfolio_arbitration_by_name ON portfolio_arbitration (number);
CREATE INDEX portfolio_arbitration_by_initiative ON portfolio_arbitration (initiative, asked_on);
CREATE INDEX portfolio_arbitration_by_status ON portfolio_arbitration (status, asked_on);

CREATE TABLE portfolio_asked (
	id          TEXT   PRIMARY KEY,
	version     BIGINT NOT NULL,
	arbitration TEXT   NOT NULL,
	post        TEXT   NOT NULL,
	capacity    TEXT   NOT NULL, -- decides | opinion | visa | informed
	stance      TEXT   NOT NULL, -- '' | for | reserved | against
	stance_on   TEXT   NOT NULL,
	remark      TEXT   NOT NULL
);
CREATE INDEX portfolio_asked_by_arbitration ON portfolio_asked (arbitration);
CREATE INDEX portfolio_asked_by_post ON portfolio_asked (post);

-- What follows a decision.
CREATE TABLE portfolio_action (
	id          TEXT   PRIMARY KEY,
	version     BIGINT NOT NULL,
	initiative  TEXT   NOT NULL,
	arbitration TEXT   NOT NULL,
	what        TEXT   NOT NULL,
	unit        TEXT   NOT NULL,
	post        TEXT   NOT NULL,
	due         TEXT   NOT NULL,
	status      TEXT   NOT NULL, -- open | done | dropped
	status_on   TEXT   NOT NULL,
	reason      TEXT   NOT NULL,
	created_on  TEXT   NOT NULL
);
CREATE INDEX portfolio_action_by_initiative ON portfolio_action (initiative, due);
CREATE INDEX portfolio_action_by_unit ON portfolio_action (unit, status, due);
CREATE INDEX portfolio_action_by_post ON portfolio_action (post, status, due);

-- Boards are saved views; snapshots are documents that never change.
CREATE TABLE portfolio_board (
	id       TEXT   PRIMARY KEY,
	version  BIGINT NOT NULL,
	name     TEXT   NOT NULL,
	view     TEXT   NOT NULL, -- JSON: filter, grouping, order
	author   TEXT   NOT NULL,
	closed_on TEXT  NOT NULL
);

CREATE TABLE portfolio_snapshot (
	id       TEXT   PRIMARY KEY,
	version  BIGINT NOT NULL,
	board    TEXT   NOT NULL,
	title    TEXT   NOT NULL,
	taken_on TEXT   NOT NULL,
	taken_at BIGINT NOT NULL,
	digest   TEXT   NOT NULL, -- SHA-256 of body
	body     TEXT   NOT NULL  -- JSON
);
CREATE INDEX portfolio_snapshot_by_board ON portfolio_snapshot (board, taken_at);

-- Traffic: what leaves no trace or is derived.
CREATE TABLE op_portfolio_draft (
	id         TEXT   PRIMARY KEY,
	account    TEXT   NOT NULL,
	kind       TEXT   NOT NULL, -- initiative | arbitration
	initiative TEXT   NOT NULL,
	title      TEXT   NOT NULL,
	body       TEXT   NOT NULL, -- JSON
	saved_at   BIGINT NOT NULL
);
CREATE INDEX op_portfolio_draft_by_account ON op_portfolio_draft (account, saved_at);

-- Index of what an initiative can be found by: tags, places, objectives, words. Derived.
CREATE TABLE op_portfolio_facet (
	initiative TEXT NOT NULL,
	kind       TEXT NOT NULL,
	value      TEXT NOT NULL,
	PRIMARY KEY (kind, value, initiative)
);
CREATE INDEX op_portfolio_facet_by_initiative ON op_portfolio_facet (initiative);

-- The number of the last change of each initiative, so that the wall re-reads only what moved.
CREATE TABLE op_portfolio_change (
	initiative TEXT   PRIMARY KEY,
	seq        BIGINT NOT NULL
);
CREATE INDEX op_portfolio_change_by_seq ON op_portfolio_change (seq);

CREATE TABLE op_portfolio_token (
	hash       TEXT   PRIMARY KEY, -- SHA-256 of the token
	part       TEXT   NOT NULL,
	version    BIGINT NOT NULL, -- of the part: changed terms need a new letter
	post       TEXT   NOT NULL,
	holder     TEXT   NOT NULL,
	expires_at BIGINT NOT NULL,
	used_at    BIGINT NOT NULL
);
CREATE INDEX op_portfolio_token_by_part ON op_portfolio_token (part);

CREATE TABLE op_portfolio_follow (
	id           TEXT   PRIMARY KEY,
	initiative   TEXT   NOT NULL,
	email        TEXT   NOT NULL,
	lang         TEXT   NOT NULL,
	confirm_hash TEXT   NOT NULL,
	leave_token  TEXT   NOT NULL, -- written in every letter
	asked_at     BIGINT NOT NULL,
	confirmed_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX op_portfolio_follow_once ON op_portfolio_follow (initiative, email);
CREATE INDEX op_portfolio_follow_by_confirm ON op_portfolio_follow (confirm_hash);
CREATE INDEX op_portfolio_follow_by_leave ON op_portfolio_follow (leave_token);

CREATE TABLE op_portfolio_import (
	id       TEXT   PRIMARY KEY,
	account  TEXT   NOT NULL,
	source   TEXT   NOT NULL,
	made_at  BIGINT NOT NULL,
	body     TEXT   NOT NULL  -- JSON: the rows read, waiting to be made live
);
