-- +goose Up

-- A handover: what a post holds passes from who leaves it to who takes it.
CREATE TABLE passation_handover (
	id         TEXT   PRIMARY KEY,
	version    BIGINT NOT NULL,
	year       BIGINT NOT NULL,
	seq        BIGINT NOT NULL,
	number     TEXT   NOT NULL, -- T-YYYY-N, what people see
	post       TEXT   NOT NULL,
	holder     TEXT   NOT NULL, -- who leaves: the affectation or term of office
	leaves_on  TEXT   NOT NULL, -- first day without that holder
	interim    TEXT   NOT NULL, -- post that keeps what is held meanwhile, or ''
	status     TEXT   NOT NULL, -- open | complete | dropped
	status_on  TEXT   NOT NULL,
	note       TEXT   NOT NULL, -- why it was dropped
	opened_by  TEXT   NOT NULL, -- post
	opened_on  TEXT   NOT NULL
);
CREATE UNIQUE INDEX passation_handover_by_number ON passation_handover (year, seq);
CREATE UNIQUE INDEX passation_handover_once ON passation_handover (post, holder);
CREATE INDEX passation_handover_by_status ON passation_handover (status, leaves_on);

-- One thing that is handed over, with its checklist and the two signatures.
CREATE TABLE passation_item (
	id         TEXT   PRIMARY KEY,
	version    BIGINT NOT NULL,
	handover   TEXT   NOT NULL,
	rank       BIGINT NOT NULL,
	kind       TEXT   NOT NULL, -- owner | sponsor | question | action | maturing | asked, or what a later room names
	thing_type TEXT   NOT NULL,
	thing      TEXT   NOT NULL,
	label      TEXT   NOT NULL, -- its title on the day of the handover
	due        TEXT   NOT NULL,
	state      TEXT   NOT NULL, -- where it stands
	next       TEXT   NOT NULL, -- what is to be done first
	papers     TEXT   NOT NULL, -- where papers and accesses are
	contacts   TEXT   NOT NULL, -- which posts and partners to speak to
	status     TEXT   NOT NULL, -- listed | handed | taken | released
	handed_by  TEXT   NOT NULL, -- post; with the holder the first signature
	handed_as  TEXT   NOT NULL, -- holder | interim | absent: the one who leaves, or somebody for want of them
	handed_on  TEXT   NOT NULL,
	taken_by   TEXT   NOT NULL, -- post
	taken_as   TEXT   NOT NULL, -- the affectation or term of office of who takes it
	taken_on   TEXT   NOT NULL,
	reserve    TEXT   NOT NULL  -- what who takes it holds against the state it is in
);
CREATE INDEX passation_item_by_handover ON passation_item (handover, rank);
CREATE UNIQUE INDEX passation_item_once ON passation_item (handover, kind, thing);

-- A récit de passage: what somebody who leaves wants to tell. Voluntary, and its author may take it back.
CREATE TABLE passation_story (
	id           TEXT   PRIMARY KEY,
	version      BIGINT NOT NULL,
	post         TEXT   NOT NULL,
	holder       TEXT   NOT NULL,
	title        TEXT   NOT NULL,
	body         TEXT   NOT NULL,
	lang         TEXT   NOT NULL,
	status       TEXT   NOT NULL, -- written | published | withdrawn
	visibility   TEXT   NOT NULL, -- interne until it is published
	written_on   TEXT   NOT NULL,
	published_on TEXT   NOT NULL,
	withdrawn_on TEXT   NOT NULL
);
CREATE INDEX passation_story_by_post ON passation_story (post, published_on);

-- Who leaves soon, or left lately.
CREATE INDEX powers_holder_by_end ON powers_holder (day_to, post);
