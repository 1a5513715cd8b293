-- +goose Up

-- A workbook that somebody brought, until it is made live or forgotten: it holds personal data.
CREATE TABLE op_workspace_book (
	id       TEXT   PRIMARY KEY,
	account  TEXT   NOT NULL,
	name     TEXT   NOT NULL, -- of the file, as its sender called it
	digest   TEXT   NOT NULL, -- SHA-256, hexadecimal
	made_at  BIGINT NOT NULL,
	body     BYTEA  NOT NULL
);

CREATE INDEX op_workspace_book_by_day ON op_workspace_book (made_at);
