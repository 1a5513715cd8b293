-- +goose Up

-- What the city says it is for, over time: a strategy follows another.
CREATE TABLE strategy_strategy (
	id            TEXT   PRIMARY KEY,
	version       BIGINT NOT NULL,
	year          BIGINT NOT NULL,
	seq           BIGINT NOT NULL,
	number        TEXT   NOT NULL, -- S-YYYY-N
	title_fr      TEXT   NOT NULL,
	title_en      TEXT   NOT NULL,
	purpose_fr    TEXT   NOT NULL, -- what it is for
	purpose_en    TEXT   NOT NULL,
	kind          TEXT   NOT NULL, -- schema_informatique | schema_numerique | plan_strategique | other
	from_day      TEXT   NOT NULL,
	to_day        TEXT   NOT NULL,
	status        TEXT   NOT NULL, -- draft | adopted | superseded
	replaces      TEXT   NOT NULL, -- id, or ''
	replaces_why  TEXT   NOT NULL,
	adopted_on    TEXT   NOT NULL,
	adopted_by    TEXT   NOT NULL, -- post
	instrument    TEXT   NOT NULL, -- the deliberation
	superseded_on TEXT   NOT NULL,
	superseded_by TEXT   NOT NULL,
	visibility    TEXT   NOT NULL
);
CREATE UNIQUE INDEX strategy_strategy_by_number ON strategy_strategy (year, seq);

-- The place of an objective of the portfolio in the tree of one strategy, with its words at the time.
CREATE TABLE strategy_node (
	id         TEXT   PRIMARY KEY,
	version    BIGINT NOT NULL,
	strategy   TEXT   NOT NULL,
	parent     TEXT   NOT NULL, -- node, or ''
	objective  TEXT   NOT NULL,
	code       TEXT   NOT NULL,
	title_fr   TEXT   NOT NULL,
	title_en   TEXT   NOT NULL,
	kind       TEXT   NOT NULL, -- outcome | process
	weight     TEXT   NOT NULL, -- an exact fraction, "3/2"
	rank       BIGINT NOT NULL,
	removed_on TEXT   NOT NULL
);
CREATE INDEX strategy_node_by_strategy ON strategy_node (strategy, rank, id);
CREATE INDEX strategy_node_by_objective ON strategy_node (objective);

CREATE TABLE strategy_indicator (
	id           TEXT   PRIMARY KEY,
	version      BIGINT NOT NULL,
	year         BIGINT NOT NULL,
	seq          BIGINT NOT NULL,
	number       TEXT   NOT NULL, -- I-YYYY-N
	objective    TEXT   NOT NULL,
	title_fr     TEXT   NOT NULL,
	title_en     TEXT   NOT NULL,
	unit         TEXT   NOT NULL, -- of measure
	direction    TEXT   NOT NULL, -- up | down | range
	baseline     TEXT   NOT NULL, -- exact decimal, or ''
	baseline_at  TEXT   NOT NULL, -- imprecise date
	low          TEXT   NOT NULL, -- of the range
	high         TEXT   NOT NULL,
	method       TEXT   NOT NULL,
	source       TEXT   NOT NULL,
	frequency    TEXT   NOT NULL, -- month | quarter | half | year
	owner        TEXT   NOT NULL, -- unit
	references_to TEXT  NOT NULL, -- JSON list: ademe:cae_1.a, sdg:11.6
	created_on   TEXT   NOT NULL,
	ended_on     TEXT   NOT NULL,
	ended_why    TEXT   NOT NULL,
	visibility   TEXT   NOT NULL
);
CREATE UNIQUE INDEX strategy_indicator_by_number ON strategy_indicator (year, seq);
CREATE INDEX strategy_indicator_by_objective ON strategy_indicator (objective);

CREATE TABLE strategy_target (
	id         TEXT   PRIMARY KEY,
	version    BIGINT NOT NULL,
	indicator  TEXT   NOT NULL,
	due        TEXT   NOT NULL,
	value      TEXT   NOT NULL,
	set_on     TEXT   NOT NULL,
	dropped_on TEXT   NOT NULL
);
CREATE INDEX strategy_target_by_indicator ON strategy_target (indicator, due);

-- A measurement is never changed: a correction replaces it and keeps it.
CREATE TABLE strategy_measure (
	id          TEXT   PRIMARY KEY,
	version     BIGINT NOT NULL,
	indicator   TEXT   NOT NULL,
	period      TEXT   NOT NULL, -- imprecise date
	last_day    TEXT   NOT NULL,
	value       TEXT   NOT NULL,
	source      TEXT   NOT NULL,
	evidence    TEXT   NOT NULL, -- address
	digest      TEXT   NOT NULL, -- SHA-256 of the evidence, when known
	note        TEXT   NOT NULL,
	lang        TEXT   NOT NULL,
	post        TEXT   NOT NULL,
	recorded_on TEXT   NOT NULL,
	corrects    TEXT   NOT NULL,
	replaced_by TEXT   NOT NULL,
	import      TEXT   NOT NULL  -- the series it came with, or ''
);
CREATE INDEX strategy_measure_by_indicator ON strategy_measure (indicator, last_day);

CREATE TABLE strategy_contribution (
	id         TEXT   PRIMARY KEY,
	version    BIGINT NOT NULL,
	initiative TEXT   NOT NULL,
	objective  TEXT   NOT NULL,
	indicator  TEXT   NOT NULL, -- or ''
	claim      TEXT   NOT NULL, -- what it is said to bring
	lang       TEXT   NOT NULL,
	amount     TEXT   NOT NULL, -- in the unit of the indicator, or ''
	evidence   TEXT   NOT NULL,
	post       TEXT   NOT NULL,
	claimed_on TEXT   NOT NULL,
	ended_on   TEXT   NOT NULL,
	ended_why  TEXT   NOT NULL
);
CREATE INDEX strategy_contribution_by_objective ON strategy_contribution (objective);
CREATE INDEX strategy_contribution_by_initiative ON strategy_contribution (initiative);

CREATE TABLE strategy_paper (
	id         TEXT   PRIMARY KEY,
	version    BIGINT NOT NULL,
	strategy   TEXT   NOT NULL,
	title      TEXT   NOT NULL,
	link       TEXT   NOT NULL,
	digest     TEXT   NOT NULL,
	visibility TEXT   NOT NULL,
	added_on   TEXT   NOT NULL,
	removed_on TEXT   NOT NULL
);
CREATE INDEX strategy_paper_by_strategy ON strategy_paper (strategy, added_on);

-- A dilemma of the mission: one axis, two poles that are both defensible.
CREATE TABLE strategy_dilemma (
	id          TEXT   PRIMARY KEY,
	version     BIGINT NOT NULL,
	code        TEXT   NOT NULL,
	rank        BIGINT NOT NULL,
	name_fr     TEXT   NOT NULL,
	name_en     TEXT   NOT NULL,
	question_fr TEXT   NOT NULL,
	question_en TEXT   NOT NULL,
	left_fr     TEXT   NOT NULL,
	left_en     TEXT   NOT NULL,
	right_fr    TEXT   NOT NULL,
	right_en    TEXT   NOT NULL
);
CREATE UNIQUE INDEX strategy_dilemma_by_code ON strategy_dilemma (code);

CREATE TABLE strategy_position (
	id         TEXT   PRIMARY KEY,
	version    BIGINT NOT NULL,
	dilemma    TEXT   NOT NULL,
	lean       BIGINT NOT NULL, -- -2 left … 2 right
	motive     TEXT   NOT NULL,
	lang       TEXT   NOT NULL,
	instrument TEXT   NOT NULL,
	strategy   TEXT   NOT NULL,
	post       TEXT   NOT NULL,
	taken_on   TEXT   NOT NULL,
	act        TEXT   NOT NULL,
	visibility TEXT   NOT NULL
);
CREATE INDEX strategy_position_by_dilemma ON strategy_position (dilemma, taken_on);

-- The reading grid (référentiel): editions, each frozen when it is published.
CREATE TABLE strategy_grid (
	id           TEXT   PRIMARY KEY,
	version      BIGINT NOT NULL,
	edition      BIGINT NOT NULL,
	title_fr     TEXT   NOT NULL,
	title_en     TEXT   NOT NULL,
	intro_fr     TEXT   NOT NULL,
	intro_en     TEXT   NOT NULL,
	changes_fr   TEXT   NOT NULL, -- what is new in it
	changes_en   TEXT   NOT NULL,
	published_on TEXT   NOT NULL,
	digest       TEXT   NOT NULL, -- SHA-256 of what was published
	visibility   TEXT   NOT NULL
);
CREATE UNIQUE INDEX strategy_grid_by_edition ON strategy_grid (edition);

CREATE TABLE strategy_criterion (
	id          TEXT   PRIMARY KEY,
	version     BIGINT NOT NULL,
	grid        TEXT   NOT NULL,
	code        TEXT   NOT NULL, -- the same from one edition to the next
	rank        BIGINT NOT NULL,
	name_fr     TEXT   NOT NULL,
	name_en     TEXT   NOT NULL,
	question_fr TEXT   NOT NULL,
	question_en TEXT   NOT NULL,
	dilemma     TEXT   NOT NULL, -- code of the dilemma that it bears on, or ''
	levels      TEXT   NOT NULL, -- JSON
	removed_on  TEXT   NOT NULL
);
CREATE INDEX strategy_criterion_by_grid ON strategy_criterion (grid, rank);

CREATE TABLE strategy_annotation (
	id           TEXT   PRIMARY KEY,
	version      BIGINT NOT NULL,
	grid         TEXT   NOT NULL,
	criterion    TEXT   NOT NULL, -- code, or ''
	kind         TEXT   NOT NULL, -- remark | question | contest
	body         TEXT   NOT NULL,
	lang         TEXT   NOT NULL,
	speaks_as    TEXT   NOT NULL, -- resident | association | firm | unit
	name         TEXT   NOT NULL, -- of the association or firm, as written
	post         TEXT   NOT NULL,
	written_on   TEXT   NOT NULL,
	status       TEXT   NOT NULL, -- waiting | shown | refused
	status_on    TEXT   NOT NULL,
	status_why   TEXT   NOT NULL,
	answer       TEXT   NOT NULL,
	answer_lang  TEXT   NOT NULL,
	answered_by  TEXT   NOT NULL, -- post
	answered_on  TEXT   NOT NULL,
	visibility   TEXT   NOT NULL
);
CREATE INDEX strategy_annotation_by_grid ON strategy_annotation (grid, written_on);
CREATE INDEX strategy_annotation_by_status ON strategy_annotation (status, written_on);

CREATE TABLE strategy_placement (
	id           TEXT   PRIMARY KEY,
	version      BIGINT NOT NULL,
	grid         TEXT   NOT NULL,
	criterion    TEXT   NOT NULL, -- code
	subject_type TEXT   NOT NULL,
	subject_id   TEXT   NOT NULL,
	level        TEXT   NOT NULL,
	reason       TEXT   NOT NULL,
	lang         TEXT   NOT NULL,
	post         TEXT   NOT NULL,
	placed_on    TEXT   NOT NULL,
	replaced_on  TEXT   NOT NULL
);
CREATE INDEX strategy_placement_by_subject ON strategy_placement (subject_type, subject_id);
CREATE INDEX strategy_placement_by_grid ON strategy_placement (grid, criterion);

-- A series read from a file, waiting for its preview to be accepted.
CREATE TABLE op_strategy_import (
	id      TEXT   PRIMARY KEY,
	account TEXT   NOT NULL,
	made_at BIGINT NOT NULL,
	body    TEXT   NOT NULL
);
