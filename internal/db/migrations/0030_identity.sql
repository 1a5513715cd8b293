-- +goose Up

-- Sign-in data of people. What the city decided about an account is in account_standing.
CREATE TABLE op_account (
	id         TEXT    PRIMARY KEY,
	kind       TEXT    NOT NULL, -- resident | agent
	email      TEXT    NOT NULL, -- folded; '' when none
	name       TEXT    NOT NULL,
	lang       TEXT    NOT NULL, -- '' when none was chosen
	person     TEXT    NOT NULL, -- the person of the powers; '' for residents
	matricule  TEXT    NOT NULL, -- number in the directory; '' for residents
	demo       BOOLEAN NOT NULL,
	created_at BIGINT  NOT NULL
);
CREATE UNIQUE INDEX op_account_by_email ON op_account (email) WHERE email <> '';
CREATE UNIQUE INDEX op_account_by_person ON op_account (person) WHERE person <> '';
CREATE UNIQUE INDEX op_account_by_matricule ON op_account (matricule) WHERE matricule <> '';

-- Civic: the decisions about an account; its id is the account's. No row: an ordinary account.
CREATE TABLE account_standing (
	id            TEXT    PRIMARY KEY,
	version       BIGINT  NOT NULL,
	administrator BOOLEAN NOT NULL,
	disabled      BOOLEAN NOT NULL,
	keys_reset    BIGINT  NOT NULL -- how many times its passkeys were reset by two administrators
);

CREATE TABLE op_session (
	id         TEXT    PRIMARY KEY,
	token      TEXT    NOT NULL, -- SHA-256, hexadecimal
	account    TEXT    NOT NULL,
	means      TEXT    NOT NULL, -- link | oidc | passkey | demo
	read_only  BOOLEAN NOT NULL,
	strong_at  BIGINT  NOT NULL,
	device     TEXT    NOT NULL,
	created_at BIGINT  NOT NULL,
	seen_at    BIGINT  NOT NULL, -- rounded down
	ends_at    BIGINT  NOT NULL, -- absolute limit
	idle       BIGINT  NOT NULL, -- microseconds without a request after which it ends
	provider   TEXT    NOT NULL,
	id_token   TEXT    NOT NULL  -- for the provider's own sign-out
);
CREATE UNIQUE INDEX op_session_by_token ON op_session (token);
CREATE INDEX op_session_by_account ON op_session (account, created_at);

-- Links sent by e-mail. A link to register has no account yet.
CREATE TABLE op_link (
	token      TEXT   PRIMARY KEY, -- SHA-256, hexadecimal
	purpose    TEXT   NOT NULL,    -- sign_in | register
	account    TEXT   NOT NULL,
	email      TEXT   NOT NULL,
	name       TEXT   NOT NULL,
	lang       TEXT   NOT NULL,
	back       TEXT   NOT NULL,
	created_at BIGINT NOT NULL,
	ends_at    BIGINT NOT NULL
);
CREATE INDEX op_link_by_email ON op_link (email, created_at);

-- What a browser is in the middle of: a passkey challenge or an OpenID request. It serves once.
CREATE TABLE op_ceremony (
	token   TEXT   PRIMARY KEY, -- SHA-256 of the cookie, hexadecimal
	kind    TEXT   NOT NULL,    -- register | assert | oidc
	account TEXT   NOT NULL,
	data    TEXT   NOT NULL,    -- JSON
	ends_at BIGINT NOT NULL
);

CREATE TABLE op_passkey (
	id         TEXT   PRIMARY KEY, -- credential id, base64url
	account    TEXT   NOT NULL,
	label      TEXT   NOT NULL,
	credential TEXT   NOT NULL, -- JSON of the public credential record
	created_at BIGINT NOT NULL,
	used_at    BIGINT NOT NULL
);
CREATE INDEX op_passkey_by_account ON op_passkey (account, created_at);

-- An account known to an OpenID provider.
CREATE TABLE op_oidc_link (
	issuer     TEXT   NOT NULL,
	subject    TEXT   NOT NULL,
	account    TEXT   NOT NULL,
	created_at BIGINT NOT NULL,
	PRIMARY KEY (issuer, subject)
);
CREATE INDEX op_oidc_link_by_account ON op_oidc_link (account);

-- A reset of passkeys asked for by one administrator, waiting for another.
CREATE TABLE op_key_reset (
	account  TEXT   PRIMARY KEY,
	asked_by TEXT   NOT NULL,
	asked_at BIGINT NOT NULL
);

CREATE TABLE op_security_event (
	id      TEXT   PRIMARY KEY,
	at      BIGINT NOT NULL,
	kind    TEXT   NOT NULL,
	account TEXT   NOT NULL,
	session TEXT   NOT NULL,
	address TEXT   NOT NULL,
	detail  TEXT   NOT NULL
);
CREATE INDEX op_security_event_by_time ON op_security_event (at);
CREATE INDEX op_security_event_by_account ON op_security_event (account, at);

-- A directory that was read and is not applied yet.
CREATE TABLE op_directory (
	id         TEXT   PRIMARY KEY,
	account    TEXT   NOT NULL, -- who brought it
	file       TEXT   NOT NULL,
	digest     TEXT   NOT NULL, -- SHA-256 of the file
	day        TEXT   NOT NULL, -- legal day for which it was read
	created_at BIGINT NOT NULL,
	applied_at BIGINT NOT NULL,
	act        TEXT   NOT NULL
);
CREATE TABLE op_directory_row (
	directory TEXT   NOT NULL,
	line      BIGINT NOT NULL,
	data      TEXT   NOT NULL, -- JSON
	PRIMARY KEY (directory, line)
);
CREATE TABLE op_directory_defect (
	directory TEXT   NOT NULL,
	n         BIGINT NOT NULL,
	place     TEXT   NOT NULL, -- "ligne 4, courriel"
	key       TEXT   NOT NULL,
	args      TEXT   NOT NULL, -- JSON
	PRIMARY KEY (directory, n)
);
