-- +goose Up

-- By which version of the program the documents of a type were last made all again: another one makes them anew.
CREATE TABLE op_search_made (
	type    TEXT   PRIMARY KEY,
	version BIGINT NOT NULL
);
