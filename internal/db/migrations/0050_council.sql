-- +goose Up

-- A committee: who sits, how it decides. Its profile template, if any, is the code.
CREATE TABLE council_committee (
	id          TEXT   PRIMARY KEY,
	version     BIGINT NOT NULL,
	code        TEXT   NOT NULL, -- COPIL, GT-CAPTEURS…: what numbers of meetings begin with
	kind        TEXT   NOT NULL, -- copil | group | investment | council
	name_fr     TEXT   NOT NULL,
	name_en     TEXT   NOT NULL,
	mission     TEXT   NOT NULL, -- what it is for
	unit        TEXT   NOT NULL, -- the unit of the organisation that it is, or ''
	quorum      TEXT   NOT NULL, -- none | count | half | third: of the seats that vote
	quorum_min  BIGINT NOT NULL, -- for count
	voting      TEXT   NOT NULL, -- consensus | majority | absolute | two_thirds | chair
	casting     BOOLEAN NOT NULL, -- the president's voice decides a tie
	method      TEXT   NOT NULL, -- show | secret
	powers_max  BIGINT NOT NULL, -- powers that one member may hold; 0: none
	notice      BIGINT NOT NULL, -- days between the notice and the meeting
	clear_days  BOOLEAN NOT NULL, -- they are clear days (jours francs)
	lock_days   BIGINT NOT NULL, -- the agenda is locked that many days before
	visibility  TEXT   NOT NULL, -- interne | public
	founded_on  TEXT   NOT NULL,
	closed_on   TEXT   NOT NULL
);
CREATE UNIQUE INDEX council_committee_by_code ON council_committee (code);

-- A seat: a post sits in a committee during a period.
CREATE TABLE council_member (
	id        TEXT   PRIMARY KEY,
	version   BIGINT NOT NULL,
	committee TEXT   NOT NULL,
	post      TEXT   NOT NULL,
	role      TEXT   NOT NULL, -- president | member | deputy | secretary | advisory
	stands_in TEXT   NOT NULL, -- of a deputy: the seat that it stands in for
	rank      BIGINT NOT NULL,
	from_day  TEXT   NOT NULL,
	to_day    TEXT   NOT NULL
);
CREATE INDEX council_member_by_committee ON council_member (committee, from_day);
CREATE INDEX council_member_by_post ON council_member (post, to_day);

CREATE TABLE council_meeting (
	id          TEXT   PRIMARY KEY,
	version     BIGINT NOT NULL,
	committee   TEXT   NOT NULL,
	year        BIGINT NOT NULL,
	seq         BIGINT NOT NULL,
	number      TEXT   NOT NULL, -- COPIL-2018-2, what people see
	title       TEXT   NOT NULL,
	day         TEXT   NOT NULL, -- J
	clock       TEXT   NOT NULL, -- HH:MM, Europe/Paris
	minutes     BIGINT NOT NULL, -- how long it is meant to last
	place       TEXT   NOT NULL,
	convene_by  TEXT   NOT NULL, -- J minus the notice, as the rule was when the day was set
	lock_on     TEXT   NOT NULL, -- last day on which the agenda may change
	status      TEXT   NOT NULL, -- prepared | convened | open | suspended | closed | approved | published | cancelled
	status_on   TEXT   NOT NULL,
	status_note TEXT   NOT NULL, -- why it was cancelled, suspended
	convened_on TEXT   NOT NULL,
	opened_at   BIGINT NOT NULL,
	closed_at   BIGINT NOT NULL,
	president   TEXT   NOT NULL, -- post that presides
	secretary   TEXT   NOT NULL, -- post that keeps the minutes
	sequence    BIGINT NOT NULL, -- of its calendar entry: grows when day, hour or place change
	visibility  TEXT   NOT NULL
);
CREATE UNIQUE INDEX council_meeting_by_number ON council_meeting (committee, year, seq);
CREATE INDEX council_meeting_by_day ON council_meeting (day, status);

CREATE TABLE council_item (
	id           TEXT   PRIMARY KEY,
	version      BIGINT NOT NULL,
	meeting      TEXT   NOT NULL,
	rank         BIGINT NOT NULL,
	root         TEXT   NOT NULL, -- the first item of this matter: postponing makes another with the same root
	nature       TEXT   NOT NULL, -- info | opinion | decision
	title        TEXT   NOT NULL,
	summary      TEXT   NOT NULL, -- the half page, when no question carries it
	subject_type TEXT   NOT NULL, -- what it is about: initiative, strategy…
	subject_id   TEXT   NOT NULL,
	initiative   TEXT   NOT NULL,
	arbitration  TEXT   NOT NULL, -- the question that it carries
	rapporteur   TEXT   NOT NULL, -- post
	minutes      BIGINT NOT NULL,
	late         TEXT   NOT NULL, -- '' or why it came after the lock
	debate       TEXT   NOT NULL, -- substance of the debate
	status       TEXT   NOT NULL, -- listed | adopted | rejected | noted | postponed | withdrawn
	status_on    TEXT   NOT NULL,
	status_note  TEXT   NOT NULL,
	moved_to     TEXT   NOT NULL, -- the item of another meeting that takes it up
	moved_from   TEXT   NOT NULL,
	open_doors   BOOLEAN NOT NULL  -- shown outside on the agenda of a public meeting
);
CREATE INDEX council_item_by_meeting ON council_item (meeting, rank);
CREATE INDEX council_item_by_root ON council_item (root);
CREATE INDEX council_item_by_arbitration ON council_item (arbitration);
CREATE INDEX council_item_by_initiative ON council_item (initiative);

-- A paper put before a meeting. A new edition is another row: nothing is overwritten.
CREATE TABLE council_paper (
	id           TEXT   PRIMARY KEY,
	version      BIGINT NOT NULL,
	meeting      TEXT   NOT NULL,
	item         TEXT   NOT NULL, -- '' for a paper of the meeting itself
	thread       TEXT   NOT NULL, -- the id of the first edition
	edition      BIGINT NOT NULL, -- 1, 2…
	kind         TEXT   NOT NULL, -- report | draft | annex | slides | note
	title        TEXT   NOT NULL,
	link         TEXT   NOT NULL, -- address in the GED, or ''
	digest       TEXT   NOT NULL, -- SHA-256, hexadecimal; the name of the blob when link is ''
	media        TEXT   NOT NULL,
	size         BIGINT NOT NULL,
	minor        BOOLEAN NOT NULL, -- the change is minor: visas may stand
	added_by     TEXT   NOT NULL, -- post
	added_on     TEXT   NOT NULL,
	withdrawn_on TEXT   NOT NULL,
	withdrawn_why TEXT  NOT NULL,
	visibility   TEXT   NOT NULL,
	published_on TEXT   NOT NULL
);
CREATE INDEX council_paper_by_meeting ON council_paper (meeting, item, thread, edition);
CREATE UNIQUE INDEX council_paper_edition ON council_paper (thread, edition);

-- What is said beforehand of a seat in a meeting: excused, represented by whom.
CREATE TABLE council_attendance (
	id      TEXT   PRIMARY KEY,
	version BIGINT NOT NULL,
	meeting TEXT   NOT NULL,
	member  TEXT   NOT NULL,
	answer  TEXT   NOT NULL, -- coming | excused | represented
	proxy   TEXT   NOT NULL, -- the seat that holds the power
	said_on TEXT   NOT NULL
);
CREATE UNIQUE INDEX council_attendance_once ON council_attendance (meeting, member);

-- Who is in the room, from when to when.
CREATE TABLE council_presence (
	id         TEXT   PRIMARY KEY,
	version    BIGINT NOT NULL,
	meeting    TEXT   NOT NULL,
	member     TEXT   NOT NULL,
	post       TEXT   NOT NULL,
	arrived_at BIGINT NOT NULL,
	left_at    BIGINT NOT NULL -- 0 while in the room
);
CREATE INDEX council_presence_by_meeting ON council_presence (meeting, arrived_at);

-- An interest that a member declares, or declares not to have, about a matter.
CREATE TABLE council_interest (
	id          TEXT   PRIMARY KEY,
	version     BIGINT NOT NULL,
	post        TEXT   NOT NULL,
	holder      TEXT   NOT NULL, -- the affectation or term through which the post was held
	root        TEXT   NOT NULL, -- matter: root of the items; '' for a general declaration
	initiative  TEXT   NOT NULL,
	arbitration TEXT   NOT NULL,
	nature      TEXT   NOT NULL, -- none | family | employment | shares | mandate | other
	note        TEXT   NOT NULL, -- never published
	status      TEXT   NOT NULL, -- none | declared | recused | cleared
	status_on   TEXT   NOT NULL,
	cleared_by  TEXT   NOT NULL, -- post of the deontologist
	declared_on TEXT   NOT NULL
);
CREATE INDEX council_interest_by_post ON council_interest (post, status);
CREATE INDEX council_interest_by_root ON council_interest (root, status);

-- A vote on an item.
CREATE TABLE council_ballot (
	id         TEXT   PRIMARY KEY,
	version    BIGINT NOT NULL,
	meeting    TEXT   NOT NULL,
	item       TEXT   NOT NULL,
	rank       BIGINT NOT NULL,
	motion     TEXT   NOT NULL,
	option_no  BIGINT NOT NULL, -- option of the question that is put to the vote, 0 for none
	method     TEXT   NOT NULL, -- show | secret
	rule       TEXT   NOT NULL, -- majority | absolute | two_thirds | consensus | chair
	status     TEXT   NOT NULL, -- open | closed | cancelled
	opened_at  BIGINT NOT NULL,
	closed_at  BIGINT NOT NULL,
	seats      BIGINT NOT NULL, -- seats that vote, the recused taken away
	entitled   BIGINT NOT NULL, -- voices in the room: present and represented, the recused taken away
	recused    BIGINT NOT NULL,
	quorum     BIGINT NOT NULL, -- needed
	in_room    BIGINT NOT NULL, -- present, the recused taken away
	votes_for  BIGINT NOT NULL,
	against    BIGINT NOT NULL,
	abstain    BIGINT NOT NULL,
	apart      BIGINT NOT NULL, -- not taking part
	casting    TEXT   NOT NULL, -- '' or how the president's voice decided the tie: for | against
	result     TEXT   NOT NULL  -- '' | adopted | rejected
);
CREATE INDEX council_ballot_by_meeting ON council_ballot (meeting, item, rank);

-- A voice in a public vote. A secret vote has none.
CREATE TABLE council_voice (
	id      TEXT   PRIMARY KEY,
	version BIGINT NOT NULL,
	ballot  TEXT   NOT NULL,
	member  TEXT   NOT NULL,
	post    TEXT   NOT NULL, -- whose voice it is
	cast_by TEXT   NOT NULL, -- post that voted: the holder of the power, or post itself
	choice  TEXT   NOT NULL  -- for | against | abstain | apart
);
CREATE UNIQUE INDEX council_voice_once ON council_voice (ballot, member);

CREATE TABLE council_decision (
	id          TEXT   PRIMARY KEY,
	version     BIGINT NOT NULL,
	year        BIGINT NOT NULL,
	seq         BIGINT NOT NULL,
	number      TEXT   NOT NULL, -- D-2018-1
	committee   TEXT   NOT NULL,
	meeting     TEXT   NOT NULL,
	item        TEXT   NOT NULL,
	ballot      TEXT   NOT NULL, -- '' when there was no vote
	initiative  TEXT   NOT NULL,
	arbitration TEXT   NOT NULL,
	result      TEXT   NOT NULL, -- adopted | rejected | noted
	text        TEXT   NOT NULL,
	conditions  TEXT   NOT NULL,
	digest      TEXT   NOT NULL, -- SHA-256 of the adopted text
	answers     TEXT   NOT NULL, -- JSON: the six answers
	actions     TEXT   NOT NULL, -- JSON: ids of the action items that follow
	decided_by  TEXT   NOT NULL, -- post
	decided_on  TEXT   NOT NULL,
	decided_act TEXT   NOT NULL, -- the act, when no question carries it
	visibility  TEXT   NOT NULL
);
CREATE UNIQUE INDEX council_decision_by_number ON council_decision (year, seq);
CREATE INDEX council_decision_by_item ON council_decision (item);
CREATE INDEX council_decision_by_meeting ON council_decision (meeting);
CREATE INDEX council_decision_by_committee ON council_decision (committee, decided_on);

CREATE TABLE council_minutes (
	id               TEXT   PRIMARY KEY,
	version          BIGINT NOT NULL,
	meeting          TEXT   NOT NULL,
	status           TEXT   NOT NULL, -- draft | approved | published
	blocks           TEXT   NOT NULL, -- JSON: what happened, block by block, as its author worded it
	digest           TEXT   NOT NULL, -- SHA-256 of the approved blocks
	approved_by      TEXT   NOT NULL, -- post
	approved_on      TEXT   NOT NULL,
	masks            TEXT   NOT NULL, -- JSON: passages hidden before publication
	published        TEXT   NOT NULL, -- JSON: the blocks as published
	published_digest TEXT   NOT NULL,
	published_by     TEXT   NOT NULL,
	published_on     TEXT   NOT NULL
);
CREATE UNIQUE INDEX council_minutes_by_meeting ON council_minutes (meeting);
