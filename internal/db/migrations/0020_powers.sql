-- +goose Up

-- Every table of powers is bitemporal: a row is a statement, never changed but for its end. Legal days
-- say when it holds in law, instants and acts say when the city stated it and took it back. A thing may
-- have several standing statements, for days that do not overlap.

-- A legal person: commune, métropole, arrondissement, CCAS.
CREATE TABLE powers_body (
	id           TEXT   PRIMARY KEY, -- of this statement
	thing        TEXT   NOT NULL, -- what the statement is about, for ever
	version      BIGINT NOT NULL,
	day_from     TEXT   NOT NULL, -- legal days [day_from, day_to)
	day_to       TEXT   NOT NULL,
	recorded_at  BIGINT NOT NULL,
	recorded_act TEXT   NOT NULL,
	ended_at     BIGINT NOT NULL, -- 9223372036854775807 while the statement stands
	ended_act    TEXT   NOT NULL,
	first_at     BIGINT NOT NULL, -- when the thing was first stated: a later statement may only shorten it
	first_act    TEXT   NOT NULL,
	kind         TEXT   NOT NULL,
	code         TEXT   NOT NULL,
	name         TEXT   NOT NULL,
	name_en      TEXT   NOT NULL,
	siren        TEXT   NOT NULL
);
CREATE INDEX powers_body_by_thing ON powers_body (thing, ended_at);

-- Which body is competent in a matter: one at a time.
CREATE TABLE powers_competence (
	id           TEXT   PRIMARY KEY, -- of this statement
	thing        TEXT   NOT NULL, -- what the statement is about, for ever
	version      BIGINT NOT NULL,
	day_from     TEXT   NOT NULL, -- legal days [day_from, day_to)
	day_to       TEXT   NOT NULL,
	recorded_at  BIGINT NOT NULL,
	recorded_act TEXT   NOT NULL,
	ended_at     BIGINT NOT NULL, -- 9223372036854775807 while the statement stands
	ended_act    TEXT   NOT NULL,
	first_at     BIGINT NOT NULL, -- when the thing was first stated: a later statement may only shorten it
	first_act    TEXT   NOT NULL,
	matter       TEXT   NOT NULL,
	body         TEXT   NOT NULL,
	legal_act    TEXT   NOT NULL
);
CREATE INDEX powers_competence_by_matter ON powers_competence (matter, ended_at);
CREATE INDEX powers_competence_by_thing ON powers_competence (thing, ended_at);

-- The life of a unit.
CREATE TABLE powers_unit (
	id           TEXT   PRIMARY KEY, -- of this statement
	thing        TEXT   NOT NULL, -- what the statement is about, for ever
	version      BIGINT NOT NULL,
	day_from     TEXT   NOT NULL, -- legal days [day_from, day_to)
	day_to       TEXT   NOT NULL,
	recorded_at  BIGINT NOT NULL,
	recorded_act TEXT   NOT NULL,
	ended_at     BIGINT NOT NULL, -- 9223372036854775807 while the statement stands
	ended_act    TEXT   NOT NULL,
	first_at     BIGINT NOT NULL, -- when the thing was first stated: a later statement may only shorten it
	first_act    TEXT   NOT NULL,
	body         TEXT   NOT NULL,
	kind         TEXT   NOT NULL,
	code         TEXT   NOT NULL,
	shared       BOOLEAN NOT NULL -- mutualisée between bodies
);
CREATE INDEX powers_unit_by_thing ON powers_unit (thing, ended_at);
CREATE INDEX powers_unit_by_kind ON powers_unit (kind, code, ended_at);

-- What a unit is called.
CREATE TABLE powers_unit_name (
	id           TEXT   PRIMARY KEY, -- of this statement
	thing        TEXT   NOT NULL, -- what the statement is about, for ever
	version      BIGINT NOT NULL,
	day_from     TEXT   NOT NULL, -- legal days [day_from, day_to)
	day_to       TEXT   NOT NULL,
	recorded_at  BIGINT NOT NULL,
	recorded_act TEXT   NOT NULL,
	ended_at     BIGINT NOT NULL, -- 9223372036854775807 while the statement stands
	ended_act    TEXT   NOT NULL,
	first_at     BIGINT NOT NULL, -- when the thing was first stated: a later statement may only shorten it
	first_act    TEXT   NOT NULL,
	unit         TEXT   NOT NULL,
	name         TEXT   NOT NULL,
	name_en      TEXT   NOT NULL,
	short        TEXT   NOT NULL,
	fold         TEXT   NOT NULL -- the name without case or accents, for search
);
CREATE INDEX powers_unit_name_by_unit ON powers_unit_name (unit, ended_at);
CREATE INDEX powers_unit_name_by_thing ON powers_unit_name (thing, ended_at);

-- How units depend on each other.
CREATE TABLE powers_unit_link (
	id           TEXT   PRIMARY KEY, -- of this statement
	thing        TEXT   NOT NULL, -- what the statement is about, for ever
	version      BIGINT NOT NULL,
	day_from     TEXT   NOT NULL, -- legal days [day_from, day_to)
	day_to       TEXT   NOT NULL,
	recorded_at  BIGINT NOT NULL,
	recorded_act TEXT   NOT NULL,
	ended_at     BIGINT NOT NULL, -- 9223372036854775807 while the statement stands
	ended_act    TEXT   NOT NULL,
	first_at     BIGINT NOT NULL, -- when the thing was first stated: a later statement may only shorten it
	first_act    TEXT   NOT NULL,
	child        TEXT   NOT NULL,
	parent       TEXT   NOT NULL,
	nature       TEXT   NOT NULL, -- hierarchical | functional | tutelage | funding | hosting
	legal_act    TEXT   NOT NULL
);
CREATE INDEX powers_unit_link_by_child ON powers_unit_link (child, nature, ended_at);
CREATE INDEX powers_unit_link_by_parent ON powers_unit_link (parent, nature, ended_at);
CREATE INDEX powers_unit_link_by_thing ON powers_unit_link (thing, ended_at);

-- What became of units: one row for each pair. day_from is the day of the change.
CREATE TABLE powers_change (
	id           TEXT   PRIMARY KEY, -- of this statement
	thing        TEXT   NOT NULL, -- what the statement is about, for ever
	version      BIGINT NOT NULL,
	day_from     TEXT   NOT NULL, -- legal days [day_from, day_to)
	day_to       TEXT   NOT NULL,
	recorded_at  BIGINT NOT NULL,
	recorded_act TEXT   NOT NULL,
	ended_at     BIGINT NOT NULL, -- 9223372036854775807 while the statement stands
	ended_act    TEXT   NOT NULL,
	first_at     BIGINT NOT NULL, -- when the thing was first stated: a later statement may only shorten it
	first_act    TEXT   NOT NULL,
	kind         TEXT   NOT NULL, -- create | merge | split | rename | move | dissolve
	change       TEXT   NOT NULL, -- groups the pairs of one change
	from_unit    TEXT   NOT NULL, -- '' for a creation
	to_unit      TEXT   NOT NULL, -- '' for a dissolution
	legal_act    TEXT   NOT NULL
);
CREATE INDEX powers_change_by_from ON powers_change (from_unit, ended_at);
CREATE INDEX powers_change_by_to ON powers_change (to_unit, ended_at);
CREATE INDEX powers_change_by_change ON powers_change (change);

-- A post in a unit, held or not.
CREATE TABLE powers_post (
	id           TEXT   PRIMARY KEY, -- of this statement
	thing        TEXT   NOT NULL, -- what the statement is about, for ever
	version      BIGINT NOT NULL,
	day_from     TEXT   NOT NULL, -- legal days [day_from, day_to)
	day_to       TEXT   NOT NULL,
	recorded_at  BIGINT NOT NULL,
	recorded_act TEXT   NOT NULL,
	ended_at     BIGINT NOT NULL, -- 9223372036854775807 while the statement stands
	ended_act    TEXT   NOT NULL,
	first_at     BIGINT NOT NULL, -- when the thing was first stated: a later statement may only shorten it
	first_act    TEXT   NOT NULL,
	unit         TEXT   NOT NULL,
	code         TEXT   NOT NULL,
	title        TEXT   NOT NULL,
	title_en     TEXT   NOT NULL,
	fold         TEXT   NOT NULL,
	layer        TEXT   NOT NULL, -- elu | cabinet | haut_fonctionnaire | service | terrain | externe
	head         BOOLEAN NOT NULL, -- leads its unit
	named        BOOLEAN NOT NULL -- the holder's name may be shown to the public
);
CREATE INDEX powers_post_by_thing ON powers_post (thing, ended_at);
CREATE INDEX powers_post_by_unit ON powers_post (unit, ended_at);
CREATE INDEX powers_post_by_code ON powers_post (code, ended_at);
CREATE INDEX powers_post_by_head ON powers_post (head, ended_at, unit);
CREATE INDEX powers_post_by_layer ON powers_post (layer, ended_at);
CREATE INDEX powers_post_by_fold ON powers_post (fold, ended_at);

-- A person is a number. Names and matricule are apart, so that they can be erased.
CREATE TABLE powers_person (
	id      TEXT   PRIMARY KEY,
	version BIGINT NOT NULL
);

CREATE TABLE powers_matricule (
	id        TEXT   PRIMARY KEY, -- the person
	version   BIGINT NOT NULL,
	matricule TEXT,               -- NULL once erased
	source    TEXT   NOT NULL     -- directory, hand, import
);
CREATE UNIQUE INDEX powers_matricule_by_number ON powers_matricule (matricule);

CREATE TABLE powers_person_name (
	id      TEXT   PRIMARY KEY, -- the person
	version BIGINT NOT NULL,
	given   TEXT,               -- NULL once erased
	family  TEXT,               -- NULL once erased
	erased  TEXT   NOT NULL     -- '' or the day of the erasure
);

-- Who holds a post: an affectation (agents) or a mandat (elected).
CREATE TABLE powers_holder (
	id           TEXT   PRIMARY KEY, -- of this statement
	thing        TEXT   NOT NULL, -- what the statement is about, for ever
	version      BIGINT NOT NULL,
	day_from     TEXT   NOT NULL, -- legal days [day_from, day_to)
	day_to       TEXT   NOT NULL,
	recorded_at  BIGINT NOT NULL,
	recorded_act TEXT   NOT NULL,
	ended_at     BIGINT NOT NULL, -- 9223372036854775807 while the statement stands
	ended_act    TEXT   NOT NULL,
	first_at     BIGINT NOT NULL, -- when the thing was first stated: a later statement may only shorten it
	first_act    TEXT   NOT NULL,
	post         TEXT   NOT NULL,
	person       TEXT   NOT NULL,
	nature       TEXT   NOT NULL, -- affectation | mandat
	status       TEXT   NOT NULL, -- elu | fonctionnaire | contractuel | stagiaire | mis_a_disposition | prestataire
	quotity      BIGINT NOT NULL, -- hundredths of full time
	interim      BOOLEAN NOT NULL,
	legal_act    TEXT   NOT NULL
);
-- These two decide without reading the row: most holdings of a post are over.
CREATE INDEX powers_holder_by_post ON powers_holder (post, day_from, day_to, ended_at, recorded_at);
CREATE INDEX powers_holder_by_person ON powers_holder (person, day_from, day_to, ended_at, recorded_at);
CREATE INDEX powers_holder_by_thing ON powers_holder (thing, ended_at);

-- A power handed to another post. The lists hold codes apart by spaces; '' is no limit.
CREATE TABLE powers_delegation (
	id           TEXT   PRIMARY KEY, -- of this statement
	thing        TEXT   NOT NULL, -- what the statement is about, for ever
	version      BIGINT NOT NULL,
	day_from     TEXT   NOT NULL, -- legal days [day_from, day_to)
	day_to       TEXT   NOT NULL,
	recorded_at  BIGINT NOT NULL,
	recorded_act TEXT   NOT NULL,
	ended_at     BIGINT NOT NULL, -- 9223372036854775807 while the statement stands
	ended_act    TEXT   NOT NULL,
	first_at     BIGINT NOT NULL, -- when the thing was first stated: a later statement may only shorten it
	first_act    TEXT   NOT NULL,
	from_post    TEXT   NOT NULL,
	to_post      TEXT   NOT NULL,
	nature       TEXT   NOT NULL, -- fonction | signature | attribution
	verbs        TEXT   NOT NULL,
	objects      TEXT   NOT NULL,
	matters      TEXT   NOT NULL,
	territories  TEXT   NOT NULL,
	amount_max   BIGINT NOT NULL, -- cents, 0 is no limit
	legal_act    TEXT   NOT NULL, -- number of the arrêté
	source       TEXT   NOT NULL, -- the delegation that is handed on, '' when the giver's own power is
	from_holder  TEXT   NOT NULL, -- a signature is personal: it ends with either holder; '' otherwise
	to_holder    TEXT   NOT NULL,
	revoked_by   TEXT   NOT NULL -- number of the arrêté that revoked it
);
CREATE INDEX powers_delegation_by_to ON powers_delegation (to_post, ended_at);
CREATE INDEX powers_delegation_by_from ON powers_delegation (from_post, ended_at);
CREATE INDEX powers_delegation_by_thing ON powers_delegation (thing, ended_at);
CREATE INDEX powers_delegation_by_source ON powers_delegation (source, ended_at);

-- The right door of a unit for a topic.
CREATE TABLE powers_referent (
	id           TEXT   PRIMARY KEY, -- of this statement
	thing        TEXT   NOT NULL, -- what the statement is about, for ever
	version      BIGINT NOT NULL,
	day_from     TEXT   NOT NULL, -- legal days [day_from, day_to)
	day_to       TEXT   NOT NULL,
	recorded_at  BIGINT NOT NULL,
	recorded_act TEXT   NOT NULL,
	ended_at     BIGINT NOT NULL, -- 9223372036854775807 while the statement stands
	ended_act    TEXT   NOT NULL,
	first_at     BIGINT NOT NULL, -- when the thing was first stated: a later statement may only shorten it
	first_act    TEXT   NOT NULL,
	unit         TEXT   NOT NULL,
	topic        TEXT   NOT NULL,
	post         TEXT   NOT NULL
);
CREATE INDEX powers_referent_by_unit ON powers_referent (unit, topic, ended_at);
CREATE INDEX powers_referent_by_post ON powers_referent (post, ended_at);
CREATE INDEX powers_referent_by_thing ON powers_referent (thing, ended_at);

-- The documents of governance profiles, kept as they were installed. The id is their SHA-256.
CREATE TABLE powers_profile (
	id       TEXT   PRIMARY KEY,
	version  BIGINT NOT NULL,
	code     TEXT   NOT NULL,
	edition  BIGINT NOT NULL,
	document TEXT   NOT NULL
);

-- Which profile is in force: one at a time.
CREATE TABLE powers_profile_force (
	id           TEXT   PRIMARY KEY, -- of this statement
	thing        TEXT   NOT NULL, -- what the statement is about, for ever
	version      BIGINT NOT NULL,
	day_from     TEXT   NOT NULL, -- legal days [day_from, day_to)
	day_to       TEXT   NOT NULL,
	recorded_at  BIGINT NOT NULL,
	recorded_act TEXT   NOT NULL,
	ended_at     BIGINT NOT NULL, -- 9223372036854775807 while the statement stands
	ended_act    TEXT   NOT NULL,
	first_at     BIGINT NOT NULL, -- when the thing was first stated: a later statement may only shorten it
	first_act    TEXT   NOT NULL,
	profile      TEXT   NOT NULL,
	legal_act    TEXT   NOT NULL
);
CREATE INDEX powers_profile_force_by_day ON powers_profile_force (ended_at, day_from);
CREATE INDEX powers_profile_force_by_thing ON powers_profile_force (thing, ended_at);
