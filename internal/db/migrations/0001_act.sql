-- +goose Up

-- One row per act: who did or decided what, for whom, why, when and how.
CREATE TABLE act (
	id           TEXT   PRIMARY KEY,
	recorded_at  BIGINT NOT NULL,
	verb         TEXT   NOT NULL,
	force        TEXT   NOT NULL,
	visibility   TEXT   NOT NULL, -- interne | public
	actor_kind   TEXT   NOT NULL,
	post         TEXT   NOT NULL, -- '' when the actor holds none
	account      TEXT   NOT NULL, -- never in the payload: erasable
	object_type  TEXT   NOT NULL,
	object_id    TEXT   NOT NULL,
	subject_type TEXT   NOT NULL, -- the thing on whose page the act appears
	subject_id   TEXT   NOT NULL,
	effective    TEXT   NOT NULL, -- legal day
	cause        TEXT   NOT NULL,
	corrects     TEXT   NOT NULL,
	leaf         BIGINT NOT NULL, -- index in the log; -1 while an internal act waits for its batch
	nonce        BYTEA  NOT NULL,
	payload      BYTEA  NOT NULL  -- the institutional answers, never erased
);
CREATE INDEX act_by_subject ON act (subject_type, subject_id, recorded_at);
-- Acts are asked by their subject. Only these are also asked by their object, and every act pays for an index.
CREATE INDEX act_by_unit ON act (object_id, recorded_at) WHERE object_type = 'unit';
CREATE INDEX act_by_question ON act (object_id, recorded_at) WHERE object_type = 'arbitration';
CREATE INDEX act_by_time ON act (recorded_at, id);
CREATE INDEX act_by_leaf ON act (leaf, recorded_at);
CREATE INDEX act_by_post ON act (post, recorded_at);
CREATE INDEX act_by_verb ON act (verb, recorded_at);

-- Each free text and name of an act, erasable by itself.
CREATE TABLE act_text (
	id        TEXT  PRIMARY KEY,
	act       TEXT  NOT NULL,
	name      TEXT  NOT NULL,
	lang      TEXT  NOT NULL,
	nonce     BYTEA NOT NULL, -- empty once erased
	body      TEXT  NOT NULL, -- '' once erased
	erased_by TEXT  NOT NULL
);
CREATE INDEX act_text_by_act ON act_text (act, name);

-- The salted digest of every live civic row, as its last act left it.
CREATE TABLE act_seal (
	row_table TEXT  NOT NULL,
	row_id    TEXT  NOT NULL,
	act       TEXT  NOT NULL,
	salt      BYTEA NOT NULL,
	digest    BYTEA NOT NULL,
	PRIMARY KEY (row_table, row_id)
);
CREATE INDEX act_seal_by_act ON act_seal (act);

-- The leaves of the public log, stored bytes in the order of commit.
CREATE TABLE log_leaf (
	idx  BIGINT PRIMARY KEY,
	body BYTEA  NOT NULL
);

-- Batches of internal acts: the list of salted digests that one leaf commits to.
CREATE TABLE log_batch (
	leaf    BIGINT PRIMARY KEY,
	nonce   BYTEA  NOT NULL,
	payload BYTEA  NOT NULL
);

-- Hash tiles (C2SP tlog-tiles, height 8); the last tile of a level may be partial.
CREATE TABLE log_tile (
	level BIGINT NOT NULL,
	idx   BIGINT NOT NULL,
	width BIGINT NOT NULL,
	data  BYTEA  NOT NULL,
	PRIMARY KEY (level, idx)
);

CREATE TABLE log_checkpoint (
	size      BIGINT PRIMARY KEY,
	signed_at BIGINT NOT NULL,
	note      TEXT   NOT NULL
);

CREATE TABLE log_cosignature (
	size      BIGINT NOT NULL,
	witness   TEXT   NOT NULL,
	line      TEXT   NOT NULL,
	signed_at BIGINT NOT NULL,
	PRIMARY KEY (size, witness)
);
