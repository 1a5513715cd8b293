-- +goose Up

-- What can be found, in one language. Drafts are never here.
CREATE TABLE search_doc (
	num        BIGINT PRIMARY KEY,
	type       TEXT   NOT NULL,
	id         TEXT   NOT NULL,
	lang       TEXT   NOT NULL,
	title      TEXT   NOT NULL,
	keywords   TEXT   NOT NULL,
	body       TEXT   NOT NULL,
	route      TEXT   NOT NULL,
	visibility TEXT   NOT NULL, -- interne | public
	boost      DOUBLE PRECISION NOT NULL,
	updated_at BIGINT NOT NULL,
	put_at     BIGINT NOT NULL
);
CREATE UNIQUE INDEX search_doc_once ON search_doc (type, id, lang);

-- Which words and stems a document holds, and how much they say of it. Terms are folded by the
-- program, so that both engines find the same.
CREATE TABLE op_search_token (
	term   TEXT   NOT NULL,
	doc    BIGINT NOT NULL,
	weight DOUBLE PRECISION NOT NULL
);
CREATE INDEX op_search_token_by_term ON op_search_token (term, doc, weight); -- answers alone, without the table
CREATE INDEX op_search_token_by_doc ON op_search_token (doc);

-- Every word ever put, for correcting what was mistyped.
CREATE TABLE op_search_word (
	term TEXT   PRIMARY KEY,
	size BIGINT NOT NULL
);
CREATE INDEX op_search_word_by_size ON op_search_word (size, term);
