-- +goose Up

-- What happened, for other rooms and other processes, in the order of commit. Ids only, no names.
CREATE TABLE fact (
	seq         BIGINT PRIMARY KEY,
	id          TEXT   NOT NULL,
	name        TEXT   NOT NULL, -- package.TypeV1
	cause       TEXT   NOT NULL, -- the act recorded last in the transaction, '' if none
	happened_at BIGINT NOT NULL,
	body        TEXT   NOT NULL
);

-- How far each consumer has come, and what stops it.
CREATE TABLE fact_cursor (
	consumer TEXT   PRIMARY KEY,
	seq      BIGINT NOT NULL, -- the last fact whose effect is committed
	moved_at BIGINT NOT NULL,
	attempts BIGINT NOT NULL, -- failures in a row at the next fact
	retry_at BIGINT NOT NULL, -- 0: at once
	trouble  TEXT   NOT NULL
);

-- Work to be done outside the transaction that asked for it.
CREATE TABLE job (
	id          TEXT   PRIMARY KEY, -- the name of a periodic or unique job
	kind        TEXT   NOT NULL,
	payload     TEXT   NOT NULL,
	state       TEXT   NOT NULL, -- waiting | dead
	run_at      BIGINT NOT NULL, -- 0: at once
	attempts    BIGINT NOT NULL,
	lease       TEXT   NOT NULL, -- '' while nobody works on it
	lease_until BIGINT NOT NULL,
	trouble     TEXT   NOT NULL,
	created_at  BIGINT NOT NULL
);
CREATE INDEX job_by_turn ON job (state, run_at, id);

-- A file of the blobs folder that something cites.
CREATE TABLE blob (
	digest    TEXT   PRIMARY KEY, -- SHA-256, hexadecimal
	size      BIGINT NOT NULL,
	media     TEXT   NOT NULL,
	stored_at BIGINT NOT NULL
);

-- Who cites a blob: it may be removed when nobody does.
CREATE TABLE op_blob_use (
	digest     TEXT NOT NULL,
	owner_type TEXT NOT NULL,
	owner_id   TEXT NOT NULL,
	PRIMARY KEY (digest, owner_type, owner_id)
);
CREATE INDEX op_blob_use_by_owner ON op_blob_use (owner_type, owner_id);

-- Mail to be sent. Its content is erased once it has left.
CREATE TABLE mail_outbox (
	id         TEXT   PRIMARY KEY,
	kind       TEXT   NOT NULL, -- the catalogue key
	recipient  TEXT   NOT NULL, -- '' once erased
	lang       TEXT   NOT NULL,
	subject    TEXT   NOT NULL,
	content    TEXT   NOT NULL, -- JSON: texts, headers, attachments; '' once sent
	state      TEXT   NOT NULL, -- queued | sent | failed
	queued_at  BIGINT NOT NULL,
	sent_at    BIGINT NOT NULL,
	trouble    TEXT   NOT NULL
);
CREATE INDEX mail_outbox_by_state ON mail_outbox (state, queued_at);

-- What somebody is to be told, and what they were told.
CREATE TABLE op_notice (
	id         TEXT   PRIMARY KEY,
	reader     TEXT   NOT NULL, -- an account, or "follow:" and the id of a follower without one
	kind       TEXT   NOT NULL,
	about_type TEXT   NOT NULL,
	about_id   TEXT   NOT NULL,
	args       TEXT   NOT NULL, -- JSON
	due        TEXT   NOT NULL, -- legal day, '' when nothing is due
	frequency  TEXT   NOT NULL, -- now | daily | weekly
	send_at    BIGINT NOT NULL, -- 0: at once
	made_at    BIGINT NOT NULL,
	told_at    BIGINT NOT NULL, -- 0: not yet
	seen_at    BIGINT NOT NULL  -- 0: not yet opened on the site
);
CREATE INDEX op_notice_by_turn ON op_notice (told_at, send_at, reader);
CREATE INDEX op_notice_by_reader ON op_notice (reader, made_at);

-- How often somebody wants to hear of a kind of thing.
CREATE TABLE op_notify_choice (
	reader    TEXT   NOT NULL,
	kind      TEXT   NOT NULL,
	frequency TEXT   NOT NULL, -- now | daily | weekly | never
	chosen_at BIGINT NOT NULL,
	PRIMARY KEY (reader, kind)
);

-- The hours in which somebody is left alone, in minutes of the day, Paris time.
CREATE TABLE op_notify_quiet (
	reader   TEXT    PRIMARY KEY,
	from_min BIGINT  NOT NULL,
	to_min   BIGINT  NOT NULL,
	weekends BOOLEAN NOT NULL
);

-- Who was sent which round of « ce qui vous attend », so that nobody gets it twice.
CREATE TABLE op_notify_round (
	reader TEXT NOT NULL,
	day    TEXT NOT NULL,
	PRIMARY KEY (reader, day)
);

-- Who follows what. A follower without an account is known by a confirmed address.
CREATE TABLE op_notify_follow (
	id           TEXT   PRIMARY KEY,
	about_type   TEXT   NOT NULL,
	about_id     TEXT   NOT NULL,
	account      TEXT   NOT NULL, -- '' when the address is
	email        TEXT   NOT NULL, -- '' when the account is
	lang         TEXT   NOT NULL,
	asked_at     BIGINT NOT NULL,
	confirmed_at BIGINT NOT NULL  -- 0: not yet
);
CREATE UNIQUE INDEX op_notify_follow_once ON op_notify_follow (about_type, about_id, account, email);
CREATE INDEX op_notify_follow_by_account ON op_notify_follow (account, email);
