-- +goose Up

-- A circuit that a committee drew for its own papers. Those of the governance profile stay in the profile.
CREATE TABLE council_template (
	id        TEXT   PRIMARY KEY,
	version   BIGINT NOT NULL,
	committee TEXT   NOT NULL,
	code      TEXT   NOT NULL,
	name_fr   TEXT   NOT NULL,
	name_en   TEXT   NOT NULL,
	steps     TEXT   NOT NULL, -- JSON
	closed_on TEXT   NOT NULL
);
CREATE INDEX council_template_by_committee ON council_template (committee, code);

-- Opinions and visas asked about an item and the paper under it.
CREATE TABLE council_circuit (
	id          TEXT   PRIMARY KEY,
	version     BIGINT NOT NULL,
	code        TEXT   NOT NULL, -- of its template; 'consultation' when it was drawn for the occasion
	name_fr     TEXT   NOT NULL,
	name_en     TEXT   NOT NULL,
	question    TEXT   NOT NULL, -- '' or what is asked
	meeting     TEXT   NOT NULL,
	item        TEXT   NOT NULL,
	root        TEXT   NOT NULL, -- matter: recusal is about it
	initiative  TEXT   NOT NULL,
	arbitration TEXT   NOT NULL,
	unit        TEXT   NOT NULL, -- the unit that brings the matter, when no initiative names one
	thread      TEXT   NOT NULL, -- document, '' for the item alone
	paper       TEXT   NOT NULL, -- its edition in force
	edition     BIGINT NOT NULL,
	digest      TEXT   NOT NULL,
	steps       TEXT   NOT NULL, -- JSON: the steps as they were when it was opened
	status      TEXT   NOT NULL, -- open | agreed | returned | withdrawn
	status_on   TEXT   NOT NULL,
	note        TEXT   NOT NULL, -- why it was withdrawn; what its author answered to a refusal
	opened_by   TEXT   NOT NULL, -- post
	opened_on   TEXT   NOT NULL,
	opened_act  TEXT   NOT NULL  -- the human act that the clock names when it closes a silence
);
CREATE INDEX council_circuit_by_item ON council_circuit (item, opened_on);
CREATE INDEX council_circuit_by_thread ON council_circuit (thread, status);
CREATE INDEX council_circuit_by_root ON council_circuit (root);

CREATE TABLE council_step (
	id         TEXT   PRIMARY KEY,
	version    BIGINT NOT NULL,
	circuit    TEXT   NOT NULL,
	no         BIGINT NOT NULL, -- from 1: place in the steps of the circuit
	rank       BIGINT NOT NULL, -- steps of one rank run together
	round      BIGINT NOT NULL, -- grows each time the step is opened again
	status     TEXT   NOT NULL, -- waiting | open | stuck | agreed | reserved | refused
	opened_on  TEXT   NOT NULL,
	settled_on TEXT   NOT NULL
);
CREATE UNIQUE INDEX council_step_of_circuit ON council_step (circuit, no);
CREATE INDEX council_step_by_status ON council_step (status);

-- What one post is asked in one round of a step, and what it answered.
CREATE TABLE council_visa (
	id          TEXT   PRIMARY KEY,
	version     BIGINT NOT NULL,
	circuit     TEXT   NOT NULL,
	step        TEXT   NOT NULL,
	round       BIGINT NOT NULL,
	post        TEXT   NOT NULL, -- whose voice it is
	raised_from TEXT   NOT NULL, -- the silent or recused one that went up to this post
	status      TEXT   NOT NULL, -- asked | vacant | agreed | reserved | refused | abstained | tacit_agreed | tacit_refused | raised | void | dropped
	text        TEXT   NOT NULL, -- reserves, reason
	answered_by TEXT   NOT NULL, -- the post itself, or who received its signature
	holder      TEXT   NOT NULL,
	answered_on TEXT   NOT NULL,
	edition     BIGINT NOT NULL, -- of the paper: asked about, then answered on
	digest      TEXT   NOT NULL,
	asked_on    TEXT   NOT NULL,
	due         TEXT   NOT NULL  -- '' without deadline
);
CREATE INDEX council_visa_by_circuit ON council_visa (circuit, step, round);
CREATE INDEX council_visa_by_post ON council_visa (post, status, due);
CREATE INDEX council_visa_by_due ON council_visa (status, due);

-- The links of letters: only the digest of each secret is kept.
CREATE TABLE op_council_token (
	hash       TEXT   PRIMARY KEY,
	visa       TEXT   NOT NULL,
	version    BIGINT NOT NULL,
	post       TEXT   NOT NULL,
	holder     TEXT   NOT NULL,
	expires_at BIGINT NOT NULL,
	used_at    BIGINT NOT NULL
);

-- The secret addresses of agendas that a program subscribes to.
CREATE TABLE op_council_feed (
	hash       TEXT   PRIMARY KEY,
	account    TEXT   NOT NULL,
	person     TEXT   NOT NULL,
	lang       TEXT   NOT NULL,
	made_at    BIGINT NOT NULL,
	revoked_at BIGINT NOT NULL
);
CREATE INDEX op_council_feed_by_account ON op_council_feed (account, revoked_at);

-- A formal act (délibération, arrêté, convention): prepared here, signed and transmitted elsewhere.
CREATE TABLE council_formal (
	id               TEXT   PRIMARY KEY,
	version          BIGINT NOT NULL,
	ref              TEXT   NOT NULL, -- what the exchange files call it: AF-2018-1
	year             BIGINT NOT NULL,
	seq              BIGINT NOT NULL,
	kind             TEXT   NOT NULL, -- deliberation | arrete | individuel | convention
	decision         TEXT   NOT NULL,
	meeting          TEXT   NOT NULL,
	committee        TEXT   NOT NULL,
	title            TEXT   NOT NULL, -- its object
	text             TEXT   NOT NULL, -- as adopted
	digest           TEXT   NOT NULL, -- SHA-256 of text
	matter_code      TEXT   NOT NULL, -- nomenclature ACTES, level 2
	matter_name      TEXT   NOT NULL,
	budget_year      TEXT   NOT NULL,
	budget_name      TEXT   NOT NULL,
	transmit         BOOLEAN NOT NULL,
	remedies         BOOLEAN NOT NULL,
	votes            TEXT   NOT NULL, -- JSON: seats, cast, for, against, abstentions; '' without a public count
	status           TEXT   NOT NULL, -- prepared | sent | returned | withdrawn
	sent_on          TEXT   NOT NULL, -- handed to the other tools
	number           TEXT   NOT NULL, -- what the délibération tool gave it
	adopted_on       TEXT   NOT NULL,
	signed_on        TEXT   NOT NULL,
	transmitted_on   TEXT   NOT NULL,
	received_on      TEXT   NOT NULL,
	receipt          TEXT   NOT NULL, -- identifier of the AR
	authority        TEXT   NOT NULL, -- PREFNNN
	notified_on      TEXT   NOT NULL,
	posted_on        TEXT   NOT NULL, -- put online
	url              TEXT   NOT NULL,
	masks            TEXT   NOT NULL, -- JSON: passages hidden before publication
	published        TEXT   NOT NULL, -- the text that everyone reads
	published_digest TEXT   NOT NULL,
	published_by     TEXT   NOT NULL,
	published_on     TEXT   NOT NULL,
	visibility       TEXT   NOT NULL
);
CREATE UNIQUE INDEX council_formal_by_ref ON council_formal (year, seq);
CREATE INDEX council_formal_by_decision ON council_formal (decision);
CREATE INDEX council_formal_by_list ON council_formal (visibility, adopted_on);

-- A return file that is read and not yet made live.
CREATE TABLE op_council_return (
	id      TEXT   PRIMARY KEY,
	account TEXT   NOT NULL,
	made_at BIGINT NOT NULL,
	body    TEXT   NOT NULL -- JSON
);

-- Période préélectorale: from when to when promotion is frozen.
CREATE TABLE council_quiet (
	id       TEXT   PRIMARY KEY,
	version  BIGINT NOT NULL,
	election TEXT   NOT NULL, -- what is voted on
	ballot   TEXT   NOT NULL, -- first day of the vote
	from_day TEXT   NOT NULL,
	to_day   TEXT   NOT NULL,
	set_by   TEXT   NOT NULL, -- post
	set_on   TEXT   NOT NULL,
	ended_on TEXT   NOT NULL  -- '' or the day on which the switch was taken back
);
CREATE INDEX council_quiet_by_day ON council_quiet (from_day, to_day);
