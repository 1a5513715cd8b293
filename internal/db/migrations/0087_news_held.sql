-- +goose Up

-- Acts of which those who follow a project were not told, because a vote was near: they are once it is over.
CREATE TABLE op_news_held (
	act        TEXT   PRIMARY KEY,
	initiative TEXT   NOT NULL,
	held_at    BIGINT NOT NULL
);
CREATE INDEX op_news_held_of ON op_news_held (initiative, held_at, act);
