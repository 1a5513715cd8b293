-- +goose Up

-- Decisions and opinions each count from one: D-2018-1 and AV-2018-1 both exist. Numbers that were given stay.
DROP INDEX council_decision_by_number;
CREATE UNIQUE INDEX council_decision_by_number ON council_decision (number);
CREATE INDEX council_decision_by_year ON council_decision (year, seq);
